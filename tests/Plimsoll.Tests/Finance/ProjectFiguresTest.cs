using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>Figures of a run, by hand, and their refusals.</summary>
public sealed class ProjectFiguresTest
{
    private static Dictionary<string, StatedFigure> Figures(
        FinanceTerms terms,
        MonthlyOutlook outlook
    )
    {
        var model = ProjectModel.Contract(terms, outlook.Months, outlook);
        return new ProjectFigures(model, outlook, model.Run(outlook))
            .All()
            .ToDictionary(f => f.Key);
    }

    private static FinanceTerms Terms(double gearing) =>
        new()
        {
            Currency = Currency.Usd,
            CapitalCosts = [new CapitalCost("servers", 0, 12e6, 1, 5, 0, 0)],
            SellingCost = 0,
            LockUpCover = 0,
            GearingCap = 1,
            Tranches =
                gearing == 0
                    ? []
                    :
                    [
                        new DebtTranche
                        {
                            Name = "loan",
                            Gearing = gearing,
                            TenorMonths = 24,
                            FirstPaymentMonth = 1,
                            BaseRate = 0.12,
                        },
                    ],
        };

    private static MonthlyOutlook Level(double revenue = 1e6, double cost = 2e5) =>
        Outlook.Of(_ => revenue, _ => cost, 25);

    [Fact]
    public void Without_debt_every_debt_figure_is_refused()
    {
        var f = Figures(Terms(0), Level());
        foreach (
            var key in new[]
            {
                "min_dscr",
                "llcr",
                "plcr",
                "shortfall",
                "max_ltv",
                "default_month",
                "break_even_rent_debt_service",
            }
        )
        {
            Assert.Equal("there is no debt", f[key].Figure.Refusal);
        }
        Assert.Equal(f["project_irr"].Figure.Value, f["equity_irr"].Figure.Value, 1e-12);
    }

    [Fact]
    public void Cover_over_the_life_of_a_level_annuity_is_cash_over_payment()
    {
        var f = Figures(Terms(0.5), Level());
        var payment = 6e6 * DebtPlan.AnnuityFactor(0.12, 24);
        Assert.Equal(8e5 / payment, f["min_dscr"].Figure.Value, 1e-12);
        Assert.Equal(8e5 / payment, f["average_dscr"].Figure.Value, 1e-12);
        Assert.Equal(8e5 / payment, f["llcr"].Figure.Value, 1e-9);
        Assert.Equal(8e5 / payment, f["plcr"].Figure.Value, 1e-9);
    }

    /// <summary>A lender asks whether cash pays the loan at the rate that it bears: cash that just does is worth the debt.</summary>
    [Fact]
    public void Cover_over_the_life_discounts_at_the_rate_of_the_month()
    {
        var outlook = Level() with { BaseRateShift = [.. Enumerable.Repeat(0.03, 25)] };
        var f = Figures(Terms(0.5), outlook);
        var rate = 0.15 / 12;
        var value = 8e5 * (1 - Math.Pow(1 + rate, -24)) / rate;
        Assert.Equal(value / 6e6, f["llcr"].Figure.Value, 1e-9);
    }

    [Fact]
    public void Values_discount_month_ends_to_the_start()
    {
        var f = Figures(Terms(0), Level());
        var v = Math.Pow(1.1, -1.0 / 12);
        var value = -12e6 * v;
        for (var m = 1; m < 25; m++)
        {
            value += 8e5 * Math.Pow(v, m + 1);
        }
        Assert.Equal(value, f["project_npv"].Figure.Value, 1e-3);
        Assert.Equal(24 * 8e5 / 12e6, f["moic"].Figure.Value, 1e-12);
        Assert.Equal(15, f["equity_payback"].Figure.Value, 1e-9);
        // 12 million back at 800,000 a month: the rate solves 15 = (1 - v^24) / (1 - v) * v.
        var rate = f["project_irr"].Figure.Value;
        var x = Math.Pow(1 + rate, -1.0 / 12);
        Assert.Equal(15, x * (1 - Math.Pow(x, 24)) / (1 - x), 1e-9);
    }

