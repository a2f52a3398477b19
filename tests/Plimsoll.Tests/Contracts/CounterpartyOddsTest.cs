using Plimsoll.Contracts;
using Xunit;

namespace Plimsoll.Tests.Contracts;

/// <summary>A counterparty fails at the printed rate, once, wherever it appears, and more often when rents are low.</summary>
public sealed class CounterpartyOddsTest
{
    private const int Draws = 40_000;

    public static TheoryData<CreditClass> Classes => [.. Enum.GetValues<CreditClass>()];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Odds_of_default_in_a_first_year_are_the_printed_rate(CreditClass of)
    {
        var odds = CounterpartyOdds.Of(new Counterparty("a") { Class = of });
        var rate = CreditTerms.Of(of).YearlyDefaultRate;
        Assert.Equal(rate, odds.Within(12), 1e-12);
        var failed = Enumerable
            .Range(0, Draws)
            .Count(d => !odds.Draw(3, d, CreditFactor.Own(3, d), 12).Pays(12));
        var error = 4 * Math.Sqrt(rate * (1 - rate) / Draws);
        Assert.InRange((double)failed / Draws, rate - error, rate + error);
    }

    [Fact]
    public void Classes_are_ordered_and_each_rate_lies_within_its_range()
    {
        double Rate(CreditClass of) => CreditTerms.Of(of).YearlyDefaultRate;
        Assert.True(Rate(CreditClass.InvestmentGrade) < Rate(CreditClass.RatedBelow));
        Assert.True(Rate(CreditClass.RatedBelow) < Rate(CreditClass.FundedLab));
        Assert.True(Rate(CreditClass.FundedLab) < Rate(CreditClass.StartUp));
        foreach (var of in Enum.GetValues<CreditClass>())
        {
            var terms = CreditTerms.Of(of);
            Assert.InRange(terms.YearlyDefaultRate, terms.Low, terms.High);
            Assert.NotEmpty(terms.Source);
            Assert.Equal(of, CreditTerms.Parse(CreditTerms.Word(of)));
        }
        Assert.Equal(MarketPressure.None, CreditTerms.Of(CreditClass.InvestmentGrade).Pressure);
    }

    [Fact]
    public void A_stated_hazard_alone_governs_where_no_class_is_given()
    {
        var never = CounterpartyOdds.Of(new Counterparty("a") { MonthlyHazard = 0 });
        var often = CounterpartyOdds.Of(new Counterparty("b") { MonthlyHazard = 0.1 });
        var at_once = CounterpartyOdds.Of(new Counterparty("c") { MonthlyHazard = 1 });
        Assert.Equal(1 - Math.Pow(0.9, 24), often.Within(24), 1e-12);
        for (var d = 0; d < 200; d++)
        {
            var low = CreditFactor.Constant(-3);
            Assert.Equal(int.MaxValue, never.Draw(1, d, low, 240).DefaultMonth);
            Assert.Equal(0, at_once.Draw(1, d, low, 240).DefaultMonth);
            // Without a class it loads on nothing.
            Assert.Equal(
                often.Draw(1, d, low, 240),
                often.Draw(1, d, CreditFactor.Constant(3), 240)
            );
        }
    }

    [Fact]
    public void The_same_name_has_the_same_path_everywhere_and_in_any_order()
    {
        var one = CounterpartyOdds.Of(new Counterparty("lab") { Class = CreditClass.FundedLab });
        var two = CounterpartyOdds.Of(new Counterparty("lab ") { Class = CreditClass.FundedLab });
        var forth = Enumerable.Range(0, 500).Select(d => Path(one, d)).ToList();
        var back = Enumerable.Range(0, 500).Reverse().Select(d => Path(two, d)).Reverse().ToList();
        Assert.Equal(forth, back);
        Assert.Contains(forth, m => m < int.MaxValue);
        static int Path(CounterpartyOdds odds, int draw) =>
            odds.Draw(5, draw, CreditFactor.Own(5, draw), 120).DefaultMonth;
    }

    [Fact]
    public void A_worse_factor_never_makes_a_default_later()
    {
        foreach (var of in Enum.GetValues<CreditClass>())
        {
            var odds = CounterpartyOdds.Of(
                new Counterparty("a") { Class = of, YearlyDefaultRate = 0.2 }
            );
            var moved = 0;
            for (var d = 0; d < 500; d++)
            {
                var good = odds.Draw(1, d, CreditFactor.Constant(1), 120).DefaultMonth;
                var bad = odds.Draw(1, d, CreditFactor.Constant(-1), 120).DefaultMonth;
                Assert.True(bad <= good);
                moved += bad < good ? 1 : 0;
            }
            Assert.True(moved > 0);
        }
    }

