using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Rows of section <c>decision</c>: the rule by which the verdict is given.</summary>
internal static class DecisionInputs
{
    private const string OwnPrior = "own prior; replace it with your own figure";

    /// <summary>The rows.</summary>
    public static IEnumerable<InputRow> Rows() =>
        [
            new(
                "decision",
                InputType.Section,
                "The rule by which the verdict is given; it is printed with the answer."
            ),
            new(
                "decision.covenant_dscr",
                InputType.Number,
                "Debt service cover below which a covenant is broken, trailing twelve months."
            )
            {
                Default = "1.2",
                Min = 0.5,
                Max = 5,
                Unit = "1",
                Source = "common project finance covenant",
                Grade = Grade.C,
            },
            new(
                "decision.max_breach_probability",
                InputType.Number,
                "Largest acceptable chance that the covenant is ever broken."
            )
            {
                Default = "0.10",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new(
                "decision.max_default_probability",
                InputType.Number,
                "Largest acceptable chance of a payment default."
            )
            {
                Default = "0.05",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
            new(
                "decision.risk_margin",
                InputType.Number,
                "Yearly margin earned for bearing risk; the expected loss a year must not exceed it. For every question but the lender's, whose loan is priced by `tail_charge` and `margin_floor`."
            )
            {
                Default = "0.025",
                Min = 0,
                Max = 0.5,
                Unit = "fraction/yr",
                Source =
                    "own prior; loans on accelerators abroad paid 400 to 1,300 basis points over the base rate in 2023-25 (catalogue, loans)",
                Grade = Grade.D,
            },
            new(
                "decision.equity_hurdle",
                InputType.Number,
                "Yearly nominal return that equity demands; the discount rate of its NPV."
            )
            {
                Default = "0.15",
                Min = 0,
                Max = 1,
                Unit = "fraction/yr",
                Source = OwnPrior,
            },
            new(
                "decision.max_equity_loss_probability",
                InputType.Number,
                "Largest acceptable chance that equity's NPV is negative."
            )
            {
                Default = "0.35",
                Min = 0,
                Max = 1,
                Unit = "fraction",
            },
        ];
}
