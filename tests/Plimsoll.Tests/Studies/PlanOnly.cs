using System.Collections.Concurrent;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;

namespace Plimsoll.Tests.Studies;

/// <summary>Runs only the plan of a study: quicker than a whole study where a test needs no more.</summary>
internal static class PlanOnly
{
    private static readonly ConcurrentDictionary<(Month, int), Lazy<MarketRun>> _markets = [];

    /// <summary>The market of the small study as seen from a month, prepared once for all tests.</summary>
    public static MarketRun Market(Month decided, int draws) =>
        _markets
            .GetOrAdd(
                (decided, draws),
                key => new Lazy<MarketRun>(() =>
                    MarketRun.Prepare(
                        FactCatalog.Shipped().AsOf(key.Item1),
                        new MarketScenario(),
                        1,
                        key.Item2,
                        key.Item1 + 61,
                        2
                    )
                )
            )
            .Value;

    public static OptionResult Run(
        string text,
        int draws,
        Func<CentrePlan, CentrePlan>? change = null
    )
    {
        var values = SmallStudy.Read(text);
        var view = FactCatalog.Shipped().AsOf(values.Month("decided"));
        var reader = StudyReader.Of(values, view);
        var plan = reader.Plan();
        var market = Market(values.Month("decided"), draws);
        var run = new OptionRun(
            new CaseRun(
                (centre, policy, draw) =>
                    market.Clear(
                        [new CentreEntry(change is null ? centre : change(centre), policy)],
                        draw
                    )[0]
            ),
            new DrawInputs(1, draws, plan.Uncertain),
            reader.Rule(),
            [.. Enumerable.Range(0, draws).Select(d => new DrawWorld(d, ""))],
            2
        );
        return run.Run(new StudyOption("plan", VerdictKind.Build, "", plan));
    }
}
