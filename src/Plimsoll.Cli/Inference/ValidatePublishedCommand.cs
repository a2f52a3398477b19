using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Performance;

namespace Plimsoll.Cli.Inference;

/// <summary><c>inference validate-published FILE</c>: rates that others published, none of them in the fit, beside the law that every file gets.</summary>
internal static class ValidatePublishedCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "CSV of published rates by accelerator, as examples/inference/data/published-rates.csv.",
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "validate-published",
            "Predict published prefill and decode rates that no fit has seen, with the stated 80 % interval and whether it is an extrapolation."
        )
        {
            file,
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() => Run(result.GetValue(file)!, result.GetValue(json)))
        );
        return command;
    }

    private static int Run(string path, bool json)
    {
        var view = PointsFile.View();
        var table = CsvTable.Parse(InputFile.Read(path, FileBounds.Table).Text(), path);
        var rows = table.Rows.Select(row => Predict(view, table, row, path)).ToList();
        if (json)
        {
            JsonOutput.Print(
                new JsonObject
                {
                    ["rates"] = new JsonArray([.. rows.Select(Document)]),
                    ["inside"] = rows.Count(r => r.Inside),
                    ["of"] = rows.Count,
                }
            );
            return ExitCode.Success;
        }
        Console.WriteLine(
            $"{"tokens/s by accelerator", -70}{"published", 11}{"predicted", 11}  {"80 %", -18}{"error", 8}"
        );
        foreach (var r in rows)
        {
            Console.WriteLine(
                $"{Short(r.Source), -70}{r.Measured, 11:N0}{r.Predicted, 11:N0}  {$"{r.Low:N0} to {r.High:N0}", -18}{(r.Predicted / r.Measured) - 1, 8:P0}  {(r.Inside ? "inside" : "outside")}, {r.Label}; {r.Assumed} assumed"
            );
        }
        Console.WriteLine($"{rows.Count(r => r.Inside)} of {rows.Count} inside");
        return ExitCode.Success;
    }

    private static Rate Predict(CatalogView view, CsvTable table, CsvRow row, string path)
    {
        string Text(string column) => table.Cell(row, column);
        double Number(string column) =>
            double.TryParse(
                Text(column),
                System.Globalization.CultureInfo.InvariantCulture,
                out var value
            )
            && value > 0
                ? value
                : throw new InvalidDataException(
                    $"{path}:{row.Line}: {column}: found '{Text(column)}'; expected a number above 0."
                );
        var engine = Array.IndexOf([.. ServingEngines.Words], Text("engine"));
        if (engine < 0 || Text("phase") is not ("prefill" or "decode"))
        {
            throw new InvalidDataException(
                $"{path}:{row.Line}: found engine '{Text("engine")}' and phase '{Text("phase")}'; expected one of {string.Join(", ", ServingEngines.Words)}, and prefill or decode."
            );
        }
        var deployment = new Deployment
        {
            Accelerator = Accelerator.Of(view, Text("accelerator")),
            Model = LanguageModel.Of(view, Text("model")),
            Engine = (ServingEngine)engine,
            Precision = Text("precision"),
            TensorParallel = (int)Number("tensor_parallel"),
            AttentionDataParallel = (int)Number("attention_data_parallel"),
            ExpertParallel = (int)Number("expert_parallel"),
            OverlapsCommunication = Text("two_batch_overlap") == "true",
        };
        var served = ServedLaw.Of(
            view,
            deployment,
            new InputPath("deployment"),
            deployment.AttentionDataParallel > 1
        );
        var law =
            served.Law
            ?? throw new InvalidDataException(
                $"{path}:{row.Line}: {string.Join(" ", served.Refusals)}"
            );
        var (batch, tokens) = (Number("batch"), Number("tokens"));
        var decode = Text("phase") == "decode";
        var all = batch * deployment.Accelerators;
        var seconds = decode
            ? law.MeanSeconds(all, all * tokens, 0, 0)
            : law.MeanSeconds(0, 0, all, all * tokens / 2);
        var clients = decode ? all : Math.Max(1, all / tokens);
        var error = law.Error.At(clients, tokens);
        // A prompt's time is a step's time: the error of steps, not that of a first token with its queue.
        var interval = error
            .NotBelow(seconds, decode ? law.LeastSeconds(all, all * tokens) : 0)
            .TimePerOutputToken;
        return new Rate(
            Text("source"),
            Number("measured"),
            batch / seconds,
            batch / interval.High(seconds),
            batch / interval.Low(seconds),
            error.Extrapolates ? "beyond the loads measured"
                : error.Novelty == Novelty.KnownDeployment ? "measured deployment"
                : error.Novelty.ToString(),
            Text("assumed")
        );
    }

    private static string Short(string source) => source.Length <= 68 ? source : source[..67] + "…";

    private static JsonObject Document(Rate r) =>
        new()
        {
            ["source"] = r.Source,
            ["measured"] = r.Measured,
            ["predicted"] = r.Predicted,
            ["low80"] = r.Low,
            ["high80"] = r.High,
            ["inside"] = r.Inside,
            ["label"] = r.Label,
            ["assumed"] = r.Assumed,
        };

    private sealed record Rate(
        string Source,
        double Measured,
        double Predicted,
        double Low,
        double High,
        string Label,
        string Assumed
    )
    {
        public bool Inside => Measured >= Low && Measured <= High;
    }
}
