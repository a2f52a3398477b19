using System.CommandLine;
using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Hindcast;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;

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
        var particles = NumberOption.Whole(
            "--particles",
            "Particles of each law with and without the link.",
            1,
            100_000,
            () => 600
        );
        var members = NumberOption.Whole(
            "--members",
            "Members kept of each law with and without the link, by weight.",
            1,
            10_000,
            () => 100
        );
        var seeds = NumberOption.Whole(
            "--contract-seeds",
            "Contract runs by which each particle is weighed anew, at least 2.",
            2,
            1000,
            () => 4
        );
        var seed = NumberOption.Whole<ulong>("--seed", "Seed.", 0, ulong.MaxValue, () => 1);
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
            seeds,
            seed,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(market)!,
                    result.Day(asOf),
                    result.GetValue(output)!,
                    result.GetValue(particles),
                    result.GetValue(members),
                    result.GetValue(seeds),
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
        int seeds,
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
        var twin = ContractTwin.Of(view, givens, market);
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
                var weighed = new ContractReweighting(twin, givens, priors, targets, seed)
                {
                    Kept = members,
                    Seeds = seeds,
                }.Run(population);
                kept.AddRange(weighed.Members);
                Console.Error.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{law}, world link {(link ? "on" : "off")}: log evidence {population.LogEvidence:F1}, acceptance {population.Acceptance:P0}, {population.Runs} runs; contract runs: rent {weighed.LumpyShift:+0.00;-0.00} in logs against the mean field, {weighed.SeedDeviation:F2} between seeds, effective share {weighed.EffectiveShare:P0}, {weighed.Members.Count} members kept"
                    )
                );
            }
        }
        OutputFile.Write(output, EnsembleFile.Write(kept, asOf));
        Print(TargetFit.Of(twin, givens, targets, priors, kept, seeds));
        return ExitCode.Success;
    }

    private static void Print(IReadOnlyList<TargetFit> fits)
    {
        foreach (var fit in fits)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{fit.Target.Name, -55} {fit.Target.Low, 12:G5} {fit.Target.Value, 12:G5} {fit.Target.High, 12:G5} | {fit.P10, 12:G5} {fit.P50, 12:G5} {fit.P90, 12:G5} | miss {fit.MedianMiss, 6:F2}"
                )
            );
        }
    }
}
