using System.Text;
using Plimsoll.Inputs;
using Plimsoll.Portfolios;

namespace Plimsoll.Web.Documents;

/// <summary>Centres of a portfolio as they are written into its text: one to be filled in, or the lines of a table.</summary>
internal static class CentreText
{
    /// <summary>The columns of the form's table of centres: keys below <c>centres[]</c>; those of a fleet stand once for each.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "name",
        "state",
        "province",
        "operator_class",
        "site.name",
        "fleet[].server",
        "fleet[].servers",
        "fleet[].online",
        "fleet[].capex_per_server",
        "today.let",
        "today.months_left",
        "finance.existing_debt",
    ];

    /// <summary>The text with a centre to be filled in: its name is told from the others', and nothing is assumed of it.</summary>
    /// <param name="text">A portfolio.</param>
    public static string Add(string text)
    {
        var names = Names(text);
        var n = names.Count + 1;
        while (names.Contains($"{n}"))
        {
            n++;
        }
        return YamlEdit.AddWritten(
            text,
            PortfolioInputs.Centres,
            dash =>
                Indented(
                    dash,
                    $"name: \"{n}\"\nsite:\n  name:\nfleet:\n  - server:\n    servers:\n    online:\n"
                )
        );
    }

    /// <summary>The text with the centres of a table behind its own.</summary>
    /// <param name="text">A portfolio.</param>
    /// <param name="centres">As a table holds them.</param>
    public static string Add(string text, IReadOnlyList<InputMapping> centres) =>
        centres.Count == 0
            ? text
            : YamlEdit.AddWritten(
                text,
                PortfolioInputs.Centres,
                dash => string.Concat(centres.Select(c => Indented(dash, Lines(c, 0))))
            );

    private static HashSet<string> Names(string text) =>
        (
            (
                StudyDocument.Parsed(text)?.Find(PortfolioInputs.Centres)?.Value as InputSequence
            )?.Items
            ?? []
        )
            .OfType<InputMapping>()
            .Select(c => (c.Find("name")?.Value as InputScalar)?.Text ?? "")
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The lines of an item: a dash before the first.</summary>
    private static string Indented(int dash, string lines)
    {
        var text = new StringBuilder();
        foreach (var (i, line) in lines.TrimEnd('\n').Split('\n').Index())
        {
            text.Append(' ', dash).Append(i == 0 ? "- " : "  ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    private static string Lines(InputMapping mapping, int indent)
    {
        var text = new StringBuilder();
        foreach (var entry in mapping.Entries)
        {
            text.Append(' ', indent).Append(entry.Key).Append(':');
            switch (entry.Value)
            {
                case InputScalar scalar:
                    text.Append(' ')
                        .Append(YamlEdit.Written(scalar.Text, Words(entry.Key), false))
                        .Append('\n');
                    break;
                case InputMapping inner:
                    text.Append('\n').Append(Lines(inner, indent + 2));
                    break;
                case InputSequence list:
                    text.Append('\n');
                    foreach (var item in list.Items.OfType<InputMapping>())
                    {
                        text.Append(Indented(indent + 2, Lines(item, 0)));
                    }
                    break;
                default:
                    throw new InvalidOperationException("A table holds words and groups of them.");
            }
        }
        return text.ToString();
    }

    /// <summary>True for a key whose value must stay words whatever it looks like.</summary>
    private static bool Words(string key) =>
        key is "name" or "tenant" or "owner" or "operator" or "province" or "source";
}
