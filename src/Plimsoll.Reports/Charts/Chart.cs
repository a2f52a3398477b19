using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;

namespace Plimsoll.Reports.Charts;

/// <summary>Where a text is held.</summary>
internal enum Anchor
{
    /// <summary>At its left end.</summary>
    Start,

    /// <summary>In its middle.</summary>
    Middle,

    /// <summary>At its right end.</summary>
    End,
}

/// <summary>Space round the data, and the limits of the data.</summary>
/// <param name="Width">Drawing width; the page scales it to its column.</param>
/// <param name="Height">Drawing height.</param>
/// <param name="Left">Space at the left.</param>
/// <param name="Right">Space at the right.</param>
/// <param name="Top">Space above.</param>
/// <param name="Bottom">Space below.</param>
internal readonly record struct Frame(
    double Width,
    double Height,
    double Left,
    double Right,
    double Top,
    double Bottom
);

/// <summary>
/// A chart: ScottPlot draws every mark into a fixed frame; the words are set by the page's own fonts on top, so that Chinese shows
/// wherever the reader's machine has it, and the drawing is the same bytes on every machine.
/// </summary>
internal sealed partial class Chart
{
    /// <summary>Font size of words, in drawing units; the column scales it by 0.85 (phone) to 1.12.</summary>
    public const double FontSize = 13.5;

    private readonly StringBuilder _words = new();
    private readonly List<(double X0, double Y0, double X1, double Y1)> _taken = [];
    private readonly Frame _frame;
    private readonly double _x0;
    private readonly double _x1;
    private readonly double _y0;
    private readonly double _y1;

    /// <summary>An empty chart.</summary>
    /// <param name="frame">Its frame.</param>
    /// <param name="x">Limits from left to right.</param>
    /// <param name="y">Limits from bottom to top.</param>
    public Chart(Frame frame, (double Low, double High) x, (double Low, double High) y)
    {
        (_frame, _x0, _x1, _y0, _y1) = (frame, x.Low, x.High, y.Low, y.High);
        Plot = new Plot();
        Plot.FigureBackground.Color = Colors.Transparent;
        Plot.DataBackground.Color = Colors.Transparent;
        Plot.Axes.Color(ChartColors.Ink);
        Plot.Grid.MajorLineColor = ChartColors.Grid;
        Plot.Axes.Right.IsVisible = false;
        Plot.Axes.Top.IsVisible = false;
        Plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual();
        Plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual();
        Plot.Axes.Bottom.TickLabelStyle.IsVisible = false;
        Plot.Axes.Left.TickLabelStyle.IsVisible = false;
        Plot.Layout.Fixed(
            new PixelPadding(
                (float)frame.Left,
                (float)frame.Right,
                (float)frame.Bottom,
                (float)frame.Top
            )
        );
        Plot.Axes.SetLimits(x.Low, x.High, y.Low, y.High);
    }

    /// <summary>The plot that marks are added to.</summary>
    public Plot Plot { get; }

    /// <summary>Drawing position of a value on the horizontal axis.</summary>
    public double X(double value) =>
        _frame.Left + ((value - _x0) / (_x1 - _x0) * (_frame.Width - _frame.Left - _frame.Right));

    /// <summary>Drawing position of a value on the vertical axis, counted from the top.</summary>
    public double Y(double value) =>
        _frame.Height
        - _frame.Bottom
        - ((value - _y0) / (_y1 - _y0) * (_frame.Height - _frame.Top - _frame.Bottom));

    /// <summary>Marks and names the horizontal axis.</summary>
    public Chart Across(IReadOnlyList<Tick> ticks, string name)
    {
        var marks = new ScottPlot.TickGenerators.NumericManual();
        foreach (var tick in ticks)
        {
            marks.AddMajor(tick.At, "");
            var half = TextWidth.Of(tick.Label, FontSize) / 2;
            var x = Math.Clamp(X(tick.At), half, _frame.Width - half);
            Words(x, _frame.Height - _frame.Bottom + 18, tick.Label, Anchor.Middle);
        }
        Plot.Axes.Bottom.TickGenerator = marks;
        var middle = 0.5 * (_frame.Left + _frame.Width - _frame.Right);
        var nameHalf = TextWidth.Of(name, FontSize) / 2;
        Words(
            Math.Clamp(
                middle,
                Math.Min(nameHalf, _frame.Width / 2),
                Math.Max(_frame.Width - nameHalf, _frame.Width / 2)
            ),
            _frame.Height - _frame.Bottom + 37,
            name,
            Anchor.Middle,
            "axis"
        );
        return this;
    }

    /// <summary>Marks the vertical axis and names it above, where it can be read without turning the head.</summary>
    public Chart Up(IReadOnlyList<Tick> ticks, string name)
    {
        var marks = new ScottPlot.TickGenerators.NumericManual();
        foreach (var tick in ticks)
        {
            marks.AddMajor(tick.At, "");
            Words(_frame.Left - 7, Y(tick.At) + 4.4, tick.Label, Anchor.End);
        }
        Plot.Axes.Left.TickGenerator = marks;
        Words(2, _frame.Top - 12, name, Anchor.Start, "axis");
        return this;
    }

