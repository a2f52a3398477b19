using System.CommandLine;

namespace Plimsoll.Cli.Market;

/// <summary>The group <c>plimsoll market</c>.</summary>
internal static class MarketCommands
{
    public static Command Create() =>
        new("market", "The market for rented compute: rents, fill, new building, hindcast.")
        {
            RunCommand.Create(),
            PrepareCommand.Create(),
            FitCommand.Create(),
            HindcastCommand.Create(),
            ReplayCommand.Create(),
            ForecastCommand.Create(),
        };
}
