using Plimsoll.Inputs;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Sponsor;

/// <summary>What the sponsor of a planned centre could do. One file an option: its inputs, what it makes of the plan, its words.</summary>
public interface ISponsorOption
{
    /// <summary>The option as a case to run; null where it is not open to the plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="facts">What else is known.</param>
    StudyOption? Of(StudyCase plan, ICentreFacts facts);
}

/// <summary>The sponsor's options. Not building is implied and worth nothing.</summary>
public static class SponsorOptions
{
    /// <summary>All kinds, the plan itself first.</summary>
    public static IReadOnlyList<OptionKind<ISponsorOption>> Kinds =>
        [
            AsPlanned.Kind,
            Smaller.Kind,
            Staged.Kind,
            Elsewhere.Kind,
            OtherServer.Kind,
            OtherProduct.Kind,
            Wait.Kind,
        ];

    /// <summary>The options that a file describes, the plan first.</summary>
    public static IReadOnlyList<ISponsorOption> Read(InputValues file) =>
        [.. Kinds.Select(k => k.Read(file)).OfType<ISponsorOption>()];
}
