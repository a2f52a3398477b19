namespace Plimsoll.Decisions.BaseRates;

/// <summary>One case foretold from the others.</summary>
/// <param name="Case">The case.</param>
/// <param name="Rate">The rate of its class without it.</param>
/// <param name="Pooled">The rate of all others.</param>
/// <param name="Old">The weight by firmness of paper that was used before there was a table.</param>
public sealed record ForetoldCase(BaseRateCase Case, double Rate, double Pooled, double Old);

/// <summary>How well the base rates foretell cases they have not seen: one is left out at a time.</summary>
/// <param name="Cases">Each case foretold.</param>
/// <param name="Rates">Mean log score of the rates by class; 0 is best.</param>
/// <param name="Pooled">Of one rate for all.</param>
/// <param name="Old">Of the old weights.</param>
/// <param name="OverPooled">Mean gain of the rates over one rate for all.</param>
/// <param name="OverPooledError">Its standard error over cases.</param>
/// <param name="OverOld">Mean gain over the old weights.</param>
/// <param name="OverOldError">Its standard error.</param>
public sealed record BaseRateScore(
    IReadOnlyList<ForetoldCase> Cases,
    double Rates,
    double Pooled,
    double Old,
    double OverPooled,
    double OverPooledError,
    double OverOld,
    double OverOldError
)
{
    /// <summary>Scores the cases known.</summary>
    /// <param name="known">All cases known on a day; those not counted are left out.</param>
    /// <exception cref="ArgumentException">Fewer than two are counted.</exception>
    public static BaseRateScore Of(IReadOnlyList<BaseRateCase> known)
    {
        var cases = known.Where(c => c.Counted).ToList();
        if (cases.Count < 2)
        {
            throw new ArgumentException("A case is foretold from others; there are none.");
        }
        var foretold = new List<ForetoldCase>();
        foreach (var left in cases)
        {
            var others = cases.Where(c => c != left).ToList();
            var rates = new PooledRates(others);
            var weight = others.Sum(c => c.Weight);
            foretold.Add(
                new ForetoldCase(
                    left,
                    rates.Mean(left.Firmness, left.Asset, left.Country),
                    (0.5 + others.Sum(c => c.Weight * c.Share)) / (1 + weight),
                    OldWeight(left.Kind)
                )
            );
        }
        double[] own = Scores(foretold, f => f.Rate);
        double[] pooled = Scores(foretold, f => f.Pooled);
        double[] old = Scores(foretold, f => f.Old);
        var (overPooled, pooledError) = Gain(own, pooled);
        var (overOld, oldError) = Gain(own, old);
        return new BaseRateScore(
            foretold,
            own.Average(),
            pooled.Average(),
            old.Average(),
            overPooled,
            pooledError,
            overOld,
            oldError
        );
    }

    /// <summary>What the five weights of the first version said of a paper that names neither chip nor date: middle of low and best.</summary>
    private static double OldWeight(string kind) =>
        kind switch
        {
            "letter of intent" => 0.065,
            "framework agreement" or "renewal" => 0.125,
            "order" or "signed contract" => 0.475,
            "prepayment" or "take-or-pay with prepayment" => 0.825,
            "report" or "announcement" or "request" or "speculative building" => 0.015,
            _ => throw new KeyNotFoundException($"No kind of evidence '{kind}'."),
        };

    private static double[] Scores(List<ForetoldCase> cases, Func<ForetoldCase, double> rate) =>
        [.. cases.Select(c => PooledRates.LogScore(rate(c), c.Case.Share))];

    private static (double Mean, double Error) Gain(double[] ours, double[] theirs)
    {
        double[] gains = [.. ours.Zip(theirs, (a, b) => a - b)];
        var mean = gains.Average();
        var variance = gains.Sum(g => (g - mean) * (g - mean)) / (gains.Length - 1);
        return (mean, Math.Sqrt(variance / gains.Length));
    }
}
