using System.Globalization;
using System.Text;

namespace Plimsoll.Sweeps.Reports;

/// <summary>All plans of a sweep by chance of default and mean equity NPV, with those on the frontier joined.</summary>
internal static class FrontierChart
{
    private const double Width = 720;
    private const double Height = 360;
    private const double Left = 80;
    private const double Right = 20;
    private const double Top = 34;
    private const double Bottom = 48;
    private const int MostDots = 3000;
    private static readonly int[] _steps = [5, 2, 1];

    /// <summary>The chart as an SVG element.</summary>
    /// <param name="all">All plans of one currency, at least one.</param>
    /// <param name="best">Those on the frontier, the safest first.</param>
    /// <param name="currency">The currency.</param>
    public static string Svg(
        IReadOnlyList<Frontier.Entry> all,
        IReadOnlyList<Frontier.Entry> best,
        string currency
    )
    {
        var (x0, x1) = Limits(all.Select(e => e.Risk * 100));
        var (y0, y1) = Limits(all.Select(e => e.Gain / 1e6));
        double X(double risk) => Left + (((risk * 100) - x0) / (x1 - x0) * (Width - Left - Right));
        double Y(double gain) =>
            Height - Bottom - (((gain / 1e6) - y0) / (y1 - y0) * (Height - Top - Bottom));
        var svg = new StringBuilder();
        svg.Append(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Mean equity NPV against chance of default of {all.Count} plans; {best.Count} are on the frontier\">\n"
        );
        foreach (var x in Ticks(x0, x1))
        {
            svg.Append(
                Of(
                    $"<text x=\"{X(x / 100):0.#}\" y=\"{Height - Bottom + 18:0.#}\" text-anchor=\"middle\">{x:0.###}</text>\n"
                )
            );
        }
        foreach (var y in Ticks(y0, y1))
        {
            svg.Append(
                Of(
                    $"<text x=\"{Left - 8:0.#}\" y=\"{Y(y * 1e6) + 4:0.#}\" text-anchor=\"end\">{y:#,0.###}</text>\n"
                )
            );
        }
        svg.Append(
            Of(
                $"<path class=\"axis\" fill=\"none\" d=\"M{Left:0.#} {Top:0.#}V{Height - Bottom:0.#}H{Width - Right:0.#}\"/>\n"
            )
        );
        svg.Append(
            $"<text x=\"4\" y=\"16\">Mean equity NPV, million {SweepReport.Text(currency)}</text><text x=\"{Width - Right}\" y=\"{Height - 8}\" text-anchor=\"end\">Chance of default, %</text>\n"
        );
        // More dots than this cannot be told apart; every n-th keeps the shape of the cloud.
        var step = ((all.Count - 1) / MostDots) + 1;
        for (var i = 0; i < all.Count; i += step)
        {
            svg.Append(
                Of(
                    $"<circle class=\"run\" cx=\"{X(all[i].Risk):0.#}\" cy=\"{Y(all[i].Gain):0.#}\" r=\"3\"/>\n"
                )
            );
        }
        svg.Append(
            $"<polyline class=\"edge\" points=\"{string.Join(' ', best.Select(b => Of($"{X(b.Risk):0.#},{Y(b.Gain):0.#}")))}\"/>\n"
        );
        foreach (var b in best)
        {
            svg.Append(
                Of(
                    $"<circle class=\"best\" cx=\"{X(b.Risk):0.#}\" cy=\"{Y(b.Gain):0.#}\" r=\"5\"><title>run {b.Run}</title></circle>\n"
                )
            );
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static (double Low, double High) Limits(IEnumerable<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }
        var room = high > low ? 0.05 * (high - low) : 1;
        return (low - room, high + room);
    }

    /// <summary>Round numbers within limits, some four to eight of them: steps of 1, 2 or 5 times a power of ten.</summary>
    private static IEnumerable<double> Ticks(double low, double high)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10((high - low) / 4)));
        var step = _steps.Select(s => s * power).First(s => s * 4 <= high - low);
        for (var i = Math.Ceiling(low / step); i * step <= high; i++)
        {
            yield return (i * step) + 0.0; // no minus before nothing
        }
    }

    private static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
