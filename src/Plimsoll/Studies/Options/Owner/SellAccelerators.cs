using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>Sell some or all accelerators in equal monthly lots, let the rest, and give notice on their part of the hall.</summary>
/// <param name="OverMonths">Months over which the study would sell, at least 1; some usual spans are tried beside it.</param>
/// <param name="NoticeMonths">Months for which the hall is paid after its accelerators are sold.</param>
public sealed record SellAccelerators(int OverMonths, int NoticeMonths) : IOwnerOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } =
        new(
            [
                OptionRow.Months(
                    "sell_over",
                    "Months over which the accelerators would be sold.",
                    "6",
                    1,
                    60
                ),
                OptionRow.Months(
                    "exit_notice",
                    "Months for which the hall is paid after its accelerators are sold.",
                    "12",
                    0,
                    120,
                    prior: true
                ),
            ],
            file => new SellAccelerators(
                file.Integer("options.sell_over"),
                file.Integer("options.exit_notice")
            )
        );

    private static readonly double[] _shares = [0.25, 0.5, 0.75, 1];
    private static readonly int[] _usual = [3, 12, 24];

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
            .. from share in _shares
            from months in _usual.Append(OverMonths).Distinct().Order()
            let count = scope.Accelerators * share
            select new StudyOption(
                scope.Named(Phrase.Of("option.sell", count, months)),
                VerdictKind.SellAccelerators,
                Phrase.Of(
                    share < 1 ? "option.sell.some" : "option.sell.all",
                    count,
                    scope.Accelerators,
                    months
                ),
                standing with
                {
                    Policies = scope.Under(standing.Policies, new SellPolicy(share, months)),
                    Effects = [.. standing.Effects, new HallNotice(NoticeMonths)],
                }
            )
            {
                Begins = share >= 1 && scope.IsWhole ? FirstStep.SellOut : FirstStep.Own,
            },
        ];
    }
}
