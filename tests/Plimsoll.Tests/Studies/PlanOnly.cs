using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Studies;

namespace Plimsoll.Tests.Studies;

/// <summary>Runs only the plan of a study: quicker than a whole study where a test needs no more.</summary>
internal static class PlanOnly
{
    public static OptionResult Run(string text, int draws)
    {
        var values = SmallStudy.Read(text);
        var view = FactCatalog.Shipped().AsOf(values.Month("decided"));
        var reader = new StudyReader(values, view);
        var plan = reader.Plan();
        var market = MarketRun.Prepare(
            view,
            new MarketScenario { Market = values.Text("market.name") },
            1,
            draws,
            plan.Plan.Start + plan.Plan.Months,
            2
        );
        var run = new OptionRun(
            new CaseRun(market.Centre),
            new DrawInputs(1, draws, plan.Uncertain),
            reader.Rule(),
            [.. Enumerable.Range(0, draws).Select(d => new DrawWorld(d, ""))],
            2
        );
        return run.Run(new StudyOption("plan", VerdictKind.Build, "", plan));
    }
}
