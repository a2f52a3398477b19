using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Files;
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
            Description =
                "CSV of measured serving points; docs/model/performance.md lists its columns.",
            Required = true,
        };

    /// <summary>Everything the catalogue knows.</summary>
    public static CatalogView View() => FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31));

    /// <summary>Reads and audits a file.</summary>
    /// <param name="view">Chips and models known.</param>
    /// <param name="path">The file.</param>
    /// <param name="argument">What names the file on the command line, for messages.</param>
    /// <param name="until">Rows measured later, or on no stated day, are not read; null reads all.</param>
    /// <exception cref="InvalidDataException">The file is not there, or its header is no header of points.</exception>
    public static IReadOnlyList<MeasuredPoint> Audit(
        CatalogView view,
        string path,
        string argument = "--points",
        DateOnly? until = null
    ) =>
        FileFacts.Of(path).Kind != FileKind.Absent
            ? PointAudit.Run(
                view,
                [
                    .. PointRow
                        .Read(
                            CsvTable.ParseUneven(
                                InputFile.Read(path, FileBounds.Table).Text(),
                                path
                            )
                        )
                        .Where(row => until is null || row.Measured <= until),
                ]
            )
            : throw new InvalidDataException(
                $"{argument}: found no file '{path}'; expected a CSV of measured serving points; docs/model/performance.md lists its columns."
            );

    /// <summary>A profile from a file, or the shipped calibration.</summary>
    public static Calibration Calibration(CatalogView view, string? profile) =>
        profile is null
            ? Performance.Calibration.Of(view)
            : Performance.Calibration.Own(
                view,
                CsvTable.Parse(InputFile.Read(profile, FileBounds.Table).Text(), profile)
            );
}
