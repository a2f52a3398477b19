using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>Switch everything off, sell all accelerators in the first month for what they fetch, give notice on the hall.</summary>
/// <param name="NoticeMonths">Months for which the hall is paid after its accelerators are sold.</param>
public sealed record CloseCentre(int NoticeMonths) : IOwnerOption
{
    /// <summary>Its kind; the notice is that of selling.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } =
        new([], file => new CloseCentre(file.Integer("options.exit_notice")));

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
                scope.Named(Phrase.Of("option.close")),
                VerdictKind.Close,
                Phrase.Of("option.close.said"),
                standing with
                {
                    Policies = scope.Under(standing.Policies, new SellPolicy(1, 1)),
                    Effects = [.. standing.Effects, new HallNotice(NoticeMonths)],
                }
            )
            {
                Begins = scope.IsWhole ? FirstStep.SellOut : FirstStep.Own,
            },
        ];
    }
}
