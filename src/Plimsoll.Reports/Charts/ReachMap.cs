using Plimsoll.Decisions;
using Plimsoll.Sites;
using Plimsoll.Studies;
using ScottPlot;

namespace Plimsoll.Reports.Charts;

/// <summary>The demand reachable: hubs in true distance and bearing from the site, with rings of equal round trip.</summary>
/// <remarks>Azimuthal equidistant projection centred on the site, so that a ring of equal latency is a circle.</remarks>
internal static class ReachMap
{
    private const double Size = 420;
    private const double Edge = 12;

    /// <summary>The chart as SVG; hubs are numbered as in the table beside it.</summary>
    public static string Svg(
        string id,
        SitePlace site,
        IReadOnlyList<HubReach> hubs,
        PhraseBook book
    )
    {
        var points = hubs.Select(h => Project(site, h)).ToList();
        var (offset, perKm) = Line(points, hubs);
        double[] xs = [.. points.Select(p => p.X), 0];
        double[] ys = [.. points.Select(p => p.Y), 0];
        var half = 0.56 * Math.Max(200, Math.Max(xs.Max() - xs.Min(), ys.Max() - ys.Min()));
        double cx = 0.5 * (xs.Max() + xs.Min()),
            cy = 0.5 * (ys.Max() + ys.Min());
        var chart = new Chart(
            new Frame(Size, Size, Edge, Edge, Edge, Edge),
            (cx - half, cx + half),
            (cy - half, cy + half)
        );
        chart.Plot.HideGrid();
        chart.Plot.Axes.Left.IsVisible = false;
        chart.Plot.Axes.Bottom.IsVisible = false;
        var unit = (Size - (2 * Edge)) / (2 * half);
        var promised = perKm > 0 && double.IsFinite(site.PromiseMilliseconds);
        var rings =
            perKm > 0
                ? Rings(hubs)
                    .Where(ms => !promised || Math.Abs(ms - site.PromiseMilliseconds) > 0.1)
                    .ToList()
                : [];
        foreach (var ms in rings)
        {
            Ring(chart, (ms - offset) / perKm, ChartColors.Grid, 1.2f);
        }
        if (promised)
        {
            Ring(chart, (site.PromiseMilliseconds - offset) / perKm, ChartColors.Limit, 1.8f);
        }
        for (var i = 0; i < hubs.Count; i++)
        {
            Hub(chart, hubs[i], points[i], unit);
        }
        var here = chart.Plot.Add.Marker(0, 0, MarkerShape.FilledDiamond, 15, ChartColors.Second);
        here.MarkerStyle.LineWidth = 0;
        chart.Keep(chart.X(0), chart.Y(0), 9);
        Name(chart, book.Name("place", site.Name), 0, 0, 10, "strong");
        for (var i = 0; i < hubs.Count; i++)
        {
            Name(
                chart,
                $"{i + 1} {book.Name("place", hubs[i].Hub)}",
                points[i].X,
                points[i].Y,
                Radius(hubs[i]) + 2,
                ""
            );
        }
        foreach (var ms in rings)
        {
            RingName(chart, (ms - offset) / perKm, ms, half, (cx, cy), "soft", book);
        }
        if (promised)
        {
            RingName(
                chart,
                (site.PromiseMilliseconds - offset) / perKm,
                site.PromiseMilliseconds,
                half,
                (cx, cy),
                "limit",
                book
            );
        }
        return chart.Svg(id, book.Say("chart.reach.title", book.Name("place", site.Name)));
    }

    /// <summary>Round trips at which rings are drawn.</summary>
    public static IReadOnlyList<double> Rings(IReadOnlyList<HubReach> hubs)
    {
        var most = hubs.Max(h => h.Milliseconds);
        var step = Ticks.Step(most / 3.5);
        return [.. Enumerable.Range(1, 6).Select(k => k * step).Where(ms => ms < most * 1.1)];
    }

    private static double Radius(HubReach hub) =>
        5 + (24 * Math.Sqrt(double.IsFinite(hub.Weight) ? Math.Clamp(hub.Weight, 0, 1) : 0.02));

