using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace Plimsoll.Decisions.BaseRates;

/// <summary>Base rates by firmness, asset and country with partial pooling: a class with few cases leans on those around it.</summary>
/// <remarks>
/// Beta-binomial with back-off (MacKay and Bauman Peto 1995): the mean of all cases stands before that of a firmness, that before firmness and
/// asset, that before firmness, asset and country; at each step <c>m = (k m_above + sum of shares) / (k + number)</c>. Rates rise with firmness:
/// neighbours that say otherwise are pooled (Ayer et al. 1955). The one number k, how many cases the class above is worth, is not chosen but
/// averaged over, each weighed by how well it foretells every case from the others.
/// </remarks>
public sealed class PooledRates
{
    /// <summary>Fewest sourced cases from which anything is claimed.</summary>
    public const int Enough = 25;

    private const int Steps = 4;
    private static readonly double[] _concentrations = [0.5, 1, 2, 4, 8, 16, 64];
    private readonly BaseRateCase[] _cases;
    private readonly double[] _weights;
    private readonly ConcurrentDictionary<
        (string, string),
        (double Mean, double Size)[][]
    > _ladders = new();

    /// <summary>Fits the rates.</summary>
    /// <param name="cases">Cases known; those not counted are left out.</param>
    public PooledRates(IEnumerable<BaseRateCase> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        _cases = [.. cases.Where(c => c.Counted)];
        _weights = Weigh();
        Spread = OutcomeSpread();
    }

    /// <summary>The cases behind the rates.</summary>
    public IReadOnlyList<BaseRateCase> Cases => _cases;

    /// <summary>True when there are too few sourced cases to claim anything.</summary>
    public bool TooFew => _cases.Length < Enough;

    /// <summary>Shape of single outcomes about their rate r: shares fall as Beta(r s, (1 - r) s); small s is all or nothing.</summary>
    public double Spread { get; }

    /// <summary>The rate of a class.</summary>
    public BaseRate Of(Firmness firmness, string asset, string country)
    {
        var (mean, parts) = Mixture(firmness, asset, country);
        var same = _cases.Where(c => c.Firmness == firmness).ToList();
        return new BaseRate(
            firmness,
            asset,
            country,
            mean,
            Quantile(parts, 0.1),
            Quantile(parts, 0.9),
            same.Count(c => c.Asset == asset && c.Country == country),
            same.Count(c => c.Asset == asset),
            same.Count,
            _cases.Length
        );
    }

    /// <summary>The mean rate of a class alone.</summary>
    public double Mean(Firmness firmness, string asset, string country) =>
        Mixture(firmness, asset, country).Mean;

    /// <summary>A rate drawn from its uncertainty.</summary>
    /// <param name="firmness">Firmness of the evidence.</param>
    /// <param name="asset">What is claimed.</param>
    /// <param name="country">Where.</param>
    /// <param name="which">Uniform, chooses how much the class above is worth; the same for all classes of a draw.</param>
    /// <param name="where">Uniform, the place within the rate's uncertainty.</param>
    public double Draw(Firmness firmness, string asset, string country, double which, double where)
    {
        var (_, parts) = Mixture(firmness, asset, country);
        foreach (var (weight, mean, size) in parts)
        {
            which -= weight;
            if (which < 0)
            {
                return Beta.InvCDF(mean * size, (1 - mean) * size, where);
            }
        }
        return parts[^1].Mean;
    }

    private (double Mean, (double Weight, double Mean, double Size)[] Parts) Mixture(
        Firmness firmness,
        string asset,
        string country
    )
    {
        var ladders = _ladders.GetOrAdd(
            (asset, country),
            key => [.. _concentrations.Select(k => Ladder(_cases, -1, key.Item1, key.Item2, k))]
        );
        (double, double, double)[] parts =
        [
            .. ladders.Select(
                (l, i) => (_weights[i], l[(int)firmness].Mean, l[(int)firmness].Size)
            ),
        ];
        return (parts.Sum(p => p.Item1 * p.Item2), parts);
    }

