using MathNet.Numerics.Distributions;

namespace Plimsoll.Market.ContractMarket;

/// <summary>A positive distribution of mean 1 as a table of its quantiles: a draw costs a look-up instead of a logarithm.</summary>
internal sealed class QuantileTable
{
    private const int Cells = 2048;
    private readonly double[] _values = new double[Cells];

    private QuantileTable(Func<double, double> quantile)
    {
        double sum = 0;
        for (var i = 0; i < Cells; i++)
        {
            _values[i] = quantile((i + 0.5) / Cells);
            sum += _values[i];
        }
        for (var i = 0; i < Cells; i++)
        {
            _values[i] *= Cells / sum;
        }
    }

    /// <summary>Exponential: gaps between the buyers of a Poisson stream.</summary>
    public static QuantileTable Exponential { get; } = new(p => -Math.Log(1 - p));

    /// <summary>Log-normal with this standard deviation of the logarithm; 0 gives the mean always.</summary>
    public static QuantileTable LogNormal(double deviation) =>
        new(p => deviation == 0 ? 1 : Math.Exp(deviation * Normal.InvCDF(0, 1, p)));

    /// <summary>The value below which a share of the mass lies.</summary>
    public double At(double share) => _values[(int)(share * Cells)];
}
