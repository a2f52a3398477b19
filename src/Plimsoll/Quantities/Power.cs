using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>Electrical power.</summary>
/// <param name="Watts">In W; may be negative for a flow out; never NaN.</param>
public readonly record struct Power(double Watts) : IComparable<Power>
{
    /// <summary>In W.</summary>
    public double Watts
    {
        get;
        init => field = Refuse.NotFinite(value, nameof(Watts));
    } = Refuse.NotFinite(Watts, nameof(Watts));

    /// <summary>In kW.</summary>
    public double Kilowatts => Watts / 1000;

    /// <summary>Builds from kW.</summary>
    public static Power FromKilowatts(double value) => new(value * 1000);

    /// <summary>In MW.</summary>
    public double Megawatts => Watts / 1e6;

    /// <summary>Builds from MW.</summary>
    public static Power FromMegawatts(double value) => new(value * 1e6);

    /// <summary>Sum.</summary>
    public static Power operator +(Power a, Power b) => new(a.Watts + b.Watts);

    /// <summary>Difference.</summary>
    public static Power operator -(Power a, Power b) => new(a.Watts - b.Watts);

    /// <summary>A multiple.</summary>
    public static Power operator *(Power a, double factor) => new(a.Watts * factor);

    /// <summary>A multiple.</summary>
    public static Power operator *(double factor, Power a) => a * factor;

    /// <summary>A part.</summary>
    public static Power operator /(Power a, double divisor) => new(a.Watts / divisor);

    /// <summary>A ratio without unit.</summary>
    public static double operator /(Power a, Power b) => a.Watts / b.Watts;

    /// <summary>True when a is less than b.</summary>
    public static bool operator <(Power a, Power b) => a.Watts < b.Watts;

    /// <summary>True when a is more than b.</summary>
    public static bool operator >(Power a, Power b) => a.Watts > b.Watts;

    /// <summary>True when a is not more than b.</summary>
    public static bool operator <=(Power a, Power b) => a.Watts <= b.Watts;

    /// <summary>True when a is not less than b.</summary>
    public static bool operator >=(Power a, Power b) => a.Watts >= b.Watts;

    /// <summary>Energy over a time.</summary>
    public static Energy operator *(Power a, Duration b) => new(a.Watts * b.Seconds);

    /// <inheritdoc/>
    public int CompareTo(Power other) => Watts.CompareTo(other.Watts);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Watts:g6} W");
}
