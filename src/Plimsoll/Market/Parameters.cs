namespace Plimsoll.Market;

/// <summary>A vector of parameters read by name, without copying.</summary>
/// <param name="values">By <see cref="Parameter"/>.</param>
public readonly ref struct Parameters(ReadOnlySpan<double> values)
{
    private readonly ReadOnlySpan<double> _values = values;

    /// <summary>A parameter.</summary>
    public double this[Parameter parameter] => _values[(int)parameter];

    /// <summary>Reads a member's vector.</summary>
    public static implicit operator Parameters(double[] values) => new(values);

    /// <summary>Reads a member's vector.</summary>
    public static Parameters Of(double[] values) => new(values);
}
