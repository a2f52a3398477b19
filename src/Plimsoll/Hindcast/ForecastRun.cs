using MathNet.Numerics.Distributions;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Sampling;

namespace Plimsoll.Hindcast;

/// <summary>Runs an ensemble into the future, quarter by quarter.</summary>
/// <param name="ensemble">Members, or a prior.</param>
/// <param name="givens">Dated facts; those of a later view make the forecast conditional.</param>
/// <param name="anchors">The last target seen of each observable: the model's miss there is carried forward and fades.</param>
/// <param name="seed">Seed.</param>
public sealed class ForecastRun(
    Ensemble ensemble,
    MarketGivens givens,
    IReadOnlyList<Target> anchors,
    ulong seed
)
{
    /// <summary>Months in which a miss at the vintage fades by half; own prior: a wrong basis of quotes lasts, a wrong shock does not.</summary>
    public const double MissHalfLife = 12;

    /// <summary>Draws of each law with and without the link.</summary>
    public int Draws { get; init; } = 400;

    /// <summary>The contract engine to run members through; null for the mean field.</summary>
    public ContractTwin? Twin { get; init; }

    /// <summary>Threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>What is assumed beside the parameters.</summary>
    public MarketScenario Scenario { get; init; } = new();

    /// <summary>Runs all laws, with and without the link, and pools them with equal weight.</summary>
    /// <param name="mode">How the result is named.</param>
    /// <param name="quarters">Quarters after the vintage.</param>
    public Forecast Run(ForecastMode mode, IReadOnlyList<Quarter> quarters)
    {
        var groups = Enum.GetValues<RentLaw>()
            .SelectMany(law => new[] { (law, Link: true), (law, Link: false) })
            .ToArray();
        var rejected = 0;
        var samples = new double[groups.Length][][][];
        for (var g = 0; g < groups.Length; g++)
        {
            samples[g] = Group(groups[g].law, groups[g].Link, quarters, ref rejected);
        }
        var cells = new List<ForecastCell>();
        for (var q = 0; q < ForecastQuantity.All.Count; q++)
        {
            for (var t = 0; t < quarters.Count; t++)
            {
                double[] Of(Func<(RentLaw law, bool Link), bool> which) =>
                    [
                        .. Enumerable
                            .Range(0, groups.Length)
                            .Where(g => which(groups[g]))
                            .SelectMany(g => samples[g][q][t]),
                    ];
                void Add(string law, string link, Func<(RentLaw law, bool Link), bool> which) =>
                    cells.Add(
                        new ForecastCell(
                            ForecastQuantity.All[q],
                            quarters[t],
                            mode,
                            law,
                            link,
                            Of(which)
                        )
                    );
                foreach (var law in Enum.GetValues<RentLaw>())
                {
                    Add($"{law}", "on", g => g.law == law && g.Link);
                    Add($"{law}", "off", g => g.law == law && !g.Link);
                }
                Add(ForecastCell.Pooled, "on", g => g.Link);
                Add(ForecastCell.Pooled, "off", g => !g.Link);
                Add(ForecastCell.Pooled, "half", _ => true);
            }
        }
        var drawn = groups.Length * Draws;
        return new Forecast(ensemble.DataTo, mode, cells, rejected / (double)(rejected + drawn));
    }

    /// <summary>Samples of a group: [quantity][quarter][draw].</summary>
    private double[][][] Group(
        RentLaw law,
        bool link,
        IReadOnlyList<Quarter> quarters,
        ref int rejected
    )
    {
        var months = quarters[^1].FirstMonth - givens.Start + 3;
        var sample = ForecastQuantity
            .All.Select(_ => quarters.Select(_ => new double[Draws]).ToArray())
            .ToArray();
        var field = new MeanField(givens.Tiers, Scenario);
        var thrown = 0;
        Parallel.For(
            0,
            Draws,
            new ParallelOptions { MaxDegreeOfParallelism = Threads },
            () => new MarketPath(months),
            (draw, _, path) =>
            {
                var one = ensemble.Draw(givens, Scenario, seed, draw, months, law, link);
                Interlocked.Add(ref thrown, one.Rejected);
                if (Twin is null)
                {
                    field.Run(law, link, one.Member.Values, one.Backdrop, path);
                }
                var run = Twin?.Run(one.Member, one.Backdrop, seed, draw) ?? path;
                Read(run, draw, law, link, quarters, sample);
                return path;
            },
            _ => { }
        );
        rejected += thrown;
        return sample;
    }

    private void Read(
        MarketPath path,
        int draw,
        RentLaw law,
        bool link,
        IReadOnlyList<Quarter> quarters,
        double[][][] sample
    )
    {
        for (var q = 0; q < ForecastQuantity.All.Count; q++)
        {
            var quantity = ForecastQuantity.All[q];
            var stream = RandomStream.Keyed(
                seed,
                draw,
                EntityId.Of($"{law} {link} {quantity.Name}"),
                Purpose.ModelError
            );
            var anchor = anchors.LastOrDefault(a => a.Observable == quantity.Observable);
            var (miss, at) = (0.0, double.NaN);
            if (anchor is not null)
            {
                miss = Miss(anchor, anchor.Of(path), ref stream);
                at = anchor.FromMonth + (0.5 * anchor.Months);
            }
            var error = Normal.InvCDF(0, 1, stream.NextOpenUniform());
            double astray = 0,
                before = givens.KnownMonths;
            for (var t = 0; t < quarters.Count; t++)
            {
                var from = quarters[t].FirstMonth - givens.Start;
                astray +=
                    quantity.Drift
                    * Math.Sqrt(Math.Max(0, from + 1.5 - before) / 3)
                    * Normal.InvCDF(0, 1, stream.NextOpenUniform());
                before = from + 1.5;
                var modelled = Target.Of(path, quantity.Observable, from, 3);
                var kept = anchor is null ? 0 : Math.Pow(0.5, (from + 1.5 - at) / MissHalfLife);
                // As the known miss fades the unknown discrepancy takes its place.
                var log =
                    astray
                    + (miss * kept)
                    + (quantity.Discrepancy * Math.Sqrt(1 - (kept * kept)) * error);
                sample[q][t][draw] = modelled > 0 ? modelled * Math.Exp(log) : double.NaN;
            }
        }
    }

    /// <summary>Log of the truth over the model at the anchor, the truth drawn from the range of the observation.</summary>
    private static double Miss(Target anchor, double modelled, ref RandomStream stream)
    {
        var z = Normal.InvCDF(0, 1, stream.NextOpenUniform());
        var range =
            Math.Log(z < 0 ? anchor.Value / anchor.Low : anchor.High / anchor.Value) / 1.2816;
        return modelled > 0 ? Math.Log(anchor.Value / modelled) + (z * range) : 0;
    }
}
