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
        // After its last date the model's own motion goes on from there.
        Assert.Equal(
            Rents(_plain.Value, _last + 6).Average(Math.Exp)
                / Rents(_plain.Value, _last).Average(Math.Exp),
            Rents(_led.Value, _last + 6).Average(Math.Exp),
            9
        );
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

    private const string Other = "MI300X";

    /// <summary>Used prices alone: one appraisal of the first chip, and of the second the model's own mean in one month.</summary>
    private static readonly Lazy<MarketRun> _appraised = new(() =>
        Prepare(
            [],
            [
                new ForwardPoint(_first, Chip, 15_000),
                new ForwardPoint(_first, Other, Resale(_plain.Value, Other, _first).Average()),
            ]
        )
    );

    private static readonly CentrePlan _hall = new()
    {
        Name = "hall",
        Site = "Texas",
        Start = new Month(2025, 7),
        Months = 36,
        Fleets =
        [
            new FleetPlan(Chip, "8xH100", 64, new Month(2024, 7), true) { Name = Chip },
            new FleetPlan(Other, "8xMI300X", 64, new Month(2024, 7), true) { Name = Other },
        ],
        Products = [Product.SmallLease],
        AvoidableCostPerAcceleratorMonth = 100,
    };

    private static readonly Dictionary<MarketRun, CentreOutlook[]> _halls = [];

    /// <summary>What one of a fleet fetches in a month, by draw.</summary>
    private static double[] Resale(MarketRun run, string chip, Month month)
    {
        lock (_halls)
        {
            if (!_halls.TryGetValue(run, out var all))
            {
                _halls[run] = all = [
                    .. Enumerable
                        .Range(0, Draws)
                        .Select(d => run.Centre(_hall, new AskPolicy(1), d)),
                ];
            }
            return
            [
                .. all.Select(o =>
                    o.Physical.Fleets.Single(f => f.Fleet == chip).ResalePrice[month - _hall.Start]
                ),
            ];
        }
    }

    /// <summary>The centre itself moves the glut a little, beside which the mean is taken.</summary>
    private const double OwnGlut = 0.01;

    [Fact]
    public void An_appraisal_is_the_mean_in_its_month()
    {
        Assert.Equal(15_000, Resale(_appraised.Value, Chip, _first).Average(), OwnGlut * 15_000);
        var led = _led.Value;
        Assert.Equal(15_000, Resale(led, Chip, new Month(2025, 7)).Average(), OwnGlut * 15_000);
        Assert.Equal(9_000, Resale(led, Chip, _last).Average(), OwnGlut * 9_000);
    }

    /// <summary>One price moves the level: before its month and after, prices age and follow rents as without it.</summary>
    [Fact]
    public void An_appraisal_moves_the_level_and_not_the_motion()
    {
        double Middle(MarketRun run, Month month) =>
            Resale(run, Chip, month).Order().ElementAt(Draws / 2);
        foreach (var month in new[] { _hall.Start, _first + 12, _first + 24 })
        {
            Assert.Equal(
                Middle(_plain.Value, month) / Middle(_plain.Value, _first),
                Middle(_appraised.Value, month) / Middle(_appraised.Value, _first),
                0.03
            );
        }
        Assert.InRange(
            Middle(_appraised.Value, _first + 24) / Middle(_appraised.Value, _first),
            0.1,
            0.8
        );
    }

    [Fact]
    public void An_appraisal_at_the_models_own_mean_changes_nothing()
    {
        foreach (var month in new[] { _hall.Start, _first, _first + 24 })
        {
            Assert.All(
                Resale(_plain.Value, Other, month).Zip(Resale(_appraised.Value, Other, month)),
                p => Assert.Equal(p.First, p.Second, OwnGlut * p.First)
            );
        }
        var gap = _appraised.Value.AppraisalGap(_hall);
        Assert.Equal([Chip, Other], gap.Select(g => g.Appraised.Accelerator));
        Assert.InRange(gap[1].LogGap, -OwnGlut, OwnGlut);
    }
}
