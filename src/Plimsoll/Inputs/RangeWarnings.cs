using System.Globalization;

namespace Plimsoll.Inputs;

/// <summary>Ranges that enter otherwise than one may think: those that enter nothing, whose best estimate counts alone, and those with one end.</summary>
public static class RangeWarnings
{
    /// <summary>A warning for every range on a key whose range is not taken (<see cref="InputRow.Ranged"/>), and for every range of one end, in file order.</summary>
    /// <param name="values">A checked file.</param>
    /// <param name="file">Its name for the messages.</param>
    public static IReadOnlyList<LocatedFinding> Of(InputValues values, string file)
    {
        ArgumentNullException.ThrowIfNull(values);
        var found = new List<LocatedFinding>();
        if (values.Root is { } root)
        {
            Visit(root, values.Table, "", InputPath.Root, file, found);
        }
        return found;
    }

    private static void Visit(
        InputMapping mapping,
        InputTable table,
        string parent,
        InputPath path,
        string file,
        List<LocatedFinding> found
    )
    {
        foreach (var entry in mapping.Entries)
        {
            var row = table.Children(parent).FirstOrDefault(r => r.Key == entry.Key);
            var at = path.Key(entry.Key);
            switch (entry.Value)
            {
                case InputMapping range when row is { Type: InputType.Number }:
                    if (Of(range, row, at) is { } finding)
                    {
                        found.Add(new LocatedFinding(file, entry.Line, entry.Column, finding));
                    }
                    break;
                case InputMapping section when row is { Type: InputType.Section }:
                    Visit(section, table, row.Path, at, file, found);
                    break;
                case InputSequence list when row is { Type: InputType.List }:
                    foreach (var (i, item) in list.Items.Index())
                    {
                        if (item is InputMapping of)
                        {
                            Visit(of, table, row.Path + "[]", at.Item(i), file, found);
                        }
                    }
                    break;
                default:
                    break;
            }
        }
    }

    private static Finding? Of(InputMapping range, InputRow row, InputPath at)
    {
        double? Number(string key) =>
            range.Find(key)?.Value is InputScalar s && InputText.TryNumber(s, out var n) ? n : null;
        if (Number("value") is not { } value)
        {
            return null;
        }
        var (low, high) = (Number("low") ?? value, Number("high") ?? value);
        if (!(low < high))
        {
            return null;
        }
        if (!row.Ranged)
        {
            return Warning(
                at,
                "range-not-taken",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a range of {low:0.######} to {high:0.######}"
                ),
                "one number",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The best estimate of {value:0.######} counts alone: a range of this key enters nothing. Try its ends as files of their own."
                )
            );
        }
        var end =
            range.Find("low") is null ? "low"
            : range.Find("high") is null ? "high"
            : null;
        return end is null
            ? null
            : Warning(
                at,
                "range-of-one-end",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a range of {low:0.######} to {high:0.######} without '{end}'"
                ),
                "both ends of a range",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Add '{end}:'. Without it the best estimate of {value:0.######} is that end."
                )
            );
    }

    private static Finding Warning(
        InputPath at,
        string rule,
        string found,
        string expected,
        string remedy
    ) => new(at, rule, found, expected, remedy) { IsWarning = true };
}
