namespace Plimsoll.Market;

/// <summary>How a need is spread over tiers and places: a logit on rent over reference (McFadden 1974), with what is absent left out.</summary>
public static class DemandSplit
{
    /// <summary>Shares of tiers wanted by a need at reference rents.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="need">Which need.</param>
    /// <param name="shares">Three shares that sum to 1.</param>
    /// <remarks>Small leases ask for the top tier half as often as training does, inference three quarters as often; own prior.</remarks>
    public static void Preference(Parameters p, Need need, Span<double> shares)
    {
        var top =
            p[Parameter.TopTierNeed]
            * need switch
            {
                Need.Training => 1,
                Need.Small => 0.5,
                _ => 0.75,
            };
        var home = p[Parameter.DomesticAcceptance];
        shares[(int)Tier.H] = top;
        shares[(int)Tier.A] = (1 - top) * (1 - home);
        shares[(int)Tier.D] = (1 - top) * home;
    }

    /// <summary>Servers of a tier that do the work of one H server for a need.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="terms">Ratios of the tiers.</param>
    /// <param name="need">Training and small leases are bound by arithmetic, inference by memory bandwidth.</param>
    /// <param name="tier">Which tier.</param>
    public static double ServersPerH(Parameters p, TierTerms terms, Need need, int tier)
    {
        var work = need == Need.Inference ? terms.Bandwidth[tier] : terms.Compute[tier];
        return 1 / (tier == (int)Tier.D ? work * p[Parameter.DomesticFitness] : work);
    }

    /// <summary>Turns preferences into shares at today's rents.</summary>
    /// <param name="sensitivity">How strongly rent over reference moves the choice.</param>
    /// <param name="preference">Shares at reference rents.</param>
    /// <param name="gap">ln R - ln Rbar by tier.</param>
    /// <param name="present">Whether the tier has any capacity; an absent tier gets nothing and its share goes to the others.</param>
    /// <param name="shares">Result; sums to 1, or is all 0 when no tier is present.</param>
    public static void Tiers(
        double sensitivity,
        ReadOnlySpan<double> preference,
        ReadOnlySpan<double> gap,
        ReadOnlySpan<bool> present,
        Span<double> shares
    )
    {
        double sum = 0;
        for (var k = 0; k < Segment.Tiers; k++)
        {
            shares[k] = present[k] ? preference[k] * Math.Exp(-sensitivity * gap[k]) : 0;
            sum += shares[k];
        }
        for (var k = 0; k < Segment.Tiers && sum > 0; k++)
        {
            shares[k] /= sum;
        }
    }

    /// <summary>Share of a tier's place-free demand that goes to near capacity.</summary>
    /// <param name="sensitivity">How strongly rent moves the choice of place.</param>
    /// <param name="near">Offered near servers.</param>
    /// <param name="remote">Offered remote servers.</param>
    /// <param name="logRentGap">Log rent near less log rent remote.</param>
    /// <returns>0 to 1; 1 when nothing at all is offered.</returns>
    public static double NearShare(
        double sensitivity,
        double near,
        double remote,
        double logRentGap
    )
    {
        if (remote <= 0)
        {
            return 1;
        }
        var weight = near * Math.Exp(-sensitivity * logRentGap);
        return weight / (weight + remote);
    }
}