    [Fact]
    public void Labs_and_start_ups_fail_together_more_often_than_investment_grade_would()
    {
        double Excess(CreditClass of)
        {
            var (a, b) = (Odds("a"), Odds("b"));
            var (both, one, two) = (0, 0, 0);
            for (var d = 0; d < Draws; d++)
            {
                var factor = CreditFactor.Own(2, d);
                var (fa, fb) = (
                    !a.Draw(2, d, factor, 36).Pays(36),
                    !b.Draw(2, d, factor, 36).Pays(36)
                );
                both += fa && fb ? 1 : 0;
                one += fa ? 1 : 0;
                two += fb ? 1 : 0;
            }
            return (double)both * Draws / ((double)one * two);
            CounterpartyOdds Odds(string name) =>
                CounterpartyOdds.Of(
                    new Counterparty(name) { Class = of, YearlyDefaultRate = 0.05 }
                );
        }
        var safe = Excess(CreditClass.InvestmentGrade);
        var young = Excess(CreditClass.StartUp);
        Assert.InRange(safe, 0.95, 1.3);
        Assert.True(young > safe + 0.3, $"{young} against {safe}");
    }

    [Fact]
    public void A_guarantor_pays_until_it_fails_too_and_a_parent_takes_its_affiliate_along()
    {
        var weak = new Counterparty("a") { MonthlyHazard = 0.05 };
        var strong = new Counterparty("g") { MonthlyHazard = 0.01 };
        var held = CounterpartyOdds.Of(weak with { Guarantor = strong });
        var taken = CounterpartyOdds.Of(weak with { Parent = strong });
        var (alone, guarantor) = (CounterpartyOdds.Of(weak), CounterpartyOdds.Of(strong));
        var factor = CreditFactor.Constant(0);
        for (var d = 0; d < 1000; d++)
        {
            var a = alone.Draw(1, d, factor, 120).DefaultMonth;
            var g = guarantor.Draw(1, d, factor, 120).DefaultMonth;
            Assert.Equal(Math.Max(a, g), held.Draw(1, d, factor, 120).DefaultMonth);
            Assert.Equal(a, held.Draw(1, d, factor, 120).FailedMonth);
            Assert.Equal(Math.Min(a, g), taken.Draw(1, d, factor, 120).DefaultMonth);
        }
        Assert.Equal((1 - Math.Pow(0.95, 12)) * (1 - Math.Pow(0.99, 12)), held.Within(12), 1e-12);
    }

    [Fact]
    public void Contagion_counts_what_one_failure_takes_down_in_several_centres()
    {
        Exposure[] exposures =
        [
            new("lab", "north", 10),
            new("lab", "south", 30),
            new("bank", "south", 60),
        ];
        CounterpartyPath Falls(string name, bool falls) =>
            falls ? new(name, 3, 3) : CounterpartyPath.Sound(name);
        IReadOnlyList<CounterpartyPath>[] draws =
        [
            [Falls("lab", true), Falls("bank", true)],
            [Falls("lab", true), Falls("bank", false)],
            [Falls("lab", false), Falls("bank", false)],
            [Falls("lab", false), Falls("bank", false)],
        ];
        var lines = Contagion.Of(exposures, draws);
        Assert.Equal(["bank", "lab"], lines.Select(l => l.Counterparty));
        var lab = lines[1];
        Assert.Equal(
            (2, 2, 0.5, 40.0, 0.4),
            (lab.Centres, lab.Contracts, lab.Odds, lab.MonthlyRent, lab.RentShare)
        );
        Assert.Equal((0.5, 0.25), (lab.OthersFallToo, lab.OthersFall));
        Assert.Equal(lines, Contagion.Of([.. exposures.Reverse()], [.. draws.Reverse()]));
    }

    [Fact]
    public void The_luck_of_a_tenant_is_uniform_and_of_its_own()
    {
        var luck = LeaseLuck.Of(1, 0, "a");
        var numbers = Enumerable.Range(0, 4000).Select(luck.Pressure).ToList();
        Assert.All(numbers, u => Assert.InRange(u, 0, 1));
        Assert.Equal(0.5, numbers.Average(), 0.02);
        Assert.NotEqual(luck, LeaseLuck.Of(1, 0, "b"));
        Assert.NotEqual(luck, LeaseLuck.Of(1, 1, "a"));
        Assert.NotEqual(luck, LeaseLuck.Of(2, 0, "a"));
        Assert.NotEqual(luck.Pressure(3), luck.Stay(3));
    }
}
