using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Cli.Inference;
using Plimsoll.Files;
using Plimsoll.Performance.Training;
using Plimsoll.Performance.Training.Fitting;

namespace Plimsoll.Cli.Training;

/// <summary><c>training validate --points FILE</c>: how far predicted iterations lie from measured ones, by group.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var points = new Option<string>("--points")
        {
            Description =
                "CSV of measured training runs: Megatron iteration times, MosaicML's MFU table, MLPerf results, or published figures one metric a row.",
            Required = true,
        };
        var ledger = new LedgerOptions();
        var json = CommonOptions.Json();
        var command = new Command(
            "validate",
            "Errors of the iteration time on measured runs: mean, median, 90th percentile, bias and share inside the stated interval. "
                + "Sizes that the calibration was fitted on are predicted by fits that left them out."
        )
        {
            points,
            json,
        };
        ledger.AddTo(command);
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(result.GetValue(points)!, ledger.Read(result), result.GetValue(json))
            )
        );
        return command;
    }

    private static int Run(string file, LedgerPlace? place, bool json)
    {
        var view = PointsFile.View();
        var table = TrainingTables.Parse(InputFile.Read(file, FileBounds.Table).Text(), file);
        var validation = TrainingValidation.Run(
            view,
            table,
            TrainingCalibration.Of(view),
            TrainingFolds.Of(view)
        );
        if (place is not null)
        {
            TrainingLedger.Write(place, Path.GetFileNameWithoutExtension(file), validation);
        }
        if (json)
        {
            JsonOutput.Print(Document(validation));
        }
        else
        {
            Table(validation);
        }
        if (validation.Overall is null)
        {
            Console.Error.WriteLine("No row of the file can be used; the reasons are listed.");
            return ExitCode.Unanswerable;
        }
        return ExitCode.Success;
    }

    private static JsonObject Document(TrainingValidation validation) =>
        new()
        {
            ["overall"] = validation.Overall is { } overall ? Figures(overall) : null,
            ["out_of_fold"] = validation.Scores.Count(s => s.LeftOut.Length > 0),
            ["groups"] = new JsonArray([
                .. validation
                    .Groups()
                    .Select(g =>
                    {
                        var result = new JsonObject { ["by"] = g.By, ["name"] = g.Name };
                        foreach (var (key, value) in Figures(g))
                        {
                            result[key] = value?.DeepClone();
                        }
                        return (JsonNode)result;
                    }),
            ]),
            ["unresolved"] = Inference.ValidateCommand.Reasons(validation.Unresolved),
        };

    private static JsonObject Figures(TrainingErrors e) =>
        new()
        {
            ["n"] = e.Count,
            ["iteration"] = new JsonObject
            {
                ["mean"] = e.Mean,
                ["median"] = e.Median,
                ["p90"] = e.P90,
                ["bias"] = e.Bias,
                ["coverage80"] = double.IsNaN(e.Coverage80) ? null : e.Coverage80,
            },
        };

    private static void Table(TrainingValidation validation)
    {
        Console.WriteLine($"{"group", -64}{"n", 6}    mean  median     p90    bias  in 80 %");
        if (validation.Overall is { } overall)
        {
            Line(overall);
        }
        foreach (var group in validation.Groups())
        {
            Line(group);
        }
        foreach (var (reason, count) in validation.Unresolved)
        {
            Console.WriteLine($"unresolved {count, 6}  {reason}");
        }
    }

    private static void Line(TrainingErrors e) =>
        Console.WriteLine(
            $"{e.By + ": " + e.Name, -64}{e.Count, 6}{e.Mean, 8:P1}{e.Median, 8:P1}{e.P90, 8:P1}{e.Bias, 8:P1}{(double.IsNaN(e.Coverage80) ? "" : e.Coverage80.ToString("P0")), 9}"
        );
}
