using Plimsoll.Inputs;

namespace Plimsoll.Portfolios;

/// <summary>The word <c>unknown</c> where a study would ask for a name or a month: the key then counts as absent, and its prior holds.</summary>
/// <remarks>Numbers keep the word: their rows know what it means. Names of centres and of files must be known.</remarks>
public static class UnknownWords
{
    /// <summary>The file without the keys of its centres that are unknown and no numbers.</summary>
    /// <param name="root">A file of kind portfolio as written.</param>
    /// <param name="table">Its table.</param>
    public static InputMapping LeftOut(InputMapping root, InputTable table)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(table);
        return root with
        {
            Entries =
            [
                .. root.Entries.Select(e =>
                    e.Key == PortfolioInputs.Centres
                        ? e with
                        {
                            Value = Of(e.Value, table, PortfolioInputs.Centres),
                        }
                        : e
                ),
            ],
        };
    }

    private static InputNode Of(InputNode node, InputTable table, string path) =>
        node switch
        {
            InputSequence list => list with
            {
                Items = [.. list.Items.Select(i => Of(i, table, path + "[]"))],
            },
            InputMapping mapping => mapping with
            {
                Entries =
                [
                    .. mapping
                        .Entries.Where(e => !IsLeftOut(e, table, $"{path}.{e.Key}"))
                        .Select(e => e with { Value = Of(e.Value, table, $"{path}.{e.Key}") }),
                ],
            },
            var other => other,
        };

    private static bool IsLeftOut(InputEntry entry, InputTable table, string path) =>
        entry.Value is InputScalar { IsUnknown: true }
        && path != $"{PortfolioInputs.Centres}[].name"
        && table.Rows.FirstOrDefault(r => r.Path == path)
            is { Type: not (InputType.Number or InputType.Integer) };
}
