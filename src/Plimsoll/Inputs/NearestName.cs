namespace Plimsoll.Inputs;

/// <summary>Finds the valid names closest to a mistyped one.</summary>
public static class NearestName
{
    private const int LongestTyped = 64;

    /// <summary>The candidate with the fewest edits, or null when none is near.</summary>
    /// <param name="typed">What was written.</param>
    /// <param name="candidates">What could have been meant.</param>
    /// <remarks>Restricted Damerau-Levenshtein distance (Damerau 1964), letters compared without case; a name is near up to one edit, or a third of its length.</remarks>
    public static string? Of(string typed, IEnumerable<string> candidates) =>
        Several(typed, candidates, 1) is [var nearest] ? nearest : null;

    /// <summary>The candidates with the fewest edits, nearest first; none when none is near.</summary>
    /// <param name="typed">What was written.</param>
    /// <param name="candidates">What could have been meant; a candidate that begins like the typed word counts one edit more than its beginning.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<string> Several(
        string typed,
        IEnumerable<string> candidates,
        int most
    )
    {
        if (typed.Length is 0 or > LongestTyped)
        {
            return [];
        }
        var word = Alike(typed);
        return
        [
            .. candidates
                .Distinct(StringComparer.Ordinal)
                .Select(candidate => (Name: candidate, Edits: Edits(word, candidate)))
                .Where(c => c.Edits is not null)
                .OrderBy(c => c.Edits)
                .ThenBy(c => Math.Abs(c.Name.Length - typed.Length))
                .Take(most)
                .Select(c => c.Name),
        ];
    }

    private static int? Edits(string typed, string name)
    {
        var candidate = Alike(name);
        if (candidate.Length > 2 * LongestTyped)
        {
            return null;
        }
        var longest = Math.Max(candidate.Length, typed.Length);
        var whole = Distance(typed, candidate);
        var best = whole <= Allowed(longest) ? whole : (int?)null;
        if (typed.Length >= 3 && candidate.Length > typed.Length)
        {
            var beginning = Distance(typed, candidate[..typed.Length]);
            if (beginning <= Allowed(typed.Length) && beginning + 1 < (best ?? int.MaxValue))
            {
                best = beginning + 1;
            }
        }
        return best;
    }

    private static int Allowed(int length) => Math.Max(1, length / 3);

    /// <summary>Without case, and with the characters that are taken for each other made one: 0 and O, 1, I and l.</summary>
    private static string Alike(string text) =>
        string.Create(
            text.Length,
            text,
            (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = char.ToLowerInvariant(source[i]) switch
                    {
                        'o' => '0',
                        'i' or 'l' => '1',
                        '_' or ' ' => '-',
                        var c => c,
                    };
                }
            }
        );

    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }
        for (var j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(
                    Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1),
                    d[i - 1, j - 1] + cost
                );
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }
        return d[a.Length, b.Length];
    }
}
