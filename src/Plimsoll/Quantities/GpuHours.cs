using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>Hours of one accelerator, rented, used or standing.</summary>
/// <param name="Count">In GPU-h; 0 or more in every use; never NaN.</param>
public readonly record struct GpuHours(double Count) : IComparable<GpuHours>
{
    /// <summary>In GPU-h.</summary>
    public double Count
    {
        get;
        init => field = Refuse.NotFinite(value, nameof(Count));
    } = Refuse.NotFinite(Count, nameof(Count));

    /// <summary>Sum.</summary>
    public static GpuHours operator +(GpuHours a, GpuHours b) => new(a.Count + b.Count);

    /// <summary>Difference.</summary>
    public static GpuHours operator -(GpuHours a, GpuHours b) => new(a.Count - b.Count);

    /// <summary>A multiple.</summary>
    public static GpuHours operator *(GpuHours a, double factor) => new(a.Count * factor);

    /// <summary>A multiple.</summary>
    public static GpuHours operator *(double factor, GpuHours a) => a * factor;

    /// <summary>A part.</summary>
    public static GpuHours operator /(GpuHours a, double divisor) => new(a.Count / divisor);

    /// <summary>A ratio without unit.</summary>
    public static double operator /(GpuHours a, GpuHours b) => a.Count / b.Count;

    /// <summary>True when a is less than b.</summary>
    public static bool operator <(GpuHours a, GpuHours b) => a.Count < b.Count;

    /// <summary>True when a is more than b.</summary>
    public static bool operator >(GpuHours a, GpuHours b) => a.Count > b.Count;

    /// <summary>True when a is not more than b.</summary>
    public static bool operator <=(GpuHours a, GpuHours b) => a.Count <= b.Count;

    /// <summary>True when a is not less than b.</summary>
    public static bool operator >=(GpuHours a, GpuHours b) => a.Count >= b.Count;

    /// <inheritdoc/>
    public int CompareTo(GpuHours other) => Count.CompareTo(other.Count);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count:g6} GPU-h");
}
