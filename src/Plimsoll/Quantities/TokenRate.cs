using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>A rate of tokens.</summary>
/// <param name="TokensPerSecond">In tokens/s; 0 or more in every use; never NaN.</param>
public readonly record struct TokenRate(double TokensPerSecond) : IComparable<TokenRate>
{
    /// <summary>In tokens/s.</summary>
    public double TokensPerSecond { get; init; } =
        Refuse.NotFinite(TokensPerSecond, nameof(TokensPerSecond));

    /// <summary>Sum.</summary>
    public static TokenRate operator +(TokenRate a, TokenRate b) =>
        new(a.TokensPerSecond + b.TokensPerSecond);

    /// <summary>Difference.</summary>
    public static TokenRate operator -(TokenRate a, TokenRate b) =>
        new(a.TokensPerSecond - b.TokensPerSecond);

    /// <summary>A multiple.</summary>
    public static TokenRate operator *(TokenRate a, double factor) =>
        new(a.TokensPerSecond * factor);

    /// <summary>A multiple.</summary>
    public static TokenRate operator *(double factor, TokenRate a) => a * factor;

    /// <summary>A part.</summary>
    public static TokenRate operator /(TokenRate a, double divisor) =>
        new(a.TokensPerSecond / divisor);

    /// <summary>A ratio without unit.</summary>
    public static double operator /(TokenRate a, TokenRate b) =>
        a.TokensPerSecond / b.TokensPerSecond;

    /// <summary>True when a is less than b.</summary>
    public static bool operator <(TokenRate a, TokenRate b) =>
        a.TokensPerSecond < b.TokensPerSecond;

    /// <summary>True when a is more than b.</summary>
    public static bool operator >(TokenRate a, TokenRate b) =>
        a.TokensPerSecond > b.TokensPerSecond;

    /// <summary>True when a is not more than b.</summary>
    public static bool operator <=(TokenRate a, TokenRate b) =>
        a.TokensPerSecond <= b.TokensPerSecond;

    /// <summary>True when a is not less than b.</summary>
    public static bool operator >=(TokenRate a, TokenRate b) =>
        a.TokensPerSecond >= b.TokensPerSecond;

    /// <summary>Tokens made in a time.</summary>
    public static Tokens operator *(TokenRate a, Duration b) => new(a.TokensPerSecond * b.Seconds);

    /// <inheritdoc/>
    public int CompareTo(TokenRate other) => TokensPerSecond.CompareTo(other.TokensPerSecond);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{TokensPerSecond:g6} tokens/s");
}
