using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>Fit the hall for inference, then serve tokens with what is not let; open where a fleet in scope could serve and the centre does not yet sell tokens.</summary>
/// <param name="Months">Months the conversion takes, 0 or more.</param>
/// <param name="CostPerServer">Money for a server and its share of the hall.</param>
public sealed record ConvertToInference(int Months, double CostPerServer) : IOwnerOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } =
        new(
            [
                OptionRow.Number(
                    "conversion_cost_per_server",
                    "Cost of fitting a server and its share of the hall for inference, in the study's currency.",
                    "60000",
                    0,
                    1e7,
                    "1",
                    prior: true
                ),
                OptionRow.Months(
                    "conversion_months",
                    "Months the conversion takes.",
                    "3",
                    0,
                    36,
                    prior: true
                ),
            ],
            file => new ConvertToInference(
                file.Integer("options.conversion_months"),
                file.Number("options.conversion_cost_per_server")
            )
        );

    /// <inheritdoc/>
    public IReadOnlyList<StudyOption> Courses(
        StudyCase standing,
        FleetScope scope,
        ICentreFacts facts
    )
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(scope);
        if (
            standing.Plan.Products.Contains(Product.Inference)
            || scope.Fleets.All(f => f.Served is null)
        )
        {
            return [];
        }
        var cost = CostPerServer * scope.Servers;
        return
        [
            new StudyOption(
                scope.Named(Phrase.Of("option.convert")),
                VerdictKind.ConvertToInference,
                Phrase.Of("option.convert.said", Months, cost),
                standing with
                {
                    Policies = scope.Under(standing.Policies, new ConvertPolicy(Months)),
                    Costs = [.. standing.Costs, CourseCost.Of(Phrase.Of("cost.convert"), cost)],
                }
            ),
        ];
    }
}
