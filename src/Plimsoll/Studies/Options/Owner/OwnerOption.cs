using Plimsoll.Inputs;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>What the owner of a standing centre could do with it, or with its fleets of one kind. One file an option: its inputs, what it makes of the centre, its words, its limits.</summary>
public interface IOwnerOption
{
    /// <summary>Variants of the course, of which the best is taken (how deep a cut, which trigger, how many to sell); empty where it is not open.</summary>
    /// <param name="standing">The centre as it stands, or under what was decided about its other fleets.</param>
    /// <param name="scope">The fleets it is about.</param>
    /// <param name="facts">What else is known.</param>
    IReadOnlyList<StudyOption> Courses(StudyCase standing, FleetScope scope, ICentreFacts facts);
}

/// <summary>The owner's options.</summary>
public static class OwnerOptions
{
    /// <summary>All kinds, holding first: every other course is measured against it.</summary>
    public static IReadOnlyList<OptionKind<IOwnerOption>> Kinds =>
        [
            Hold.Kind,
            CutPrice.Kind,
            GoDark.Kind,
            ConvertToInference.Kind,
            SellAccelerators.Kind,
            HandOver.Kind,
            LeaseToCloud.Kind,
            LetTenantGo.Kind,
            MoveServers.Kind,
            SaleAndLeaseBack.Kind,
            CloseCentre.Kind,
        ];

    /// <summary>The options that a file describes, holding first.</summary>
    public static IReadOnlyList<IOwnerOption> Read(InputValues file) =>
        [.. Kinds.Select(k => k.Read(file)).OfType<IOwnerOption>()];
}
