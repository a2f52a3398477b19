using System.Text;

namespace Plimsoll.Inputs;

/// <summary>Writes the reference page of a kind of file from its input rows.</summary>
public static class InputReference
{
    /// <summary>A Markdown page: what the file is, how to write its values, and one table row an input, by section.</summary>
    public static string Markdown(InputTable table)
    {
        var page = new StringBuilder();
        page.Append($"# `kind: {table.Kind}`\n\n{table.Title}\n\n");
        page.Append(
            $"Made from the program's own tables by `plimsoll study schema --all --out docs/reference`; do not edit. For completion in an editor, `plimsoll study schema {table.Kind}` prints the JSON Schema.\n\n"
        );
        page.Append(
            "A number may be written alone, or with its range (80 %), source and grade: `{ value: 0.64, low: 0.56, high: 0.7, source: \"grid table\", grade: C }`; its uncertainty then enters the odds. The word `unknown` stands for a number whose prior holds: the default with its range, or what the catalogue knew on the day. A key without a value is refused. A month is written `2024-03`. Where a key is absent the default holds.\n"
        );
        Section(page, table, "", "The file");
        foreach (var row in table.Rows.Where(r => r.Type is InputType.Section or InputType.List))
        {
            var list = row.Type == InputType.List;
            Section(
                page,
                table,
                list ? row.Path + "[]" : row.Path,
                list ? $"`{row.Path}`, each item" : $"`{row.Path}`",
                row.Description
            );
        }
        return page.ToString();
    }

    private static void Section(
        StringBuilder page,
        InputTable table,
        string parent,
        string title,
        string description = ""
    )
    {
        page.Append($"\n## {title}\n\n");
        if (description.Length > 0)
        {
            page.Append(description).Append("\n\n");
        }
        page.Append("| key | takes | default | meaning | source of the default |\n");
        page.Append("|---|---|---|---|---|\n");
        foreach (var row in table.Children(parent))
        {
            page.Append(
                $"| `{row.Key}` | {Cell(InputText.Expectation(row))} | {Cell(Default(row))} | {Cell(row.Description)} | {Cell(Source(row))} |\n"
            );
        }
    }

    private static string Default(InputRow row)
    {
        var text = row.Required ? "required" : row.Default ?? "";
        return row is { DefaultLow: { } low, DefaultHigh: { } high }
            ? $"{text} ({InputText.Plain(low)} to {InputText.Plain(high)})"
            : text;
    }

    private static string Source(InputRow row) =>
        row.Source.Length == 0 ? "" : $"{row.Source} (grade {row.Grade})";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
