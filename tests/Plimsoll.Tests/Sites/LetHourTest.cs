using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Xunit;

namespace Plimsoll.Tests.Sites;

/// <summary>
/// What an hour of a let accelerator costs and what a server costs in a month, worked by hand.
/// A server of 8 accelerators draws 1 kW off, 4 idle, 10 busy; let it draws half-way between idle and busy, 7. A kWh costs 1.
/// </summary>
public sealed class LetHourTest
{
    private static readonly ServerPower _power = new(8, 1, 4, 10);

    /// <summary>
    /// Cooling runs without chillers below 10 degrees and at twice the power above 20. With a mean of 15 and a thousand degrees to either side
    /// May to September are hot (2), April and October in between (1.5), the rest cold (1): mean 1.5, so 4/3, 1 and 2/3 of it.
    /// </summary>
    private static SiteProfile Seasons(string months, double ratio, double ratchet = 0) =>
        new(
            new SiteClimate(15, 1000, 0),
            new CoolingRule(10, 20, 1),
            TariffBands.Of([new TariffBand(months, "0-24", ratio)]),
            0,
            0
        )
        {
            DemandRatchet = ratchet,
        };

    /// <summary>Overhead of 0.68, a quarter of it whatever the load: 0.51 and 0.17.</summary>
    private static SiteTerms Terms(SiteProfile profile) =>
        new()
        {
            Site = "a town",
            Tariff = 1,
            DemandCharge = 58.4,
            DesignPue = 1.68,
            FixedOverheadShare = 0.25,
            LetLoad = 0.5,
            LitService = 584,
            LitBandwidth = 1_168,
            StandingService = 1_752,
            Colocation = 58.4,
            WaterPerKwh = 0,
            Escalation = 0,
            Profile = profile,
        };

    /// <summary>
    /// May to September at twice the price: mean (5 x 2 + 7) / 12 = 17/12, so 24/17 and 12/17 of it. Overhead times price, mean of the year:
    /// (5 x 4/3 x 24/17 + 2 x 12/17 + 5 x 2/3 x 12/17) / 12 = 56/51; with 0.51 of overhead a kWh of server power costs 1 + 0.56.
    /// </summary>
    [Fact]
    public void An_hour_has_the_parts_of_its_power_bill()
    {
        var parts = new SiteModel(Terms(Seasons("5-9", 2)), _power).PartsPerLetHour();
        Assert.Equal(
            [
                // 3 kW of idling and 3 of work, x 1.56, over 8.
                1.17,
                // 9 kW above off x (1 + 0.51) = 13.59 kW x 58.4 over 8 x 730 hours.
                0.1359,
                0.1,
                0.2,
                // 1 kW off x 1.56 and 10 x 0.17 of the hall, over 8.
                0.4075,
                // 1 x 1.51 + 1.7 = 3.21 kW.
                0.0321,
                0.3,
                // 10 kW of 58.4.
                0.1,
            ],
            parts.Select(p => Math.Round(p.PerHour, 12))
        );
        Assert.Equal(
            [true, true, true, true, false, false, false, false],
            parts.Select(p => p.Avoidable)
        );
        var model = new SiteModel(Terms(Seasons("5-9", 2)), _power);
        Assert.Equal(1.17 + 0.1359 + 0.3, model.AvoidablePerLetHour, 12);
    }

    /// <summary>Of 16.8 kW a ratchet of 0.9 lets darkness save 1.68.</summary>
    [Fact]
    public void A_ratchet_moves_the_demand_charge_to_what_stands()
    {
        var parts = new SiteModel(Terms(Seasons("5-9", 2, 0.9)), _power).PartsPerLetHour();
        Assert.Equal(0.0168, parts[1].PerHour, 12);
        Assert.Equal(0.1512, parts[5].PerHour, 12);
    }

