using CsCheck;
using Plimsoll.Catalog;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Xunit;

namespace Plimsoll.Tests.Sites;

public sealed class SiteModelTest
{
    private static readonly CatalogView _view = FactCatalog.Shipped().AsOf(new Month(2025, 3));
    private static readonly ServerPower _h100 = ServerPower.Of(_view, "8xH100");

    private static readonly Gen<SiteModel> _models = Gen.Select(
            Gen.Double[0.02, 0.3],
            Gen.Double[0, 60],
            Gen.Double[1.05, 1.8],
            Gen.Double[0, 1],
            Gen.Double[0, 1],
            Gen.Int[0, 43],
            Gen.Double[0, 0.06]
        )
        .Select(
            (tariff, demand, pue, share, load, site, escalation) =>
                new SiteModel(
                    SiteTerms.Of(_view, _view.Names("sites").ElementAt(site)) with
                    {
                        Tariff = tariff,
                        DemandCharge = demand,
                        DesignPue = pue,
                        FixedOverheadShare = share,
                        LetLoad = load,
                        Escalation = escalation,
                    },
                    _h100
                )
        );

    /// <summary>Let and dark shares of a centre of eight servers.</summary>
    private static readonly Gen<(double Let, double Dark)> _states = Gen.Select(
            Gen.Double[0, 1],
            Gen.Double[0, 1]
        )
        .Select((let, dark) => (let, dark * (1 - let)));

    [Fact]
    public void An_empty_hall_is_an_inefficient_hall()
    {
        var model = Zhengzhou();
        Assert.Equal(1.3, model.Pue(1), 12);
        // 1 + 0.3 x 0.55 + 0.3 x 0.45 / 0.1
        Assert.Equal(2.515, model.Pue(0.1), 12);
        Assert.True(model.Pue(0.2) > model.Pue(0.4));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Pue(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Pue(double.NaN));
    }

    [Fact]
    public void The_months_of_full_load_have_the_design_value_as_their_mean() =>
        _models.Sample(
            model =>
            {
                var months = Enumerable.Range(1, 12).Select(m => model.Pue(1, m)).ToList();
                Assert.Equal(model.Terms.DesignPue, months.Average(), 9);
                Assert.All(months, pue => Assert.True(pue >= 1));
            },
            iter: 50
        );

    [Fact]
    public void Summer_is_dearer_than_winter_where_there_are_seasons()
    {
        var model = Zhengzhou();
        Assert.True(model.Pue(1, 7) > model.Pue(1, 1) + 0.1);
        var singapore = Model("Singapore");
        Assert.Equal(singapore.Pue(1, 7), singapore.Pue(1, 1), 1);
    }

    /// <summary>The fast path folds hours into monthly factors; this one walks through every hour of every day.</summary>
    [Fact]
    public void Months_equal_the_sum_of_their_hours() =>
        Gen.Select(_models, _states)
            .Sample(
                (model, state) =>
                {
                    var outlook = model.AddCosts(Outlook(state.Let, state.Dark, 14));
                    for (var m = 0; m < outlook.Months; m++)
                    {
                        var slow = HourByHour(model, outlook.Start + m, m, state.Let, state.Dark);
                        Same(slow.Kwh, outlook.EnergyKwh[m]);
                        Same(slow.PeakKw, outlook.PeakKw[m]);
                        Same(slow.Above, outlook.Costs[0].AvoidableWhenDark[m]);
                        Same(slow.Standing, outlook.Costs[0].AvoidableOnClosing[m]);
                    }
                },
                iter: 20
            );

