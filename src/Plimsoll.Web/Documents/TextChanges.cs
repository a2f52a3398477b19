using Plimsoll.Inputs;

namespace Plimsoll.Web.Documents;

/// <summary>What differs between two texts of a study, in values by path: for whoever reads later who changed what.</summary>
internal static class TextChanges
{
    private const int Most = 6;
    private const int LongestValue = 60;
    private const string None = "–";

    /// <summary>The changes in words, such as <c>finance.margin 0.025 → 0.03</c>; the longest texts tell the first few and how many more.</summary>
    /// <param name="before">Text before.</param>
    /// <param name="after">Text after.</param>
    /// <returns>Empty where no value differs, or a text is no YAML.</returns>
    public static string Of(string before, string after)
    {
        var (old, now) = (Values(before), Values(after));
        if (old is null || now is null)
        {
            return "";
        }
        var changes = old
            .Keys.Union(now.Keys, StringComparer.Ordinal)
            .Select(path =>
                (
                    Path: path,
                    Old: old.GetValueOrDefault(path, None),
                    Now: now.GetValueOrDefault(path, None)
                )
            )
            .Where(c => c.Old != c.Now)
            .Select(c => $"{InputText.Cut(c.Path)} {c.Old} → {c.Now}")
            .ToList();
        var more = changes.Count > Most ? $"; +{changes.Count - Most}" : "";
        return string.Join("; ", changes.Take(Most)) + more;
    }

    private static Dictionary<string, string>? Values(string text)
    {
        try
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            Add(values, "", StudyDocument.Parsed(text));
            return values;
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static void Add(Dictionary<string, string> values, string path, InputNode? node)
    {
        switch (node)
        {
            case InputScalar scalar:
                values[path] =
                    scalar.Text.Length > LongestValue
                        ? scalar.Text[..LongestValue] + "…"
                        : scalar.Text;
                break;
            case InputSequence list:
                foreach (var (i, item) in list.Items.Index())
                {
                    Add(values, $"{path}[{i}]", item);
                }
                break;
            case InputMapping group:
                foreach (var entry in group.Entries)
                {
                    Add(values, path.Length > 0 ? $"{path}.{entry.Key}" : entry.Key, entry.Value);
                }
                break;
            default:
                break;
        }
    }
}
