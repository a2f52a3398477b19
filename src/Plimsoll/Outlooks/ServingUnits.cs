namespace Plimsoll.Outlooks;

/// <summary>A layout in which a model can be served, as the market needs to know it.</summary>
/// <param name="Accelerators">Accelerators that one unit of it takes, all of them free and lit, more than 0.</param>
/// <param name="Share">What an accelerator serves in it over what it serves in the best layout of the whole fleet, above 0, at most 1.</param>
public readonly record struct ServingUnit(double Accelerators, double Share);

/// <summary>The layouts of a fleet from the smallest to the best: a unit cannot be part-built, and on fewer free accelerators a smaller one serves less from each.</summary>
/// <param name="steps">Each with more accelerators and a higher share than the one before; empty where any number serves alike.</param>
public sealed class ServingUnits(params IReadOnlyList<ServingUnit> steps) : IEquatable<ServingUnits>
{
    /// <summary>Any number of accelerators serves alike.</summary>
    public static ServingUnits Any { get; } = new();

    /// <summary>The layouts, the smallest first.</summary>
    public IReadOnlyList<ServingUnit> Steps => steps;

    /// <summary>What an accelerator serves at most when so many are free, over what it serves in the best layout, 0 to 1; 0 where no unit fits.</summary>
    /// <param name="free">Accelerators free and lit.</param>
    public double ShareOn(double free)
    {
        var share = steps.Count == 0 ? 1.0 : 0;
        foreach (var step in steps)
        {
            share = step.Accelerators <= free ? step.Share : share;
        }
        return share;
    }

    /// <summary>The layout that keeps fewest accelerators from other uses, with what it keeps.</summary>
    /// <param name="served">What is served, in accelerators busy in the best layout, 0 or more.</param>
    /// <param name="free">Accelerators free and lit.</param>
    /// <param name="mostLoad">Highest mean load of an accelerator that keeps the promise, above 0, at most 1.</param>
    /// <returns>Accelerators busy in it, those that its units take at least, and its share; nothing where no unit carries it.</returns>
    public (double Busy, double Kept, double Share) Least(
        double served,
        double free,
        double mostLoad
    )
    {
        if (steps.Count == 0)
        {
            return (served, served, 1);
        }
        var best = (Busy: 0.0, Kept: 0.0, Share: 0.0);
        foreach (var step in steps)
        {
            var busy = served / step.Share;
            if (step.Accelerators > free || busy > (mostLoad * free) + 1e-9)
            {
                continue;
            }
            var kept = Math.Max(busy, step.Accelerators);
            if (best.Share <= 0 || kept < best.Kept)
            {
                best = (busy, kept, step.Share);
            }
        }
        return best;
    }

    /// <inheritdoc/>
    public bool Equals(ServingUnits? other) =>
        other is not null && steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ServingUnits);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        steps.Count == 0 ? 0 : HashCode.Combine(steps.Count, steps[0], steps[^1]);
}
