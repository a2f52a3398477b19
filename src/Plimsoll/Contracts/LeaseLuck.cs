using Plimsoll.Sampling;

namespace Plimsoll.Contracts;

/// <summary>Random numbers of a tenant's decisions in one draw, from a key alone: no other tenant and no order shifts them.</summary>
/// <param name="Key">Of (seed, draw, counterparty).</param>
/// <remarks>A tenant decides once: all its contracts share these numbers, so that a lease written as two halves is no likelier to be broken, re-priced or left than the whole.</remarks>
public readonly record struct LeaseLuck(ulong Key)
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;

    /// <summary>The numbers of a counterparty: the same in all its contracts, wherever they run.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">Number of the draw.</param>
    /// <param name="counterparty">Name of the tenant.</param>
    public static LeaseLuck Of(ulong seed, int draw, string counterparty)
    {
        ArgumentNullException.ThrowIfNull(counterparty);
        return new(
            RandomStream
                .Keyed(
                    seed,
                    draw,
                    EntityId.Of("decisions of " + counterparty.Trim()),
                    Purpose.Contracts
                )
                .NextBits()
        );
    }

    /// <summary>Whether the market moves the tenant in a month, in [0, 1).</summary>
    public double Pressure(int month) => At((2 * month) + 1);

    /// <summary>Whether the tenant stays when the operator is replaced in a month, in [0, 1).</summary>
    public double Stay(int month) => At((2 * month) + 2);

    private double At(int counter)
    {
        var z = Key + (Golden * (ulong)(uint)counter);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
