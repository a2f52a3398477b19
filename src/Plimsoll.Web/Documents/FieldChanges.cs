using Plimsoll.Inputs;
using Plimsoll.Portfolios;

namespace Plimsoll.Web.Documents;

/// <summary>Changes of fields in one step.</summary>
/// <param name="Revision">The revision that they change.</param>
/// <param name="Set">New values by path; null to take a key away.</param>
/// <param name="Add">Lists that get an item.</param>
/// <param name="Remove">Items to take away, as <c>fleet[1]</c>.</param>
internal sealed record FieldChanges(
    int Revision,
    IReadOnlyDictionary<string, string?>? Set,
    IReadOnlyList<string>? Add,
    IReadOnlyList<string>? Remove
)
{
    private static readonly string[] _parts = ["value", "low", "high", "source", "grade"];

    /// <summary>The text with the changes.</summary>
    /// <exception cref="StudyDesk.RefusedException">A place that is none, or a text that is no YAML.</exception>
    public string Apply(string text) =>
        VoucherText.Is(text)
            ? VoucherText.With(text, Apply(VoucherText.Design(text), VoucherText.Table))
            : Apply(text, StudyDocument.Of(text).Rows);

    private string Apply(string text, InputTable table)
    {
        if (!StudyDocument.Of(text).Readable)
        {
            throw new StudyDesk.RefusedException(
                "The text is no YAML; mend it there first.",
                StatusCodes.Status422UnprocessableEntity
            );
        }
        try
        {
            foreach (var (path, value) in Set ?? new Dictionary<string, string?>())
            {
                text = YamlEdit.Set(text, path, Listed(table, path, value), Words(table, path));
            }
            foreach (var path in Add ?? [])
            {
                _ = Row(table, path);
                text =
                    path == PortfolioInputs.Centres && table.Kind == PortfolioInputs.Kind
                        ? CentreText.Add(text)
                        : YamlEdit.AddItem(
                            text,
                            path,
                            [
                                .. table
                                    .Children(Declared(path) + "[]")
                                    .Where(r => r.Required)
                                    .Select(r => KeyValuePair.Create(r.Key, "")),
                            ]
                        );
            }
            foreach (var path in Remove ?? [])
            {
                var at = path.LastIndexOf('[');
                text =
                    at > 0 && path.EndsWith(']') && int.TryParse(path[(at + 1)..^1], out var index)
                        ? YamlEdit.RemoveItem(text, path[..at], index)
                        : throw new ArgumentException($"'{path}' is no item of a list.");
            }
            return text;
        }
        catch (Exception e) when (e is ArgumentException or YamlDotNet.Core.YamlException)
        {
            throw new StudyDesk.RefusedException(
                e.Message,
                StatusCodes.Status422UnprocessableEntity
            );
        }
    }

    /// <summary>What a field of several numbers says, as a list.</summary>
    private static string? Listed(InputTable table, string path, string? value) =>
        value is not null && Find(table, path) is { Type: InputType.NumberList }
            ? $"[{string.Join(", ", value.Split([',', ';', ' ', '[', ']'], StringSplitOptions.RemoveEmptyEntries))}]"
            : value;

    /// <summary>True when what stands at a path is words.</summary>
    private static bool Words(InputTable table, string path)
    {
        var last = path[(path.LastIndexOf('.') + 1)..];
        if (
            Find(table, path) is null
            && _parts.Contains(last)
            && path.Contains('.', StringComparison.Ordinal)
        )
        {
            _ = Row(table, path[..path.LastIndexOf('.')]);
            return last == "source";
        }
        return Row(table, path).Type is InputType.Text or InputType.CatalogName;
    }

    private static InputRow Row(InputTable table, string path) =>
        Find(table, path)
        ?? throw new ArgumentException($"'{InputText.Cut(path)}' is no field of a {table.Kind}.");

    private static InputRow? Find(InputTable table, string path)
    {
        var declared = Declared(path);
        return table.Rows.FirstOrDefault(r => r.Path == declared);
    }

    /// <summary>The path with empty brackets: <c>fleet[0].servers</c> is declared as <c>fleet[].servers</c>.</summary>
    public static string Declared(string path)
    {
        var declared = new System.Text.StringBuilder(path.Length);
        var inside = false;
        foreach (var c in path)
        {
            if (c == ']')
            {
                inside = false;
            }
            if (!inside)
            {
                declared.Append(c);
            }
            inside |= c == '[';
        }
        return declared.ToString();
    }
}
