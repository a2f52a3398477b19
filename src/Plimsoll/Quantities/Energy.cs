using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>Energy.</summary>
/// <param name="Joules">In J; may be negative for a flow out; never NaN.</param>
public readonly record struct Energy(double Joules) : IComparable<Energy>
{
    /// <summary>In J.</summary>
    public double Joules
    {
        get;
        init => field = Refuse.NotFinite(value, nameof(Joules));
    } = Refuse.NotFinite(Joules, nameof(Joules));

    /// <summary>In kWh.</summary>
    public double KilowattHours => Joules / 3.6e6;

    /// <summary>Builds from kWh.</summary>
    public static Energy FromKilowattHours(double value) => new(value * 3.6e6);

    /// <summary>In MWh.</summary>
    public double MegawattHours => Joules / 3.6e9;

    /// <summary>Builds from MWh.</summary>
    public static Energy FromMegawattHours(double value) => new(value * 3.6e9);

    /// <summary>Sum.</summary>
    public static Energy operator +(Energy a, Energy b) => new(a.Joules + b.Joules);

    /// <summary>Difference.</summary>
    public static Energy operator -(Energy a, Energy b) => new(a.Joules - b.Joules);

    /// <summary>A multiple.</summary>
    public static Energy operator *(Energy a, double factor) => new(a.Joules * factor);

    /// <summary>A multiple.</summary>
    public static Energy operator *(double factor, Energy a) => a * factor;

    /// <summary>A part.</summary>
    public static Energy operator /(Energy a, double divisor) => new(a.Joules / divisor);

    /// <summary>A ratio without unit.</summary>
    public static double operator /(Energy a, Energy b) => a.Joules / b.Joules;

    /// <summary>True when a is less than b.</summary>
    public static bool operator <(Energy a, Energy b) => a.Joules < b.Joules;

    /// <summary>True when a is more than b.</summary>
    public static bool operator >(Energy a, Energy b) => a.Joules > b.Joules;

    /// <summary>True when a is not more than b.</summary>
    public static bool operator <=(Energy a, Energy b) => a.Joules <= b.Joules;

    /// <summary>True when a is not less than b.</summary>
    public static bool operator >=(Energy a, Energy b) => a.Joules >= b.Joules;

    /// <summary>Mean power over a time.</summary>
    public static Power operator /(Energy a, Duration b) => new(a.Joules / b.Seconds);

    /// <inheritdoc/>
    public int CompareTo(Energy other) => Joules.CompareTo(other.Joules);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Joules:g6} J");
}