    [Fact]
    public void Levelised_cost_counts_hours_sold()
    {
        var f = Figures(Terms(0), Level());
        var v = Math.Pow(1.1, -1.0 / 12);
        double cost = 12e6,
            hours = 0;
        for (var m = 1; m < 25; m++)
        {
            cost += 2e5 * Math.Pow(v, m);
            hours += 500_000 * Math.Pow(v, m);
        }
        Assert.Equal(cost / hours, f["levelised_cost_gpu_hour"].Figure.Value, 1e-9);
        Assert.Equal("no tokens are sold", f["levelised_cost_million_tokens"].Figure.Refusal);
        var outlook = Level();
        var inference = outlook with
        {
            Sales =
            [
                outlook.Sales[0] with
                {
                    Tokens = [.. outlook.Sales[0].GpuHours.Select(h => h * 2e6)],
                },
            ],
        };
        Assert.Equal(
            cost / hours / 2,
            Figures(Terms(0), inference)["levelised_cost_million_tokens"].Figure.Value,
            1e-9
        );
    }

    [Fact]
    public void Break_even_rents_meet_cost_debt_and_hurdle()
    {
        var terms = Terms(0.5);
        var outlook = Level();
        var f = Figures(terms, outlook);
        Assert.Equal(0.4, f["break_even_rent_operating_cost"].Figure.Value, 1e-9);
        var payment = 6e6 * DebtPlan.AnnuityFactor(0.12, 24);
        Assert.Equal((2e5 + payment) / 5e5, f["break_even_rent_debt_service"].Figure.Value, 1e-9);
        var rent = f["break_even_rent_equity_hurdle"].Figure.Value;
        var flow = ProjectModel.Contract(terms, 25).Run(Level(rent * 5e5));
        Assert.Equal(0, Returns.NetPresentValue(flow.EquityFlow(), terms.EquityHurdle), 1);
    }

    /// <summary>Half the fleet's cost swept from all cash: at the rent that just pays it nothing is swept, so that the whole schedule counts, as of the same loan unswept.</summary>
    [Fact]
    public void The_rent_that_just_pays_a_swept_loan_pays_its_whole_schedule()
    {
        var terms = Terms(0.5);
        var swept = terms with { Tranches = [terms.Tranches[0] with { SweepShare = 1 }] };
        const string Key = "break_even_rent_debt_service";
        var rent = Figures(swept, Level())[Key].Figure.Value;
        Assert.Equal(Figures(terms, Level())[Key].Figure.Value, rent, 1e-9);
        // At it the loan is repaid, a hundredth below it is not. Tax is left out of the figure.
        var model = ProjectModel.Contract(swept with { Tax = TaxTerms.None }, 25);
        Assert.True(model.Run(Level((rent + 0.001) * 5e5)).DefaultMonth < 0);
        Assert.True(model.Run(Level(rent * 0.99 * 5e5)).DefaultMonth >= 0);
    }

    [Fact]
    public void All_debt_leaves_no_equity_figure_and_nothing_sold_no_break_even()
    {
        var all = Figures(Terms(1), Level(2e6));
        Assert.Equal("no equity is paid in", all["equity_irr"].Figure.Refusal);
        Assert.Equal("no equity is paid in", all["moic"].Figure.Refusal);
        var none = Figures(Terms(0), Outlook.Of(_ => 0, _ => 2e5, 25) with { Sales = [] });
        Assert.Equal("no hour is sold", none["break_even_occupancy_operating_cost"].Figure.Refusal);
        Assert.Equal("nothing is sold", none["levelised_cost_gpu_hour"].Figure.Refusal);
        Assert.Equal("nothing ever comes back", none["project_irr"].Figure.Refusal);
        Assert.False(none["project_payback"].Figure.HasValue);
    }

    [Fact]
    public void Loan_to_value_stands_at_quarter_ends()
    {
        var outlook = Outlook.Of(_ => 1e6, _ => 2e5, 25, resalePrice: m => 12_000 - (200 * m));
        var model = ProjectModel.Contract(Terms(0.5), 25);
        var flow = model.Run(outlook);
        var quarters = new ProjectFigures(model, outlook, flow).LoanToValue();
        Assert.Equal([2, 5, 8, 11, 14, 17, 20, 23], quarters.Select(q => q.Month));
        Assert.Equal(flow.DebtBalance[5] / (1000 * 11_000.0), quarters[1].Figure.Value, 1e-12);
    }
}
