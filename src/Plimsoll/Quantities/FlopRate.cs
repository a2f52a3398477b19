using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>A rate of floating-point operations.</summary>
/// <param name="FlopsPerSecond">In FLOP/s; 0 or more in every use; never NaN.</param>
public readonly record struct FlopRate(double FlopsPerSecond) : IComparable<FlopRate>
{
    /// <summary>In FLOP/s.</summary>
    public double FlopsPerSecond { get; init; } =
        Refuse.NotFinite(FlopsPerSecond, nameof(FlopsPerSecond));

    /// <summary>In TFLOP/s.</summary>
    public double TeraflopsPerSecond => FlopsPerSecond / 1e+12;

    /// <summary>Builds from TFLOP/s.</summary>
    public static FlopRate FromTeraflopsPerSecond(double value) => new(value * 1e+12);

    /// <summary>Sum.</summary>
    public static FlopRate operator +(FlopRate a, FlopRate b) =>
        new(a.FlopsPerSecond + b.FlopsPerSecond);

    /// <summary>Difference.</summary>
    public static FlopRate operator -(FlopRate a, FlopRate b) =>
        new(a.FlopsPerSecond - b.FlopsPerSecond);

    /// <summary>A multiple.</summary>
    public static FlopRate operator *(FlopRate a, double factor) => new(a.FlopsPerSecond * factor);

    /// <summary>A multiple.</summary>
    public static FlopRate operator *(double factor, FlopRate a) => a * factor;

    /// <summary>A part.</summary>
    public static FlopRate operator /(FlopRate a, double divisor) =>
        new(a.FlopsPerSecond / divisor);

    /// <summary>A ratio without unit.</summary>
    public static double operator /(FlopRate a, FlopRate b) => a.FlopsPerSecond / b.FlopsPerSecond;

    /// <summary>True when a is less than b.</summary>
    public static bool operator <(FlopRate a, FlopRate b) => a.FlopsPerSecond < b.FlopsPerSecond;

    /// <summary>True when a is more than b.</summary>
    public static bool operator >(FlopRate a, FlopRate b) => a.FlopsPerSecond > b.FlopsPerSecond;

    /// <summary>True when a is not more than b.</summary>
    public static bool operator <=(FlopRate a, FlopRate b) => a.FlopsPerSecond <= b.FlopsPerSecond;

    /// <summary>True when a is not less than b.</summary>
    public static bool operator >=(FlopRate a, FlopRate b) => a.FlopsPerSecond >= b.FlopsPerSecond;

    /// <summary>Work done in a time.</summary>
    public static Flops operator *(FlopRate a, Duration b) => new(a.FlopsPerSecond * b.Seconds);

    /// <inheritdoc/>
    public int CompareTo(FlopRate other) => FlopsPerSecond.CompareTo(other.FlopsPerSecond);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{FlopsPerSecond:g6} FLOP/s");
}
