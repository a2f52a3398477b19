using Plimsoll.Quantities;

namespace Plimsoll.Portfolios;

/// <summary>What a portfolio will take: its market's draws, and every plan that is tried cleared in them.</summary>
public static class PortfolioWork
{
    private const double FixedSeconds = 4;
    private const double FixedBytes = 250e6;
    private const double MonthsOfFit = 90;
    private const double SecondsADrawMonth = 1.6e-4;

    // A centre in one draw and month of one plan, its courses priced.
    private const double SecondsACentreMonth = 4e-6;

    // Measured: forty centres on 596 draws took 631 MB, five hundred on 396 took 900 MB.
    private const double BytesADraw = 6e5;
    private const double BytesACentreMonth = 40;
    private const double PlansACentre = 12;
    private const double PlansOfRules = 40;

    // More centres than are tried one by one: moved in blocks, proven in parts.
    private const double PlansOfMany = 60;

    // The search looks at every plan on its own draws, the best of them again on those that score.
    private const double PlansScored = 12;

    /// <summary>The estimate.</summary>
    /// <param name="portfolio">The centres.</param>
    /// <param name="settings">How it will be run.</param>
    public static WorkEstimate Of(Portfolio portfolio, PortfolioSettings settings)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(settings);
        double months = portfolio.Months;
        double centres = portfolio.Centres.Count;
        var search = settings.KeepOnly ? 0 : settings.SearchDraws;
        var plans = settings.KeepOnly ? 1 : PlansScored;
        var tried = centres > PlanSearch.MostSingly ? PlansOfMany : PlansACentre * centres;
        var cleared = (settings.Draws * plans) + (search * (PlansOfRules + tried));
        return new WorkEstimate(
            (FixedSeconds * Math.Pow(months / MonthsOfFit, 2))
                + (SecondsADrawMonth * (settings.Draws + search) * months)
                + (SecondsACentreMonth * cleared * months * centres),
            FixedBytes
                + (BytesADraw * (settings.Draws + search))
                + (BytesACentreMonth * (settings.Draws + search) * months * centres)
        );
    }
}
