using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Sponsor;

/// <summary>Build a first stage now; order the rest only if it has filled.</summary>
/// <param name="Share">Share built at once, more than 0, less than 1.</param>
/// <param name="GapMonths">Months between the stages, at least 1.</param>
/// <param name="Fill">Fill of the first stage from which the second is ordered, 0 to 1.</param>
public sealed record Staged(double Share, int GapMonths, double Fill) : ISponsorOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<ISponsorOption> Kind { get; } =
        new(
            [
                OptionRow.Number(
                    "first_stage_share",
                    "Share built at once when staged; the rest follows if the first stage fills.",
                    "0.5",
                    0.05,
                    0.95,
                    "fraction"
                ),
                OptionRow.Months("stage_gap", "Months between the stages.", "12", 1, 60),
                OptionRow.Number(
                    "stage_fill",
                    "Fill of the first stage above which the second is built.",
                    "0.7",
                    0,
                    1,
                    "fraction"
                ),
            ],
            file => new Staged(
                file.Number("options.first_stage_share"),
                file.Integer("options.stage_gap"),
                file.Number("options.stage_fill")
            )
        );

    /// <summary>Months between ordering servers and their coming.</summary>
    private const int OrderLead = 3;

    /// <inheritdoc/>
    public StudyOption? Of(StudyCase plan, ICentreFacts facts)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var first = Smaller.Scaled(plan, Share);
        var second = plan.Fleets.Select(f =>
            f with
            {
                Name = $"{f.Name}, second stage",
                Servers = f.Servers * (1 - Share),
                Online = f.Online + GapMonths,
            }
        );
        return new StudyOption(
            Phrase.Of("option.stages"),
            VerdictKind.Stage,
            Phrase.Of("option.stages.said", Share * 100, GapMonths, Fill * 100),
            plan with
            {
                Fleets = [.. first.Fleets, .. second],
                Gate = new StageGate(
                    first,
                    plan.LastOnline + Math.Max(1, GapMonths - OrderLead),
                    Fill
                ),
            }
        );
    }
}
