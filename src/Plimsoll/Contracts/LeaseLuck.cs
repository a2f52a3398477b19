using Plimsoll.Sampling;

namespace Plimsoll.Contracts;

/// <summary>Random numbers of one contract in one draw, from a key alone: no other contract and no order shifts them.</summary>
/// <param name="Key">Of (seed, draw, centre, contract).</param>
public readonly record struct LeaseLuck(ulong Key)
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;

    /// <summary>The numbers of a contract.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">Number of the draw.</param>
    /// <param name="centre">Name of the centre.</param>
    /// <param name="lease">Name of the contract within it.</param>
    public static LeaseLuck Of(ulong seed, int draw, string centre, string lease) =>
        new(
            RandomStream
                .Keyed(seed, draw, EntityId.Of($"lease {centre}\n{lease}"), Purpose.Contracts)
                .NextBits()
        );

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
