namespace Plimsoll.Inputs;

/// <summary>Finds the valid name closest to a mistyped one.</summary>
public static class NearestName
{
    /// <summary>The candidate with the fewest edits, or null when none is near.</summary>
    /// <param name="typed">What was written.</param>
    /// <param name="candidates">What could have been meant.</param>
    /// <remarks>Restricted Damerau-Levenshtein distance (Damerau 1964), letters compared without case; a name is near up to a third of its length plus one.</remarks>
    public static string? Of(string typed, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - typed.Length) > 12 || typed.Length > 64)
            {
                continue;
            }
            var distance = Distance(typed.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }
        return best is not null && bestDistance <= (Math.Max(best.Length, typed.Length) / 3) + 1
            ? best
            : null;
    }

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
