using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>A number of tokens.</summary>
/// <param name="Count">In tokens; 0 or more in every use; never NaN.</param>
public readonly record struct Tokens(double Count) : IComparable<Tokens>
{
    /// <summary>In tokens.</summary>
    public double Count
    {
        get;
        init => field = Refuse.NotFinite(value, nameof(Count));
    } = Refuse.NotFinite(Count, nameof(Count));

    /// <summary>In M tokens.</summary>
    public double Millions => Count / 1e6;

    /// <summary>Builds from M tokens.</summary>
    public static Tokens FromMillions(double value) => new(value * 1e6);

    /// <summary>Sum.</summary>
    public static Tokens operator +(Tokens a, Tokens b) => new(a.Count + b.Count);

    /// <summary>Difference.</summary>
    public static Tokens operator -(Tokens a, Tokens b) => new(a.Count - b.Count);

    /// <summary>A multiple.</summary>
    public static Tokens operator *(Tokens a, double factor) => new(a.Count * factor);

    /// <summary>A multiple.</summary>
    public static Tokens operator *(double factor, Tokens a) => a * factor;

    /// <summary>A part.</summary>
    public static Tokens operator /(Tokens a, double divisor) => new(a.Count / divisor);

    /// <summary>A ratio without unit.</summary>
    public static double operator /(Tokens a, Tokens b) => a.Count / b.Count;

    /// <summary>True when a is less than b.</summary>
    public static bool operator <(Tokens a, Tokens b) => a.Count < b.Count;

    /// <summary>True when a is more than b.</summary>
    public static bool operator >(Tokens a, Tokens b) => a.Count > b.Count;

    /// <summary>True when a is not more than b.</summary>
    public static bool operator <=(Tokens a, Tokens b) => a.Count <= b.Count;

    /// <summary>True when a is not less than b.</summary>
    public static bool operator >=(Tokens a, Tokens b) => a.Count >= b.Count;

    /// <summary>Time to make the tokens.</summary>
    public static Duration operator /(Tokens a, TokenRate b) => new(a.Count / b.TokensPerSecond);

    /// <inheritdoc/>
    public int CompareTo(Tokens other) => Count.CompareTo(other.Count);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count:g6} tokens");
}
