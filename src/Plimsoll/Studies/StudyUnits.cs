using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Plimsoll.Inputs;

namespace Plimsoll.Studies;

/// <summary>Units of a study's numbers as they are printed: amounts of money in the study's currency, for what they are paid.</summary>
internal static partial class StudyUnits
{
    private static readonly FrozenDictionary<string, string> _money = StudyInputs
        .Table()
        .Rows.Where(r => r.Money is not null)
        .GroupBy(r => Item().Replace(r.Path, "[]"), r => r.Money!, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    /// <summary>The unit of a number.</summary>
    /// <param name="number">The number; items of lists stand in its path by name or index.</param>
    /// <param name="currency">Currency of the study, ISO code.</param>
    /// <returns>As the catalogue gave it, where it did: <c>USD/server-month</c>; else that of the input's row, <c>1</c> for a pure number.</returns>
    public static string Of(InputNumber number, string currency) =>
        number.Unit is "1" or ""
        && _money.TryGetValue(Item().Replace(number.Path, "[]"), out var paid)
            ? currency + paid
            : number.Unit;

    // A name may hold brackets of its own: all from the first to the last stands for one item.
    [GeneratedRegex(@"\[.*\]", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Item();
}
