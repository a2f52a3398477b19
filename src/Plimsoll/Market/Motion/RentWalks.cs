namespace Plimsoll.Market.Motion;

/// <summary>Draws of standing parts and of walks up to the decision, each computed once for a draw.</summary>
/// <remarks>Not safe for several threads: one for each draw or thread.</remarks>
internal sealed class RentWalks
{
    private readonly Dictionary<string, double> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _sums = new(StringComparer.Ordinal);
    private int _draw = -1;

    /// <summary>A standard normal of a part.</summary>
    public double Part(ulong seed, int draw, string name)
    {
        Turn(draw);
        if (!_parts.TryGetValue(name, out var value))
        {
            _parts[name] = value = KeyedNormals.One(seed, draw, "part " + name);
        }
        return value;
    }

    /// <summary>The walk of a shock after some months: variance one a year.</summary>
    public double Sum(ulong seed, int draw, string name, int month)
    {
        Turn(draw);
        if (!_sums.TryGetValue(name, out var sums))
        {
            _sums[name] = sums = new double[RentPrior.Window + 1];
            var stream = KeyedNormals.Stream(seed, draw, "past " + name);
            var step = Math.Sqrt(1.0 / 12);
            for (var i = 1; i < sums.Length; i++)
            {
                sums[i] = sums[i - 1] + (step * KeyedNormals.Next(ref stream));
            }
        }
        return sums[month];
    }

    private void Turn(int draw)
    {
        if (draw != _draw)
        {
            _parts.Clear();
            _sums.Clear();
            _draw = draw;
        }
    }
}
