using System.Globalization;
using System.Text;
using Plimsoll.Reports.Html;

namespace Plimsoll.Reports.Charts;

/// <summary>Charts so small that many stand on one page: lines by month, and bars of a distribution.</summary>
internal static class SmallCharts
{
    private const double Width = 420;
    private const double Height = 130;
    private const double Left = 40;
    private const double Bottom = 20;

    /// <summary>Lines by month.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="start">Label of the first month.</param>
    /// <param name="end">Label of the last.</param>
    /// <param name="lines">Values by month with a colour of the style sheet; dashed where said.</param>
    public static string Lines(
        string title,
        string start,
        string end,
        params IReadOnlyList<(double[] Values, string Color, bool Dashed)> lines
    )
    {
        var top = Math.Max(
            1e-9,
            lines.SelectMany(l => l.Values).Where(double.IsFinite).DefaultIfEmpty(1).Max()
        );
        var text = Begin(title, top);
        foreach (var (values, color, dashed) in lines)
        {
            var points = string.Join(
                ' ',
                values.Select(
                    (v, m) => $"{F(X(m, values.Length))},{F(Y(double.IsFinite(v) ? v : 0, top))}"
                )
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $"<polyline points=\"{points}\" fill=\"none\" stroke=\"var({color})\" stroke-width=\"2\"{(dashed ? " stroke-dasharray=\"5 3\"" : "")}/>"
            );
        }
        Label(text, Left, Height - 5, start, "start");
        Label(text, Width - 4, Height - 5, end, "end");
        return text.Append("</svg>").ToString();
    }

    /// <summary>Bars of how many fall into tenths from 0 to 1, one bar or two beside each other.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="series">Shares with a colour of the style sheet.</param>
    public static string Tenths(
        string title,
        params IReadOnlyList<(IReadOnlyList<double> Shares, string Color)> series
    ) => Tenths(title, (count, from, to) => $"{count} from {from} % to {to} %", series);

    /// <summary>The same, each bar with words for those who point at it.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="bar">Words of a bar: how many, from and to which per cent.</param>
    /// <param name="series">Shares with a colour of the style sheet.</param>
    public static string Tenths(
        string title,
        Func<int, int, int, string> bar,
        params IReadOnlyList<(IReadOnlyList<double> Shares, string Color)> series
    )
    {
        const int Bins = 10;
        var counts = series
            .Select(s =>
                Enumerable
                    .Range(0, Bins)
                    .Select(b => s.Shares.Count(x => Math.Clamp((int)(x * Bins), 0, Bins - 1) == b))
                    .ToArray()
            )
            .ToList();
        var top = (double)Math.Max(1, counts.SelectMany(c => c).DefaultIfEmpty(1).Max());
        var text = Begin(title, top);
        var step = (Width - Left - 6) / Bins;
        var width = step * 0.84 / Math.Max(1, series.Count);
        for (var s = 0; s < series.Count; s++)
        {
            for (var b = 0; b < Bins; b++)
            {
                var y = Y(counts[s][b], top);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect x=\"{F(Left + (b * step) + (s * width))}\" y=\"{F(y)}\" width=\"{F(width)}\" height=\"{F(Height - Bottom - y)}\" fill=\"var({series[s].Color})\"><title>{Markup.Encode(bar(counts[s][b], b * 10, (b + 1) * 10))}</title></rect>"
                );
            }
        }
        Label(text, Left, Height - 5, "0 %", "start");
        Label(text, Left + ((Width - Left) / 2), Height - 5, "50 %", "middle");
        Label(text, Width - 4, Height - 5, "100 %", "end");
        return text.Append("</svg>").ToString();
    }

    private static StringBuilder Begin(string title, double top)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"<svg role=\"img\" aria-label=\"{Markup.Encode(title)}\" viewBox=\"0 0 {F(Width)} {F(Height)}\"><title>{Markup.Encode(title)}</title>"
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"<path d=\"M{F(Left)} 8V{F(Height - Bottom)}H{F(Width - 4)}\" fill=\"none\" stroke=\"var(--ink)\"/>"
        );
        Label(text, Left - 4, 14, Decisions.Words.Round3(top), "end");
        Label(text, Left - 4, Height - Bottom, "0", "end");
        return text;
    }

    private static void Label(
        StringBuilder text,
        double x,
        double y,
        string label,
        string anchor
    ) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{F(x)}\" y=\"{F(y)}\" font-size=\"11\" fill=\"var(--soft)\" text-anchor=\"{anchor}\">{Markup.Encode(label)}</text>"
        );

    private static double X(int m, int months) =>
        Left + ((Width - Left - 6) * m / Math.Max(1, months - 1));

    private static double Y(double value, double top) =>
        Height - Bottom - ((Height - Bottom - 10) * Math.Max(0, value) / top);

    private static string F(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
