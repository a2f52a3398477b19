using System.Text;

namespace Plimsoll.Inputs;

/// <summary>Writes the reference page of a kind of file from its input rows.</summary>
public static class InputReference
{
    /// <summary>A Markdown page with one table row an input.</summary>
    public static string Markdown(InputTable table)
    {
        var page = new StringBuilder();
        page.Append("# `kind: ")
            .Append(table.Kind)
            .Append("`\n\n")
            .Append(table.Title)
            .Append("\n\n");
        page.Append(
            "| key | takes | default | meaning | source of the default |\n|---|---|---|---|---|\n"
        );
        foreach (var row in table.Rows)
        {
            var fallback = row.Required ? "required" : row.Default ?? "none";
            if (row.DefaultLow is { } low && row.DefaultHigh is { } high)
            {
                fallback += $" ({low:0.######} to {high:0.######})";
            }
            var source = row.Source.Length == 0 ? "" : $"{row.Source} (grade {row.Grade})";
            page.Append(
                $"| `{row.Path}` | {Cell(InputCheck.Expectation(row))} | {Cell(fallback)} | {Cell(row.Description)} | {Cell(source)} |\n"
            );
        }
        return page.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
