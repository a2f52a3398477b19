namespace Plimsoll.Market;

/// <summary>How rent answers vacancy; data to the end of 2024 cannot choose, so all three are carried.</summary>
public enum RentLaw
{
    /// <summary>The change of rent follows vacancy below its natural level (Rosen and Smith 1983).</summary>
    Change,

    /// <summary>Rent moves to a level that falls in vacancy (Wheaton and Torto 1988).</summary>
    Level,

    /// <summary>The change of rent follows the log of demand over supply; its fixed point clears the market.</summary>
    ExcessDemand,
}

/// <summary>The three laws in one formula sheet.</summary>
public static class RentLaws
{
    /// <summary>Change of log rent over a step.</summary>
    /// <param name="law">Which.</param>
    /// <param name="dt">Step, months.</param>
    /// <param name="logRent">Log of rent now.</param>
    /// <param name="logReference">Log of the reference rent.</param>
    /// <param name="vacancy">v: vacant over eligible offered stock, 0 to 1.</param>
    /// <param name="unmet">u: unmet demand over eligible stock, 0 or more.</param>
    /// <param name="demandOverOffer">D / (E (1 - v*)): demand over offered stock at natural vacancy, more than 0.</param>
    /// <param name="p">Parameters of the member.</param>
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
        double vacancy,
        double unmet,
        double demandOverOffer,
        ReadOnlySpan<double> p
    )
    {
        var k = p[(int)Parameter.RentSpeed];
        var natural = p[(int)Parameter.NaturalVacancy];
        var psi = p[(int)Parameter.UnmetWeight];
        return law switch
        {
            RentLaw.Change => k * dt * (natural - vacancy + (psi * unmet)),
            RentLaw.Level => (1 - Math.Exp(-k * dt))
                * (
                    logReference
                    - (p[(int)Parameter.VacancySlope] * (vacancy - natural))
                    + (2 * psi * unmet)
                    - logRent
                ),
            _ => k * dt * Math.Clamp(Math.Log(Math.Max(1e-9, demandOverOffer)), -1.5, 1.5),
        };
    }
}
