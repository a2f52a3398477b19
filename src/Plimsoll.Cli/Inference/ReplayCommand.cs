using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Files;
using Plimsoll.Performance;
using Plimsoll.Serving.Cases;
using Plimsoll.Serving.Validation;

namespace Plimsoll.Cli.Inference;

/// <summary><c>inference replay FILE</c>: a real engine's request log beside its simulation.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var file = InferenceFile.Argument();
        var fit = new Option<string?>("--fit-on")
        {
            Description =
                "Another file with the log of another run: fit the law to it first and carry the factors over. Default: the law of the file, its own calibration or the shipped one.",
        };
        var split = NumberOption.Real(
            "--split",
            "Fit on this share of the requests, the earliest, and predict the later ones, which start from the queue and the cache that the replay of the earlier ones leaves. With --fit-on the share is that of the other log. 0 for no split.",
            0,
            0.95,
            0
        );
        var output = new Option<string?>("--out")
        {
            Description =
                "Write the fitted law as a profile (CSV), which 'calibration' of an inference file or of a study's serving reads. Without --fit-on and --split the law is fitted on the whole log.",
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "replay",
            "Serve the requests of a real run again and compare throughput and latencies with what was measured. "
                + "The file's workload.trace is a vLLM request log with queued, first-token and last-token times."
        )
        {
            file,
            fit,
            split,
            output,
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(file)!,
                    result.GetValue(fit),
                    result.GetValue(split),
                    result.GetValue(output),
                    result.GetValue(json)
                )
            )
        );
        return command;
    }

    private static int Run(string file, string? fitOn, double split, string? output, bool json)
    {
        if (split > 0 && fitOn is null)
        {
            return RunSplit(file, split, output, json);
        }
        // What is to be written and has no other log is fitted on the one there is.
        fitOn ??= output is null ? null : file;
        var installation = InferenceFile.Read(file);
        var log = Log(installation, file);
        var shipped = ReplayComparison.Run(log, installation.Law, installation.Config);
        double[]? factors = null;
        ReplayComparison? fitted = null;
        ReplayComparison? source = null;
        if (fitOn is not null)
        {
            var other = InferenceFile.Read(fitOn);
            var otherLog = Log(other, fitOn);
            factors = ReplayFit.Fit(
                otherLog,
                f => Law(other, f),
                other.Config,
                split > 0 ? ..Cut(otherLog, split) : null
            );
            source = ReplayComparison.Run(otherLog, Law(other, factors), other.Config);
            Write(output, other, factors, otherLog);
            fitted = ReplayComparison.Run(log, Law(installation, factors), installation.Config);
        }
        if (json)
        {
            JsonOutput.Print(
                new JsonObject
                {
                    ["name"] = installation.Name,
                    ["requests"] = log.Count,
                    ["law"] = installation.LawSaid,
                    ["shipped_law"] = Document(shipped),
                    ["fitted_elsewhere"] = fitted is null ? null : Document(fitted),
                    ["fit_itself"] = source is null ? null : Document(source),
                    ["factors"] = factors is null ? null : Factors(factors),
                }
            );
            return ExitCode.Success;
        }
        Print($"{installation.Name}, {installation.LawSaid}", shipped);
        if (fitted is not null)
        {
            Written(output);
            Print($"fitted on {fitOn}: that log itself", source!);
            Console.WriteLine(
                "  factors: "
                    + string.Join(", ", ReplayFit.Names.Zip(factors!, (n, f) => $"{n} x{f:F2}"))
            );
            if (fitOn != file)
            {
                Print($"{installation.Name}, law fitted on {fitOn} only", fitted);
            }
        }
        return ExitCode.Success;
    }

    /// <summary>The log's later part, predicted by the law as shipped and as fitted on the earlier part.</summary>
    private static int RunSplit(string file, double split, string? output, bool json)
    {
        var installation = InferenceFile.Read(file);
        var log = Log(installation, file);
        var cut = Cut(log, split);
        var factors = ReplayFit.Fit(log, f => Law(installation, f), installation.Config, ..cut);
        var fitted = Law(installation, factors);
        Write(output, installation, factors, log.Slice(..cut));
        var shipped = ReplayComparison.Run(log, installation.Law, installation.Config, cut..);
        var earlier = ReplayComparison.Run(log, fitted, installation.Config, ..cut);
        var later = ReplayComparison.Run(log, fitted, installation.Config, cut..);
        if (json)
        {
            JsonOutput.Print(
                new JsonObject
                {
                    ["name"] = installation.Name,
                    ["requests"] = log.Count,
                    ["law"] = installation.LawSaid,
                    ["fitted_on_the_first"] = cut,
                    ["later_by_the_shipped_law"] = Document(shipped),
                    ["earlier_fitted"] = Document(earlier),
                    ["later_predicted"] = Document(later),
                    ["factors"] = Factors(factors),
                }
            );
            return ExitCode.Success;
        }
        Written(output);
        Print(
            $"{installation.Name}, requests {cut + 1} to {log.Count}, {installation.LawSaid}",
            shipped
        );
        Print($"requests 1 to {cut}, on which the law was fitted", earlier);
        Console.WriteLine(
            "  factors: "
                + string.Join(", ", ReplayFit.Names.Zip(factors, (n, f) => $"{n} x{f:F2}"))
        );
        Print($"requests {cut + 1} to {log.Count}, predicted by that law", later);
        return ExitCode.Success;
    }

    private static void Write(
        string? output,
        InferenceCase installation,
        double[] factors,
        ServingLog log
    )
    {
        if (output is not null)
        {
            // A log says no day.
            OutputFile.Write(
                output,
                CalibrationFile.ToCsv(
                    ReplayFit.Profile(installation, factors, log),
                    DateOnly.MinValue
                )
            );
        }
    }

    private static void Written(string? output)
    {
        if (output is not null)
        {
            Console.WriteLine(
                $"{output}: the law with these factors, for 'calibration' of an inference file or of a study's serving"
            );
        }
    }

    /// <summary>Requests of the earlier part; both parts hold two or more.</summary>
    private static int Cut(ServingLog log, double split) =>
        Math.Clamp((int)Math.Round(split * log.Count), 2, Math.Max(2, log.Count - 2));

    private static JsonObject Factors(double[] factors) =>
        new(ReplayFit.Names.Zip(factors, (n, f) => KeyValuePair.Create(n, (JsonNode?)f)));

    private static ServingLog Log(InferenceCase installation, string file) =>
        installation.Workload.Trace is { } path
            ? ServingLog.Read(path)
            : throw new InvalidDataException(
                $"{file}: workload: found no trace; expected the request log of a real run."
            );

    private static StepLaw Law(InferenceCase installation, double[] factors) =>
        new(
            StepTerms.Of(installation.Deployment),
            ReplayFit.Scaled(installation.Law.Coefficients, factors),
            installation.Law.Accelerators,
            installation.Law.KvCapacityTokens,
            installation.Law.Error
        );

    private static JsonObject Document(ReplayComparison comparison) =>
        new()
        {
            ["figures"] = new JsonArray([
                .. comparison.Figures.Select(f => new JsonObject
                {
                    ["name"] = f.Name,
                    ["measured"] = f.Measured,
                    ["simulated"] = f.Simulated,
                    ["error"] = f.Error,
                }),
            ]),
            ["ttft_distance"] = comparison.FirstTokenDistance,
            ["tpot_distance"] = comparison.PerTokenDistance,
            ["end_to_end_distance"] = comparison.EndToEndDistance,
        };

    private static void Print(string title, ReplayComparison comparison)
    {
        Console.WriteLine(title);
        Console.WriteLine($"  {"", -18}{"measured", 12}{"simulated", 12}{"error", 9}");
        foreach (var f in comparison.Figures)
        {
            // Times in ms, the rate as it is.
            var scale = f.Name.EndsWith("tokens/s", StringComparison.Ordinal) ? 1 : 1000;
            Console.WriteLine(
                $"  {f.Name, -18}{f.Measured * scale, 12:N1}{f.Simulated * scale, 12:N1}{f.Error, 9:P1}"
            );
        }
        Console.WriteLine(
            $"  mean distance of the distributions over 19 percentiles: TTFT {comparison.FirstTokenDistance:P1}, TPOT {comparison.PerTokenDistance:P1}, end-to-end {comparison.EndToEndDistance:P1}"
        );
    }
}
