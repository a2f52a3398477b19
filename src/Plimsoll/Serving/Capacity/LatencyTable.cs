namespace Plimsoll.Serving.Capacity;

/// <summary>How often requests had a time to first token and a time per output token together, on a logarithmic grid: any promise can be read off it.</summary>
internal sealed class LatencyTable
{
    /// <summary>Bins on each side; the last also holds all that is longer.</summary>
    public const int Bins = 64;
    private const double FirstLow = 0.005;
    private const double FirstHigh = 500;
    private const double TokenLow = 0.0005;
    private const double TokenHigh = 5;
    private static readonly double _firstStep = Math.Log(FirstHigh / FirstLow) / Bins;
    private static readonly double _tokenStep = Math.Log(TokenHigh / TokenLow) / Bins;
    private readonly float[] _below = new float[(Bins + 1) * (Bins + 1)];
    private readonly ushort[] _counts;
    private readonly long _requests;

    /// <param name="counts">One count a pair of bins, first-token bins outside; requests never served stand in no bin.</param>
    /// <param name="requests">All requests.</param>
    public LatencyTable(ushort[] counts, long requests)
    {
        _counts = counts;
        _requests = requests;
        for (var first = 1; first <= Bins; first++)
        {
            var row = 0L;
            for (var token = 1; token <= Bins; token++)
            {
                row += counts[((first - 1) * Bins) + token - 1];
                _below[(first * (Bins + 1)) + token] =
                    _below[((first - 1) * (Bins + 1)) + token] + row;
            }
        }
    }

    public ReadOnlySpan<ushort> Counts => _counts;

    public long Requests => _requests;

    /// <summary>The bins of one request.</summary>
    public static int BinOf(double firstSeconds, double tokenSeconds) =>
        (Place(firstSeconds, FirstLow, _firstStep) * Bins)
        + Place(tokenSeconds, TokenLow, _tokenStep);

    /// <summary>Share of the requests within both limits, between the grid's lines by interpolation; infinity leaves one out.</summary>
    public double Attainment(double firstSeconds, double tokenSeconds)
    {
        var x = At(firstSeconds, FirstLow, _firstStep);
        var y = At(tokenSeconds, TokenLow, _tokenStep);
        var (i, j) = (Math.Min((int)x, Bins - 1), Math.Min((int)y, Bins - 1));
        var (u, v) = (x - i, y - j);
        double Cell(int a, int b) => _below[(a * (Bins + 1)) + b];
        var low = (Cell(i, j) * (1 - v)) + (Cell(i, j + 1) * v);
        var high = (Cell(i + 1, j) * (1 - v)) + (Cell(i + 1, j + 1) * v);
        return ((low * (1 - u)) + (high * u)) / _requests;
    }

    /// <summary>Time to first token that a share of the requests stays below.</summary>
    public double FirstToken(double share) =>
        Inverse(share, s => Attainment(s, double.PositiveInfinity), FirstLow, FirstHigh);

    /// <summary>Time per output token that a share of the requests stays below.</summary>
    public double PerOutputToken(double share) =>
        Inverse(share, s => Attainment(double.PositiveInfinity, s), TokenLow, TokenHigh);

    private static double Inverse(
        double share,
        Func<double, double> attainment,
        double low,
        double high
    )
    {
        for (var i = 0; i < 40; i++)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = attainment(middle) >= share ? (low, middle) : (middle, high);
        }
        return high;
    }

    private static int Place(double seconds, double low, double step) =>
        Math.Clamp((int)Math.Floor(Math.Log(seconds / low) / step), 0, Bins - 1);

    private static double At(double seconds, double low, double step) =>
        double.IsPositiveInfinity(seconds) ? Bins
        : seconds <= low ? 0
        : Math.Min(Bins, Math.Log(seconds / low) / step);
}
