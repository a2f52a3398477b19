using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Web.Pages;

/// <summary>A whole number as people write it into a form or an address: 2000, or 2,000 as the pages write it.</summary>
internal static partial class WholeNumber
{
    /// <summary>The number; null where it is none, so that what was written can be answered.</summary>
    /// <param name="written">Digits, in groups of three or in one; a point is no sign between groups, for it may begin a fraction.</param>
    public static int? Of(string? written) =>
        Written().Match(written ?? "") is { Success: true } match
        && int.TryParse(
            string.Concat(match.Value.Where(char.IsAsciiDigit)),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? match.Groups["minus"].Length > 0
                ? -number
                : number
            : null;

    [GeneratedRegex(
        @"^\s*(?<minus>-?)([0-9]{1,9}|[0-9]{1,3}(?<between>[,，'’ \u00a0\u202f])[0-9]{3}(\k<between>[0-9]{3}){0,2})\s*$",
        RegexOptions.ExplicitCapture,
        60_000
    )]
    private static partial Regex Written();
}
