using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Plimsoll.Mutation;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
if (args is ["work"])
{
    Work();
    return 0;
}

var mutate = new Option<string[]>("--mutate")
{
    Description = "Folders or files of the library to mutate, such as Sites or Finance/DebtRun.cs.",
    Required = true,
    AllowMultipleArgumentsPerToken = true,
};
var tests = new Option<string[]>("--tests")
{
    Description = "Beginnings of the full names of tests after 'Plimsoll.Tests.', such as Sites.",
    Required = true,
    AllowMultipleArgumentsPerToken = true,
};
var alone = new Option<string[]>("--alone")
{
    Description =
        "Quick tests of what is made once a process: run in a process of their own on each mutant that the others do not notice.",
    AllowMultipleArgumentsPerToken = true,
};
var sample = new Option<int>("--sample")
{
    Description = "Mutants tried at most, drawn by the seed; 0 tries all.",
};
var seed = new Option<int>("--seed")
{
    Description = "Seed of the sample.",
    DefaultValueFactory = _ => 1,
};
var minutes = new Option<double>("--minutes")
{
    Description = "No further mutant begins after so many minutes; those tried are a sample too.",
    DefaultValueFactory = _ => 600,
};
var slowest = new Option<double>("--slowest")
{
    Description = "Tests that take longer are left out, seconds.",
    DefaultValueFactory = _ => 600,
};
var again = new Option<string?>("--again")
{
    Description = "A file of results: only its mutants that nobody noticed are tried.",
};
var results = new Option<string>("--results")
{
    Description = "File of results, one mutant a line; those that stand in it are not tried again.",
    DefaultValueFactory = _ => "artifacts/mutation/results.jsonl",
};
var command = new RootCommand(
    "Changes the library in small ways, one at a time, and counts the changes that its tests notice. "
        + "Build the tests in Release first, with PLIMSOLL_TESTS or without, and run at the root of the repository."
)
{
    mutate,
    tests,
    alone,
    sample,
    seed,
    minutes,
    slowest,
    again,
    results,
};
command.SetAction(p =>
{
    var settings = new MutationSettings
    {
        Repository = Directory.GetCurrentDirectory(),
        Mutate = p.GetValue(mutate)!,
        Tests = [.. p.GetValue(tests)!.Select(t => "Plimsoll.Tests." + t)],
        Alone = [.. (p.GetValue(alone) ?? []).Select(t => "Plimsoll.Tests." + t)],
        Sample = p.GetValue(sample),
        Seed = p.GetValue(seed),
        Minutes = p.GetValue(minutes),
        SlowestTest = p.GetValue(slowest),
        Again = p.GetValue(again),
        Results = p.GetValue(results)!,
    };
    return settings.Run(Console.Out);
});
return command.Parse(args).Invoke();

static void Work()
{
    var order = JsonSerializer.Deserialize<WorkerOrder>(Console.In.ReadToEnd())!;
    var worker = new Worker(order.Program, order.Names);
    var numbers = order
        .Command[1..]
        .Select(n => int.Parse(n, CultureInfo.InvariantCulture))
        .ToList();
    if (order.Command[0] == "record")
    {
        worker.Record(numbers[0], order.Reached);
        Environment.Exit(0);
    }
    var reached = JsonSerializer.Deserialize<List<ReachedByTest>>(File.ReadAllText(order.Reached))!;
    if (order.Command[0] == "run")
    {
        worker.Run(reached, numbers);
    }
    else
    {
        worker.RunFresh(reached, numbers[0]);
    }
    Environment.Exit(0);
}
