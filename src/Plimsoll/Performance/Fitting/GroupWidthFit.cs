namespace Plimsoll.Performance.Fitting;

/// <summary>Fits how much wider or narrower the errors of a group are than the pool's interval.</summary>
/// <remarks>Factors of an engine, a family of chips, dense or mixture, a mode and a model multiply; each is shrunk to 1 by its number of predictions. Fitted in turn, as iterative proportional fitting (Deming and Stephan 1940).</remarks>
public static class GroupWidthFit
{
    private const double _share = 0.8;
    private const int _rounds = 12;

    // So many predictions count as much as the pool.
    private const double _shrinkage = 25;

    /// <summary>Factors by <see cref="GroupWidths.Key"/>.</summary>
    /// <param name="kind">Kind of novelty.</param>
    /// <param name="heldOut">Predictions of what was left out.</param>
    /// <param name="pool">The interval of all.</param>
    public static IReadOnlyDictionary<string, (double PerToken, double FirstToken)> Run(
        Novelty kind,
        IReadOnlyList<HeldOut> heldOut,
        PredictionError pool
    )
    {
        var perToken = Fit(kind, heldOut, h => pool.TimePerOutputToken.Ends(h.LogPerTokenError));
        var firstToken = Fit(kind, heldOut, h => pool.TimeToFirstToken.Ends(h.LogFirstTokenError));
        return perToken.ToDictionary(
            g => GroupWidths.Key(kind, g.Key),
            g => (Math.Exp(g.Value), Math.Exp(firstToken[g.Key])),
            StringComparer.Ordinal
        );
    }

    private static Dictionary<string, double> Fit(
        Novelty kind,
        IReadOnlyList<HeldOut> heldOut,
        Func<HeldOut, double> ends
    )
    {
        double[] needed = [.. heldOut.Select(h => Math.Log(Math.Max(1e-6, ends(h))))];
        var members = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < heldOut.Count; i++)
        {
            foreach (var group in heldOut[i].ErrorGroups(kind))
            {
                if (!members.TryGetValue(group, out var list))
                {
                    members[group] = list = [];
                }
                list.Add(i);
            }
        }
        var factor = members.Keys.ToDictionary(g => g, _ => 0.0, StringComparer.Ordinal);
        var taken = new double[needed.Length];
        var order = members.OrderBy(m => m.Key, StringComparer.Ordinal).ToList();
        for (var round = 0; round < _rounds; round++)
        {
            foreach (var (group, list) in order)
            {
                double[] left = [.. list.Select(i => needed[i] - taken[i] + factor[group])];
                Array.Sort(left);
                var wanted = left[(int)Math.Min(left.Length - 1, _share * left.Length)];
                var fitted = wanted * left.Length / (left.Length + _shrinkage);
                foreach (var i in list)
                {
                    taken[i] += fitted - factor[group];
                }
                factor[group] = fitted;
            }
        }
        return factor;
    }
}
