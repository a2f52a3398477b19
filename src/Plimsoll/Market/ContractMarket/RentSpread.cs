namespace Plimsoll.Market.ContractMarket;

/// <summary>How the rents of a stock differ from world to world, month by month.</summary>
internal sealed class RentSpread
{
    private readonly double[] _mean;
    private readonly double[] _deviation;

    private RentSpread(double[] mean, double[] deviation) =>
        (_mean, _deviation) = (mean, deviation);

    /// <summary>Of the rents of all worlds, money; one array a world.</summary>
    public static RentSpread Of(IReadOnlyList<double[]> worlds)
    {
        var months = worlds[0].Length;
        var mean = new double[months];
        var deviation = new double[months];
        for (var m = 0; m < months; m++)
        {
            double sum = 0,
                squares = 0;
            foreach (var world in worlds)
            {
                var log = Math.Log(world[m]);
                sum += log;
                squares += log * log;
            }
            mean[m] = sum / worlds.Count;
            deviation[m] = Math.Sqrt(Math.Max(0, (squares / worlds.Count) - (mean[m] * mean[m])));
        }
        return new RentSpread(mean, deviation);
    }

    /// <summary>A log rent in deviations from the mean of its month; 0 where all worlds agree. At most three deviations from it.</summary>
    public double Standardise(int month, double logRent) =>
        _deviation[month] > 1e-9
            ? Math.Clamp((logRent - _mean[month]) / _deviation[month], -3, 3)
            : 0;
}
