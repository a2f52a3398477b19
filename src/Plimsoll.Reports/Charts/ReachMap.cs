using Plimsoll.Studies;
using ScottPlot;

namespace Plimsoll.Reports.Charts;

/// <summary>A map of demand hubs as seen from the site: filled when the promise can be kept.</summary>
internal static class ReachMap
{
    /// <summary>The chart as SVG; hubs are numbered as in the table beside it.</summary>
    public static string Svg(
        IReadOnlyList<HubReach> hubs,
        double siteLatitude,
        double siteLongitude
    )
    {
        var plot = ChartStyle.Plain("longitude, degrees", "latitude, degrees");
        for (var i = 0; i < hubs.Count; i++)
        {
            var hub = hubs[i];
            var weight = double.IsFinite(hub.Weight) ? hub.Weight : 0.05;
            var line = plot.Add.Line(siteLongitude, siteLatitude, hub.Longitude, hub.Latitude);
            line.LineColor = ChartStyle.Grid;
            line.LineWidth = 1;
            var marker = plot.Add.Marker(
                hub.Longitude,
                hub.Latitude,
                MarkerShape.FilledCircle,
                (float)(9 + (30 * Math.Sqrt(weight))),
                hub.Reachable ? ChartStyle.Main.WithAlpha(0.6) : ChartStyle.Bad.WithAlpha(0.35)
            );
            marker.MarkerStyle.LineWidth = 0;
            var text = plot.Add.Text($"{i + 1}", hub.Longitude, hub.Latitude);
            text.LabelFontColor = ChartStyle.Ink;
            text.LabelAlignment = Alignment.MiddleCenter;
            text.LabelFontSize = 12;
        }
        var site = plot.Add.Marker(
            siteLongitude,
            siteLatitude,
            MarkerShape.FilledDiamond,
            14,
            ChartStyle.Second
        );
        site.MarkerStyle.LineWidth = 0;
        double[] longitudes = [.. hubs.Select(h => h.Longitude), siteLongitude];
        double[] latitudes = [.. hubs.Select(h => h.Latitude), siteLatitude];
        var margin = Math.Max(
            2,
            0.12 * Math.Max(longitudes.Max() - longitudes.Min(), latitudes.Max() - latitudes.Min())
        );
        plot.Axes.SetLimits(
            longitudes.Min() - margin,
            longitudes.Max() + margin,
            latitudes.Min() - margin,
            latitudes.Max() + margin
        );
        plot.HideGrid();
        return ChartStyle.Svg(plot, 620, 400, "Map of demand hubs seen from the site");
    }
}
