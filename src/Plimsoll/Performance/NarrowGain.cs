namespace Plimsoll.Performance;

/// <summary>What narrower weights really gain: parts of the gain that peak rates and bytes promise.</summary>
/// <param name="EightBit">Part of the rate that eight bits add which is reached; 0 to 1.</param>
/// <param name="FourBit">Part of the rate that four bits add to eight which is reached; 0 to 1.</param>
/// <param name="Read">Part of the bytes saved that is saved in time when weights are read; 0 to 1.</param>
/// <remarks>Parts between 0 and 1 of gains that are 0 or more: so FP8 is never slower than BF16, nor FP4 than FP8, on a chip that multiplies them, and nothing beats the peak or the bytes.</remarks>
public readonly record struct NarrowGain(double EightBit, double FourBit, double Read)
{
    /// <summary>Time of matrix work over that in BF16; above 0, at most 1.</summary>
    public double Compute(in WeightFormat format, int bits)
    {
        var eight = bits <= 8 ? 1 + (format.EightBitGain * EightBit) : 1;
        var four = bits <= 4 ? 1 + (format.FourBitGain * FourBit) : 1;
        return 1 / (eight * four);
    }

    /// <summary>Time to read a weight over that of one of 2 bytes; above 0, at most 1.</summary>
    /// <param name="bytes">Bytes of the weight; above 0, at most 2.</param>
    public double Reading(double bytes) =>
        bytes >= 1 ? Saved(bytes / 2, Read) : Saved(0.5, Read) * Saved(bytes, Read);

    /// <summary>Time over that of the wide form, when so much of the bytes is left and this part of the saving is reached.</summary>
    internal static double Saved(double left, double reached) => 1 - ((1 - left) * reached);
}
