namespace Plimsoll.Performance;

/// <summary>Widths of stated intervals by group: factors over the pool's interval that multiply.</summary>
public static class GroupWidths
{
    /// <summary>Key of a group's width.</summary>
    public static string Key(Novelty novelty, string group) => $"{novelty}|{group}";

    /// <summary>The factors of a deployment in these groups; 1 for a group without a width of its own.</summary>
    public static (double PerToken, double FirstToken) Of(
        IReadOnlyDictionary<string, (double PerToken, double FirstToken)> widths,
        Novelty novelty,
        IEnumerable<string> groups
    )
    {
        double perToken = 1;
        double firstToken = 1;
        foreach (var group in groups)
        {
            if (widths.TryGetValue(Key(novelty, group), out var width))
            {
                perToken *= width.PerToken;
                firstToken *= width.FirstToken;
            }
        }
        return (perToken, firstToken);
    }
}