    /// <summary>At half load in July 1 + 0.51 x 4/3 + 0.17 / 0.5, in January 1 + 0.51 x 2/3 + 0.34.</summary>
    [Fact]
    public void Overhead_at_part_load_follows_the_month()
    {
        var model = new SiteModel(Terms(Seasons("5-9", 2)), _power);
        Assert.Equal(2.02, model.Pue(0.5, 7), 12);
        Assert.Equal(1.68, model.Pue(0.5, 1), 12);
        Assert.Equal(1.68, model.Pue(0.5, 12), 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Pue(0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Pue(0.5, 13));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Pue(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Pue(1.01));
    }

    /// <summary>
    /// No seasons, 0.51 and 0.17 of overhead. Let: 6 kW above off x 1.51 = 9.06; idle 3 x 1.51 = 4.53; off 1 x 1.51 + 1.7 = 3.21 runs on.
    /// A mean month of 2025 has 730 hours. Power is billed by its highest: let 13.59 + 3.21, idle 4.53 + 3.21.
    /// </summary>
    [Fact]
    public void A_server_month_is_the_mean_of_twelve()
    {
        var parts = ServerMonth.Of(
            new SiteModel(Terms(SiteProfile.Flat), _power),
            new Month(2025, 1)
        );
        var power = parts.Single(p => p.Name == "electricity");
        const double Demand = 58.4;
        Assert.Equal((12.27 * 730) + (16.8 * Demand), power.Let, 6);
        Assert.Equal((7.74 * 730) + (7.74 * Demand), power.Idle, 6);
        Assert.Equal((3.21 * 730) + (3.21 * Demand), power.Dark, 6);
        Assert.Equal((9.06 * 730) + (13.59 * Demand), power.StopsWhenDark, 6);
        Assert.Equal((3.21 * 730) + (3.21 * Demand), power.StopsOnClosing, 6);
        Assert.Equal(0, power.Sunk);
        Assert.Equal([1_752, 1_752, 0, 1_752, 0, 0], Figures(parts[1]));
        Assert.Equal([1_752, 1_752, 1_752, 0, 1_752, 0], Figures(parts[2]));
        Assert.Equal([584, 584, 584, 0, 0, 584], Figures(parts[3]));
    }

    /// <summary>Prices rise by a tenth a year: a year on, everything costs 1.1 times as much; half the accelerators let, half dark.</summary>
    [Fact]
    public void Prices_rise_with_the_years()
    {
        var n = 13;
        double[] Each(double value) => [.. Enumerable.Repeat(value, n)];
        var start = new Month(2025, 1);
        var costs = new SiteModel(
            Terms(SiteProfile.Flat) with
            {
                Escalation = 0.1,
                DemandCharge = 0,
            },
            _power
        )
            .AddCosts(
                new MonthlyOutlook
                {
                    Start = start,
                    Currency = Currency.Cny,
                    Installed = Each(16),
                    Repair = Each(0),
                    Dark = Each(8),
                    Idle = Each(0),
                    Sales =
                    [
                        new ProductSales(
                            Product.SmallLease,
                            [.. Enumerable.Range(0, n).Select(m => 8.0 * (start + m).Hours)],
                            Each(1),
                            []
                        ),
                    ],
                    Leases = [],
                    Costs = [],
                    EnergyKwh = [],
                    PeakKw = [],
                    ResalePrice = Each(1),
                    MonthsToSell = Each(1),
                }
            )
            .Costs;
        // January has 744 hours: 9.06 kW of the server let, 3.21 of each.
        Assert.Equal(9.06 * 744, costs[0].AvoidableWhenDark[0], 6);
        Assert.Equal(9.06 * 744 * 1.1, costs[0].AvoidableWhenDark[12], 6);
        Assert.Equal(2 * 3.21 * 744 * 1.1, costs[0].AvoidableOnClosing[12], 6);
        Assert.Equal(1_752 * 1.1, costs[1].AvoidableWhenDark[12], 6);
        Assert.Equal(2 * 1_752 * 1.1, costs[2].AvoidableOnClosing[12], 6);
        Assert.Equal(2 * 584 * 1.1, costs[3].Sunk[12], 6);
    }

    private static IEnumerable<double> Figures(ServerMonth part) =>
        new[]
        {
            part.Let,
            part.Idle,
            part.Dark,
            part.StopsWhenDark,
            part.StopsOnClosing,
            part.Sunk,
        }.Select(x => Math.Round(x, 9));
}
