using System.Globalization;
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
            string name,
            string unit,
            string meaning,
            BadSide bad,
            params string[] inputs
        )
        {
            var spread = traces.StepSpread(i, bad);
            return new WhyStep(name, values[i], spread.P90, spread.P10, unit, meaning, inputs);
        }
        var gpus = plan.Accelerators.ToString("#,0", CultureInfo.InvariantCulture);
        var steps = new List<WhyStep>
        {
            Step(
                0,
                "demand in the market",
                "GPU",
                "Accelerators wanted by tenants and token users in this market, all chips.",
                BadSide.Low,
                "market"
            ),
            Step(
                1,
                "of that, within reach",
                "GPU",
                $"Training goes anywhere; latency-bound demand only where the round trip fits the promise: {plan.Reach.Value * 100:0} % of it from {plan.Site.Name}.",
                BadSide.Low,
                plan.Reach.Path
            ),
            Step(
                2,
                "of that, this fleet is eligible for",
                "GPU",
                "Chip class, network and lot size fit.",
                BadSide.Low,
                "fleet"
            ),
            Step(
                3,
                "of that, won here",
                "GPU",
                $"Against every rival's offer, out of {gpus} planned.",
                BadSide.Low,
                plan.Capability.Path,
                "market"
            ),
            Step(
                4,
                "of that, served within the promise",
                "GPU",
                "What goodput and repair leave of it.",
                BadSide.Low,
                [.. plan.Goodputs.Select(g => g.Path).DefaultIfEmpty("fleet")]
            ),
            Step(
                5,
                "accelerators sold",
                "GPU",
                "Mean of the months in operation.",
                BadSide.Low,
                "market"
            ),
            Step(
                6,
                "accelerator-hours sold",
                "GPU-h a year",
                "Accelerators sold over the hours of the year.",
                BadSide.Low
            ),
            Step(
                7,
                "rent obtained",
                $"{currency}/GPU-h",
                "Mean over contracts, spot and tokens, as agreed when each was signed.",
                BadSide.Low,
                "market"
            ),
            Step(8, "revenue", $"{currency} a year", "Hours sold times rent.", BadSide.Low),
            Step(
                9,
                "running cost",
                $"{currency} a year",
                "Power, staff, bandwidth, hall and insurance, whether let or not.",
                BadSide.High,
                [.. plan.Site.All.Select(n => n.Path)]
            ),
            Step(
                10,
                "cash available for debt service",
                $"{currency} a year",
                "Revenue less running cost, tax and working capital.",
                BadSide.Low,
                "finance.tax"
            ),
        };
        if (plan.Loan is not null)
        {
            steps.Add(
                Step(
                    11,
                    "debt service due",
                    $"{currency} a year",
                    "Interest and principal as contracted.",
                    BadSide.High,
                    "finance"
                )
            );
            steps.Add(
                Step(
                    12,
                    "lowest trailing cover",
                    "x",
                    "Cash available over debt service of the last twelve months, at the worst test date.",
                    BadSide.Low
                )
            );
        }
        return steps;
    }
}
