using System.Globalization;
using System.Reflection;
using System.Text;
using Plimsoll.Reports.Html;

namespace Plimsoll.Reports.Charts;

/// <summary>A dot on a map.</summary>
/// <param name="Name">What it is, shown when pointed at.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="Size">What its area stands for, 0 or more.</param>
/// <param name="Color">A colour of the style sheet, such as <c>--main</c>.</param>
internal readonly record struct MapDot(
    string Name,
    double Latitude,
    double Longitude,
    double Size,
    string Color
);

/// <summary>Sites as dots on outlines of land; no boundary of any state or province is drawn.</summary>
/// <remarks>Outlines of world-atlas 2.0.2 (ISC), made of Natural Earth's land at 1:110 million; degrees east + 180 across, 90 - degrees north down.</remarks>
internal static class LandMap
{
    /// <summary>The line that stands below every map.</summary>
    public const string Credit =
        "Land outlines: Natural Earth by way of world-atlas (ISC licence). No boundaries are drawn.";

    private static readonly Lazy<string> _land = new(() =>
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream("land.txt")
                ?? throw new InvalidOperationException("land.txt is missing from the assembly."),
            Encoding.UTF8
        );
        return reader.ReadToEnd().Trim();
    });

    /// <summary>The map as SVG, cut to the dots with a margin.</summary>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    /// <param name="dots">At least one.</param>
    public static string Svg(string title, IReadOnlyList<MapDot> dots)
    {
        double X(MapDot d) => d.Longitude + 180;
        double Y(MapDot d) => 90 - d.Latitude;
        var (west, east) = (dots.Min(X), dots.Max(X));
        var (north, south) = (dots.Min(Y), dots.Max(Y));
        var half = 0.6 * Math.Max(6, Math.Max(east - west, 1.3 * (south - north)));
        var (cx, cy) = ((west + east) / 2, (north + south) / 2);
        // A degree of longitude is shorter away from the equator: the map is squeezed as at its middle.
        var squeeze = Math.Cos((90 - cy) * Math.PI / 180);
        var most = Math.Max(1e-9, dots.Max(d => d.Size));
        var unit = half / 40;
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"map\" role=\"img\" aria-label=\"{Markup.Encode(title)}\" viewBox=\"{F((cx - half) * squeeze)} {F(cy - (0.75 * half))} {F(2 * half * squeeze)} {F(1.5 * half)}\" style=\"max-width:720px\"><title>{Markup.Encode(title)}</title>"
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"<path d=\"{_land.Value}\" transform=\"scale({F(squeeze)} 1)\" fill=\"var(--panel)\" stroke=\"var(--soft)\" stroke-width=\"{F(unit / 12)}\"/>"
        );
        foreach (var (i, d) in Spread(dots, unit).OrderByDescending(d => d.Dot.Size).Index())
        {
            var radius = unit * (0.35 + (1.1 * Math.Sqrt(d.Dot.Size / most)));
            text.Append(
                CultureInfo.InvariantCulture,
                $"<circle cx=\"{F((X(d.Dot) * squeeze) + d.Dx)}\" cy=\"{F(Y(d.Dot) + d.Dy)}\" r=\"{F(radius)}\" fill=\"var({d.Dot.Color})\" fill-opacity=\"0.8\" stroke=\"var(--paper)\" stroke-width=\"{F(unit / 10)}\"><title>{Markup.Encode(d.Dot.Name)}</title></circle>"
            );
        }
        text.Append("</svg>");
        return text.ToString();
    }

    /// <summary>Dots in one place stand in a ring about it, so that each is seen.</summary>
    private static IEnumerable<(MapDot Dot, double Dx, double Dy)> Spread(
        IReadOnlyList<MapDot> dots,
        double unit
    )
    {
        foreach (var here in dots.GroupBy(d => (d.Latitude, d.Longitude)))
        {
            var all = here.ToList();
            for (var i = 0; i < all.Count; i++)
            {
                var angle = 2 * Math.PI * i / all.Count;
                var reach = all.Count == 1 ? 0 : unit * (0.9 + (0.28 * all.Count));
                yield return (all[i], reach * Math.Cos(angle), reach * Math.Sin(angle));
            }
        }
    }

    private static string F(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
