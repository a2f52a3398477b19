using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>An amount of memory or data.</summary>
/// <param name="Count">In B; 0 or more in every use; never NaN.</param>
public readonly record struct Bytes(double Count) : IComparable<Bytes>
{
    /// <summary>In B.</summary>
    public double Count
    {
        get;
        init => field = Refuse.NotFinite(value, nameof(Count));
    } = Refuse.NotFinite(Count, nameof(Count));

    /// <summary>In GB.</summary>
    public double Gigabytes => Count / 1e9;

    /// <summary>Builds from GB.</summary>
    public static Bytes FromGigabytes(double value) => new(value * 1e9);

    /// <summary>In GiB.</summary>
    public double Gibibytes => Count / 1073741824.0;

    /// <summary>Builds from GiB.</summary>
    public static Bytes FromGibibytes(double value) => new(value * 1073741824.0);

    /// <summary>Sum.</summary>
    public static Bytes operator +(Bytes a, Bytes b) => new(a.Count + b.Count);

    /// <summary>Difference.</summary>
    public static Bytes operator -(Bytes a, Bytes b) => new(a.Count - b.Count);

    /// <summary>A multiple.</summary>
    public static Bytes operator *(Bytes a, double factor) => new(a.Count * factor);

    /// <summary>A multiple.</summary>
    public static Bytes operator *(double factor, Bytes a) => a * factor;

    /// <summary>A part.</summary>
    public static Bytes operator /(Bytes a, double divisor) => new(a.Count / divisor);

    /// <summary>A ratio without unit.</summary>
    public static double operator /(Bytes a, Bytes b) => a.Count / b.Count;

    /// <summary>True when a is less than b.</summary>
    public static bool operator <(Bytes a, Bytes b) => a.Count < b.Count;

    /// <summary>True when a is more than b.</summary>
    public static bool operator >(Bytes a, Bytes b) => a.Count > b.Count;

    /// <summary>True when a is not more than b.</summary>
    public static bool operator <=(Bytes a, Bytes b) => a.Count <= b.Count;

    /// <summary>True when a is not less than b.</summary>
    public static bool operator >=(Bytes a, Bytes b) => a.Count >= b.Count;

    /// <inheritdoc/>
    public int CompareTo(Bytes other) => Count.CompareTo(other.Count);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count:g6} B");
}
