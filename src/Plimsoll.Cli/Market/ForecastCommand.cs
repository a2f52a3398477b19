using System.CommandLine;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Hindcast.Replay;
using Plimsoll.Market.Motion;
using Plimsoll.Quantities;

namespace Plimsoll.Cli.Market;

/// <summary><c>market forecast china|us|europe</c>: rents and used prices of the next two years, written down with their hashes so that they can be scored.</summary>
internal static class ForecastCommand
{
    public static Command Create()
    {
        var market = new Argument<string>("market")
        {
            Description = string.Join(", ", MarketLink.All.Select(m => m.Name)) + ".",
        };
        market.AcceptOnlyFromAmong([.. MarketLink.All.Select(m => m.Name)]);
        var asOf = new Option<string>("--as-of")
        {
            Description = "Last month that is known, yyyy-MM.",
            DefaultValueFactory = _ => "2025-12",
        };
        asOf.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && !Month.TryParse(r.Tokens[0].Value, out _))
            {
                r.AddError("--as-of takes a month as yyyy-MM.");
            }
        });
        var draws = NumberOption.Whole("--draws", "Draws, 8 to 5000.", 8, 5000, () => 200);
        var seed = NumberOption.Whole<ulong>("--seed", "Seed.", 0, ulong.MaxValue, () => 1);
        var folder = new Option<string>("--out")
        {
            Description =
                "Folder for the quantiles, the joint paths and their hashes; without it, the quantiles are printed.",
        };
        var command = new Command(
            "forecast",
            "Forecast rents by chip and basis and used prices for two years; write quantiles and joint paths with their hashes."
        )
        {
            market,
            asOf,
            draws,
            seed,
            folder,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
            {
                var name = result.GetValue(market)!;
                var month = Month.Parse(result.GetValue(asOf)!);
                var (quantiles, paths) = FrozenRents.Of(
                    FactCatalog.Shipped().AsOf(month),
                    name,
                    result.GetValue(seed),
                    result.GetValue(draws)
                );
                if (result.GetValue(folder) is not { } target)
                {
                    Console.Out.Write(quantiles);
                    return ExitCode.Success;
                }
                var stem = $"{name}-{month}";
                OutputFile.Write(Path.Combine(target, stem + "-quantiles.csv"), quantiles);
                OutputFile.Write(Path.Combine(target, stem + "-paths.csv"), paths);
                OutputFile.Write(
                    Path.Combine(target, stem + ".sha256"),
                    $"{FrozenRents.Hash(quantiles)}  {stem}-quantiles.csv\n{FrozenRents.Hash(paths)}  {stem}-paths.csv\n"
                );
                Console.Error.WriteLine(
                    $"{stem}: {FrozenRents.Hash(quantiles)}, {FrozenRents.Hash(paths)}"
                );
                return ExitCode.Success;
            })
        );
        return command;
    }
}
