using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Hindcast;
using Plimsoll.Market;

namespace Plimsoll.Cli.Market;

/// <summary><c>market hindcast china</c>: what each vintage says of what was seen and of what was not yet.</summary>
internal static class HindcastCommand
{
    private static readonly DateOnly _early = Ensemble.Vintages[^1];
    private static readonly DateOnly _late = Ensemble.Vintages[0];

    /// <summary>Last quarter forecast.</summary>
    private static readonly Quarter _last = new(2026, 4);

    public static Command Create()
    {
        var market = new Argument<string>("market") { Description = "china." };
        market.AcceptOnlyFromAmong("china");
        var json = CommonOptions.Json();
        var score = new Option<string>("--score")
        {
            Description =
                "Score the forecast on outcomes: a CSV with the columns quarter, observable, value, low, high.",
        };
        var freeze = new Option<string>("--freeze")
        {
            Description =
                "Write the forecast down: this CSV, one with samples beside it, and their hashes.",
        };
        var draws = NumberOption.Whole(
            "--draws",
            "Draws of each rent law with and without the world link.",
            1,
            100_000,
            () => 300
        );
        var seed = NumberOption.Whole<ulong>("--seed", "Seed.", 0, ulong.MaxValue, () => 1);
        var recovery = new Option<bool>("--recovery")
        {
            Description =
                "Instead: simulate with hidden parameters, refit, and count how often the intervals hold them (minutes).",
        };
        var switches = new Option<bool>("--switches")
        {
            Description =
                "Instead: switch off each mechanism, refit, and tell whether the data identify it (minutes).",
        };
        var only = new Option<string[]>("--only")
        {
            Description = "With --switches: these mechanisms only, by name.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var parameters = new Option<bool>("--parameters")
        {
            Description = "Instead: print every parameter before and after the data.",
        };
        var command = new Command(
            "hindcast",
            "Hold the market against what was seen in China, forecast what was not, and score it."
        )
        {
            market,
            json,
            score,
            freeze,
            draws,
            seed,
            recovery,
            switches,
            only,
            parameters,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
            {
                if (result.GetValue(recovery))
                {
                    return RecoveryReport.Run(result.GetValue(seed));
                }
                if (result.GetValue(switches))
                {
                    return SwitchReport.Run(result.GetValue(seed), result.GetValue(only)!);
                }
                if (result.GetValue(parameters))
                {
                    return ParameterReport.Run();
                }
                return Run(
                    result.GetValue(json),
                    result.GetValue(score),
                    result.GetValue(freeze),
                    result.GetValue(draws),
                    result.GetValue(seed)
                );
            })
        );
        return command;
    }

    private static int Run(bool json, string? score, string? freeze, int draws, ulong seed)
    {
        var outcomes = score is null
            ? null
            : Outcome.Read(InputFile.Read(score, FileBounds.Table).Text(), score);
        var hindcast = new ChinaHindcast(seed, draws);
        var catalog = FactCatalog.Shipped();
        var late = hindcast.Run(
            catalog.AsOf(_late),
            catalog.AsOf(new DateOnly(2026, 11, 30)),
            _last
        );
        // The early vintage is scored on what the late one had come to know.
        var early = hindcast.Run(catalog.AsOf(_early), catalog.AsOf(_late), new Quarter(2024, 4));
        var seen = Outcome.Of(late.Targets, early.Givens);
        var report = new HindcastReport(late, early, seen, outcomes);
        if (freeze is not null)
        {
            Freeze(freeze, late);
        }
        if (json)
        {
            JsonOutput.Print(report.ToJson());
        }
        else
        {
            report.Print(Console.Out);
        }
        return ExitCode.Success;
    }

    private static void Freeze(string path, VintageHindcast late)
    {
        Forecast[] forecasts = [late.Unconditional, late.Conditional];
        var samples = Path.GetFileNameWithoutExtension(path) + "-samples" + Path.GetExtension(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var quantiles = FrozenForecast.Quantiles(forecasts, samples);
        var points = FrozenForecast.Samples(forecasts);
        OutputFile.Write(path, quantiles);
        OutputFile.Write(Path.Combine(folder, samples), points);
        OutputFile.Write(
            Path.ChangeExtension(path, ".sha256"),
            $"{FrozenForecast.Hash(quantiles)}  {Path.GetFileName(path)}\n{FrozenForecast.Hash(points)}  {samples}\n"
        );
        Console.Error.WriteLine($"{path}: SHA-256 {FrozenForecast.Hash(quantiles)}");
    }
}
