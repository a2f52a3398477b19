using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>A length of time.</summary>
/// <param name="Seconds">In s; negative when it points back; never NaN.</param>
public readonly record struct Duration(double Seconds) : IComparable<Duration>
{
    /// <summary>In s.</summary>
    public double Seconds
    {
        get;
        init => field = Refuse.NotFinite(value, nameof(Seconds));
    } = Refuse.NotFinite(Seconds, nameof(Seconds));

    /// <summary>In ms.</summary>
    public double Milliseconds => Seconds / 0.001;

    /// <summary>Builds from ms.</summary>
    public static Duration FromMilliseconds(double value) => new(value * 0.001);

    /// <summary>In h.</summary>
    public double Hours => Seconds / 3600;

    /// <summary>Builds from h.</summary>
    public static Duration FromHours(double value) => new(value * 3600);

    /// <summary>Sum.</summary>
    public static Duration operator +(Duration a, Duration b) => new(a.Seconds + b.Seconds);

    /// <summary>Difference.</summary>
    public static Duration operator -(Duration a, Duration b) => new(a.Seconds - b.Seconds);

    /// <summary>A multiple.</summary>
    public static Duration operator *(Duration a, double factor) => new(a.Seconds * factor);

    /// <summary>A multiple.</summary>
    public static Duration operator *(double factor, Duration a) => a * factor;

    /// <summary>A part.</summary>
    public static Duration operator /(Duration a, double divisor) => new(a.Seconds / divisor);

    /// <summary>A ratio without unit.</summary>
    public static double operator /(Duration a, Duration b) => a.Seconds / b.Seconds;

    /// <summary>True when a is less than b.</summary>
    public static bool operator <(Duration a, Duration b) => a.Seconds < b.Seconds;

    /// <summary>True when a is more than b.</summary>
    public static bool operator >(Duration a, Duration b) => a.Seconds > b.Seconds;

    /// <summary>True when a is not more than b.</summary>
    public static bool operator <=(Duration a, Duration b) => a.Seconds <= b.Seconds;

    /// <summary>True when a is not less than b.</summary>
    public static bool operator >=(Duration a, Duration b) => a.Seconds >= b.Seconds;

    /// <inheritdoc/>
    public int CompareTo(Duration other) => Seconds.CompareTo(other.Seconds);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Seconds:g6} s");
}
