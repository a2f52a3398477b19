using Plimsoll.Risk;

namespace Plimsoll.Audits;

/// <summary>How a subsidy is paid.</summary>
public enum PaymentRule
{
    /// <summary>The whole sum when the centre is built, whatever is let.</summary>
    OnBuild = 0,

    /// <summary>The whole sum when it is built; what was not earned by use is claimed back.</summary>
    OnBuildWithClawback = 1,

    /// <summary>A first tranche for what is let in nine cases of ten, the rest on use; a tranche not earned is claimed back.</summary>
    Tranches = 2,

    /// <summary>A sum for each unit-month used, nothing before.</summary>
    OnUse = 3,
}

/// <summary>What a rule of payment costs at the odds of a claim.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Ahead">Paid before use, money.</param>
/// <param name="Paid">Expected payment after clawback, money.</param>
/// <param name="Unused">Expected payment for what is not used, money.</param>
/// <param name="UnusedBad">The same in the worst tenth, at its edge (P90), money.</param>
/// <param name="NothingComes">Payment lost when nothing is let, money.</param>
/// <param name="PerUnitMonth">Expected payment over expected use, money a unit-month; NaN when nothing is expected.</param>
public sealed record SubsidyCost(
    PaymentRule Rule,
    double Ahead,
    double Paid,
    double Unused,
    double UnusedBad,
    double NothingComes,
    double PerUnitMonth
);

/// <summary>A subsidy designed to the odds of a claim.</summary>
/// <param name="Asked">What is asked for.</param>
/// <param name="PerUnitMonth">What each unit-month used would be paid if the claim came true: the rate of pay-on-use.</param>
/// <param name="SafeShare">Share of the claim reached in nine draws of ten: the most that is paid ahead.</param>
/// <param name="Costs">Each rule of payment.</param>
public sealed record SubsidyDesign(
    double Asked,
    double PerUnitMonth,
    double SafeShare,
    IReadOnlyList<SubsidyCost> Costs
)
{
    /// <summary>Designs a subsidy.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="shares">Share of the claim that comes true, by draw.</param>
    /// <param name="recovery">Share of a clawback that is got back.</param>
    public static SubsidyDesign Of(AuditClaim claim, double[] shares, double recovery)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(shares);
        var asked = claim.Subsidy;
        var safe = Spread.Of(shares, BadSide.Low).P90;
        var units = claim.Amount * claim.Months;
        SubsidyCost Cost(PaymentRule rule, double ahead, Func<double, double> paid)
        {
            double[] unused = [.. shares.Select(s => Math.Max(0, paid(s) - (asked * s)))];
            var mean = shares.Average();
            var expected = shares.Average(paid);
            return new SubsidyCost(
                rule,
                ahead,
                expected,
                unused.Average(),
                Spread.Of(unused, BadSide.High).P90,
                paid(0),
                mean > 0 ? expected / (mean * units) : double.NaN
            );
        }
        return new SubsidyDesign(
            asked,
            asked / units,
            safe,
            [
                Cost(PaymentRule.OnBuild, asked, _ => asked),
                Cost(
                    PaymentRule.OnBuildWithClawback,
                    asked,
                    s => asked * (1 - (recovery * (1 - s)))
                ),
                Cost(
                    PaymentRule.Tranches,
                    asked * safe,
                    s => asked * (s >= safe ? s : safe - (recovery * (safe - s)))
                ),
                Cost(PaymentRule.OnUse, 0, s => asked * s),
            ]
        );
    }
}
