using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Portfolios;

/// <summary>What is said of a centre today that cannot all be true.</summary>
internal static class CentreCheck
{
    /// <summary>Findings of one centre; those that are no warnings prevent a run.</summary>
    /// <param name="centre">Its values.</param>
    /// <param name="decided">Month of the decision.</param>
    public static IEnumerable<Finding> Of(InputValues centre, Month decided)
    {
        var state = centre.Text("state");
        var let = Share(centre, "let");
        if (let > 0 && state != "standing")
        {
            yield return Found(
                "today",
                "let-before-it-stands",
                FormattableString.Invariant($"{let:0.##} let today in a centre that is {state}"),
                "a centre that stands",
                "Write 'state: standing', or take 'today.let' out and write what is signed under 'signed'."
            );
        }
        var online = centre
            .Items("fleet")
            .Select(f => f.MonthOrNull("online"))
            .OfType<Month>()
            .ToList();
        if (state == "standing" && online.Count > 0 && online.Min() > decided)
        {
            yield return Found(
                "state",
                "stands-later",
                $"standing, with its first servers in {online.Min()}",
                $"servers by {decided}, the month of the decision",
                "Write 'state: building' or 'planned', or the month in which the servers came."
            );
        }
        foreach (
            var (part, whole) in new[] { ("let", "racked"), ("lit", "racked"), ("load", "lit") }
        )
        {
            if (Share(centre, part) > Share(centre, whole) + 1e-9)
            {
                yield return Found(
                    "today",
                    $"{part}-beyond-{whole}",
                    FormattableString.Invariant(
                        $"{part} {Share(centre, part):0.###} with {whole} {Share(centre, whole):0.###}"
                    ),
                    $"{part} at most {whole}",
                    $"What is not {whole} cannot be {part}: correct one of the two. What is more counts nowhere."
                ) with
                {
                    IsWarning = true,
                };
            }
        }
    }

    private static double Share(InputValues centre, string key) =>
        centre.Has($"today.{key}") ? centre.Number($"today.{key}") : double.NaN;

    private static Finding Found(
        string key,
        string rule,
        string found,
        string expected,
        string remedy
    ) => new(new InputPath(key), rule, found, expected, remedy);
}
