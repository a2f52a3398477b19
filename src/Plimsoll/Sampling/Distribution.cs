using MathNet.Numerics.Distributions;

namespace Plimsoll.Sampling;

/// <summary>A distribution known by its quantile function, so that any stream, stratum or Sobol point drives it.</summary>
public abstract record Distribution
{
    /// <summary>The value below which a share p of the mass lies.</summary>
    /// <param name="p">In (0, 1).</param>
    public abstract double Quantile(double p);

    /// <summary>One draw from a stream.</summary>
    public double Draw(ref RandomStream stream) => Quantile(stream.NextOpenUniform());

    /// <summary>The distribution of a sourced number: a point when the range is empty, else a split normal (or split log-normal) with the value as median and low, high as the 10 % and 90 % points.</summary>
    /// <param name="value">Median.</param>
    /// <param name="low">10 % point, at most the value.</param>
    /// <param name="high">90 % point, at least the value.</param>
    /// <param name="positive">True for a quantity that cannot be 0 or less: the logarithm is split instead.</param>
    /// <exception cref="ArgumentException">The range misses the value, or a positive quantity has a bound of 0 or less.</exception>
    public static Distribution OfRange(double value, double low, double high, bool positive)
    {
        if (!(low <= value && value <= high))
        {
            throw new ArgumentException($"The range {low} to {high} misses the value {value}.");
        }
        if (low == high)
        {
            return new Fixed(value);
        }
        if (!positive)
        {
            return new SplitNormal(value, low, high);
        }
        return low > 0
            ? new SplitLogNormal(value, low, high)
            : throw new ArgumentException($"A positive quantity has a low bound of {low}.");
    }
}

/// <summary>All mass at one value.</summary>
public sealed record Fixed(double Value) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double p) => Value;
}

/// <summary>Equal density between two ends.</summary>
public sealed record Uniform(double Low, double High) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double p) => Low + ((High - Low) * p);
}

/// <summary>Triangular density with a mode.</summary>
public sealed record Triangular(double Low, double Mode, double High) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double p)
    {
        var turn = (Mode - Low) / (High - Low);
        return p < turn
            ? Low + Math.Sqrt(p * (High - Low) * (Mode - Low))
            : High - Math.Sqrt((1 - p) * (High - Low) * (High - Mode));
    }
}

/// <summary>Gaussian with mean and standard deviation.</summary>
public sealed record Gaussian(double Mean, double Deviation) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double p) => Mean + (Deviation * Normal.InvCDF(0, 1, p));
}

/// <summary>Exponential of a Gaussian, by its median and the deviation of its logarithm.</summary>
public sealed record LogGaussian(double Median, double LogDeviation) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double p) =>
        Median * Math.Exp(LogDeviation * Normal.InvCDF(0, 1, p));
}

/// <summary>Two half-normals joined at the median: the 10 % and 90 % points are as given.</summary>
public sealed record SplitNormal(double Median, double Low, double High) : Distribution
{
    /// <summary>90 % point of the standard normal.</summary>
    internal const double Z90 = 1.2815515655446004;

    /// <inheritdoc/>
    public override double Quantile(double p)
    {
        var z = Normal.InvCDF(0, 1, p);
        return Median + (z * (z < 0 ? Median - Low : High - Median) / Z90);
    }
}

/// <summary>A split normal of the logarithm.</summary>
public sealed record SplitLogNormal(double Median, double Low, double High) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double p)
    {
        var z = Normal.InvCDF(0, 1, p);
        return Median
            * Math.Exp(
                z * (z < 0 ? Math.Log(Median / Low) : Math.Log(High / Median)) / SplitNormal.Z90
            );
    }
}

/// <summary>Exponential waiting time.</summary>
public sealed record Exponential(double Mean) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double p) => -Mean * Math.Log(1 - p);
}

/// <summary>Weibull by shape and scale.</summary>
public sealed record WeibullGap(double Shape, double Scale) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double p) => Scale * Math.Pow(-Math.Log(1 - p), 1 / Shape);
}

/// <summary>Gamma by shape and mean.</summary>
public sealed record GammaGap(double Shape, double Mean) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double p) => Gamma.InvCDF(Shape, Shape / Mean, p);
}

/// <summary>Beta on (0, 1) by its two shapes.</summary>
public sealed record BetaShare(double A, double B) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double p) => Beta.InvCDF(A, B, p);
}
