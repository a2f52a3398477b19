using CsCheck;
using Plimsoll.Decisions;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A list is a list: no item stands for the others, order never matters, and an item written as two halves is the item.</summary>
public sealed class ListOrderTest
{
    private const int Draws = 30;
    private const double Tolerance = 1e-9;

    private static readonly string[] _fleets =
    [
        "  - server: 8xH800\n    servers: 40\n    online: 2024-10\n    capex_per_server: { value: 2800000, low: 2400000, high: 3200000 }\n",
        "  - server: 8xA800\n    servers: 24\n    online: 2024-12\n    capex_per_server: { value: 1500000, low: 1200000, high: 1900000 }\n",
        "  - server: 8xH800\n    servers: 16\n    online: 2025-03\n    capex_per_server: 2600000\n    training_fabric: false\n",
        "  - server: 8x910B\n    servers: 30\n    online: 2024-11\n    capex_per_server: { value: 1400000, low: 1100000, high: 1700000 }\n",
    ];

    private static readonly string[] _leases =
    [
        "  - tenant: safe\n    servers: 10\n    price_per_gpu_hour: 16\n    tenor: 48\n    monthly_breach_hazard: 0\n",
        "  - tenant: risky\n    servers: 12\n    price_per_gpu_hour: 15\n    tenor: 48\n    take_or_pay: 0\n    monthly_breach_hazard: { value: 0.2, low: 0.1, high: 0.3 }\n",
        "  - tenant: short\n    servers: 5\n    price_per_gpu_hour: 20\n    tenor: 12\n    prepaid_months: 3\n",
        "  - tenant: silent\n    servers: 8\n    price_per_gpu_hour: 18\n    tenor: 24\n",
    ];

    [Fact]
    public void Reordering_fleets_and_leases_changes_no_figure() =>
        Gen.Select(Gen.Shuffle(_fleets), Gen.Shuffle(_leases))
            .Sample(
                order => Same(Run(_fleets, _leases), Run(order.Item1, order.Item2)),
                iter: 12,
                threads: 1
            );

    [Fact]
    public void Two_fleets_of_one_kind_may_be_written_in_either_order()
    {
        string[] one = [_fleets[0], _fleets[0].Replace("servers: 40", "servers: 12", Ordinal)];
        Same(Run(one, _leases[..2]), Run([one[1], one[0]], [_leases[1], _leases[0]]));
    }

    [Fact]
    public void A_fleet_or_lease_written_as_two_halves_is_the_same()
    {
        string[] Halved(string[] items, string whole, string half) =>
            [
                .. items.SelectMany(i =>
                    i.Contains(whole, Ordinal)
                        ? [i.Replace(whole, half, Ordinal), i.Replace(whole, half, Ordinal)]
                        : (string[])[i]
                ),
            ];
        var before = Run(_fleets, _leases);
        Same(before, Run(Halved(_fleets, "servers: 40", "servers: 20"), _leases));
        Same(
            before,
            Run(
                _fleets,
                Halved(
                    _leases,
                    "servers: 12\n    price_per_gpu_hour: 15",
                    "servers: 6\n    price_per_gpu_hour: 15"
                )
            )
        );
        Same(
            before,
            Run(
                Halved(_fleets, "servers: 24", "servers: 12"),
                Halved(_leases, "servers: 8\n", "servers: 4\n")
            )
        );
    }

    /// <summary>The whole answer: options, floors, flips, stresses, tornado, why-chain and forecast, to the tolerance.</summary>
    [Fact]
    public void The_answer_of_a_study_does_not_know_the_order_of_its_lists()
    {
        var one = SmallStudy.Run(Text(_fleets[..2], _leases[2..])).Result;
        var two = SmallStudy.Run(Text([_fleets[1], _fleets[0]], [_leases[3], _leases[2]])).Result;
        static IEnumerable<double> Figures(Plimsoll.Studies.StudyResult r) =>
            [
                .. r.Options.SelectMany(o =>
                    new[] { o.MeanEquityNpv, o.MeanProjectNpv, o.Fill.P50, o.Breach.Value }
                ),
                .. r.Floors.SelectMany(f =>
                    new[] { f.AgainstDark, f.AgainstSale, f.AgainstWaiting }
                ),
                .. r.Flips.Select(f => f.AtFlip),
                .. r.Stresses.SelectMany(s => new[] { s.Fill, s.MinimumCover, s.EquityNpv }),
                .. r.Tornado.SelectMany(t => new[] { t.AtLow, t.AtHigh }),
                .. r.Why.SelectMany(w => new[] { w.Value, w.P90, w.P10 }),
                r.Forecast!.OddsOfFill,
                r.MarketQuote,
            ];
        Assert.Equal(one.Verdict.Headline, two.Verdict.Headline);
        Assert.Equal(10, one.Floors.Count);
        Assert.All(
            Figures(one).Zip(Figures(two)),
            f => Assert.InRange(Gap(f.First, f.Second), 0, Tolerance)
        );
    }

    /// <summary>What makes the tests above able to fail: each item of a list moves the figures by itself.</summary>
    [Fact]
    public void Every_fleet_and_every_lease_counts()
    {
        var all = Run(_fleets, _leases);
        for (var i = 0; i < _fleets.Length; i++)
        {
            Differ(all, Run([.. _fleets.Where((_, k) => k != i)], _leases));
            Differ(all, Run(_fleets, [.. _leases.Where((_, k) => k != i)]));
        }
        Differ(
            all,
            Run(
                _fleets,
                [.. _leases.Select(l => l.Replace("hazard: 0\n", "hazard: 0.1\n", Ordinal))]
            )
        );
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static OptionResult Run(IEnumerable<string> fleets, IEnumerable<string> leases) =>
        PlanOnly.Run(Text(fleets, leases), Draws);

    private static string Text(IEnumerable<string> fleets, IEnumerable<string> leases)
    {
        var text = SmallStudy.Text;
        var at = text.IndexOf("fleet:\n", Ordinal);
        var end = text.IndexOf("finance:\n", Ordinal);
        return $"{text[..at]}fleet:\n{string.Concat(fleets)}signed:\n{string.Concat(leases)}{text[end..]}";
    }

    private static double[][] Figures(OptionResult result)
    {
        var f = result.Figures;
        return
        [
            f.Fill,
            f.Rent,
            f.MinimumCover,
            f.EquityNpv,
            f.ProjectNpv,
            f.LossGivenDefault,
            f.LenderValue,
            [.. f.Breach.Select(b => b ? 1.0 : 0)],
            [.. f.Default.Select(b => b ? 1.0 : 0)],
        ];
    }

    private static double Distance(OptionResult one, OptionResult other) =>
        Figures(one)
            .Zip(Figures(other))
            .SelectMany(f => f.First.Zip(f.Second))
            .Max(v => Gap(v.First, v.Second));

    private static double Gap(double one, double other) =>
        double.IsNaN(one) && double.IsNaN(other)
            ? 0
            : Math.Abs(one - other) / Math.Max(1, Math.Abs(one));

    private static void Same(OptionResult one, OptionResult other) =>
        Assert.InRange(Distance(one, other), 0, Tolerance);

    private static void Differ(OptionResult one, OptionResult other) =>
        Assert.False(Distance(one, other) < 1e-4);
}
