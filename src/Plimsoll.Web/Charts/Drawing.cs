using System.Globalization;
using System.Net;
using System.Text;

namespace Plimsoll.Web.Charts;

/// <summary>An SVG drawing with two axes: marks take their colours from the style sheet, words are the page's own.</summary>
internal sealed class Drawing
{
    private readonly StringBuilder _marks = new();
    private readonly (double Low, double High) _x;
    private readonly (double Low, double High) _y;

    /// <summary>An empty drawing.</summary>
    /// <param name="x">Limits from left to right.</param>
    /// <param name="y">Limits from bottom to top.</param>
    /// <param name="left">Space at the left.</param>
    public Drawing((double Low, double High) x, (double Low, double High) y, double left = 56)
    {
        (_x, _y, Left) = (x, y, left);
    }

    public double Width { get; init; } = 640;
    public double Height { get; init; } = 300;
    public double Left { get; }
    public double Right { get; init; } = 14;
    public double Top { get; init; } = 14;
    public double Bottom { get; init; } = 30;

    /// <summary>Drawing position of a value across.</summary>
    public double X(double value) =>
        Left + ((value - _x.Low) / (_x.High - _x.Low) * (Width - Left - Right));

    /// <summary>Drawing position of a value up, counted from the top.</summary>
    public double Y(double value) =>
        Height - Bottom - ((value - _y.Low) / (_y.High - _y.Low) * (Height - Top - Bottom));

    /// <summary>A number in the drawing.</summary>
    public static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Words, harmless in markup.</summary>
    public static string E(string words) => WebUtility.HtmlEncode(words);

    /// <summary>Adds an element.</summary>
    public Drawing Add(string element)
    {
        _marks.Append(element);
        return this;
    }

    /// <summary>A line through points; it breaks where a value is none.</summary>
    public Drawing Line(IEnumerable<(double X, double Y)> points, string @class)
    {
        var path = new StringBuilder();
        var pen = false;
        foreach (var (x, y) in points)
        {
            if (!double.IsFinite(y))
            {
                pen = false;
                continue;
            }
            path.Append(pen ? 'L' : 'M').Append(N(X(x))).Append(' ').Append(N(Y(y)));
            pen = true;
        }
        return Add($"<path class=\"{@class}\" d=\"{path}\"/>");
    }

    /// <summary>A band between two series; it breaks where either has no value.</summary>
    public Drawing Band(
        IReadOnlyList<double> x,
        IReadOnlyList<double> low,
        IReadOnlyList<double> high,
        string @class
    )
    {
        for (var i = 0; i < x.Count; )
        {
            if (!double.IsFinite(low[i]) || !double.IsFinite(high[i]))
            {
                i++;
                continue;
            }
            var end = i;
            while (end < x.Count && double.IsFinite(low[end]) && double.IsFinite(high[end]))
            {
                end++;
            }
            var path = new StringBuilder("M");
            for (var j = i; j < end; j++)
            {
                path.Append(j > i ? "L" : "").Append(N(X(x[j]))).Append(' ').Append(N(Y(high[j])));
            }
            for (var j = end - 1; j >= i; j--)
            {
                path.Append('L').Append(N(X(x[j]))).Append(' ').Append(N(Y(low[j])));
            }
            Add($"<path class=\"{@class}\" d=\"{path}Z\"/>");
            i = end;
        }
        return this;
    }

    /// <summary>Words.</summary>
    public Drawing Words(double x, double y, string words, string anchor, string @class = "tick") =>
        Add(
            $"<text class=\"{@class}\" x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\">{E(words)}</text>"
        );

    /// <summary>Grid and names of the values up.</summary>
    public Drawing Up(IEnumerable<double> ticks, Func<double, string> name)
    {
        foreach (var tick in ticks)
        {
            var y = Y(tick);
            Add(
                $"<line class=\"{(tick == 0 ? "zero" : "grid")}\" x1=\"{N(Left)}\" x2=\"{N(Width - Right)}\" y1=\"{N(y)}\" y2=\"{N(y)}\"/>"
            );
            Words(Left - 6, y + 4, name(tick), "end");
        }
        return this;
    }

    /// <summary>Names of the values across.</summary>
    public Drawing Across(IEnumerable<double> ticks, Func<double, string> name)
    {
        foreach (var tick in ticks)
        {
            // The last name ends with the drawing, not beyond it.
            var words = name(tick);
            var last = X(tick) + (words.Length * 3.6) > Width;
            Words(last ? Width : X(tick), Height - Bottom + 18, words, last ? "end" : "middle");
        }
        return this;
    }

    /// <summary>A place that the reader may point at or come to by key, with what it says.</summary>
    public Drawing Spot(double x, double width, string says) =>
        Add(
            $"<rect class=\"spot\" tabindex=\"-1\" x=\"{N(x)}\" y=\"{N(Top)}\" width=\"{N(Math.Max(1, width))}\" height=\"{N(Height - Top - Bottom)}\" data-tip=\"{E(says)}\"/>"
        );

    /// <summary>The drawing as an element that fills its column.</summary>
    /// <param name="says">What it shows, for those who do not see it.</param>
    public string Svg(string says) =>
        $"<svg class=\"chart\" viewBox=\"0 0 {N(Width)} {N(Height)}\" role=\"img\" tabindex=\"0\" aria-label=\"{E(says)}\" data-chart>{_marks}</svg>";

    /// <summary>Round values that span a range.</summary>
    public static IReadOnlyList<double> Ticks(double low, double high, int about)
    {
        var raw = (high - low) / Math.Max(1, about);
        if (!(raw > 0) || !double.IsFinite(raw))
        {
            return [low];
        }
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step =
            raw / power <= 1 ? power
            : raw / power <= 2 ? 2 * power
            : raw / power <= 5 ? 5 * power
            : 10 * power;
        var ticks = new List<double>();
        for (var k = Math.Ceiling(low / step - 1e-9); k * step <= high + (1e-9 * step); k++)
        {
            ticks.Add((k * step) + 0.0);
        }
        return ticks;
    }
}
