using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Sponsor;

/// <summary>Serve tokens too, with what is not let; open where the plan does not yet and a fleet could.</summary>
public sealed record OtherProduct : ISponsorOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<ISponsorOption> Kind { get; } = new([], _ => new OtherProduct());

    /// <inheritdoc/>
    public StudyOption? Of(StudyCase plan, ICentreFacts facts)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Plan.Products.Contains(Product.Inference) || !plan.Serves
            ? null
            : new StudyOption(
                Phrase.Of("option.inference"),
                VerdictKind.Retarget,
                Phrase.Of("option.inference.said"),
                plan with
                {
                    Plan = plan.Plan with { Products = [.. plan.Plan.Products, Product.Inference] },
                }
            );
    }
}
