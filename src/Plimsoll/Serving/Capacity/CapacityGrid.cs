namespace Plimsoll.Serving.Capacity;

/// <summary>The shapes between which a surface interpolates, and the weights of the neighbours of a shape.</summary>
internal static class CapacityGrid
{
    private static readonly double[] _hits = [0, 0.25, 0.5, 0.7, 0.85, 0.95];
    private static readonly double[] _cvs = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16];

    /// <summary>Lengths stand on powers of this.</summary>
    private static readonly double _lengthStep = Math.Log(2);

    /// <summary>The neighbours of a shape whose weight is not 0.</summary>
    /// <returns>Empty when the shape lies outside the grid.</returns>
    public static List<(RequestShape Shape, double Weight)> Neighbours(in RequestShape shape)
    {
        var inputs = Length(shape.InputTokens);
        var outputs = Length(shape.OutputTokens);
        var hits = Between(_hits, shape.CacheHitShare, logarithmic: false);
        var cvs = Between(_cvs, shape.ArrivalCv, logarithmic: true);
        var result = new List<(RequestShape, double)>();
        foreach (var (input, a) in inputs)
        {
            foreach (var (output, b) in outputs)
            {
                foreach (var (hit, c) in hits)
                {
                    foreach (var (cv, d) in cvs)
                    {
                        result.Add((new RequestShape(input, output, hit, cv), a * b * c * d));
                    }
                }
            }
        }
        return result;
    }

    private static (double, double)[] Length(double tokens)
    {
        if (!(tokens >= 1))
        {
            return [];
        }
        var place = Math.Floor((Math.Log(tokens) / _lengthStep) + 1e-9);
        var low = Math.Round(Math.Exp(place * _lengthStep));
        var high = 2 * low;
        // Time a request is nearly straight in its lengths, so the weights are too.
        var share = (tokens - low) / (high - low);
        return share < 1e-9 ? [(low, 1)] : [(low, 1 - share), (high, share)];
    }

    private static (double, double)[] Between(double[] marks, double value, bool logarithmic)
    {
        if (!(value >= marks[0]) || value > marks[^1])
        {
            return [];
        }
        var above = Array.FindIndex(marks, m => m >= value);
        if (marks[above] == value)
        {
            return [(value, 1)];
        }
        var (low, high) = (marks[above - 1], marks[above]);
        var share = logarithmic
            ? Math.Log(value / low) / Math.Log(high / low)
            : (value - low) / (high - low);
        return [(low, 1 - share), (high, share)];
    }
}
