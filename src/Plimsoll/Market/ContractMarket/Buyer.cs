namespace Plimsoll.Market.ContractMarket;

/// <summary>One buyer in search: all its luck follows from its key.</summary>
internal readonly struct Buyer
{
    /// <summary>First counter of the key that choices use.</summary>
    public const int FirstChoice = 8;

    private Buyer(ulong key, int accelerators, int least, int tenorMonths) =>
        (Key, Accelerators, Least, TenorMonths) = (key, accelerators, least, tenorMonths);

    /// <summary>Its key.</summary>
    public ulong Key { get; }

    /// <summary>Accelerators it wants.</summary>
    public int Accelerators { get; }

    /// <summary>Smallest block it takes.</summary>
    public int Least { get; }

    /// <summary>Months it signs for.</summary>
    public int TenorMonths { get; }

    /// <summary>Distance of a buyer from the one before it, in mean contracts; mean 1.</summary>
    public static double Gap(ulong key) => QuantileTable.Exponential.At(KeyedDraws.At(key, 0));

    /// <summary>The buyer of a key.</summary>
    public static Buyer Of(
        ulong key,
        int cell,
        double meanSize,
        ContractTerms terms,
        QuantileTable[] sizes,
        double[] p
    )
    {
        var j = cell % Segment.Needs;
        var size = meanSize * sizes[j].At(KeyedDraws.At(key, 1));
        var lots = Math.Max(1, (int)((size / terms.Granule) + 0.5));
        var least = Math.Max(1, (int)Math.Ceiling(lots * terms.LeastShare));
        var tenor = Tenor(KeyedDraws.At(key, 2), j, terms, p);
        return new Buyer(key, lots * terms.Granule, least * terms.Granule, tenor);
    }

    /// <summary>A tenant who has to move, and takes as much again.</summary>
    /// <param name="key">Key of the move.</param>
    /// <param name="accelerators">Accelerators that it had, in the reference chip.</param>
    /// <param name="need">What for.</param>
    /// <param name="terms">Constants of the market.</param>
    /// <param name="p">Parameters of the member.</param>
    public static Buyer Moved(
        ulong key,
        double accelerators,
        int need,
        ContractTerms terms,
        double[] p
    )
    {
        var lots = Math.Max(1, (int)((accelerators / terms.Granule) + 0.5));
        var least = Math.Max(1, (int)Math.Ceiling(lots * terms.LeastShare));
        return new Buyer(
            key,
            lots * terms.Granule,
            least * terms.Granule,
            Tenor(KeyedDraws.At(key, 2), need, terms, p)
        );
    }

    /// <summary>Months of a contract: half to one and a half times the need's mean, evenly.</summary>
    public static int Tenor(double uniform, int need, ContractTerms terms, double[] p) =>
        Math.Max(
            1,
            (int)((p[(int)Parameter.Tenor] * terms.TenorScale[need] * (0.5 + uniform)) + 0.5)
        );
}
