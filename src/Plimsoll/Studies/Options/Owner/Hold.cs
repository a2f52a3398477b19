using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>Everything lit, asked at the market's quote.</summary>
public sealed record Hold : IOwnerOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } = new([], _ => new Hold());

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
            new StudyOption(
                scope.Named(Phrase.Of("option.hold")),
                VerdictKind.HoldPrice,
                Phrase.Of("option.hold.said"),
                standing with
                {
                    Policies = scope.Under(standing.Policies, new AskPolicy(1)),
                }
            ),
        ];
    }
}
