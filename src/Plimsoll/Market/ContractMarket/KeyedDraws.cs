namespace Plimsoll.Market.ContractMarket;

/// <summary>Random numbers of one buyer, contract or project, from a key alone: whoever else is in the market does not shift them.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood 2014), a counter-based generator: two nanoseconds a number, no state to store.</remarks>
internal struct KeyedDraws(ulong key)
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;
    private ulong _state = key;

    /// <summary>A key made of two.</summary>
    public static ulong Combine(ulong a, ulong b) => Mix(a + (Golden * (b + 1)));

    /// <summary>The next number in [0, 1).</summary>
    public double Next()
    {
        _state += Golden;
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The number of a key and a counter in [0, 1), without keeping state.</summary>
    public static double At(ulong key, int counter) =>
        (Mix(key + (Golden * (ulong)(uint)(counter + 1))) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
