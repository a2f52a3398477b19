namespace Plimsoll.Market;

/// <summary>The constants of the rent laws.</summary>
/// <param name="Speed">k, per month.</param>
/// <param name="NaturalVacancy">v*, 0 to 1.</param>
/// <param name="UnmetWeight">psi.</param>
/// <param name="VacancySlope">beta of the level law.</param>
public readonly record struct RentTerms(
    double Speed,
    double NaturalVacancy,
    double UnmetWeight,
    double VacancySlope
)
{
    /// <summary>Those of a member.</summary>
    public static RentTerms Of(Parameters p) =>
        new(
            p[Parameter.RentSpeed],
            p[Parameter.NaturalVacancy],
            p[Parameter.UnmetWeight],
            p[Parameter.VacancySlope]
        );
}

/// <summary>State of one stock as a rent law sees it.</summary>
/// <param name="Offered">E: eligible and offered servers, let ones included.</param>
/// <param name="Let">Servers let.</param>
/// <param name="Wanted">D: servers wanted at today's rent.</param>
/// <param name="Eligible">Eligible servers, dark ones included; the base of unmet demand.</param>
public readonly record struct StockState(double Offered, double Let, double Wanted, double Eligible)
{
    /// <summary>v: vacant over offered, 0 to 1; 0 when nothing is offered.</summary>
    public double Vacancy => Offered > Let ? (Offered - Let) / Offered : 0;

    /// <summary>u: unmet demand over eligible stock, 0 or more; 0 when there is no stock.</summary>
    public double Unmet => Wanted > Let && Eligible > 0 ? (Wanted - Let) / Eligible : 0;
}

/// <summary>The rent laws, the world link and the upper bound in one formula sheet. All rents are logs.</summary>
/// <remarks>
/// Rosen and Smith, AER 1983 (natural vacancy); Wheaton and Torto, AREUEA 1988 (level of real rent); Samuelson 1941 (excess demand).
/// Each needs the unmet-demand term: vacancy cannot go below zero, so <c>v* - v</c> alone cannot raise rents by 30 % in a quarter.
/// </remarks>
public static class RentLaws
{
    /// <summary>Bound of the log of demand over supply under the excess-demand law: beyond a factor of 4.5 the pace no longer grows.</summary>
    public const double ExcessBound = 1.5;

    /// <summary>Change of log rent of a stock over a step.</summary>
    /// <param name="law">Which.</param>
    /// <param name="dt">Step, months.</param>
    /// <param name="logRent">Log of rent now.</param>
    /// <param name="logReference">Log of the reference rent of the tier.</param>
    /// <param name="stock">The stock.</param>
    /// <param name="terms">Constants.</param>
    /// <returns>0 when nothing is offered and nothing wanted: there is no market to move.</returns>
    /// <remarks>
    /// change: dlnR = k dt [(v* - v) + psi u];
    /// level: dlnR = (1 - e^(-k dt)) [ln Rbar - beta (v - v*) + 2 psi u - ln R];
    /// excess demand: dlnR = k dt clamp(ln(D / (E (1 - v*))), -1.5, 1.5).
    /// </remarks>
    public static double Step(
        RentLaw law,
        double dt,
        double logRent,
        double logReference,
        in StockState stock,
        in RentTerms terms
    )
    {
        if (stock.Offered <= 0 && stock.Wanted <= 0)
        {
            return 0;
        }
        return law switch
        {
            RentLaw.Change => terms.Speed
                * dt
                * (terms.NaturalVacancy - stock.Vacancy + (terms.UnmetWeight * stock.Unmet)),
            RentLaw.Level => (1 - Math.Exp(-terms.Speed * dt))
                * (
                    logReference
                    - (terms.VacancySlope * (stock.Vacancy - terms.NaturalVacancy))
                    + (2 * terms.UnmetWeight * stock.Unmet)
                    - logRent
                ),
            _ => terms.Speed * dt * LogExcess(stock, terms.NaturalVacancy),
        };
    }

    /// <summary>ln(D / (E (1 - v*))) within its bound; the lower bound when nothing is wanted, the upper when nothing is offered.</summary>
    private static double LogExcess(in StockState stock, double naturalVacancy)
    {
        var supply = stock.Offered * (1 - naturalVacancy);
        return stock.Wanted <= 0 ? -ExcessBound
            : supply <= 0 ? ExcessBound
            : Math.Clamp(Math.Log(stock.Wanted / supply), -ExcessBound, ExcessBound);
    }

    /// <summary>Change of log rent of the top tier drawn to the world's: (1 - e^(-chi dt)) [ln(premium W) - ln R].</summary>
    /// <param name="dt">Step, months.</param>
    /// <param name="logRent">Log of rent now.</param>
    /// <param name="logWorld">Log of the world's rent, money of the market a server-month.</param>
    /// <param name="pull">chi, per month.</param>
    /// <param name="premium">Home rent over the world's, more than 0.</param>
    public static double WorldPull(
        double dt,
        double logRent,
        double logWorld,
        double pull,
        double premium
    ) => (1 - Math.Exp(-pull * dt)) * (Math.Log(premium) + logWorld - logRent);

    /// <summary>Log of the rent above which tenants buy: the price of a server over some months of rent.</summary>
    /// <param name="serverPrice">Price of a server of the tier, money.</param>
    /// <param name="months">Months of rent for which one is bought, 7 to 15.</param>
    public static double LogCeiling(double serverPrice, double months) =>
        Math.Log(serverPrice / months);

    /// <summary>Change of a quote that follows rent: (1 - e^(-dt/lag)) [ln R - ln Q].</summary>
    /// <param name="dt">Step, months.</param>
    /// <param name="logRent">Log of rent now.</param>
    /// <param name="logQuote">Log of the quote now.</param>
    /// <param name="lag">Months.</param>
    public static double QuoteStep(double dt, double logRent, double logQuote, double lag) =>
        (1 - Math.Exp(-dt / lag)) * (logRent - logQuote);

    /// <summary>Change of log spot rent: it seeks contract rent less a discount that grows with vacancy, faster than contracts move.</summary>
    /// <param name="dt">Step, months.</param>
    /// <param name="logSpot">Log of spot rent now.</param>
    /// <param name="logRent">Log of contract rent now.</param>
    /// <param name="vacancyGap">v - v*.</param>
    /// <param name="p">Parameters of the member.</param>
    public static double SpotStep(
        double dt,
        double logSpot,
        double logRent,
        double vacancyGap,
        Parameters p
    ) =>
        (1 - Math.Exp(-p[Parameter.SpotSpeed] * dt))
        * (logRent - p[Parameter.SpotDiscount] - (p[Parameter.SpotSlope] * vacancyGap) - logSpot);
}
