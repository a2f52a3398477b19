using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Spectre.Console;

namespace Plimsoll.Cli.Catalog;

/// <summary><c>catalog show NAME</c>: every number of an entry with range, dates, source and grade.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name")
        {
            Description =
                "Name of an entry, or the beginning of one: H800, zhengzhou, deepseek-v3.",
        };
        var asOf = CommonOptions.AsOf();
        var json = CommonOptions.Json();
        var command = new Command("show", "Show all that is known of an entry, with its evidence.")
        {
            name,
            asOf,
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(result.GetValue(name)!, result.GetValue(asOf), result.GetValue(json))
            )
        );
        return command;
    }

    private static int Run(string name, DateOnly asOf, bool json)
    {
        var view = FactCatalog.Shipped().AsOf(asOf);
        var entries = Matching(view, name);
        if (json)
        {
            JsonOutput.Print(new JsonArray([.. entries.Select(Document)]));
            return ExitCode.Success;
        }
        foreach (var entry in entries)
        {
            Print(entry);
        }
        return ExitCode.Success;
    }

    private static List<CatalogEntry> Matching(CatalogView view, string name)
    {
        var all = view.Kinds.SelectMany(view.Entries).ToList();
        var exact = all.Where(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var found =
            exact.Count > 0
                ? exact
                : [.. all.Where(e => e.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))];
        if (found.Count > 0)
        {
            return found;
        }
        var near = NearestName.Of(name, all.Select(e => e.Name));
        throw new KeyNotFoundException(
            $"The catalogue has no '{name}' as of this date."
                + (near is null ? " Run 'plimsoll catalog list'." : $" Did you mean '{near}'?")
        );
    }

    private static JsonObject Document(CatalogEntry entry) =>
        new()
        {
            ["kind"] = entry.Kind,
            ["name"] = entry.Name,
            ["facts"] = new JsonArray([
                .. entry.Facts.Select(f => new JsonObject
                {
                    ["attribute"] = f.Attribute,
                    ["value"] = f.Number is { } n ? n.Value : f.Text.Value,
                    ["low"] = f.Number?.Low,
                    ["high"] = f.Number?.High,
                    ["unit"] = f.Text.Unit,
                    ["valid_from"] = f.Text.ValidFrom.ToString("yyyy-MM-dd"),
                    ["published"] = f.Text.Published.ToString("yyyy-MM-dd"),
                    ["grade"] = f.Text.Grade.ToString(),
                    ["evidence"] = f.Text.Evidence.ToString(),
                    ["source"] = f.Text.Source,
                    ["note"] = f.Text.Note,
                    ["row"] = f.Place,
                }),
            ]),
        };

    private static void Print(CatalogEntry entry)
    {
        var table = new Table()
            .Border(TableBorder.Simple)
            .Title($"{Markup.Escape(entry.Name)} ({entry.Kind})");
        table.AddColumns(
            "attribute",
            "value",
            "range",
            "unit",
            "valid from",
            "published",
            "grade",
            "source"
        );
        foreach (var f in entry.Facts)
        {
            var range = f.Number is { } n && n.Low < n.High ? $"{n.Low:G6} to {n.High:G6}" : "";
            table.AddRow([
                .. new[]
                {
                    f.Attribute,
                    f.Text.Value,
                    range,
                    f.Text.Unit is "text" ? "" : f.Text.Unit,
                    f.Text.ValidFrom.ToString("yyyy-MM-dd"),
                    f.Text.Published.ToString("yyyy-MM-dd"),
                    $"{f.Text.Grade} {f.Text.Evidence.ToString().ToLowerInvariant()}",
                    f.Text.Note.Length == 0 ? f.Text.Source : $"{f.Text.Source} [{f.Text.Note}]",
                }.Select(Markup.Escape),
            ]);
        }
        AnsiConsole.Write(table);
    }
}
