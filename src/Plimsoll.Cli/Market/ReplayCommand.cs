using System.Collections.Concurrent;
using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Hindcast.Replay;
using Plimsoll.Market.Motion;
using Plimsoll.Quantities;

namespace Plimsoll.Cli.Market;

/// <summary><c>market replay china|us</c>: what the law said each quarter, with what was known then, beside what came and beside plain forecasts.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var market = new Argument<string>("market") { Description = "china or us." };
        market.AcceptOnlyFromAmong("china", "us");
        var json = CommonOptions.Json();
        var draws = NumberOption.Whole("--draws", "Draws of each forecast.", 8, 5000, () => 400);
        var seed = NumberOption.Whole<ulong>("--seed", "Seed.", 0, ulong.MaxValue, () => 1);
        var worlds = NumberOption.Whole(
            "--worlds",
            "Driftless markets simulated to tell luck; 0 for none.",
            0,
            2000,
            () => 200
        );
        var command = new Command(
            "replay",
            "Replay a market's past as it was known: forecasts each quarter from 2023Q4 on, scored beside plain ones."
        )
        {
            market,
            json,
            draws,
            seed,
            worlds,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(market)!,
                    result.GetValue(json),
                    result.GetValue(draws),
                    result.GetValue(seed),
                    result.GetValue(worlds)
                )
            )
        );
        return command;
    }

    private static int Run(string market, bool json, int draws, ulong seed, int worlds)
    {
        var catalog = FactCatalog.Shipped();
        var levels = new ConcurrentDictionary<Month, RentLevels>();
        RentLevels Levels(Month month) =>
            levels.GetOrAdd(
                month,
                m => RentLevels.Condition(catalog.AsOf(m), market, [], seed, draws, 14)
            );
        var replay = MarketReplay.Run(catalog.AsOf, market, seed, draws);
        var luck =
            worlds > 0
                ? DriftlessMarkets.Cost(replay.Scores, Levels, worlds, seed)
                : new Dictionary<int, double>();
        var advice = AdviceValue.Of(replay.Scores, m => catalog.AsOf(m), Levels);
        var report = new ReplayReport(replay, luck, worlds, advice);
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
}
