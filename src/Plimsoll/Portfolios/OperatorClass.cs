namespace Plimsoll.Portfolios;

/// <summary>What the operator of a centre is, with the prior of its capability where nothing better is known.</summary>
/// <param name="Name">As written in a file.</param>
/// <param name="Capability">Best estimate, 0 (has never run such a fleet) to 1 (the best known).</param>
/// <param name="Low">Low end of the 80 % range.</param>
/// <param name="High">High end.</param>
/// <remarks>
/// Own priors, grade D: no public record ranks operators. The order is that of who has sold compute before: cloud companies, carriers and
/// specialised providers have, local state companies and newcomers from other trades have not.
/// </remarks>
public sealed record OperatorClass(string Name, double Capability, double Low, double High)
{
    /// <summary>Where the figures come from.</summary>
    public const string Source =
        "own prior by class of operator; replace it with what is known of this one";

    /// <summary>All classes.</summary>
    public static IReadOnlyList<OperatorClass> All { get; } =
    [
        new("cloud", 0.8, 0.65, 0.9),
        new("carrier", 0.65, 0.5, 0.8),
        new("specialist", 0.65, 0.45, 0.8),
        new("state", 0.4, 0.2, 0.6),
        new("newcomer", 0.3, 0.15, 0.5),
    ];

    /// <summary>The class of a name; null for none.</summary>
    public static OperatorClass? Of(string? name) => All.FirstOrDefault(c => c.Name == name);
}
