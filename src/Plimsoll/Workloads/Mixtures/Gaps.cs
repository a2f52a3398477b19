using MathNet.Numerics;
using Plimsoll.Sampling;

namespace Plimsoll.Workloads.Mixtures;

/// <summary>Family of the times between a client's requests.</summary>
public enum GapFamily
{
    /// <summary>Gamma; a shape of 1 is Poisson.</summary>
    Gamma,

    /// <summary>Weibull; a shape of 1 is Poisson.</summary>
    Weibull,
}

/// <summary>Times between requests, drawn with an arbitrary scale; only their ratios count.</summary>
public static class Gaps
{
    /// <summary>The shape that gives a ratio of deviation to mean.</summary>
    /// <param name="family">Family.</param>
    /// <param name="cv">Greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not greater than 0.</exception>
    public static double Shape(GapFamily family, double cv)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cv);
        if (family == GapFamily.Gamma)
        {
            return 1 / (cv * cv);
        }
        // The ratio falls as the shape grows: bisection on its logarithm.
        var (low, high) = (Math.Log(0.05), Math.Log(200));
        for (var i = 0; i < 80; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = WeibullCv(Math.Exp(middle)) > cv ? (middle, high) : (low, middle);
        }
        return Math.Exp((low + high) / 2);
    }

    /// <summary>The ratio of deviation to mean of a shape.</summary>
    public static double Cv(GapFamily family, double shape) =>
        family == GapFamily.Gamma ? 1 / Math.Sqrt(shape) : WeibullCv(shape);

    /// <summary>One gap of scale 1: its mean is the shape (gamma) or the gamma function of 1 + 1/shape (Weibull).</summary>
    public static double Draw(GapFamily family, double shape, ref RandomStream stream)
    {
        if (shape == 1)
        {
            return -Math.Log(stream.NextOpenUniform());
        }
        if (family == GapFamily.Weibull)
        {
            return Math.Pow(-Math.Log(stream.NextOpenUniform()), 1 / shape);
        }
        return shape < 1
            ? Gamma(shape + 1, ref stream) * Math.Exp(Math.Log(stream.NextOpenUniform()) / shape)
            : Gamma(shape, ref stream);
    }

    // Marsaglia and Tsang 2000, a shape of 1 or more.
    private static double Gamma(double shape, ref RandomStream stream)
    {
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = StandardNormal(ref stream);
            var v = 1 + (c * x);
            if (v <= 0)
            {
                continue;
            }
            v = v * v * v;
            var u = stream.NextOpenUniform();
            var x2 = x * x;
            if (
                u < 1 - (0.0331 * x2 * x2)
                || Math.Log(u) < (0.5 * x2) + (d * (1 - v + Math.Log(v)))
            )
            {
                return d * v;
            }
        }
    }

    // The polar method (Marsaglia 1964), one of its two numbers.
    private static double StandardNormal(ref RandomStream stream)
    {
        while (true)
        {
            var u = (2 * stream.NextOpenUniform()) - 1;
            var v = (2 * stream.NextOpenUniform()) - 1;
            var s = (u * u) + (v * v);
            if (s < 1)
            {
                return u * Math.Sqrt(-2 * Math.Log(s) / s);
            }
        }
    }

    private static double WeibullCv(double shape)
    {
        var mean = SpecialFunctions.GammaLn(1 + (1 / shape));
        return Math.Sqrt(Math.Exp(SpecialFunctions.GammaLn(1 + (2 / shape)) - (2 * mean)) - 1);
    }
}
