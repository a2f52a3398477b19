using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Cli.Catalog;

/// <summary><c>catalog show NAME</c>: every number of an entry with range, dates, source and grade.</summary>
internal static class ShowCommand
{
    private const int DerivedRowsShown = 20;

    public static Command Create()
    {
        var name = new Argument<string>("name")
        {
            Description =
                "Name of an entry, or a part of one: H800, zhengzhou, deepseek-v3. Quote names with blanks.",
        };
        var asOf = CommonOptions.AsOf();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "show",
            "Show all that is known of an entry, with its evidence.",
            "catalog show H800 --as-of 2024-03",
            "catalog show \"8xH100 contract CN\"",
            "catalog show zhengzhou --json"
        )
        {
            name,
            asOf,
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(result.GetValue(name)!, result.Day(asOf), result.GetValue(json))
            )
        );
        return command;
    }

    private static int Run(string name, DateOnly asOf, bool json)
    {
        var view = FactCatalog.Shipped().AsOf(asOf);
        var derived = view.DerivedNames.FirstOrDefault(d =>
            string.Equals(d, name, StringComparison.OrdinalIgnoreCase)
        );
        if (derived is not null)
        {
            PrintDerived(derived, view.Derived(derived)!, json);
            return ExitCode.Success;
        }
        var entries = CatalogSearch.Matching(view, name);
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
                    ["evidence"] = f.Text.Evidence.ToString().ToLowerInvariant(),
                    ["source"] = f.Text.Source,
                    ["note"] = f.Text.Note,
                    ["row"] = f.Place,
                }),
            ]),
        };

    /// <summary>A row a fact; sources, which are long and few, stand numbered below.</summary>
    private static void Print(CatalogEntry entry)
    {
        var sources = new List<string>();
        var table = new TextTable(
            wrapping: 1,
            "attribute",
            "value",
            "range",
            "unit",
            "from",
            "published",
            "grade",
            "src"
        );
        foreach (var f in entry.Facts)
        {
            var source =
                f.Text.Note.Length == 0 ? f.Text.Source : $"{f.Text.Source} ({f.Text.Note})";
            if (!sources.Contains(source, StringComparer.Ordinal))
            {
                sources.Add(source);
            }
            table.Add(
                f.Attribute,
                f.Number is { } v ? Terminal.Number(v.Value) : f.Text.Value,
                f.Number is { } n && n.Low < n.High
                    ? $"{Terminal.Number(n.Low)} to {Terminal.Number(n.High)}"
                    : "",
                f.Text.Unit is "text" or "1" or "date" ? "" : f.Text.Unit,
                f.Text.ValidFrom.ToString(f.Text.ValidFrom.Day == 1 ? "yyyy-MM" : "yyyy-MM-dd"),
                f.Text.Published.ToString(LastOfMonth(f.Text.Published) ? "yyyy-MM" : "yyyy-MM-dd"),
                $"{f.Text.Grade} {f.Text.Evidence.ToString().ToLowerInvariant()}",
                $"[{sources.IndexOf(source) + 1}]"
            );
        }
        Console.WriteLine($"{entry.Name} ({entry.Kind})");
        table.Write(Console.Out, Terminal.Width);
        for (var i = 0; i < sources.Count; i++)
        {
            var lines = TextTable.Wrap($"[{i + 1}] {sources[i]}", Terminal.Width - 4);
            Console.WriteLine(lines[0]);
            foreach (var line in lines.Skip(1))
            {
                Console.WriteLine($"    {line}");
            }
        }
        Console.WriteLine();
    }

    private static bool LastOfMonth(DateOnly day) => day.AddDays(1).Day == 1;

    private static void PrintDerived(string name, CsvTable table, bool json)
    {
        if (json)
        {
            JsonOutput.Print(
                new JsonObject
                {
                    ["kind"] = "derived",
                    ["name"] = name,
                    ["rows"] = new JsonArray([
                        .. table.Rows.Select(row => new JsonObject(
                            table.Header.Select(h =>
                                KeyValuePair.Create(h, (JsonNode?)table.Cell(row, h))
                            )
                        )),
                    ]),
                }
            );
            return;
        }
        Console.WriteLine(
            $"{name} (derived, {table.Rows.Count} rows visible{(table.Rows.Count > DerivedRowsShown ? $", the first {DerivedRowsShown} here; --json gives all" : "")})"
        );
        var shown = new TextTable(wrapping: 0, [.. table.Header]);
        foreach (var row in table.Rows.Take(DerivedRowsShown))
        {
            shown.Add(row.Cells);
        }
        shown.Write(Console.Out, Terminal.Width);
    }
}
