using Plimsoll.Market;

namespace Plimsoll.Hindcast;

/// <summary>What one mechanism does, and whether the data can tell.</summary>
/// <param name="Mechanism">Which.</param>
/// <param name="Output">The output that it should move.</param>
/// <param name="Toggled">Median log change of the output when the mechanism is switched off and nothing else.</param>
/// <param name="ToggledError">Standard error of that over members.</param>
/// <param name="Refitted">Log change of the output's median when the mechanism is switched off and the rest fitted anew.</param>
/// <param name="RefittedError">Standard error of that over refits with other seeds.</param>
/// <param name="Evidence">Log evidence without the mechanism less that with it: below 0 the data miss it.</param>
/// <param name="EvidenceError">Standard error of that over refits with other seeds.</param>
public sealed record SwitchRow(
    Mechanisms Mechanism,
    string Output,
    double Toggled,
    double ToggledError,
    double Refitted,
    double RefittedError,
    double Evidence,
    double EvidenceError
)
{
    /// <summary>Odds of 3 to 1 (Jeffreys: "substantial") and three standard errors.</summary>
    public bool Identified => Evidence < -Math.Log(3) && Evidence < -3 * EvidenceError;

    /// <summary>True when switching it off moves its output by more than three standard errors.</summary>
    public bool Acts => Math.Abs(Toggled) > 3 * ToggledError && Math.Abs(Toggled) > 1e-4;
}

