using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Risk;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>Why: from demand in the market down to debt service cover, each step from the one before.</summary>
internal static class WhyChain
{
    /// <summary>The chain of the median draw with the spread over all draws.</summary>
    public static IReadOnlyList<WhyStep> Of(
        PlanTraces traces,
        CaseDraw median,
        StudyCase plan,
        string currency
    )
    {
        var values = PlanTraces.Steps(median);
        WhyStep Step(
            int i,
            string key,
            string unit,
            Phrase said,
            BadSide bad,
            params string[] inputs
        )
        {
            var spread = traces.StepSpread(i, bad);
            return WhyStep.Of(Phrase.Of(key), values[i], spread, unit, said, inputs);
        }
        var steps = new List<WhyStep>
        {
            Step(0, "why.demand", "GPU", Phrase.Of("why.demand.said"), BadSide.Low, "market"),
            Step(
                1,
                "why.reach",
                "GPU",
                Phrase.Of(
                    "why.reach.said",
                    plan.Reach.Value * 100,
                    Words.Named("place", plan.Site.Name)
                ),
                BadSide.Low,
                plan.Reach.Path
            ),
            Step(2, "why.eligible", "GPU", Phrase.Of("why.eligible.said"), BadSide.Low, "fleet"),
            Step(
                3,
                "why.won",
                "GPU",
                Phrase.Of("why.won.said", plan.Accelerators),
                BadSide.Low,
                plan.Capability.Path,
                "market"
            ),
            Step(
                4,
                "why.served",
                "GPU",
                Phrase.Of("why.served.said"),
                BadSide.Low,
                [.. plan.Goodputs.Select(g => g.Path).DefaultIfEmpty("fleet")]
            ),
            Step(5, "why.sold", "GPU", Phrase.Of("why.sold.said"), BadSide.Low, "market"),
            Step(6, "why.hours", "GPU-h a year", Phrase.Of("why.hours.said"), BadSide.Low),
            Step(
                7,
                "why.rent",
                $"{currency}/GPU-h",
                Phrase.Of("why.rent.said"),
                BadSide.Low,
                "market"
            ),
            Step(
                8,
                "why.revenue",
                $"{currency} a year",
                Phrase.Of("why.revenue.said"),
                BadSide.Low
            ),
            Step(
                9,
                "why.cost",
                $"{currency} a year",
                Phrase.Of("why.cost.said"),
                BadSide.High,
                [.. plan.Site.All.Select(n => n.Path)]
            ),
            Step(
                10,
                "why.cfads",
                $"{currency} a year",
                Phrase.Of("why.cfads.said"),
                BadSide.Low,
                "finance.tax"
            ),
        };
        if (plan.Loan is not null)
        {
            steps.Add(
                Step(
                    11,
                    "why.service",
                    $"{currency} a year",
                    Phrase.Of("why.service.said"),
                    BadSide.High,
                    "finance"
                )
            );
            steps.Add(Step(12, "why.cover", "x", Phrase.Of("why.cover.said"), BadSide.Low));
        }
        return steps;
    }
}
