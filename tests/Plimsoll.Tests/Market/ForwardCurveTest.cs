using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Market.Curves;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>Prices to come that a user holds to be right set the mean; width and joint behaviour stay the model's.</summary>
public sealed class ForwardCurveTest
{
    private const string Chip = "H100 SXM5";
    private const int Draws = 60;
    private static readonly CatalogView _view = FactCatalog.Shipped().AsOf(new Month(2025, 6));
    private static readonly Month _first = new(2026, 1);
    private static readonly Month _last = new(2027, 6);

    private static readonly Lazy<MarketRun> _plain = new(() => Prepare([], []));
    private static readonly Lazy<MarketRun> _led = new(() =>
        Prepare(
            [new ForwardPoint(_first, Chip, 1.6), new ForwardPoint(_last, Chip, 1.0)],
            [
                new ForwardPoint(new Month(2025, 7), Chip, 15_000),
                new ForwardPoint(_last, Chip, 9_000),
            ]
        )
    );

    private static MarketRun Prepare(
        IReadOnlyList<ForwardPoint> rents,
        IReadOnlyList<ForwardPoint> used
    ) =>
        MarketRun.Prepare(
            new MarketRequest(
                _view,
                new MarketScenario { Market = "us" },
                3,
                Draws,
                new Month(2028, 6)
            )
            {
                Curve = rents,
                ResaleCurve = used,
            },
            new RunContext { Threads = 2 }
        );

    private static double[] Rents(MarketRun run, Month month, string chip = Chip) =>
        [
            .. Enumerable
                .Range(0, Draws)
                .Select(d => run.LogRent(d, chip, QuoteBasis.Contract)[month - run.Givens.Start]),
        ];

    [Fact]
    public void The_mean_of_the_draws_is_the_curve()
    {
        Assert.Equal(1.6, Rents(_led.Value, _first).Average(Math.Exp), 9);
        Assert.Equal(1.0, Rents(_led.Value, _last).Average(Math.Exp), 9);
        // After its last date the curve stands still.
        Assert.Equal(1.0, Rents(_led.Value, _last + 6).Average(Math.Exp), 9);
    }

    [Fact]
    public void Every_draw_keeps_its_distance_from_the_others_and_the_day_its_quotes()
    {
        foreach (var month in new[] { new Month(2025, 6), _first, _last })
        {
            var (plain, led) = (Rents(_plain.Value, month), Rents(_led.Value, month));
            var shift = led[0] - plain[0];
            Assert.All(plain.Zip(led), p => Assert.Equal(shift, p.Second - p.First, 9));
        }
        Assert.Equal(
            Rents(_plain.Value, new Month(2025, 6)),
            Rents(_led.Value, new Month(2025, 6))
        );
    }

    [Fact]
    public void Other_chips_move_with_it_and_the_gap_is_told()
    {
        var gap = _led.Value.CurveGap[Chip];
        var at = _last - _led.Value.Givens.Start;
        Assert.Equal(
            Rents(_plain.Value, _last, "H200 SXM")[3] + gap[at],
            Rents(_led.Value, _last, "H200 SXM")[3],
            9
        );
        Assert.Empty(_plain.Value.CurveGap);
    }

    [Fact]
    public void An_appraisal_sets_the_mean_of_an_orderly_sale()
    {
        var plan = new CentrePlan
        {
            Name = "hall",
            Site = "Texas",
            Start = new Month(2025, 7),
            Months = 24,
            Fleets = [new FleetPlan(Chip, "8xH100", 64, new Month(2024, 7), true)],
            Products = [Product.SmallLease],
            AvoidableCostPerAcceleratorMonth = 100,
        };
        double Middle(MarketRun run, int month) =>
            Enumerable
                .Range(0, Draws)
                .Select(d => run.Centre(plan, new AskPolicy(1), d).Physical.ResalePrice[month])
                .Order()
                .ElementAt(Draws / 2);
        // Below the appraisal by what a glut and other sellers take, never above by more than the spread of the draws.
        Assert.InRange(Middle(_led.Value, 0), 9_000, 16_500);
        Assert.InRange(Middle(_led.Value, 23) / Middle(_led.Value, 0), 0.5, 0.7);
        Assert.True(Middle(_plain.Value, 23) > Middle(_led.Value, 23));
    }
}
