using System.CommandLine;
using Plimsoll.Cli.Inference;
using Plimsoll.Files;
using Plimsoll.Performance.Training;
using Plimsoll.Performance.Training.Fitting;

namespace Plimsoll.Cli.Training;

/// <summary><c>training calibrate --points FILE ... --out FILE --folds FILE</c>: how the shipped training calibration is made.</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var points = new Option<string[]>("--points")
        {
            Description =
                "CSV of measured training runs (Megatron iteration times, MosaicML's MFU table); give it once for each file.",
            Required = true,
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--out")
        {
            Description = "The calibration to write (CSV).",
            Required = true,
        };
        var folds = new Option<string>("--folds")
        {
            Description =
                "Fits that left out each size, table and chip family, to write (CSV): by them errors are measured.",
            Required = true,
        };
        var dataTo = new Option<string>("--data-to")
        {
            Description =
                "Day by which the measurements were published, yyyy-MM-dd: studies decided earlier do not see the calibration.",
            Required = true,
        };
        var command = new Command(
            "calibrate",
            "Fit the training law to measured runs, all files jointly, under both assumptions about recomputation."
        )
        {
            points,
            output,
            folds,
            dataTo,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(points)!,
                    result.GetValue(output)!,
                    result.GetValue(folds)!,
                    result.GetValue(dataTo)!
                )
            )
        );
        return command;
    }

    private static int Run(string[] files, string output, string foldsFile, string dataTo)
    {
        if (!DateOnly.TryParseExact(dataTo, "yyyy-MM-dd", out var day))
        {
            throw new InvalidDataException(
                $"--data-to: found '{dataTo}'; expected a day as yyyy-MM-dd, for example 2024-06-30."
            );
        }
        var view = PointsFile.View();
        var points = new Dictionary<Recomputation, IReadOnlyList<TrainingPoint>>();
        foreach (var assumption in new[] { Recomputation.None, Recomputation.Full })
        {
            points[assumption] =
            [
                .. files.SelectMany(f =>
                    TrainingTables
                        .Read(
                            view,
                            TrainingTables.Parse(InputFile.Read(f, FileBounds.Table).Text(), f),
                            assumption
                        )
                        .Points
                ),
            ];
        }
        var fitted = TrainingCalibrationFit.Run(points);
        OutputFile.Write(output, fitted.Calibration.ToCsv(day));
        OutputFile.Write(foldsFile, fitted.Folds.ToCsv(day));
        Console.WriteLine(
            $"{output}: fitted on {points[Recomputation.Full].Count} runs of {files.Length} files, data to {day:yyyy-MM-dd}"
        );
        return ExitCode.Success;
    }
}
