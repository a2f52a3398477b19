using System.Globalization;

namespace Plimsoll.Reports.Charts;

/// <summary>A mark on an axis.</summary>
/// <param name="At">Where, in the axis's unit.</param>
/// <param name="Label">What is written there.</param>
internal readonly record struct Tick(double At, string Label);

/// <summary>Places marks on axes at round numbers, without measuring any font, so that the same chart is drawn on every machine.</summary>
internal static class Ticks
{
    /// <summary>Marks at multiples of 1, 2 or 5 times a power of ten, inside the limits.</summary>
    /// <param name="low">Lower limit.</param>
    /// <param name="high">Upper limit, above the lower.</param>
    /// <param name="most">Most marks wanted, at least 2.</param>
    /// <param name="suffix">Written after each number.</param>
    public static IReadOnlyList<Tick> Round(double low, double high, int most, string suffix = "")
    {
        var step = Step((high - low) / Math.Max(1, most - 1));
        var places = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        var ticks = new List<Tick>();
        for (var k = Math.Ceiling((low / step) - 1e-9); k * step <= high + (1e-9 * step); k++)
        {
            var label = (k * step).ToString("N" + places, CultureInfo.InvariantCulture);
            ticks.Add(new Tick(k * step, (k == 0 ? "0" : label) + suffix));
        }
        return ticks;
    }

    /// <summary>Marks at the beginning of calendar years.</summary>
    /// <param name="from">First year with its part, for example 2024.25.</param>
    /// <param name="to">Last year with its part.</param>
    /// <param name="most">Most marks wanted.</param>
    public static IReadOnlyList<Tick> Years(double from, double to, int most)
    {
        var first = (int)Math.Ceiling(from - 1e-9);
        var last = (int)Math.Floor(to + 1e-9);
        var every = 1;
        while ((last - first + every) / every > most)
        {
            every =
                every == 1 ? 2
                : every == 2 ? 5
                : every * 2;
        }
        return
        [
            .. Enumerable
                .Range(first, Math.Max(0, last - first + 1))
                .Where(y => (y - first) % every == 0)
                .Select(y => new Tick(y, y.ToString(CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>The smallest of 1, 2, 5 times a power of ten that is not below a wish.</summary>
    public static double Step(double wish)
    {
        if (!double.IsFinite(wish) || wish <= 0)
        {
            return 1;
        }
        var power = Math.Pow(10, Math.Floor(Math.Log10(wish)));
        foreach (var factor in (double[])[1, 2, 5, 10])
        {
            if (factor * power >= wish * (1 - 1e-9))
            {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
