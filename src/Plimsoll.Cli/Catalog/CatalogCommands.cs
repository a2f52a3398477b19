using System.CommandLine;

namespace Plimsoll.Cli.Catalog;

/// <summary>The group <c>plimsoll catalog</c>.</summary>
internal static class CatalogCommands
{
    public static Command Create() =>
        new ExampleCommand(
            "catalog",
            "What is known of chips, models, sites and prices, with source and grade.",
            "catalog list accelerators",
            "catalog show H800 --as-of 2024-03",
            "catalog show zhengzhou --json",
            "catalog site zhengzhou --server 8xH100"
        )
        {
            ListCommand.Create(),
            ShowCommand.Create(),
            SiteCommand.Create(),
        };
}