    [Fact]
    public void Going_dark_never_saves_more_than_its_avoidable_part() =>
        Gen.Select(_models, _states)
            .Sample(
                (model, state) =>
                {
                    var lit = model.AddCosts(Outlook(state.Let, state.Dark, 12));
                    var dark = model.AddCosts(Outlook(0, 1, 12));
                    for (var m = 0; m < 12; m++)
                    {
                        var month = m;
                        var saved =
                            lit.Costs.Sum(c => c.Total(month))
                            - dark.Costs.Sum(c => c.Total(month));
                        var avoidable = lit.Costs.Sum(c => c.AvoidableWhenDark[month]);
                        Assert.True(saved <= avoidable * (1 + 1e-12) + 1e-9);
                        // And no less: what is called avoidable really stops.
                        Same(avoidable, saved);
                        Assert.Equal(0, dark.Costs.Sum(c => c.AvoidableWhenDark[month]));
                        Assert.True(dark.Costs.Sum(c => c.Total(month)) > 0);
                    }
                },
                iter: 60
            );

    [Fact]
    public void A_dearer_tariff_more_load_and_a_worse_hall_never_cost_less() =>
        Gen.Select(_models, _states)
            .Sample(
                (model, state) =>
                {
                    double Cost(SiteTerms terms) =>
                        new SiteModel(terms, _h100)
                            .AddCosts(Outlook(state.Let, state.Dark, 12))
                            .Costs.Sum(c => c.Total(5));
                    var cost = Cost(model.Terms);
                    Assert.True(cost >= 0);
                    Assert.True(
                        Cost(model.Terms with { Tariff = model.Terms.Tariff * 1.1 }) >= cost
                    );
                    Assert.True(
                        Cost(model.Terms with { DesignPue = model.Terms.DesignPue + 0.1 }) >= cost
                    );
                    var more = model
                        .AddCosts(Outlook(Math.Min(1, state.Let + 0.1), 0, 12))
                        .Costs.Sum(c => c.AvoidableWhenDark[5]);
                    var less = model
                        .AddCosts(Outlook(state.Let, 0, 12))
                        .Costs.Sum(c => c.AvoidableWhenDark[5]);
                    Assert.True(more >= less - 1e-9);
                },
                iter: 40
            );

    [Fact]
    public void The_floor_of_an_offer_is_what_a_let_server_stops_costing_when_dark()
    {
        foreach (var site in (string[])["Zhengzhou", "Ulanqab", "Shenzhen", "Ohio", "Singapore"])
        {
            var model = Model(site, escalation: 0);
            // Four years, so that the days of months average out.
            var outlook = model.AddCosts(Outlook(1, 0, 48));
            var month = Enumerable
                .Range(0, 48)
                .Average(m => outlook.Costs.Sum(c => c.AvoidableWhenDark[m]));
            var total = Enumerable.Range(0, 48).Average(m => outlook.Costs.Sum(c => c.Total(m)));
            Assert.InRange(model.AvoidablePerLetHour * 64 * 730 / month, 0.998, 1.002);
            Assert.InRange(
                model.PartsPerLetHour().Sum(p => p.PerHour) * 64 * 730 / total,
                0.998,
                1.002
            );
        }
    }

    /// <summary>The sourced figures: 33,300 yuan a server-month in all (26,700 to 40,000), electricity 3,600 to 7,500 by the same source and 4 to 11 thousand over the tariffs of the country.</summary>
    [Fact]
    public void A_server_month_of_8xH100_costs_what_the_sources_say()
    {
        var parts = ServerMonth.Of(Zhengzhou(escalation: 0), new Month(2024, 12));
        Assert.InRange(parts.Sum(p => p.Let), 30_000, 36_600);
        var electricity = parts.Single(p => p.Name == "electricity");
        Assert.InRange(electricity.Let, 3_600, 7_500);
        // A model that switches off on the power bill alone is wrong: most of the cost runs on.
        Assert.InRange(parts.Sum(p => p.StopsWhenDark) / parts.Sum(p => p.Let), 0.2, 0.45);
        foreach (var site in _view.Entries("sites").Where(s => s.Text("country") == "CN"))
        {
            var busy = Model(site.Name, escalation: 0, letLoad: 1);
            var energy = ServerMonth
                .Of(busy, new Month(2024, 12))
                .Single(p => p.Name == "electricity");
            Assert.InRange(energy.Let, 2_500, 11_000);
        }
    }

