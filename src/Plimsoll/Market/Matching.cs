namespace Plimsoll.Market;

/// <summary>How searching demand and vacant capacity find each other.</summary>
/// <remarks>Matching function of den Haan, Ramey and Watson, AER 2000; search frictions in rental markets: Wheaton, JPE 1990.</remarks>
public static class Matching
{
    /// <summary>Servers signed over a step: (1 - e^(-f dt)) (U^-g + V^-g)^(-1/g); never more than the short side.</summary>
    /// <param name="searching">U: servers wanted and not yet rented, 0 or more.</param>
    /// <param name="vacant">V: servers eligible, offered and not let, 0 or more.</param>
    /// <param name="searchRate">f, per month.</param>
    /// <param name="curvature">g, more than 0.</param>
    /// <param name="dt">Step, months.</param>
    /// <returns>0 where either side is empty.</returns>
    public static double Signed(
        double searching,
        double vacant,
        double searchRate,
        double curvature,
        double dt
    )
    {
        return SignedOf(searching, vacant, FoundShare(searchRate, dt), curvature);
    }

    /// <summary>Share of the possible matches made over a step: 1 - e^(-f dt).</summary>
    /// <param name="searchRate">f, per month; infinite for no friction.</param>
    /// <param name="dt">Step, months.</param>
    public static double FoundShare(double searchRate, double dt) => 1 - Math.Exp(-searchRate * dt);

    /// <summary>Servers signed over a step whose share of found matches is known.</summary>
    /// <param name="searching">U, 0 or more.</param>
    /// <param name="vacant">V, 0 or more.</param>
    /// <param name="found">As <see cref="FoundShare"/>.</param>
    /// <param name="curvature">g, more than 0; infinite for no friction.</param>
    public static double SignedOf(double searching, double vacant, double found, double curvature)
    {
        if (searching <= 0 || vacant <= 0)
        {
            return 0;
        }
        var (small, large) = searching < vacant ? (searching, vacant) : (vacant, searching);
        if (double.IsPositiveInfinity(curvature))
        {
            return found * small;
        }
        // The short side taken out of the bracket: no overflow however small it is.
        var ratio = Math.Pow(small / large, curvature);
        return found * small * Math.Pow(1 + ratio, -1 / curvature);
    }

    /// <summary>Servers whose contract ends over a step and is not renewed: those ending, as far as less is wanted than is let.</summary>
    /// <param name="let">Servers let.</param>
    /// <param name="wanted">Servers wanted at today's rent.</param>
    /// <param name="tenor">Mean tenor, months.</param>
    /// <param name="dt">Step, months.</param>
    /// <remarks>Contracts renew while demand holds; otherwise tenor would be churn that nobody observes.</remarks>
    public static double Dropped(double let, double wanted, double tenor, double dt) =>
        let > wanted ? Math.Min(Ending(let, tenor, dt), let - wanted) : 0;

    /// <summary>Servers whose contract ends over a step: let (1 - e^(-dt/tenor)).</summary>
    public static double Ending(double let, double tenor, double dt) =>
        let * (1 - Math.Exp(-dt / tenor));
}
