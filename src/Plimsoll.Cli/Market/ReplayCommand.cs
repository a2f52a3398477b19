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
        var market = new Argument<string>("market") { Description = "china, us or all." };
        market.AcceptOnlyFromAmong("china", "us", "all");
        var json = CommonOptions.Json();
        var draws = NumberOption.Whole(
            "--draws",
            "Draws of each forecast, 8 to 5000.",
            8,
            5000,
            () => 1000
        );
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
        var levels = new ConcurrentDictionary<(string, Month), RentLevels>();
        RentLevels Levels(string name, Month month) =>
            levels.GetOrAdd(
                (name, month),
                key =>
                    RentLevels.Condition(
                        catalog.AsOf(month),
                        name,
                        [],
                        seed,
                        draws,
                        MarketReplay.Horizon
                    )
            );
        string[] markets = market == "all" ? ["china", "us"] : [market];
        var parts = markets.Select(m => MarketReplay.Run(catalog.AsOf, m, seed, draws)).ToList();
        var replay = MarketReplay.Pool([.. parts]);
        var luck =
            worlds > 0
                ? DriftlessMarkets.Cost(
                    replay.Scores,
                    c => Levels(c.Market, c.Decision),
                    worlds,
                    seed
                )
                : new Dictionary<int, double>();
        var advice = parts
            .SelectMany(p =>
                AdviceValue.Of(p.Scores, m => catalog.AsOf(m), m => Levels(p.Market, m))
            )
            .ToList();
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