/// <summary>Switches off each mechanism alone: as fitted, and fitted anew.</summary>
/// <param name="hindcastGivens">Dated facts of the vintage.</param>
/// <param name="laterGivens">The same with tokens and rules as later published, under which the later outputs are taken.</param>
/// <param name="targets">Targets of the vintage.</param>
/// <param name="ensemble">Members.</param>
/// <param name="seed">Seed.</param>
public sealed class SwitchTable(
    MarketGivens hindcastGivens,
    MarketGivens laterGivens,
    IReadOnlyList<Target> targets,
    Ensemble ensemble,
    ulong seed
)
{
    private static readonly (Mechanisms, string, Observable, Quarter)[] _outputs =
    [
        (Mechanisms.NewBuild, "projects built+building 2024Q4", Observable.Projects, new(2024, 4)),
        (Mechanisms.Eligibility, "lit share 2024Q4", Observable.Lit, new(2024, 4)),
        (Mechanisms.RentFormation, "rent 8xH100 2024Q4", Observable.RentH, new(2024, 4)),
        (Mechanisms.DarkDecision, "rent 8x910B 2024Q4", Observable.RentD, new(2024, 4)),
        (
            Mechanisms.InflatedOrders,
            "projects built+building 2024Q4",
            Observable.Projects,
            new(2024, 4)
        ),
        (Mechanisms.Resale, "lit share 2026Q4", Observable.Lit, new(2026, 4)),
        (Mechanisms.ExportRules, "rent 8xH100 2024Q4", Observable.RentH, new(2024, 4)),
        (Mechanisms.EfficiencyShocks, "lit share 2026Q4", Observable.Lit, new(2026, 4)),
        (Mechanisms.InferenceShift, "rent 8xH100 2026Q4", Observable.RentH, new(2026, 4)),
        (Mechanisms.LatencyReach, "rent 8xH100 2026Q4", Observable.RentH, new(2026, 4)),
        (Mechanisms.Vouchers, "lit share 2024Q4", Observable.Lit, new(2024, 4)),
        (Mechanisms.Takeover, "lit share 2024Q4", Observable.Lit, new(2024, 4)),
        (Mechanisms.CaptiveOverflow, "rent 8xH100 2026Q4", Observable.RentH, new(2026, 4)),
    ];

    /// <summary>Mechanisms to switch off, by default all.</summary>
    public IReadOnlyCollection<Mechanisms> Only { get; init; } = [.. _outputs.Select(o => o.Item1)];

    /// <summary>Particles of each refit.</summary>
    public int Particles { get; init; } = 160;

    /// <summary>Refits of each mechanism with seeds of their own; at least 2.</summary>
    public int Refits { get; init; } = 3;

    /// <summary>Called with the number of mechanisms done.</summary>
    public Action<int>? Progress { get; init; }

    /// <summary>The law and link of a refit: laws in turn.</summary>
    private static (RentLaw, bool) LawOf(int refit) => ((RentLaw)(refit % 3), refit % 2 == 0);

    /// <summary>Runs all mechanisms.</summary>
    public IReadOnlyList<SwitchRow> Run()
    {
        var whole = Enumerable.Range(0, Refits).Select(r => Refit(Mechanisms.None, r)).ToArray();
        var futures = whole.Select(w => Futures(w.Members)).ToArray();
        var shipped = Futures(ensemble.Members);
        var rows = new List<SwitchRow>();
        foreach (
            var (mechanism, name, observable, quarter) in _outputs.Where(o =>
                Only.Contains(o.Item1)
            )
        )
        {
            var toggled = Toggled(shipped, mechanism, observable, quarter);
            var without = Enumerable.Range(0, Refits).Select(r => Refit(mechanism, r)).ToArray();
            var evidence = Enumerable
                .Range(0, Refits)
                .Select(r => without[r].LogEvidence - whole[r].LogEvidence)
                .ToArray();
            var moved = Enumerable
                .Range(0, Refits)
                .Select(r =>
                    Middle(Futures(without[r].Members), mechanism, observable, quarter)
                    - Middle(futures[r], Mechanisms.None, observable, quarter)
                )
                .ToArray();
            rows.Add(
                new SwitchRow(
                    mechanism,
                    name,
                    Median(toggled),
                    1.25 * Deviation(toggled) / Math.Sqrt(toggled.Length),
                    moved.Average(),
                    Deviation(moved) / Math.Sqrt(Refits),
                    evidence.Average(),
                    Deviation(evidence) / Math.Sqrt(Refits)
                )
            );
            Progress?.Invoke(rows.Count);
        }
        return rows;
    }

    private Population Refit(Mechanisms off, int refit)
    {
        var (law, link) = LawOf(refit);
        return new PopulationFit(hindcastGivens, ensemble.Priors, targets, seed + 77 + (ulong)refit)
        {
            Particles = Particles,
            Sweeps = 5,
            LastSweeps = 24,
            Scenario = new MarketScenario { Off = off },
        }.Run(law, link);
    }

    /// <summary>Log change of the output, member by member, the future drawn alike.</summary>
    private double[] Toggled(
        IReadOnlyList<MarketDraw> futures,
        Mechanisms mechanism,
        Observable observable,
        Quarter quarter
    )
    {
        var with = Outputs(futures, Mechanisms.None, observable, quarter);
        var without = Outputs(futures, mechanism, observable, quarter);
        return [.. with.Zip(without, (a, b) => b - a).Where(double.IsFinite)];
    }

    private double Middle(
        IReadOnlyList<MarketDraw> futures,
        Mechanisms off,
        Observable observable,
        Quarter quarter
    ) => Median([.. Outputs(futures, off, observable, quarter).Where(double.IsFinite)]);

    /// <summary>Last month of any output.</summary>
    private int Months => new Quarter(2026, 4).FirstMonth - laterGivens.Start + 3;

    /// <summary>A future of each member under the given tokens; members whose tokens never close are left out.</summary>
    private List<MarketDraw> Futures(IReadOnlyList<Member> members)
    {
        const int Attempts = 20;
        var futures = new List<MarketDraw>();
        for (var i = 0; i < members.Count; i++)
        {
            var draw = (ensemble with { Members = [members[i]] }).TryDraw(
                laterGivens,
                new MarketScenario(),
                seed,
                i,
                Months,
                members[i].Law,
                members[i].WorldLink,
                Attempts
            );
            if (draw is not null)
            {
                futures.Add(draw);
            }
        }
        return futures;
    }

    private double[] Outputs(
        IReadOnlyList<MarketDraw> futures,
        Mechanisms off,
        Observable observable,
        Quarter quarter
    )
    {
        var field = new MeanField(laterGivens.Tiers, new MarketScenario { Off = off });
        var from = quarter.FirstMonth - laterGivens.Start;
        var path = new MarketPath(from + 3);
        var logs = new double[futures.Count];
        for (var i = 0; i < logs.Length; i++)
        {
            var (member, backdrop, _) = futures[i];
            field.Run(member.Law, member.WorldLink, member.Values, backdrop, path);
            logs[i] = Math.Log(Target.Of(path, observable, from, 3));
        }
        return logs;
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / Math.Max(1, values.Length - 1));
    }
}
