namespace Plimsoll.Inputs;

/// <summary>What words may hold, wherever they stand in a file: no character that commands a terminal or hides text, and no more than a cell of a sheet.</summary>
/// <remarks>Line feeds and tabs are allowed: an explanation may have several lines.</remarks>
internal static class InputWords
{
    /// <summary>Most characters of any value; a cell of a sheet holds 32,767.</summary>
    public const int MaxLength = 32_000;

    /// <summary>The keys and values of a tree that hold what none may hold, each with its finding.</summary>
    /// <param name="root">The file.</param>
    public static IEnumerable<(InputNode Node, InputPath Path, string Rule, string Found)> Unfit(
        InputNode root
    ) => Unfit(root, InputPath.Root);

    private static IEnumerable<(InputNode, InputPath, string, string)> Unfit(
        InputNode node,
        InputPath path
    )
    {
        switch (node)
        {
            case InputScalar scalar when Fault(scalar.Text) is { } fault:
                yield return (node, path, fault.Rule, fault.Found);
                break;
            case InputSequence list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    foreach (var found in Unfit(list.Items[i], path.Item(i)))
                    {
                        yield return found;
                    }
                }
                break;
            case InputMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    var at = path.Key(InputText.Cut(entry.Key));
                    if (Fault(entry.Key) is { } wrong)
                    {
                        var key = new InputScalar(entry.Key, true, entry.Line, entry.Column);
                        yield return (key, at, wrong.Rule, wrong.Found);
                    }
                    foreach (var found in Unfit(entry.Value, at))
                    {
                        yield return found;
                    }
                }
                break;
            default:
                break;
        }
    }

    private static (string Rule, string Found)? Fault(string text)
    {
        if (text.Length > MaxLength)
        {
            return ("too-long", $"{text.Length} characters");
        }
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\t') && InputText.IsUnfit(text, i))
            {
                return (
                    "control-character",
                    $"the character U+{(int)text[i]:X4} in '{InputText.Cut(text)}'"
                );
            }
        }
        return null;
    }
}
