using Plimsoll.Catalog;

namespace Plimsoll.Portfolios;

/// <summary>What is done without thinking, as plans: what a searched plan must beat.</summary>
internal static class SimpleRules
{
    /// <summary>Share of the standing centres that the second rule closes.</summary>
    private const double Emptiest = 1.0 / 3;

    /// <summary>The rules with their names; actions that the budget does not cover are left out, the largest centres first.</summary>
    /// <param name="draws">The joint draws, for their actions.</param>
    /// <param name="kept">Every centre kept: how full those are of which nothing is known today.</param>
    /// <param name="budget">Money for actions.</param>
    public static IReadOnlyList<(string Name, PortfolioPlan Plan)> All(
        PortfolioDraws draws,
        PlanFigures kept,
        double budget
    ) =>
        [
            ("keep all", PortfolioPlan.KeepAll(draws.Portfolio.Centres.Count)),
            ("close the emptiest third", Made(draws, Emptiers(draws, kept), Ends, budget)),
            (
                "hand all over",
                Made(
                    draws,
                    Enumerable.Range(0, draws.Portfolio.Centres.Count),
                    a => a.Kind == ActionKind.HandOver,
                    budget
                )
            ),
            ("newest chips only", Made(draws, Older(draws), Ends, budget)),
        ];

    private static bool Ends(CentreAction action) =>
        action.Kind is ActionKind.Close or ActionKind.Refuse or ActionKind.Stop;

    private static PortfolioPlan Made(
        PortfolioDraws draws,
        IEnumerable<int> centres,
        Func<CentreAction, bool> takes,
        double budget
    )
    {
        var plan = PortfolioPlan.KeepAll(draws.Portfolio.Centres.Count);
        var left = budget;
        foreach (
            var c in centres
                .OrderByDescending(c => draws.Portfolio.Centres[c].Accelerators)
                .ThenBy(c => draws.Portfolio.Centres[c].Name, StringComparer.Ordinal)
        )
        {
            var action = draws.Actions[c].Index().FirstOrDefault(a => takes(a.Item));
            if (action.Item is { } item && item.Cost <= left)
            {
                plan = plan.With(c, action.Index);
                left -= item.Cost;
            }
        }
        return plan;
    }

    private static IEnumerable<int> Emptiers(PortfolioDraws draws, PlanFigures kept)
    {
        var centres = draws.Portfolio.Centres;
        double Fill(int c) =>
            centres[c].Today.Let?.Value
            ?? (
                kept.Centres[c].InstalledHours.Sum() is var all and > 0
                    ? kept.Centres[c].SoldHours.Sum() / all
                    : 1
            );
        var standing = Enumerable
            .Range(0, centres.Count)
            .Where(c => centres[c].Stage == CentreStage.Standing)
            .ToList();
        return standing
            .OrderBy(Fill)
            .ThenBy(c => centres[c].Name, StringComparer.Ordinal)
            .Take((int)Math.Ceiling(standing.Count * Emptiest));
    }

    /// <summary>Centres without any chip of the newest launch year among all.</summary>
    private static IEnumerable<int> Older(PortfolioDraws draws)
    {
        var centres = draws.Portfolio.Centres;
        int[] newest = [.. centres.Select(c => c.Case.Fleets.Max(f => Year(draws, f.Accelerator)))];
        var top = newest.Max();
        return Enumerable.Range(0, centres.Count).Where(c => newest[c] < top);
    }

    private static int Year(PortfolioDraws draws, string chip) =>
        draws.Portfolio.View.Find(Accelerator.Kind, chip)?.TextOrNull("launch")
            is { Length: >= 4 } day
        && int.TryParse(day[..4], out var year)
            ? year
            : 0;
}
