using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Sponsor;

/// <summary>Build the whole plan now.</summary>
public sealed record AsPlanned : ISponsorOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<ISponsorOption> Kind { get; } = new([], _ => new AsPlanned());

    /// <inheritdoc/>
    public StudyOption? Of(StudyCase plan, ICentreFacts facts) =>
        new(Phrase.Of("option.planned"), VerdictKind.Build, Phrase.Of("option.planned.said"), plan);
}
