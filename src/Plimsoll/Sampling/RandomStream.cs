using System.Numerics;

namespace Plimsoll.Sampling;

/// <summary>A stream of random numbers with a key; the same key gives the same numbers on any machine and thread count.</summary>
/// <remarks>
/// xoshiro256++ (Blackman and Vigna 2019, public domain), its state filled by SplitMix64 from a hash of the key.
/// Mutable value: pass by <c>ref</c>.
/// </remarks>
public struct RandomStream
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    internal RandomStream(ulong key)
    {
        _s0 = SplitMix(ref key);
        _s1 = SplitMix(ref key);
        _s2 = SplitMix(ref key);
        _s3 = SplitMix(ref key);
    }

    /// <summary>The stream of a key.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">Number of the Monte Carlo draw.</param>
    /// <param name="entity">Whom it belongs to.</param>
    /// <param name="purpose">What it is for.</param>
    public static RandomStream Keyed(ulong seed, int draw, EntityId entity, Purpose purpose)
    {
        var key = seed;
        var mixed = SplitMix(ref key);
        key = mixed ^ (uint)draw;
        mixed = SplitMix(ref key);
        key = mixed ^ entity.Value;
        mixed = SplitMix(ref key);
        key = mixed ^ (uint)purpose;
        return new RandomStream(SplitMix(ref key));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number in [0, 1), multiples of 2^-53.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in (0, 1): safe for a logarithm or a quantile.</summary>
    public double NextOpenUniform() => ((NextBits() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>A whole number in [0, bound), without bias (Lemire 2019).</summary>
    /// <param name="bound">Greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not greater than 0.</exception>
    public int NextInteger(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (uint)bound;
        var product = (NextBits() >> 32) * range;
        var low = (uint)product;
        if (low < range)
        {
            var threshold = (uint)-range % range;
            while (low < threshold)
            {
                product = (NextBits() >> 32) * range;
                low = (uint)product;
            }
        }
        return (int)(product >> 32);
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
