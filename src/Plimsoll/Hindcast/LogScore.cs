using MathNet.Numerics.Distributions;

namespace Plimsoll.Hindcast;

/// <summary>The continuous ranked probability score on logs, with observation error.</summary>
/// <remarks>Gneiting and Raftery 2007: the integral of the squared distance between forecast and outcome distribution functions; 0 is perfect, in logs 0.1 is about a tenth of the value.</remarks>
public static class LogScore
{
    /// <summary>Score of a sample; the observation's error is part of the forecast of what is observed.</summary>
    /// <param name="sample">Values above 0; others are left out.</param>
    /// <param name="value">Observed, above 0.</param>
    /// <param name="logError">Standard deviation of the log of the observation.</param>
    /// <returns>NaN when the sample holds nothing.</returns>
    public static double Of(IReadOnlyList<double> sample, double value, double logError)
    {
        var logs = sample.Where(x => x > 0).Select(x => Math.Log(x)).Order().ToArray();
        if (logs.Length == 0)
        {
            return double.NaN;
        }
        // Noise at fixed strata, dealt out across the order of the sample by a golden step: no random number, no bunching.
        for (var i = 0; i < logs.Length; i++)
        {
            var p = ((i * 0.6180339887498949) + 0.5) % 1;
            logs[i] += logError * Normal.InvCDF(0, 1, Math.Clamp(p, 1e-6, 1 - 1e-6));
        }
        Array.Sort(logs);
        var at = Math.Log(value);
        double near = 0,
            spread = 0;
        for (var i = 0; i < logs.Length; i++)
        {
            near += Math.Abs(logs[i] - at);
            // Sum over pairs of |x_i - x_j| of a sorted sample.
            spread += logs[i] * ((2.0 * i) - logs.Length + 1);
        }
        var n = (double)logs.Length;
        return (near / n) - (spread / (n * n));
    }
}
