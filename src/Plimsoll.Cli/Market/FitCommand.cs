using System.CommandLine;
using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Hindcast;
using Plimsoll.Market;

namespace Plimsoll.Cli.Market;

/// <summary><c>market fit china</c>: fits the ensemble of a vintage by its mean field.</summary>
internal static class FitCommand
{
    public static Command Create()
    {
        var market = new Argument<string>("market") { Description = "china." };
        var asOf = CommonOptions.AsOf();
        asOf.Description =
            "Vintage: the last day of data used, yyyy-MM or yyyy-MM-dd, not after 2024-12.";
        asOf.DefaultValueFactory = _ => new DateOnly(2024, 12, 31);
        var output = new Option<string>("--out")
        {
            Description = "File for the ensemble (CSV).",
            Required = true,
        };
        var particles = new Option<int>("--particles")
        {
            Description = "Particles of each law with and without the link.",
            DefaultValueFactory = _ => 600,
        };
        var members = new Option<int>("--members")
        {
            Description = "Members kept of each law with and without the link.",
            DefaultValueFactory = _ => 100,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Seed.",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command(
            "fit",
            "Fit the market's ensemble to what was known on a day: the three rent laws, with and without the world link."
        )
        {
            market,
            asOf,
            output,
            particles,
            members,
            seed,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(market)!,
                    result.GetValue(asOf),
                    result.GetValue(output)!,
                    result.GetValue(particles),
                    result.GetValue(members),
                    result.GetValue(seed)
                )
            )
        );
        return command;
    }

    private static int Run(
        string market,
        DateOnly asOf,
        string output,
        int particles,
        int members,
        ulong seed
    )
    {
        var view = FactCatalog.Shipped().AsOf(asOf);
        var givens = MarketGivens.Of(view, market);
        var targets = TargetSet.Of(view, givens);
        var priors = Prior.Of(market);
        if (targets.Count == 0)
        {
            throw new InvalidDataException(
                $"No target of market '{market}' was published by {asOf:yyyy-MM-dd}: there is nothing to fit."
            );
        }
        var kept = new List<Member>();
        foreach (var link in new[] { true, false })
        {
            foreach (var law in Enum.GetValues<RentLaw>())
            {
                var fit = new PopulationFit(givens, priors, targets, seed)
                {
                    Particles = particles,
                };
                var population = fit.Run(law, link);
                kept.AddRange(Thinned(population.Members, members));
                Console.Error.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{law}, world link {(link ? "on" : "off")}: log evidence {population.LogEvidence:F1}, acceptance {population.Acceptance:P0}, {population.Runs} runs"
                    )
                );
            }
        }
        File.WriteAllText(output, EnsembleFile.Write(kept, asOf));
        Print(givens, targets, priors, kept);
        return ExitCode.Success;
    }

    private static IEnumerable<Member> Thinned(IReadOnlyList<Member> members, int wanted) =>
        Enumerable
            .Range(0, Math.Min(wanted, members.Count))
            .Select(i => members[(int)((long)i * members.Count / Math.Min(wanted, members.Count))]);

    private static void Print(
        MarketGivens givens,
        IReadOnlyList<Target> targets,
        IReadOnlyList<Prior> priors,
        IReadOnlyList<Member> members
    )
    {
        foreach (var fit in TargetFit.Of(givens, targets, priors, members))
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{fit.Target.Name, -55} {fit.Target.Low, 12:G5} {fit.Target.Value, 12:G5} {fit.Target.High, 12:G5} | {fit.P10, 12:G5} {fit.P50, 12:G5} {fit.P90, 12:G5} | miss {fit.MedianMiss, 6:F2}"
                )
            );
        }
        foreach (var prior in priors.Where(p => p.Parameter < Prior.FirstFuture))
        {
            var values = members.Select(m => m.Values[(int)prior.Parameter]).Order().ToArray();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{prior.Parameter, -25} prior {prior.Low, 10:G4} {prior.Median, 10:G4} {prior.High, 10:G4} | posterior {values[values.Length / 10], 10:G4} {values[values.Length / 2], 10:G4} {values[values.Length * 9 / 10], 10:G4}"
                )
            );
        }
    }
}
