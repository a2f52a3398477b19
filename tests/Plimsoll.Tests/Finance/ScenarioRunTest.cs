using Plimsoll.Finance;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>The vectorised run gives the bits of the plain run, with any mix of features.</summary>
public sealed class ScenarioRunTest
{
    private const int Scenarios = 11;

    public static TheoryData<int, bool> Cases
    {
        get
        {
            var data = new TheoryData<int, bool>();
            for (var seed = 0; seed < 60; seed++)
            {
                data.Add(seed, seed % 4 == 0);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_figure_and_row_equals_the_plain_run(int seed, bool all)
    {
        var random = new RandomFinance(seed);
        var terms = random.Terms(all, periods: seed % 2 == 1 || all);
        var sizing = random.Outlook(2.5);
        var model = ProjectModel.Contract(terms, RandomFinance.Months, sizing);
        var outlooks = Enumerable
            .Range(0, Scenarios)
            .Select(i => random.Outlook(i % 3 == 0 ? 0.5 : 2))
            .ToList();
        var batch = ScenarioBatch.Of(outlooks);
        var figures = model.Run(batch, 2);
        var traces = new[]
        {
            model.Traced(batch, 0, new(Scenarios)),
            model.Traced(batch, 1, new(Scenarios)),
        };
        for (var s = 0; s < Scenarios; s++)
        {
            var plain = model.Run(outlooks[s]);
            Rows(plain, traces[s / 8], s % 8);
            Figures(plain, figures, s, terms);
        }
    }

    [Fact]
    public void The_random_cases_default_lock_up_and_strand_tax_often_enough_to_be_a_test()
    {
        int runs = 0,
            defaults = 0,
            locked = 0,
            stranded = 0,
            sound = 0,
            supported = 0,
            prepaid = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new RandomFinance(seed);
            var model = ProjectModel.Contract(
                random.Terms(seed % 4 == 0),
                RandomFinance.Months,
                random.Outlook(2.5)
            );
            foreach (var factor in new[] { 0.5, 2 })
            {
                var flow = model.Run(random.Outlook(factor));
                runs++;
                defaults += flow.DefaultMonth >= 0 ? 1 : 0;
                sound += flow.DefaultMonth < 0 && flow.Lent > 0 ? 1 : 0;
                locked += flow.Locked.Contains(true) ? 1 : 0;
                stranded += flow.StrandedVat > 0 ? 1 : 0;
                supported += flow.SponsorSupport.Sum() > 0 ? 1 : 0;
                prepaid += flow.Prepaid.Sum() > 0 ? 1 : 0;
            }
        }
        Assert.All(
            new[] { defaults, sound, locked, stranded, supported, prepaid },
            count => Assert.InRange(count, runs / 20, runs)
        );
    }

    [Fact]
    public void A_batch_with_an_empty_place_is_refused()
    {
        var random = new RandomFinance(1);
        var outlook = random.Outlook();
        var batch = new ScenarioBatch(outlook.Start, outlook.Currency, outlook.Months, 3);
        batch.Set(0, outlook);
        var model = ProjectModel.Contract(
            random.Terms() with
            {
                Tranches = [],
            },
            RandomFinance.Months
        );
        Assert.Throws<ArgumentException>(() => model.Run(batch));
    }

    private static void Rows(CashFlow plain, ScenarioTrace trace, int lane)
    {
        for (var m = 0; m < plain.Months; m++)
        {
            Assert.Equal(plain.Cfads[m], trace.Cfads[m][lane]);
            Assert.Equal(plain.DebtBalance[m], trace.Debt[m][lane]);
            Assert.Equal(plain.Cash[m] - plain.Unpaid[m], trace.Cash[m][lane]);
            Assert.Equal(plain.Reserve[m], trace.Reserve[m][lane]);
            Assert.Equal(plain.EquityIn[m], trace.EquityIn[m][lane]);
            Assert.Equal(
                plain.Distributed[m] + plain.BridgeReturned[m],
                trace.Distributed[m][lane]
            );
        }
    }

    private static void Figures(CashFlow plain, ScenarioFigures f, int s, FinanceTerms terms)
    {
        Assert.Equal(plain.MinimumCover, f.MinimumCover[s]);
        Assert.Equal(plain.AverageCover, f.AverageCover[s]);
        Assert.Equal(plain.BreachMonth, f.BreachMonth[s]);
        Assert.Equal(plain.DefaultMonth, f.DefaultMonth[s]);
        Assert.Equal(plain.Loss, f.Loss[s]);
        Assert.Equal(
            Returns.NetPresentValue(plain.EquityFlow(), terms.EquityHurdle),
            f.EquityValue[s]
        );
        Assert.Equal(
            Returns.NetPresentValue(plain.ProjectFlow(), terms.ProjectRate),
            f.ProjectValue[s]
        );
        Assert.Equal(plain.EquityIn.Sum(), f.EquityIn[s], Close(f.EquityIn[s]));
        Assert.Equal(
            plain.Distributed.Sum() + plain.BridgeReturned.Sum(),
            f.Distributed[s],
            Close(f.Distributed[s])
        );
        Assert.Equal(plain.Shortfall, f.Shortfall[s]);
        Assert.Equal(plain.StrandedVat, f.StrandedVat[s]);
        Assert.Equal(plain.Tax.Sum(), f.Tax[s], Close(f.Tax[s]));
        Assert.Equal(plain.DebtBalance[^1], f.DebtLeft[s]);
        Assert.Equal(plain.Locked.Count(l => l), f.LockedMonths[s]);
    }

    /// <summary>Sums by the library's vectorised sum add in another order.</summary>
    private static double Close(double value) => 1e-9 * (1 + Math.Abs(value));
}
