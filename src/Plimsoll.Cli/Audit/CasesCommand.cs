using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Audits;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Decisions.BaseRates;

namespace Plimsoll.Cli.Audit;

/// <summary><c>audit cases</c>: what became of claims before, as known on a day.</summary>
internal static class CasesCommand
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var asOf = CommonOptions.AsOf();
        var command = new Command(
            "cases",
            "List the cases behind the base rates: what was claimed, what became of it, where it was read."
        )
        {
            asOf,
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() => Run(result.Day(asOf), result.GetValue(json)))
        );
        return command;
    }

    private static int Run(DateOnly day, bool json)
    {
        var cases = BaseRateCase.KnownOn(FactCatalog.Shipped().AsOf(day));
        if (json)
        {
            JsonOutput.Print(
                new JsonObject { ["cases"] = new JsonArray([.. cases.Select(AuditDocument.Case)]) }
            );
            return ExitCode.Success;
        }
        if (cases.Count == 0)
        {
            Console.WriteLine("No case was known by then.");
            return ExitCode.Success;
        }
        var table = new TextTable(0, "case", "kind", "asset", "where", "share", "known", "");
        foreach (var c in cases)
        {
            table.Add(
                c.Name,
                c.Kind,
                c.Asset,
                c.Country,
                Words.Percent(c.Share),
                c.Known.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                c.Counted ? c.Grade.ToString() : "not counted"
            );
        }
        table.Write(Console.Out, Terminal.Width);
        Console.WriteLine();
        Console.WriteLine(
            $"{cases.Count(c => c.Counted)} cases enter the rates. plimsoll catalog show NAME gives source and note of each."
        );
        return ExitCode.Success;
    }
}
