using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Files;
using Plimsoll.Performance.Kernels;

namespace Plimsoll.Cli.Inference;

/// <summary><c>inference kernels DIR</c>: how near measured kernels come to a chip's peaks; how the shipped kernel efficiencies are made.</summary>
internal static class KernelsCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder")
        {
            Description =
                "Folder of kernel tables: operation/phase/chip/shape.csv, as in the public collection.",
        };
        var output = new Option<string?>("--out")
        {
            Description = "Write the efficiencies to this file (CSV).",
        };
        var dataTo = new Option<string?>("--data-to")
        {
            Description =
                "Day by which the kernels were published, yyyy-MM-dd. Default: whenever they were.",
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "kernels",
            "Parts of their peaks that measured kernels reach, by chip and kind, with the error of predicting kernels left out."
        )
        {
            folder,
            output,
            dataTo,
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(folder)!,
                    result.GetValue(output),
                    result.GetValue(dataTo),
                    result.GetValue(json)
                )
            )
        );
        return command;
    }

    private static int Run(string folder, string? output, string? dataTo, bool json)
    {
        var day = DateOnly.MaxValue;
        if (dataTo is not null && !DateOnly.TryParseExact(dataTo, "yyyy-MM-dd", out day))
        {
            throw new InvalidDataException(
                $"--data-to: found '{dataTo}'; expected a day as yyyy-MM-dd."
            );
        }
        var view = PointsFile.View();
        var points = Directory
            .EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(f =>
                KernelTables.Read(
                    view,
                    Path.GetRelativePath(folder, f).Replace('\\', '/'),
                    InputFile.Read(f, FileBounds.Table).Text()
                )
            )
            .ToList();
        if (points.Count == 0)
        {
            Console.Error.WriteLine(
                $"{folder}: no table of a known operation and chip ({string.Join(", ", KernelTables.Chips.Keys)})."
            );
            return ExitCode.Unanswerable;
        }
        var fitted = KernelEfficiency.Fit(points);
        if (output is not null)
        {
            OutputFile.Write(output, KernelEfficiency.ToCsv(fitted, day));
        }
        if (json)
        {
            static JsonNode? Number(double value) => double.IsNaN(value) ? null : value;
            JsonOutput.Print(
                new JsonObject
                {
                    ["kernels"] = new JsonArray([
                        .. fitted.Select(e => new JsonObject
                        {
                            ["chip"] = e.Chip,
                            ["work"] = e.Work.ToString(),
                            ["n"] = e.Count,
                            ["compute"] = Number(e.Compute),
                            ["memory"] = Number(e.Memory),
                            ["launch_seconds"] = e.LaunchSeconds,
                            ["median"] = e.MedianError,
                            ["p90"] = e.P90Error,
                        }),
                    ]),
                }
            );
            return ExitCode.Success;
        }
        Console.WriteLine(
            $"{"chip", -12}{"kernels", -18}{"n", 6}  of rate  of memory  launch us  error median     p90"
        );
        foreach (var e in fitted)
        {
            Console.WriteLine(
                $"{e.Chip, -12}{e.Work, -18}{e.Count, 6}{e.Compute, 9:P0}{e.Memory, 11:P0}{e.LaunchSeconds * 1e6, 11:F1}{e.MedianError, 14:P1}{e.P90Error, 8:P1}"
            );
        }
        return ExitCode.Success;
    }
}
