namespace Plimsoll.Market;

/// <summary>National demand for rented capacity in a month at reference rents, H servers.</summary>
/// <param name="Training">Training.</param>
/// <param name="Small">Small leases.</param>
/// <param name="Merchant">Inference by those who rent.</param>
/// <param name="Overflow">Inference of captive owners beyond their own capacity, before they decide to lease or to squeeze.</param>
/// <param name="TokenUse">Servers that all the nation's tokens need, H servers.</param>
/// <param name="Usable">Usable national compute, H servers; tokens that need more cannot have been served.</param>
public readonly record struct DemandLevels(
    double Training,
    double Small,
    double Merchant,
    double Overflow,
    double TokenUse,
    double Usable
)
{
    /// <summary>False where the tokens need more than there is: such a draw contradicts itself.</summary>
    public bool Closed => TokenUse <= Usable;
}

/// <summary>Where demand comes from.</summary>
/// <remarks>
/// Tokens of the known span are quantities really served: no price elasticity acts on them, else the price would count twice.
/// Elasticity acts on training, small leases, captive owners' choice, and on tokens after the last datum.
/// </remarks>
public static class Demand
{
    /// <summary>Demand of a month.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="backdrop">The series of the draw.</param>
    /// <param name="month">From the start.</param>
    /// <param name="off">Mechanisms switched off.</param>
    public static DemandLevels At(
        Parameters p,
        MarketBackdrop backdrop,
        int month,
        Mechanisms off = Mechanisms.None
    )
    {
        var shocks = off.Has(Mechanisms.EfficiencyShocks) ? 0 : backdrop.LogEfficiencyShock[month];
        // A shock of s lowers need per unit of work by s; a share of it comes back as more work.
        var shock = Math.Exp(-shocks * (1 - p[Parameter.Rebound]));
        var training = Training(p, month, backdrop.KnownMonths, backdrop.LogTrainingShock[month]);
        var small =
            p[Parameter.SmallStart] * Math.Exp(p[Parameter.SmallGrowth] * Math.Min(month, 36));
        var tokens = Math.Exp(backdrop.LogTokens[off.Has(Mechanisms.InferenceShift) ? 0 : month]);
        // Tokens that are given are what was served after the shock; drawn tokens answer it.
        var use =
            tokens
            / TokensPerServerDay(p, month, backdrop.KnownMonths)
            * (month < backdrop.GivenTokenMonths ? Math.Exp(-shocks) : shock);
        var merchant = use * p[Parameter.MerchantShare];
        var usable = backdrop.NationalServers[month] * p[Parameter.UsableShare];
        var captiveUse = use - merchant;
        var captive = usable * (1 - p[Parameter.CaptiveTraining]) * CaptiveShareOfNation;
        var overflow = off.Has(Mechanisms.CaptiveOverflow) ? 0 : Math.Max(0, captiveUse - captive);
        return new DemandLevels(training * shock, small * shock, merchant, overflow, use, usable);
    }

    /// <summary>Share of usable national compute that stands in its owners' own halls; new public centres are about a fifth of the national total at the end of 2024 (150 of about 930 PFLOP/s against 725 EFLOP/s). Own derivation.</summary>
    private const double CaptiveShareOfNation = 0.75;

    /// <summary>Training demand at reference rent: growth to a peak, decline for two years, then a long run.</summary>
    private static double Training(Parameters p, int month, int known, double logShock)
    {
        var peak = p[Parameter.TrainingPeak];
        var up = Math.Min(month, peak) * p[Parameter.TrainingGrowth];
        var down = Math.Clamp(month - peak, 0, 24) * p[Parameter.TrainingDecline];
        var late = Math.Max(0, month - Math.Max(peak + 24, known)) * p[Parameter.TrainingLongRun];
        return p[Parameter.TrainingStart] * Math.Exp(up - down + late + logShock);
    }

    /// <summary>Tokens a day that an H server really serves in a month: level of the vintage, growing by software and batching, the growth halving every half-life.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="month">From the start.</param>
    /// <param name="known">Months known at the vintage, to which the level belongs.</param>
    public static double TokensPerServerDay(Parameters p, int month, int known)
    {
        var years = (month - known + 1) / 12.0;
        return p[Parameter.TokensPerServerDay]
            * Math.Exp(
                p[Parameter.ServingGrowth]
                    * (years <= 0 ? years : Reach(years, p[Parameter.GrowthHalfLife]))
            );
    }

    /// <summary>Years' worth of today's growth that lie in some years when growth halves every half-life.</summary>
    public static double Reach(double years, double halfLife)
    {
        var decay = Math.Log(2) / halfLife;
        return (1 - Math.Exp(-decay * years)) / decay;
    }

    /// <summary>What a rent off its reference does to demand: e^(elasticity (ln R - ln Rbar)).</summary>
    public static double Response(double elasticity, double logRent, double logReference) =>
        Math.Exp(elasticity * (logRent - logReference));
}