    [Fact]
    public void Nothing_installed_costs_nothing()
    {
        var outlook = Zhengzhou().AddCosts(Outlook(0, 0, 3) with { Installed = [0, 0, 0] });
        Assert.All(outlook.EnergyKwh, e => Assert.Equal(0, e));
        Assert.All(outlook.Costs, c => Assert.Equal(0, c.Total(0)));
    }

    [Fact]
    public void Water_follows_energy()
    {
        var model = Zhengzhou();
        var outlook = model.AddCosts(Outlook(1, 0, 1));
        Assert.Equal(
            outlook.EnergyKwh[0] / 1.3 * model.Terms.WaterPerKwh,
            model.WaterLitres(outlook, 0),
            9
        );
    }

    private static SiteModel Zhengzhou(double escalation = 0.02) => Model("Zhengzhou", escalation);

    private static SiteModel Model(string site, double escalation = 0.02, double? letLoad = null)
    {
        var terms = SiteTerms.Of(_view, site) with { Escalation = escalation };
        return new SiteModel(letLoad is { } load ? terms with { LetLoad = load } : terms, _h100);
    }

    private static MonthlyOutlook Outlook(double let, double dark, int months)
    {
        const double Installed = 64;
        var start = new Month(2024, 11);
        double[] Each(double value) => [.. Enumerable.Repeat(value, months)];
        return new MonthlyOutlook
        {
            Start = start,
            Currency = Currency.Cny,
            Installed = Each(Installed),
            Repair = Each(0),
            Dark = Each(dark * Installed),
            Idle = Each((1 - let - dark) * Installed),
            Sales =
            [
                new ProductSales(
                    Product.SmallLease,
                    [
                        .. Enumerable
                            .Range(0, months)
                            .Select(m => let * Installed * (start + m).Hours),
                    ],
                    Each(9),
                    []
                ),
            ],
            Leases = [],
            Costs = [],
            EnergyKwh = [],
            PeakKw = [],
            ResalePrice = Each(100_000),
            MonthsToSell = Each(6),
        };
    }

    private static (double Kwh, double PeakKw, double Above, double Standing) HourByHour(
        SiteModel model,
        Month month,
        int index,
        double letShare,
        double darkShare
    )
    {
        const double Servers = 8;
        var t = model.Terms;
        var p = model.Power;
        var overhead = t.DesignPue - 1;
        var prices = Math.Pow(1 + t.Escalation, index / 12.0);
        double let = letShare * Servers,
            dark = Math.Min(darkShare * Servers, Servers - (letShare * Servers)),
            idle = Servers - let - dark;
        double kwh = 0,
            peak = 0,
            above = 0,
            standing = 0,
            peakAbove = 0,
            peakStanding = 0;
        for (var day = 0; day < month.Days; day++)
        {
            for (var hour = 0; hour < 24; hour++)
            {
                var air =
                    1
                    + (
                        overhead
                        * (1 - t.FixedOverheadShare)
                        * t.Profile.OverheadAt(month.MonthOfYear, hour)
                    );
                var price = t.Tariff * t.Profile.Bands.Factor(hour);
                var server =
                    p.IdleKw + (t.LetLoad * (p.BusyKw - p.IdleKw) * t.Profile.LoadAt(hour));
                var stops = ((let * (server - p.OffKw)) + (idle * (p.IdleKw - p.OffKw))) * air;
                var runsOn =
                    (Servers * p.OffKw * air)
                    + (Servers * p.BusyKw * overhead * t.FixedOverheadShare);
                kwh += stops + runsOn;
                above += stops * price * prices;
                standing += runsOn * price * prices;
                var highest = ((let * (p.BusyKw - p.OffKw)) + (idle * (p.IdleKw - p.OffKw))) * air;
                if (highest + runsOn > peak)
                {
                    (peak, peakAbove, peakStanding) = (highest + runsOn, highest, runsOn);
                }
            }
        }
        return (
            kwh,
            peak,
            above + (peakAbove * t.DemandCharge * prices),
            standing + (peakStanding * t.DemandCharge * prices)
        );
    }

    private static void Same(double expected, double actual) =>
        Assert.True(
            Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)),
            $"{expected} {actual}"
        );
}
