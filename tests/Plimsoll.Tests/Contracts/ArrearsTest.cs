using Plimsoll.Contracts;
using Xunit;
using static Plimsoll.Tests.Contracts.Leases;

namespace Plimsoll.Tests.Contracts;

/// <summary>A tenant owes 600 of rent when the outlook begins, to be made good over six months; its own rent is 64 x 2.5 x 730 = 116,800 a month.</summary>
public sealed class ArrearsTest
{
    private static readonly Counterparty _weak = new("weak") { MonthlyHazard = 0, Recovery = 0.1 };

    private static LeaseTerms Terms(double arrears = 600, int run = 6) =>
        Plain(24, _weak) with
        {
            MonthsRun = run,
            Arrears = arrears,
            ArrearsMonths = 6,
        };

    private static LeaseFate Fails(int month) =>
        LeaseFate.Sound(Terms()) with
        {
            Tenant = new CounterpartyPath("weak", month, month),
        };

    private static double[] Collected(LeaseTerms terms, LeaseFate fate) =>
        [.. ContractLedger.Run(terms, null, fate, Months(24)).Months.Select(m => m.ArrearsPaid)];

    /// <summary>100 in each of the first six months, beside the rent.</summary>
    [Fact]
    public void They_are_made_good_while_the_tenant_pays()
    {
        var run = ContractLedger.Run(Terms(), null, LeaseFate.Sound(Terms()), Months(24));
        Assert.All(run.Months[..6], m => Assert.Equal(100, m.ArrearsPaid, 1e-12));
        Assert.All(run.Months[6..], m => Assert.Equal(0, m.ArrearsPaid));
        Assert.Equal(116_900, run.Months[0].Paid, 1e-6);
    }

    /// <summary>Three months at 100; of the 300 left a tenth. A tenant that fails at once: a tenth of all 600.</summary>
    [Theory]
    [InlineData(3, 300, 30)]
    [InlineData(0, 0, 60)]
    [InlineData(6, 600, 0)]
    public void Of_what_is_left_when_it_fails_its_recovery_share_is_collected(
        int month,
        double before,
        double then
    )
    {
        var collected = Collected(Terms(), Fails(month));
        Assert.Equal(before, collected[..month].Sum(), 1e-9);
        Assert.Equal(then, collected[month], 1e-9);
        Assert.Equal(before + then, collected.Sum(), 1e-9);
    }

    /// <summary>Twenty of 24 months have run: in month 4 the term is over and the 200 left are paid.</summary>
    [Fact]
    public void What_is_left_at_the_end_of_the_term_is_paid_then()
    {
        var collected = Collected(Terms(run: 20), LeaseFate.Sound(Terms()));
        Assert.Equal(200, collected[4], 1e-9);
        Assert.Equal(600, collected.Sum(), 1e-9);
    }

    [Fact]
    public void They_are_owed_though_the_machines_are_taken_away()
    {
        var terms = Terms();
        var state = LeaseState.Unbegun;
        _ = ContractLedger.Step(terms, null, LeaseFate.Sound(terms), Months(1)[0], ref state);
        Assert.Equal(500, ContractLedger.Withdraw(terms, 1, ref state).ArrearsPaid, 1e-9);
        Assert.Equal(0, ContractLedger.Withdraw(terms, 2, ref state).ArrearsPaid);
    }

    [Fact]
    public void Without_any_every_month_is_as_before()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var (terms, months) = (Plain(30, _weak), Random(seed, 72));
            var fate = seed % 3 == 0 ? Fails(5 + (seed % 20)) : LeaseFate.Sound(terms);
            var plain = ContractLedger.Run(terms, null, fate, months);
            var none = ContractLedger.Run(terms with { Arrears = 0 }, null, fate, months);
            Assert.Equal(plain.Months, none.Months);
            // And with some nothing but what is collected differs; never more than is owed.
            var owing = ContractLedger.Run(terms with { Arrears = 1e6 }, null, fate, months);
            Assert.Equal(plain.Months, owing.Months.Select(m => m with { ArrearsPaid = 0 }));
            Assert.InRange(owing.Months.Sum(m => m.ArrearsPaid), 0, 1e6 + 1e-6);
        }
    }

    /// <summary>One in a hundred a month, three times as often in the first year: survival of 0.99 to the 36th over a year, to the 48th over two.</summary>
    [Fact]
    public void A_tenant_behind_fails_more_often_in_the_first_year_and_not_later()
    {
        var odds = CounterpartyOdds.Of(
            new Counterparty("a") { MonthlyHazard = 0.01, FirstYearFactor = 3 }
        );
        Assert.Equal(1 - Math.Pow(0.99, 18), odds.Within(6), 1e-12);
        Assert.Equal(1 - Math.Pow(0.99, 36), odds.Within(12), 1e-12);
        Assert.Equal(1 - Math.Pow(0.99, 48), odds.Within(24), 1e-12);
        const int Draws = 20_000;
        var failed = Enumerable
            .Range(0, Draws)
            .Count(d => !odds.Draw(5, d, CreditFactor.Constant(0), 12).Pays(12));
        var rate = odds.Within(12);
        var error = 4 * Math.Sqrt(rate * (1 - rate) / Draws);
        Assert.InRange((double)failed / Draws, rate - error, rate + error);
    }

    [Fact]
    public void A_higher_factor_never_fails_later()
    {
        CounterpartyPath Path(double factor, int draw) =>
            CounterpartyOdds
                .Of(new Counterparty("a") { Class = CreditClass.StartUp, FirstYearFactor = factor })
                .Draw(7, draw, CreditFactor.Constant(-0.5), 120);
        for (var draw = 0; draw < 200; draw++)
        {
            Assert.True(Path(3, draw).DefaultMonth <= Path(1, draw).DefaultMonth);
            Assert.True(Path(6, draw).DefaultMonth <= Path(3, draw).DefaultMonth);
        }
    }
}
