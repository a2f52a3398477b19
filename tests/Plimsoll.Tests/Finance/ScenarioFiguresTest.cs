using Plimsoll.Finance;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>What many scenarios add up to.</summary>
public sealed class ScenarioFiguresTest
{
    [Fact]
    public void Expected_loss_is_chance_of_default_times_loss_given_default_times_exposure()
    {
        var random = new RandomFinance(4);
        var terms = random.Terms(true) with { DefaultCover = 0, CureMonths = 9 };
        var model = ProjectModel.Contract(terms, RandomFinance.Months, random.Outlook(2.5));
        var outlooks = Enumerable
            .Range(0, 40)
            .Select(i => random.Outlook(i % 2 == 0 ? 0.4 : 6))
            .ToList();
        var figures = model.Run(ScenarioBatch.Of(outlooks));
        var runs = outlooks.Select(model.Run).ToList();
        var defaults = runs.Where(r => r.DefaultMonth >= 0).ToList();
        Assert.InRange(defaults.Count, 1, 39);
        Assert.Equal(defaults.Count / 40.0, figures.DefaultShare, 1e-12);
        var byHand =
            defaults.Count / 40.0 * defaults.Average(r => r.Loss.GivenDefault * r.Loss.Exposure);
        Assert.Equal(
            byHand / model.Debt.TotalLent,
            figures.ExpectedLoss(model.Debt.TotalLent),
            1e-12
        );
        Assert.Equal(runs.Count(r => r.BreachMonth >= 0) / 40.0, figures.BreachShare, 1e-12);
    }

    [Fact]
    public void The_number_of_threads_and_the_grouping_do_not_matter()
    {
        var random = new RandomFinance(9);
        var model = ProjectModel.Contract(
            random.Terms(),
            RandomFinance.Months,
            random.Outlook(2.5)
        );
        var outlooks = Enumerable.Range(0, 300).Select(_ => random.Outlook()).ToList();
        var one = model.Run(ScenarioBatch.Of(outlooks));
        var four = model.Run(ScenarioBatch.Of(outlooks), 4);
        var groups = model.RunInGroups(outlooks).SelectMany(g => g.EquityValue);
        Assert.Equal(one.EquityValue, four.EquityValue);
        Assert.Equal(one.EquityValue, groups);
    }

    [Fact]
    public void Highest_loan_to_value_is_that_of_the_plain_rows()
    {
        var random = new RandomFinance(12);
        var model = ProjectModel.Contract(
            random.Terms(true),
            RandomFinance.Months,
            random.Outlook(2.5)
        );
        var outlook = random.Outlook();
        var flow = model.Run(outlook);
        var highest = Enumerable
            .Range(0, flow.Months)
            .Where(m => flow.DebtBalance[m] > 0.005 && flow.FleetValue[m] > 0)
            .Max(m => flow.DebtBalance[m] / flow.FleetValue[m]);
        var figures = model.Run(ScenarioBatch.Of([outlook]));
        Assert.Equal(highest, figures.HighestLoanToValue[0]);
        Assert.Equal(
            (flow.Distributed.Sum() + flow.BridgeReturned.Sum()) / flow.EquityIn.Sum(),
            figures.Multiple(0).Value,
            1e-12
        );
    }
}
