using System.CommandLine;

namespace Plimsoll.Cli.Catalog;

/// <summary>The group <c>plimsoll catalog</c>.</summary>
internal static class CatalogCommands
{
    public static Command Create() =>
        new("catalog", "What is known of chips, models, sites and prices, with source and grade.")
        {
            ListCommand.Create(),
            ShowCommand.Create(),
        };
}
