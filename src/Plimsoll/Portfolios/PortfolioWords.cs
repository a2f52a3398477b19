using System.Globalization;
using Plimsoll.Inputs;

namespace Plimsoll.Portfolios;

/// <summary>Sentences on what an answer does not know.</summary>
internal static class PortfolioWords
{
    /// <summary>The limits of an answer.</summary>
    public static IReadOnlyList<string> Limits(
        Portfolio portfolio,
        PortfolioDraws draws,
        IReadOnlyList<LocatedFinding> warnings
    )
    {
        var limits = new List<string>
        {
            "The rest of the market answers through rents, vacancies and new building; what centres outside the portfolio darken or close stays as it was, so rents move more than in a full run of the market.",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Clouds lease at most {draws.Pool.Most[0]:N0}, {draws.Pool.Most[1]:N0} and {draws.Pool.Most[2]:N0} accelerators of the classes H, A and D of all centres together{(portfolio.PoolServers is null ? ", a tenth of what the nation has let: own prior" : "")}."
            ),
            "Numbers that the model does not know are drawn alike for all centres; what only a centre leaves unknown is drawn for it alone.",
        };
        if (portfolio.Scenario.Market == "china")
        {
            limits.Add(
                "P10 to P90 are the market model's own widths: on past rents its 80 % intervals for China were far too narrow (docs/validation/market-replay.md). Intervals of gains are of sampling alone."
            );
        }
        if (!draws.Market.Ensemble.Fitted)
        {
            limits.Add("The market rests on a prior that was fitted on nothing.");
        }
        var stylised = portfolio.Centres.Count(c => c.Stylised);
        if (stylised > 0)
        {
            limits.Add(
                $"{stylised} of {portfolio.Centres.Count} centres are made up and stand for others of their kind."
            );
        }
        foreach (var centre in portfolio.Centres.Where(c => c.Unknown.Count > 0))
        {
            limits.Add(
                $"{InputText.Cut(centre.Name)}: unknown {string.Join("; ", centre.Unknown.Select(u => $"{u.Path}, taken as {u.Prior}"))}."
            );
        }
        limits.AddRange(
            warnings.Select(f =>
                $"Warning, line {f.Line}, {f.Finding.Path}: found {f.Finding.Found}; expected {f.Finding.Expected}. {f.Finding.Remedy}"
            )
        );
        return limits;
    }
}
