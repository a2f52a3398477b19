using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Files;
using Plimsoll.Performance.Fitting;

namespace Plimsoll.Cli.Inference;

/// <summary><c>inference validate --points FILE</c>: how far predictions lie from measurements, by group.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var points = PointsFile.Option();
        var profile = new Option<string?>("--profile")
        {
            Description =
                "Profile written by 'inference calibrate'; default: the shipped calibration.",
        };
        var splits = new Option<bool>("--splits")
        {
            Description =
                "Also measure every kind of novelty by refitting with parts left out (about a minute).",
        };
        var files = new Option<bool>("--through-files")
        {
            Description =
                "Write each row as a YAML file of kind inference and predict it through the door of a user's files; rows it refuses are counted.",
        };
        var residuals = new Option<string?>("--residuals")
        {
            Description = "Also write each row's prediction, error and interval to this CSV file.",
        };
        var ledger = new LedgerOptions();
        var json = CommonOptions.Json();
        var command = new Command(
            "validate",
            "Errors on measured points: median, 90th percentile, bias and share inside the stated interval. "
                + "Rows the calibration was fitted on are predicted by fits that left their deployment out; where they are too few for that, the answer says so."
        )
        {
            points,
            profile,
            splits,
            files,
            residuals,
            json,
        };
        ledger.AddTo(command);
        command.SetAction(result =>
            Commands.Guard(() =>
            {
                var view = PointsFile.View();
                var calibration = PointsFile.Calibration(view, result.GetValue(profile));
                var place = ledger.Read(result);
                var audited = PointsFile.Audit(view, result.GetValue(points)!);
                var byRow = audited.Count(p => p.IsResolved);
                var door = result.GetValue(files) ? new ThroughFiles() : null;
                audited = door?.Admitted(audited, calibration) ?? audited;
                var validation = Validation.Run(
                    audited,
                    calibration,
                    result.GetValue(splits) || place is not null,
                    door is null ? null : door.Predict
                );
                if (door is not null)
                {
                    Console.Error.WriteLine(
                        $"Through files: {validation.Points.Count} of the {byRow} rows that can be predicted as rows."
                    );
                }
                if (result.GetValue(residuals) is { } file)
                {
                    OutputFile.Write(file, ResidualTable.Csv(validation));
                }
                if (place is not null)
                {
                    InferenceLedger.Write(place, validation, door is null ? null : byRow);
                }
                return Print(validation, result.GetValue(json));
            })
        );
        return command;
    }

    /// <summary>The list of reasons for which rows are left out.</summary>
    public static JsonArray Reasons(IReadOnlyList<(string Reason, int Count)> reasons) =>
        new([
            .. reasons.Select(r => new JsonObject { ["reason"] = r.Reason, ["count"] = r.Count }),
        ]);

    private static int Print(Validation validation, bool json)
    {
        if (json)
        {
            JsonOutput.Print(Document(validation));
        }
        else
        {
            Table(validation);
        }
        var inSample = validation.Points.Count(p => p.InSample);
        if (inSample > 0)
        {
            Console.Error.WriteLine(
                $"{inSample} of {validation.Points.Count} rows stand among those the calibration was fitted on, too few ({Validation.LeastForRefit} are needed) to refit without them: their errors flatter."
            );
        }
        if (validation.Overall is null)
        {
            Console.Error.WriteLine("No row of the file can be used; the reasons are listed.");
            return ExitCode.Unanswerable;
        }
        return ExitCode.Success;
    }

    private static JsonObject Document(Validation validation)
    {
        var document = new JsonObject
        {
            ["overall"] = validation.Overall is { } overall
                ? Figures(overall)
                : new JsonObject
                {
                    ["n"] = 0,
                    ["tpot"] = Nothing(),
                    ["ttft"] = Nothing(),
                },
            ["out_of_fold"] = validation.Points.Count(p => p.OutOfFold),
            ["in_sample"] = validation.Points.Count(p => p.InSample),
            ["groups"] = new JsonArray([.. validation.Groups().Select(Labelled)]),
            ["unresolved"] = Reasons(validation.Unresolved),
        };
        if (validation.Splits.Count > 1)
        {
            document["splits"] = new JsonArray([
                .. validation.Splits.Select(s =>
                    Labelled(ErrorSummary.OfSplit(s.Key.ToString(), s.Key, s.Value))
                ),
            ]);
        }
        return document;
    }

    private static JsonObject Labelled(ErrorSummary group)
    {
        var result = new JsonObject { ["by"] = group.By, ["name"] = group.Name };
        foreach (var (key, value) in Figures(group))
        {
            result[key] = value?.DeepClone();
        }
        return result;
    }

    private static JsonObject Figures(ErrorSummary group) =>
        new()
        {
            ["n"] = group.Count,
            ["tpot"] = Figures(group.TimePerOutputToken),
            ["ttft"] = Figures(group.TimeToFirstToken),
        };

    private static JsonObject Nothing() =>
        new()
        {
            ["median"] = null,
            ["p90"] = null,
            ["bias"] = null,
            ["coverage80"] = null,
        };

    private static JsonObject Figures(TimeErrors e) =>
        new()
        {
            ["median"] = e.Median,
            ["p90"] = e.P90,
            ["bias"] = e.Bias,
            ["coverage80"] = double.IsNaN(e.Coverage80) ? null : e.Coverage80,
        };

    private static void Table(Validation validation)
    {
        Console.WriteLine(
            $"{"group", -44}{"n", 6}  TPOT med    p90   bias  in 80 %   TTFT med    p90   bias  in 80 %"
        );
        if (validation.Overall is { } overall)
        {
            Line(overall);
        }
        foreach (var group in validation.Groups())
        {
            Line(group);
        }
        foreach (var (kind, held) in validation.Splits)
        {
            Line(ErrorSummary.OfSplit($"left out: {kind}", kind, held));
        }
        foreach (var (reason, count) in validation.Unresolved)
        {
            Console.WriteLine($"unresolved {count, 6}  {reason}");
        }
    }

    private static void Line(ErrorSummary g)
    {
        var t = g.TimePerOutputToken;
        var f = g.TimeToFirstToken;
        Console.WriteLine(
            $"{g.By + " " + g.Name, -44}{g.Count, 6}  {t.Median, 8:P1}{t.P90, 8:P1}{t.Bias, 7:P0}{t.Coverage80, 9:P0}   {f.Median, 8:P1}{f.P90, 8:P1}{f.Bias, 7:P0}{f.Coverage80, 9:P0}"
        );
    }
}