    private static void Hub(Chart chart, HubReach hub, (double X, double Y) at, double unit)
    {
        var disc = chart.Plot.Add.Circle(at.X, at.Y, Radius(hub) / unit);
        disc.FillColor = hub.Reachable ? ChartColors.Main.WithAlpha(0.55) : Colors.Transparent;
        disc.LineColor = hub.Reachable ? ChartColors.Main : ChartColors.Bad;
        disc.LineWidth = 1.6f;
        chart.Keep(chart.X(at.X), chart.Y(at.Y), 0.75 * Radius(hub));
    }

    private static void Ring(Chart chart, double km, Color color, float width)
    {
        if (km <= 0)
        {
            return;
        }
        var ring = chart.Plot.Add.Circle(0, 0, km);
        ring.FillColor = Colors.Transparent;
        ring.LineColor = color;
        ring.LineWidth = width;
    }

    /// <summary>Names a point where there is room: right, left, above, below, then at the corners; the number alone when nothing fits.</summary>
    private static void Name(
        Chart chart,
        string name,
        double x,
        double y,
        double off,
        string @class
    )
    {
        double px = chart.X(x),
            py = chart.Y(y);
        foreach (var text in (string[])[name, name.Split(' ')[0]])
        {
            (double X, double Y, Anchor Hold)[] places =
            [
                (px + off, py + 4.5, Anchor.Start),
                (px - off, py + 4.5, Anchor.End),
                (px, py - off - 2, Anchor.Middle),
                (px, py + off + 12, Anchor.Middle),
                (px + (0.7 * off), py - (0.8 * off), Anchor.Start),
                (px + (0.7 * off), py + (0.8 * off) + 9, Anchor.Start),
                (px - (0.7 * off), py - (0.8 * off), Anchor.End),
                (px - (0.7 * off), py + (0.8 * off) + 9, Anchor.End),
            ];
            if (places.Any(p => chart.WordsIfFree(p.X, p.Y, text, p.Hold, @class)))
            {
                return;
            }
        }
    }

    private static void RingName(
        Chart chart,
        double km,
        double ms,
        double half,
        (double X, double Y) centre,
        string @class,
        PhraseBook book
    )
    {
        if (km <= 0)
        {
            return;
        }
        var text = book.Say("chart.ms", ms);
        for (var k = 0; k < 24; k++)
        {
            var bearing = (k % 2 == 0 ? 1 : -1) * ((k + 1) / 2) * Math.PI / 12;
            double x = km * Math.Sin(bearing),
                y = km * Math.Cos(bearing);
            if (
                Math.Abs(x - centre.X) < 0.97 * half
                && Math.Abs(y - centre.Y) < 0.97 * half
                && chart.WordsIfFree(chart.X(x), chart.Y(y) + 4, text, Anchor.Middle, @class)
            )
            {
                return;
            }
        }
    }

    /// <summary>East and north of the site in km along the great circle.</summary>
    private static (double X, double Y) Project(SitePlace site, HubReach hub)
    {
        static double Radians(double degrees) => degrees * Math.PI / 180;
        var km = Latency.GreatCircleKm(site.Latitude, site.Longitude, hub.Latitude, hub.Longitude);
        double a = Radians(site.Latitude),
            b = Radians(hub.Latitude),
            d = Radians(hub.Longitude - site.Longitude);
        var bearing = Math.Atan2(
            Math.Sin(d) * Math.Cos(b),
            (Math.Cos(a) * Math.Sin(b)) - (Math.Sin(a) * Math.Cos(b) * Math.Cos(d))
        );
        return (km * Math.Sin(bearing), km * Math.Cos(bearing));
    }

    /// <summary>The round trip as a line in distance, which it is by rule; slope 0 when the hubs do not tell.</summary>
    private static (double Offset, double PerKm) Line(
        List<(double X, double Y)> points,
        IReadOnlyList<HubReach> hubs
    )
    {
        double[] km = [.. points.Select(p => Math.Sqrt((p.X * p.X) + (p.Y * p.Y)))];
        var mean = km.Average();
        var trip = hubs.Average(h => h.Milliseconds);
        double xx = 0,
            xy = 0;
        for (var i = 0; i < km.Length; i++)
        {
            xx += (km[i] - mean) * (km[i] - mean);
            xy += (km[i] - mean) * (hubs[i].Milliseconds - trip);
        }
        return xx < 1 ? (0, 0) : (trip - (xy / xx * mean), xy / xx);
    }
}
