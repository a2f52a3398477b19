using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>Ask less than the market's quote, never less than what darkness saves.</summary>
/// <param name="Deepest">The cut of the study: asked price over the quote, 0 to 1; some usual ones are tried beside it.</param>
public sealed record CutPrice(double Deepest) : IOwnerOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } =
        new(
            [
                OptionRow.Number(
                    "price_cut",
                    "Asked price against the market quote when the owner cuts.",
                    "0.75",
                    0.1,
                    1,
                    "fraction"
                ),
            ],
            file => new CutPrice(file.Number("options.price_cut"))
        );

    private static readonly double[] _usual = [0.9, 0.8, 0.65, 0.5];

    /// <inheritdoc/>
    public IReadOnlyList<StudyOption> Courses(
        StudyCase standing,
        FleetScope scope,
        ICentreFacts facts
    )
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(scope);
        return
        [
            .. _usual
                .Append(Deepest)
                .Distinct()
                .OrderDescending()
                .Select(level => new StudyOption(
                    scope.Named(Phrase.Of("option.cut", level)),
                    VerdictKind.CutPrice,
                    Phrase.Of("option.cut.said", level * 100),
                    standing with
                    {
                        Policies = scope.Under(standing.Policies, new AskPolicy(level)),
                    }
                )),
        ];
    }
}
