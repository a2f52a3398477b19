using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Jobs;
using Plimsoll.Sweeps;

namespace Plimsoll.Cli.Sweep;

/// <summary><c>sweep export FILE</c>: the same worker as a Slurm array or a Kubernetes Job.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var file = SweepOptions.File();
        var kind = new Option<string>("--for")
        {
            Description = "What runs the workers: slurm or kubernetes.",
            Required = true,
        };
        kind.AcceptOnlyFromAmong("slurm", "kubernetes");
        var tasks = NumberOption.Whole(
            "--tasks",
            "Workers: tasks of the array, or pods.",
            1,
            10_000,
            () => 16
        );
        var cores = NumberOption.Whole("--cores", "Cores of each.", 1, 1024, () => 4);
        var image = new Option<string>("--image")
        {
            Description = "Image that holds the tool, for kubernetes.",
            DefaultValueFactory = _ => "plimsoll:latest",
        };
        var output = new Option<string>("--out")
        {
            Description = "Folder for the files.",
            DefaultValueFactory = _ => ".",
        };
        var command = new ExampleCommand(
            "export",
            "Write the files that run a sweep's workers as a Slurm array or a Kubernetes Job; the ledger is a PostgreSQL that all of them reach.",
            "sweep export examples/sweep.yaml --for slurm --tasks 32 --cores 8 --out cluster",
            "sweep export examples/sweep.yaml --for kubernetes --image registry/plimsoll:0.1 --out cluster"
        )
        {
            file,
            kind,
            tasks,
            cores,
            image,
            output,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
            {
                var sweep = SweepStudies.Read(result.GetValue(file)!);
                var workers = new SweepWorkers(
                    sweep.Job(EngineVersion.Of(FactCatalog.Shipped())).Id,
                    result.GetValue(tasks),
                    result.GetValue(cores)
                );
                var (name, text) =
                    result.GetValue(kind) == "slurm"
                        ? ("sweep.sbatch", workers.Slurm())
                        : ("sweep-job.yaml", workers.Kubernetes(result.GetValue(image)!));
                var path = Path.Combine(result.GetValue(output)!, name);
                OutputFile.Write(path, text);
                Console.Out.WriteLine(path);
                return ExitCode.Success;
            })
        );
        return command;
    }
}
