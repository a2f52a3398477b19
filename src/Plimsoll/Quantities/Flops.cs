using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>A number of floating-point operations; a fused multiply-add counts as two.</summary>
/// <param name="Count">In FLOP; 0 or more in every use; never NaN.</param>
public readonly record struct Flops(double Count) : IComparable<Flops>
{
    /// <summary>In FLOP.</summary>
    public double Count
    {
        get;
        init => field = Refuse.NotFinite(value, nameof(Count));
    } = Refuse.NotFinite(Count, nameof(Count));

    /// <summary>In TFLOP.</summary>
    public double Teraflops => Count / 1e+12;

    /// <summary>Builds from TFLOP.</summary>
    public static Flops FromTeraflops(double value) => new(value * 1e+12);

    /// <summary>Sum.</summary>
    public static Flops operator +(Flops a, Flops b) => new(a.Count + b.Count);

    /// <summary>Difference.</summary>
    public static Flops operator -(Flops a, Flops b) => new(a.Count - b.Count);

    /// <summary>A multiple.</summary>
    public static Flops operator *(Flops a, double factor) => new(a.Count * factor);

    /// <summary>A multiple.</summary>
    public static Flops operator *(double factor, Flops a) => a * factor;

    /// <summary>A part.</summary>
    public static Flops operator /(Flops a, double divisor) => new(a.Count / divisor);

    /// <summary>A ratio without unit.</summary>
    public static double operator /(Flops a, Flops b) => a.Count / b.Count;

    /// <summary>True when a is less than b.</summary>
    public static bool operator <(Flops a, Flops b) => a.Count < b.Count;

    /// <summary>True when a is more than b.</summary>
    public static bool operator >(Flops a, Flops b) => a.Count > b.Count;

    /// <summary>True when a is not more than b.</summary>
    public static bool operator <=(Flops a, Flops b) => a.Count <= b.Count;

    /// <summary>True when a is not less than b.</summary>
    public static bool operator >=(Flops a, Flops b) => a.Count >= b.Count;

    /// <summary>Time to do the work.</summary>
    public static Duration operator /(Flops a, FlopRate b) => new(a.Count / b.FlopsPerSecond);

    /// <inheritdoc/>
    public int CompareTo(Flops other) => Count.CompareTo(other.Count);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count:g6} FLOP");
}
