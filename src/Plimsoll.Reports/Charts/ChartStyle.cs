using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;

namespace Plimsoll.Reports.Charts;

/// <summary>One look for all charts: colours stand for style-sheet variables, so that light, dark and print each set their own.</summary>
internal static partial class ChartStyle
{
    /// <summary>Text and axes.</summary>
    public static readonly Color Ink = Color.FromHex("#0B0101");

    /// <summary>Grid lines.</summary>
    public static readonly Color Grid = Color.FromHex("#0B0202");

    /// <summary>Main series.</summary>
    public static readonly Color Main = Color.FromHex("#0B0303");

    /// <summary>Second series.</summary>
    public static readonly Color Second = Color.FromHex("#0B0404");

    /// <summary>Bad outcome, covenant line.</summary>
    public static readonly Color Bad = Color.FromHex("#0B0505");

    /// <summary>Good outcome.</summary>
    public static readonly Color Good = Color.FromHex("#0B0606");

    private static readonly (Color Color, string Variable)[] _variables =
    [
        (Ink, "--ink"),
        (Grid, "--grid"),
        (Main, "--main"),
        (Second, "--second"),
        (Bad, "--bad"),
        (Good, "--good"),
    ];

    /// <summary>An empty chart with axis names.</summary>
    public static Plot Plain(string xName, string yName)
    {
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.Color(Ink);
        plot.Grid.MajorLineColor = Grid;
        plot.Axes.Bottom.Label.Text = xName;
        plot.Axes.Left.Label.Text = yName;
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.Label.Bold = false;
            axis.Label.FontSize = 13;
            axis.Label.ForeColor = Ink;
            axis.TickLabelStyle.FontSize = 12;
            axis.TickLabelStyle.ForeColor = Ink;
        }
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        return plot;
    }

    /// <summary>The chart as an SVG element that scales to its column.</summary>
    /// <param name="plot">The chart.</param>
    /// <param name="width">Drawing width, px.</param>
    /// <param name="height">Drawing height, px.</param>
    /// <param name="title">What it shows, for readers who do not see it.</param>
    public static string Svg(Plot plot, int width, int height, string title)
    {
        var svg = new StringBuilder(plot.GetSvgXml(width, height));
        foreach (var (color, variable) in _variables)
        {
            svg.Replace(color.ToStringRGB(), $"var({variable})");
        }
        var text = Declaration().Replace(svg.ToString(), "");
        text = ClipName().Replace(text, m => $"cl_{Stable(title)}_{m.Groups["number"].Value}");
        text = FontName().Replace(text, "font-family=\"inherit\"");
        var label = System.Net.WebUtility.HtmlEncode(title);
        return Opening()
            .Replace(
                text,
                $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">",
                1
            )
            .Trim();
    }

    private static string Stable(string title) =>
        (Sampling.EntityId.Of(title).Value & 0xFFFFFF).ToString("x6", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"<\?xml[^>]*\?>", RegexOptions.None, 1000)]
    private static partial Regex Declaration();

    [GeneratedRegex("<svg [^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Opening();

    [GeneratedRegex("cl_(?<number>[0-9a-f]+)", RegexOptions.None, 1000)]
    private static partial Regex ClipName();

    [GeneratedRegex("font-family=\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex FontName();
}
