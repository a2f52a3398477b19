using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options;

/// <summary>The fleets that a course of action is about: the whole centre, or all fleets of one kind of server.</summary>
/// <param name="Server">The kind of server; empty for the whole centre.</param>
/// <param name="Fleets">The fleets, at least one.</param>
public sealed record FleetScope(string Server, IReadOnlyList<FleetCase> Fleets)
{
    /// <summary>The whole centre.</summary>
    public static FleetScope Whole(StudyCase study) => new("", study.Fleets);

    /// <summary>One scope for each kind of server, by name; none in a centre of one kind, which the whole already is.</summary>
    public static IReadOnlyList<FleetScope> Kinds(StudyCase study)
    {
        FleetScope[] kinds =
        [
            .. study
                .Fleets.GroupBy(f => f.Server, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new FleetScope(g.Key, [.. g])),
        ];
        return kinds.Length > 1 ? kinds : [];
    }

    /// <summary>True for the whole centre.</summary>
    public bool IsWhole => Server.Length == 0;

    /// <summary>Accelerators of its fleets.</summary>
    public double Accelerators => Fleets.Sum(f => f.Accelerators);

    /// <summary>Servers of its fleets.</summary>
    public double Servers => Fleets.Sum(f => f.Servers);

    /// <summary>The name of a course, with the kind of server it is about.</summary>
    public Phrase Named(Phrase course) => IsWhole ? course : Phrase.Of("option.of", Server, course);

    /// <summary>True when a fleet is in it.</summary>
    public bool Holds(string fleet) => Fleets.Any(f => f.Name == fleet);

    /// <summary>The rules of a centre with one for the fleets in scope.</summary>
    public FleetPolicies Under(FleetPolicies before, IPolicy policy)
    {
        if (IsWhole)
        {
            return new FleetPolicies(policy);
        }
        var own = new Dictionary<string, IPolicy>(before.Own, StringComparer.Ordinal);
        foreach (var fleet in Fleets)
        {
            own[fleet.Name] = policy;
        }
        return before with { Own = own };
    }
}
