using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>What an owner asks of the bank: months of relief, then the amount and the rate that the centre carries with them.</summary>
/// <param name="Owed">Debt outstanding at the decision, with what is overdue, money.</param>
/// <param name="Rate">All-in yearly rate as it stands, the mean over tranches.</param>
/// <param name="GraceMonths">Months without payments, their interest added to the debt.</param>
/// <param name="LongerMonths">Months by which the loan then runs longer.</param>
/// <param name="Relief">Service due as it stands in the months without payments, money.</param>
/// <param name="Default">Odds of a payment default with that.</param>
/// <param name="Carried">The largest debt that passes the rule with those months at the rate as it stands, money, at most <paramref name="Owed"/>; 0 where none does.</param>
/// <param name="RateCarried">The highest all-in rate at which all that is owed passes the rule with those months, at most <paramref name="Rate"/>; NaN where it does not even at the base rate.</param>
/// <remarks>The months are the fewest tried with which default keeps within the rule, else those with which it is rarest; found on the first draws.</remarks>
public sealed record RestructureAsk(
    double Owed,
    double Rate,
    int GraceMonths,
    int LongerMonths,
    double Relief,
    double Default,
    double Carried,
    double RateCarried
)
{
    /// <summary>What the bank gets with those months on all that is owed, mean of the draws, money.</summary>
    public double ToBank { get; init; } = double.NaN;

    /// <summary>What it gets on the terms as they stand.</summary>
    public double ToBankStanding { get; init; } = double.NaN;

    /// <summary>True when more months could not be tried because the horizon ends.</summary>
    public bool HorizonBinds { get; init; }

    /// <summary>True when cutting the debt to what the centre carries would leave the bank with less than it gets anyway: it would not agree.</summary>
    public bool BankRefusesCut => Carried < ToBankStanding;

    /// <summary>True when months alone are enough.</summary>
    public bool MonthsSuffice => Carried >= Owed;

    /// <summary>In words of any language.</summary>
    public IReadOnlyList<Phrase> Said =>
        [
            Phrase.Of("ground.ask.months", GraceMonths, LongerMonths, Relief, Owed, Rate, Default),
            MonthsSuffice ? Phrase.Of("ground.ask.enough")
            : Carried <= 0 ? Phrase.Of("ground.ask.none")
            : BankRefusesCut ? Phrase.Of("ground.ask.refused", Carried, ToBankStanding)
            : Phrase.Of("ground.ask.amount", Carried, Owed - Carried),
            .. double.IsNaN(ToBank)
                ? Array.Empty<Phrase>()
                : [Phrase.Of("ground.ask.bank", ToBank, ToBankStanding, Owed)],
            .. HorizonBinds ? [Phrase.Of("ground.ask.horizon")] : Array.Empty<Phrase>(),
            .. MonthsSuffice || double.IsNaN(RateCarried)
                ? Array.Empty<Phrase>()
                : [Phrase.Of("ground.ask.rate", RateCarried)],
        ];
}