    /// <summary>Mean and size (cases, those lent by the class above included) of each firmness, softest first.</summary>
    private static (double Mean, double Size)[] Ladder(
        BaseRateCase[] cases,
        int without,
        string asset,
        string country,
        double k
    )
    {
        Span<double> shares = stackalloc double[4 * Steps];
        Span<double> counts = stackalloc double[4 * Steps];
        var (allShares, all) = (0.0, 0.0);
        for (var i = 0; i < cases.Length; i++)
        {
            var c = cases[i];
            if (i == without)
            {
                continue;
            }
            var (weight, at) = (c.Weight, (int)c.Firmness * Steps);
            (allShares, all) = (allShares + (weight * c.Share), all + weight);
            var depth =
                c.Asset != asset ? 1
                : c.Country != country ? 2
                : 3;
            for (var step = 0; step < depth; step++)
            {
                shares[at + step] += weight * c.Share;
                counts[at + step] += weight;
            }
        }
        var top = (0.5 + allShares) / (1 + all);
        var ladder = new (double Mean, double Size)[4];
        for (var f = 0; f < ladder.Length; f++)
        {
            var mean = top;
            for (var step = 0; step < 3; step++)
            {
                var at = (f * Steps) + step;
                mean = ((k * mean) + shares[at]) / (k + counts[at]);
            }
            ladder[f] = (mean, k + counts[(f * Steps) + 2]);
        }
        Rise(ladder);
        return ladder;
    }

    /// <summary>Pools neighbours until means rise.</summary>
    private static void Rise((double Mean, double Size)[] ladder)
    {
        for (var changed = true; changed; )
        {
            changed = false;
            for (var f = 1; f < ladder.Length; f++)
            {
                if (ladder[f].Mean >= ladder[f - 1].Mean)
                {
                    continue;
                }
                // The whole run that stands too high before, or too low behind, is pooled with it.
                var (first, last) = (f - 1, f);
                while (first > 0 && ladder[first - 1].Mean == ladder[first].Mean)
                {
                    first--;
                }
                while (last + 1 < ladder.Length && ladder[last + 1].Mean == ladder[last].Mean)
                {
                    last++;
                }
                var (sum, size) = (0.0, 0.0);
                for (var i = first; i <= last; i++)
                {
                    sum += ladder[i].Mean * ladder[i].Size;
                    size += ladder[i].Size;
                }
                for (var i = first; i <= last; i++)
                {
                    ladder[i].Mean = sum / size;
                }
                changed = true;
            }
        }
    }

    /// <summary>Weight of each k: how well it foretells every case from the others.</summary>
    private double[] Weigh()
    {
        double[] scores =
        [
            .. _concentrations.Select(k =>
                Enumerable
                    .Range(0, _cases.Length)
                    .Sum(i => LogScore(Without(i, k), _cases[i].Share))
            ),
        ];
        var best = scores.Length > 0 ? scores.Max() : 0;
        double[] weights = [.. scores.Select(s => Math.Exp(s - best))];
        var sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    private double Without(int i, double k)
    {
        var c = _cases[i];
        return Ladder(_cases, i, c.Asset, c.Country, k)[(int)c.Firmness].Mean;
    }

    private double OutcomeSpread()
    {
        var (squares, chances) = (0.0, 0.0);
        for (var i = 0; i < _cases.Length; i++)
        {
            var rate = 0.0;
            for (var j = 0; j < _concentrations.Length; j++)
            {
                rate += _weights[j] * Without(i, _concentrations[j]);
            }
            squares += (_cases[i].Share - rate) * (_cases[i].Share - rate);
            chances += rate * (1 - rate);
        }
        return squares > 0 ? Math.Clamp((chances / squares) - 1, 0.1, 10) : 1;
    }

    /// <summary>Log score of a rate for the share that came true; the best rate is the expected share (Papke and Wooldridge 1996).</summary>
    /// <param name="rate">Inside 0 to 1.</param>
    /// <param name="share">0 to 1.</param>
    internal static double LogScore(double rate, double share) =>
        (share * Math.Log(rate)) + ((1 - share) * Math.Log(1 - rate));

    private static double Quantile((double Weight, double Mean, double Size)[] parts, double p)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 50; i++)
        {
            var middle = 0.5 * (low + high);
            var below = parts.Sum(x =>
                x.Weight * Beta.CDF(x.Mean * x.Size, (1 - x.Mean) * x.Size, middle)
            );
            (low, high) = below < p ? (middle, high) : (low, middle);
        }
        return 0.5 * (low + high);
    }
}
