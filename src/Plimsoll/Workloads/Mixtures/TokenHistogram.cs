using System.Globalization;
using Plimsoll.Inputs;

namespace Plimsoll.Workloads.Mixtures;

/// <summary>Chances of whole lengths, while a mixture is read.</summary>
internal sealed class TokenHistogram(SortedDictionary<int, double> chances)
{
    /// <summary>Images, clips or frames of one request: a window of a million tokens holds a few thousand of the smallest.</summary>
    private const int MostTimes = 10_000;

    private readonly SortedDictionary<int, double> _chances = chances;

    /// <summary>Reads <c>{45: 0.0096, 46: 0.0117}</c>; null when it is empty.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static TokenHistogram? Parse(string text, string at)
    {
        var body = text.Trim();
        if (!body.StartsWith('{') || !body.EndsWith('}'))
        {
            throw new InvalidDataException(
                $"{at}: found '{InputText.Cut(body)}'; expected {{length: share, ...}}."
            );
        }
        var chances = new SortedDictionary<int, double>();
        foreach (var pair in body[1..^1].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            if (
                colon < 0
                || !double.TryParse(
                    pair[..colon],
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var length
                )
                || !double.TryParse(
                    pair[(colon + 1)..],
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var chance
                )
                || length is not (>= 0 and <= 1e8)
                || chance is not (>= 0 and <= double.MaxValue)
            )
            {
                throw new InvalidDataException(
                    $"{at}: found '{InputText.Cut(pair)}'; expected length: share."
                );
            }
            Add(chances, (int)Math.Round(length), chance);
        }
        return chances.Values.Sum() > 0 ? new TokenHistogram(chances) : null;
    }

    public TokenLengths ToLengths() =>
        TokenLengths.OfHistogram([.. _chances.Keys], [.. _chances.Values]);

    /// <summary>The sum of two independent lengths.</summary>
    public TokenHistogram Plus(TokenHistogram other)
    {
        var sum = new SortedDictionary<int, double>();
        foreach (var (a, p) in Coarse())
        {
            foreach (var (b, q) in other.Coarse())
            {
                Add(sum, a + b, p * q);
            }
        }
        return new TokenHistogram(sum);
    }

    /// <summary>The sum of so many independent lengths as the other one counts.</summary>
    public TokenHistogram Times(TokenHistogram count)
    {
        var total = new SortedDictionary<int, double>();
        var power = new TokenHistogram(new SortedDictionary<int, double> { [0] = 1 });
        var at = 0;
        if (count._chances.Keys.Last() > MostTimes)
        {
            throw new InvalidDataException(
                $"found {count._chances.Keys.Last():#,0} pieces in one request; expected {MostTimes:#,0} at most."
            );
        }
        foreach (var (times, chance) in count._chances)
        {
            while (at < times)
            {
                power = power.Plus(this);
                at++;
            }
            foreach (var (length, p) in power._chances)
            {
                Add(total, length, chance * p);
            }
        }
        return new TokenHistogram(total);
    }

    private IEnumerable<(int Length, double Chance)> Coarse()
    {
        const int most = 96;
        if (_chances.Count <= most)
        {
            return _chances.Select(c => (c.Key, c.Value));
        }
        var total = _chances.Values.Sum();
        var result = new List<(int, double)>();
        var (mass, moment) = (0.0, 0.0);
        foreach (var (length, chance) in _chances)
        {
            mass += chance;
            moment += chance * length;
            if (mass >= total / most)
            {
                result.Add(((int)Math.Round(moment / mass), mass));
                (mass, moment) = (0, 0);
            }
        }
        if (mass > 0)
        {
            result.Add(((int)Math.Round(moment / mass), mass));
        }
        return result;
    }

    private static void Add(SortedDictionary<int, double> chances, int length, double chance) =>
        chances[length] = chances.GetValueOrDefault(length) + chance;
}
