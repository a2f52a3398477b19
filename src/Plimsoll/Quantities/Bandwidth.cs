using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>A rate of data.</summary>
/// <param name="BytesPerSecond">In B/s; 0 or more in every use; never NaN.</param>
public readonly record struct Bandwidth(double BytesPerSecond) : IComparable<Bandwidth>
{
    /// <summary>In B/s.</summary>
    public double BytesPerSecond { get; init; } =
        Refuse.NotFinite(BytesPerSecond, nameof(BytesPerSecond));

    /// <summary>In GB/s.</summary>
    public double GigabytesPerSecond => BytesPerSecond / 1e9;

    /// <summary>Builds from GB/s.</summary>
    public static Bandwidth FromGigabytesPerSecond(double value) => new(value * 1e9);

    /// <summary>Sum.</summary>
    public static Bandwidth operator +(Bandwidth a, Bandwidth b) =>
        new(a.BytesPerSecond + b.BytesPerSecond);

    /// <summary>Difference.</summary>
    public static Bandwidth operator -(Bandwidth a, Bandwidth b) =>
        new(a.BytesPerSecond - b.BytesPerSecond);

    /// <summary>A multiple.</summary>
    public static Bandwidth operator *(Bandwidth a, double factor) =>
        new(a.BytesPerSecond * factor);

    /// <summary>A multiple.</summary>
    public static Bandwidth operator *(double factor, Bandwidth a) => a * factor;

    /// <summary>A part.</summary>
    public static Bandwidth operator /(Bandwidth a, double divisor) =>
        new(a.BytesPerSecond / divisor);

    /// <summary>A ratio without unit.</summary>
    public static double operator /(Bandwidth a, Bandwidth b) =>
        a.BytesPerSecond / b.BytesPerSecond;

    /// <summary>True when a is less than b.</summary>
    public static bool operator <(Bandwidth a, Bandwidth b) => a.BytesPerSecond < b.BytesPerSecond;

    /// <summary>True when a is more than b.</summary>
    public static bool operator >(Bandwidth a, Bandwidth b) => a.BytesPerSecond > b.BytesPerSecond;

    /// <summary>True when a is not more than b.</summary>
    public static bool operator <=(Bandwidth a, Bandwidth b) =>
        a.BytesPerSecond <= b.BytesPerSecond;

    /// <summary>True when a is not less than b.</summary>
    public static bool operator >=(Bandwidth a, Bandwidth b) =>
        a.BytesPerSecond >= b.BytesPerSecond;

    /// <summary>Data moved in a time.</summary>
    public static Bytes operator *(Bandwidth a, Duration b) => new(a.BytesPerSecond * b.Seconds);

    /// <inheritdoc/>
    public int CompareTo(Bandwidth other) => BytesPerSecond.CompareTo(other.BytesPerSecond);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{BytesPerSecond:g6} B/s");
}