    /// <summary>Writes words at a drawing position.</summary>
    /// <param name="x">From the left.</param>
    /// <param name="y">Base line, from the top.</param>
    /// <param name="text">The words.</param>
    /// <param name="anchor">Where they are held.</param>
    /// <param name="class">Class for the style sheet: axis, soft, strong, or empty.</param>
    public Chart Words(double x, double y, string text, Anchor anchor, string @class = "")
    {
        _taken.Add(Box(x, y, text, anchor));
        var hold = anchor switch
        {
            Anchor.Middle => " text-anchor=\"middle\"",
            Anchor.End => " text-anchor=\"end\"",
            _ => "",
        };
        var name = @class.Length > 0 ? $" class=\"{@class}\"" : "";
        _words.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{x:0.#}\" y=\"{y:0.#}\"{hold}{name}>{Html.Markup.Encode(text)}</text>\n"
        );
        return this;
    }

    /// <summary>Writes words if they fit on the drawing and meet no others.</summary>
    /// <returns>False when they were left out.</returns>
    public bool WordsIfFree(double x, double y, string text, Anchor anchor, string @class = "")
    {
        var box = Box(x, y, text, anchor);
        var free =
            box.X0 >= 1
            && box.X1 <= _frame.Width - 1
            && box.Y0 >= 1
            && box.Y1 <= _frame.Height - 1
            && _taken.TrueForAll(t =>
                box.X1 < t.X0 || box.X0 > t.X1 || box.Y1 < t.Y0 || box.Y0 > t.Y1
            );
        if (free)
        {
            Words(x, y, text, anchor, @class);
        }
        return free;
    }

    /// <summary>Keeps words away from a disc.</summary>
    public void Keep(double x, double y, double radius) =>
        _taken.Add((x - radius, y - radius, x + radius, y + radius));

    /// <summary>The chart as an SVG element that fills its column.</summary>
    /// <param name="id">Unique in the page; letters and hyphens.</param>
    /// <param name="title">What it shows, read out to those who do not see it.</param>
    public string Svg(string id, string title)
    {
        var width = (int)_frame.Width;
        var height = (int)_frame.Height;
        var drawn = Plot.GetSvgXml(width, height);
        drawn = Declaration().Replace(drawn, "");
        drawn = Clip().Replace(drawn, "");
        drawn = ClipUse().Replace(drawn, $"clip-path=\"url(#{id}-clip)\"");
        drawn = LimitStroke().Replace(drawn, "stroke=\"#B3261D\" stroke-dasharray=\"6 4\"");
        drawn = Space().Replace(drawn, "\n");
        var label = Html.Markup.Encode(title);
        var clip = string.Create(
            CultureInfo.InvariantCulture,
            $"<clipPath id=\"{id}-clip\"><rect x=\"{_frame.Left:0.#}\" y=\"{_frame.Top:0.#}\" width=\"{_frame.Width - _frame.Left - _frame.Right:0.#}\" height=\"{_frame.Height - _frame.Top - _frame.Bottom:0.#}\"/></clipPath>"
        );
        var size = FontSize.ToString(CultureInfo.InvariantCulture);
        var open =
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">\n{clip}";
        drawn = Opening().Replace(drawn, _ => open, 1);
        return drawn
            .Replace(
                "</svg>",
                $"<g font-size=\"{size}\" fill=\"#1C2430\">\n{_words}</g>\n</svg>",
                StringComparison.Ordinal
            )
            .Trim();
    }

    private static (double X0, double Y0, double X1, double Y1) Box(
        double x,
        double y,
        string text,
        Anchor anchor
    )
    {
        var width = TextWidth.Of(text, FontSize);
        var left = anchor switch
        {
            Anchor.Middle => x - (width / 2),
            Anchor.End => x - width,
            _ => x,
        };
        return (left, y - FontSize, left + width, y + 3);
    }

    [GeneratedRegex(@"<\?xml[^>]*\?>", RegexOptions.None, 60_000)]
    private static partial Regex Declaration();

    [GeneratedRegex("<svg [^>]*>", RegexOptions.None, 60_000)]
    private static partial Regex Opening();

    [GeneratedRegex(
        @"<clipPath id=""cl_[0-9a-f]+"">\s*<rect[^>]*/>\s*</clipPath>",
        RegexOptions.None,
        60_000
    )]
    private static partial Regex Clip();

    [GeneratedRegex(@"clip-path=""url\(#cl_[0-9a-f]+\)""", RegexOptions.None, 60_000)]
    private static partial Regex ClipUse();

    [GeneratedRegex(@"stroke=""#B3261D""", RegexOptions.None, 60_000)]
    private static partial Regex LimitStroke();

    [GeneratedRegex(@"\s*\n\s*", RegexOptions.None, 60_000)]
    private static partial Regex Space();
}
