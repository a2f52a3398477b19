using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Performance.Points;

namespace Plimsoll.Cli.Inference;

/// <summary>Reads files of measured points and of fitted profiles for the inference commands.</summary>
internal static class PointsFile
{
    /// <summary><c>--points</c>.</summary>
    public static Option<string> Option() =>
        new("--points")
        {
            Description = "CSV of measured serving points, columns as in the public collection.",
            Required = true,
        };

    /// <summary>Everything the catalogue knows.</summary>
    public static CatalogView View() => FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31));

    /// <summary>Reads and audits a file.</summary>
    public static IReadOnlyList<MeasuredPoint> Audit(CatalogView view, string path) =>
        PointAudit.Run(view, PointRow.Read(CsvTable.Parse(File.ReadAllText(path), path)));

    /// <summary>A profile from a file, or the shipped calibration.</summary>
    public static Calibration Calibration(CatalogView view, string? profile) =>
        profile is null
            ? Performance.Calibration.Of(view)
            : Performance.Calibration.Read(CsvTable.Parse(File.ReadAllText(profile), profile), 3);
}
