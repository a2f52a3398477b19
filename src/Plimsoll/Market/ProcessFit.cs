namespace Plimsoll.Market;

/// <summary>The processes that forward runs draw from, moved from their priors by the counts that a view holds.</summary>
/// <remarks>Normal prior, normal likelihood of one growth rate with a stated error: the posterior is their precision-weighted mean.</remarks>
public static class ProcessFit
{
    /// <summary>Error of a log count by scope: official and company counts of the same year differ by a factor of two to four.</summary>
    private const double ScopeError = 0.7;

    /// <summary>Error of a log rent by basis: list, contract and spot of the same quarter differ by a factor of 1.5.</summary>
    private const double BasisError = 0.3;

    /// <summary>Error of a yearly growth of national compute: two vintages of one count differ by a few per cent, growth varies more between years.</summary>
    private const double ComputeError = 0.15;

    /// <summary>Priors with the growth of tokens, compute and the world's rent moved by the givens.</summary>
    public static IReadOnlyList<Prior> Of(MarketGivens givens, IReadOnlyList<Prior> priors) =>
        [
            .. priors.Select(p =>
                p.Parameter switch
                {
                    Parameter.TokenGrowth => Moved(p, givens.LogTokens, 24, ScopeError),
                    Parameter.ComputeGrowth => Moved(
                        p,
                        [.. givens.NationalServers.Select(n => Math.Log(n))],
                        24,
                        ComputeError
                    ),
                    Parameter.WorldDrift => Moved(p, givens.LogWorldRent, 18, BasisError),
                    _ => p,
                }
            ),
        ];

    /// <summary>A growth prior moved by the change of a series over its last months.</summary>
    /// <param name="prior">Growth a year in logs.</param>
    /// <param name="logs">The series.</param>
    /// <param name="span">Months looked back at most; flat months before the first datum are left out.</param>
    /// <param name="error">Standard deviation of either end.</param>
    private static Prior Moved(Prior prior, double[] logs, int span, double error)
    {
        var last = logs.Length - 1;
        var first = Math.Max(0, last - span);
        while (first < last && logs[first + 1] == logs[first])
        {
            first++;
        }
        if (last - first < 3)
        {
            return prior;
        }
        var years = (last - first) / 12.0;
        var seen = (logs[last] - logs[first]) / years;
        var seenError = error * Math.Sqrt(2) / years;
        var priorError = (prior.High - prior.Low) / 2.563;
        var weight = 1 / (seenError * seenError);
        var own = 1 / (priorError * priorError);
        var mean = ((seen * weight) + (prior.Median * own)) / (weight + own);
        var range = 1.2816 / Math.Sqrt(weight + own);
        return new Prior(
            prior.Parameter,
            mean,
            mean - range,
            mean + range,
            prior.Scale,
            $"{prior.Source}; {last - first} months of data give {seen:F2} a year"
        );
    }
}
