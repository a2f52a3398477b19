using Plimsoll.Finance;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>The rate that a spreadsheet gives, the others named, the modified rate beside it.</summary>
public sealed class RatesOfReturnTest
{
    [Theory]
    [InlineData(new double[] { -1600, 10000, -10000 }, 0.25, 4)]
    [InlineData(new double[] { -100, 230, -132 }, 0.1, 0.2)]
    [InlineData(new double[] { -1000, 3600, -4310, 1716 }, 0.1, 0.2)]
    public void Of_several_rates_the_spreadsheets_is_given_and_the_others_are_named(
        double[] flow,
        double expected,
        double other
    )
    {
        var figure = Returns.InternalRatePerPeriod(flow);
        Assert.Equal(expected, figure.Value, 1e-9);
        Assert.Contains($"{other:0.##}", figure.Note);
    }

    [Theory]
    [InlineData("betterirr", true)]
    [InlineData("sound_project_with_closing_cost", true)]
    [InlineData("large_bill", true)]
    [InlineData("no_bill", false)]
    public void A_case_with_a_bill_at_its_end_has_a_rate(string name, bool several)
    {
        var one = CaseFile.Read($"irr/{name}");
        var (model, flow) = one.Run();
        var figures = new ProjectFigures(model, one.Outlook, flow)
            .All()
            .ToDictionary(f => f.Key, f => f.Figure);
        var rate = figures["project_irr_before_tax"];
        Assert.True(rate.HasValue, rate.Refusal);
        Assert.Equal(several, rate.Note.Length > 0);
        Assert.Equal(
            0,
            Returns.NetPresentValue(flow.ProjectFlowBeforeTax(), rate.Value),
            1e-6 * flow.CapitalCost.Sum()
        );
        Assert.True(figures["project_mirr"].HasValue);
    }

    /// <summary>600,000 out, 1,380,000 back a year later, a bill of 792,000 after another: rates of 10 and 20 %, nothing at 10 %, whatever is in the accounts when the bill comes.</summary>
    [Fact]
    public void A_bill_left_unpaid_stands_against_equity_as_against_the_project()
    {
        var terms = new FinanceTerms
        {
            Currency = Currency.Usd,
            Start = new Month(2024, 1),
            CapitalCosts = [new CapitalCost("servers", 0, 600_000, 1, 5, 0, 0)],
            ProjectRate = 0.1,
            EquityHurdle = 0.1,
            Tranches = [],
        };
        var outlook = Outlook.Of(m => m == 12 ? 1.38e6 : 0, m => m == 24 ? 792_000 : 0, 25);
        var model = ProjectModel.Contract(terms, 25);
        var flow = model.Run(outlook);
        var figures = new ProjectFigures(model, outlook, flow)
            .All()
            .ToDictionary(f => f.Key, f => f.Figure);
        Assert.Equal(792_000, flow.Unpaid[24], 1e-6);
        Assert.Equal(0, figures["equity_npv"].Value, 1e-3);
        Assert.Equal(figures["project_irr"].Value, figures["equity_irr"].Value, 1e-9);
        Assert.Equal((1.38 - 0.792) / 0.6, figures["moic"].Value, 1e-9);
        Assert.Contains("792000 of bills", figures["equity_npv"].Note);
    }

    [Fact]
    public void The_modified_rate_compounds_what_came_back_to_the_end()
    {
        // 100 out at once, 60 after six months and after twelve, at 10 % a year: (60 x 1.1^0.5 + 60) / 100 over a year.
        double[] flow = [-100, 0, 0, 0, 0, 0, 60, 0, 0, 0, 0, 0, 60];
        Assert.Equal(
            ((60 * Math.Sqrt(1.1)) + 60) / 100 - 1,
            Returns.ModifiedRate(flow, 0.1).Value,
            1e-12
        );
    }
}
