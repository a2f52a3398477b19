using Plimsoll.Inputs;

namespace Plimsoll.Studies.Model;

/// <summary>Keys of the numbers of list items: by what an item is, never by where it stands in its list.</summary>
/// <remarks>
/// The draws of a number are keyed by its path. Items in another order keep their draws; one item written as two halves is drawn once for
/// both; two items of one name but with different numbers are drawn apart.
/// </remarks>
internal static class InputKeys
{
    /// <summary>The same numbers with paths of the form <c>list[owner].key</c>.</summary>
    /// <param name="list">Name of the list.</param>
    /// <param name="key">Key of the number within an item.</param>
    /// <param name="items">Owner (server, tenant) and number of each item, in file order.</param>
    /// <returns>One number an item, in the same order.</returns>
    public static IReadOnlyList<InputNumber> Of(
        string list,
        string key,
        IReadOnlyList<(string Owner, InputNumber Number)> items
    )
    {
        var contents = items
            .GroupBy(i => i.Owner, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => g.Select(i => Content(i.Number)).Distinct().Count(),
                StringComparer.Ordinal
            );
        return
        [
            .. items.Select(i =>
                i.Number with
                {
                    Path =
                        contents[i.Owner] == 1
                            ? $"{list}[{i.Owner}].{key}"
                            : $"{list}[{i.Owner} at {Words(i.Number)}].{key}",
                }
            ),
        ];
    }

    private static (double, double, double) Content(InputNumber n) => (n.Value, n.Low, n.High);

    private static string Words(InputNumber n) =>
        FormattableString.Invariant(
            n.Low < n.High ? $"{n.Value} ({n.Low} to {n.High})" : (FormattableString)$"{n.Value}"
        );
}
