using System.CommandLine;
using System.Text.Json.Nodes;
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
                "Another file with the log of another run: fit the law to it first and carry the factors over. Default: the shipped law.",
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
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(result.GetValue(file)!, result.GetValue(fit), result.GetValue(json))
            )
        );
        return command;
    }

    private static int Run(string file, string? fitOn, bool json)
    {
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
            factors = ReplayFit.Fit(otherLog, f => Law(other, f), other.Config);
            source = ReplayComparison.Run(otherLog, Law(other, factors), other.Config);
            fitted = ReplayComparison.Run(log, Law(installation, factors), installation.Config);
        }
        if (json)
        {
            JsonOutput.Print(
                new JsonObject
                {
                    ["name"] = installation.Name,
                    ["requests"] = log.Count,
                    ["shipped_law"] = Document(shipped),
                    ["fitted_elsewhere"] = fitted is null ? null : Document(fitted),
                    ["fit_itself"] = source is null ? null : Document(source),
                    ["factors"] = factors is null
                        ? null
                        : new JsonObject(
                            ReplayFit.Names.Zip(
                                factors,
                                (n, f) => KeyValuePair.Create(n, (JsonNode?)f)
                            )
                        ),
                }
            );
            return ExitCode.Success;
        }
        Print($"{installation.Name}, shipped law", shipped);
        if (fitted is not null)
        {
            Print($"fitted on {fitOn}: that log itself", source!);
            Console.WriteLine(
                "  factors: "
                    + string.Join(", ", ReplayFit.Names.Zip(factors!, (n, f) => $"{n} x{f:F2}"))
            );
            Print($"{installation.Name}, law fitted on {fitOn} only", fitted);
        }
        return ExitCode.Success;
    }

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
