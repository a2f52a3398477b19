using Plimsoll.Performance;

namespace Plimsoll.Serving;

/// <summary>A step segment in whole picoseconds: the only place where the law is rounded.</summary>
/// <param name="Base">Picoseconds at zero KV tokens.</param>
/// <param name="Slope">Picoseconds per KV token.</param>
/// <param name="ValidTo">Last KV token count on this line.</param>
internal readonly record struct IntegerStep(long Base, long Slope, long ValidTo)
{
    public const double PicosecondsPerSecond = 1e12;

    public static IntegerStep Of(IStepLaw law, in BatchShape shape)
    {
        var segment = law.Segment(shape);
        return new IntegerStep(
            ToPicoseconds(segment.BaseSeconds),
            ToPicoseconds(segment.SecondsPerKvToken),
            segment.ValidToKvTokens
        );
    }

    /// <summary>Nearest whole number of picoseconds; halves to even.</summary>
    public static long ToPicoseconds(double seconds) =>
        (long)Math.Round(seconds * PicosecondsPerSecond);
}
