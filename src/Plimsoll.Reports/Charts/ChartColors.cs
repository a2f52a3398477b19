using ScottPlot;

namespace Plimsoll.Reports.Charts;

/// <summary>Colours of the charts as on white paper; the style sheet replaces each by its name in the dark.</summary>
/// <remarks>Every colour has a contrast of at least 3 to 1 against its paper (WCAG 2.2, 1.4.11).</remarks>
internal static class ChartColors
{
    /// <summary>Axes.</summary>
    public static readonly Color Ink = Color.FromHex("#1C2430");

    /// <summary>Grid lines, which are no information of their own.</summary>
    public static readonly Color Grid = Color.FromHex("#D5DAE1");

    /// <summary>What is shown.</summary>
    public static readonly Color Main = Color.FromHex("#1F5FA8");

    /// <summary>What it is compared with.</summary>
    public static readonly Color Second = Color.FromHex("#B06A00");

    /// <summary>Bad outcome.</summary>
    public static readonly Color Bad = Color.FromHex("#B3261E");

    /// <summary>Good outcome.</summary>
    public static readonly Color Good = Color.FromHex("#2D7A46");

    /// <summary>A limit: drawn dashed.</summary>
    public static readonly Color Limit = Color.FromHex("#B3261D");

    /// <summary>Without colour of its own.</summary>
    public static readonly Color Soft = Color.FromHex("#5A6675");

    /// <summary>Parts of a whole, in order.</summary>
    public static readonly IReadOnlyList<Color> Parts =
    [
        Main,
        Second,
        Good,
        Color.FromHex("#6B4C9A"),
        Bad,
        Color.FromHex("#00797A"),
        Soft,
        Color.FromHex("#8A5A44"),
        Color.FromHex("#B0407A"),
        Color.FromHex("#7A7A00"),
        Color.FromHex("#3F8FB0"),
        Color.FromHex("#7D2F5C"),
        Color.FromHex("#4F6F2A"),
    ];
}
