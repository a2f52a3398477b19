using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>What an owner asks of the bank: months of relief, then the amount and the rate that the centre carries with them.</summary>
/// <param name="Owed">Debt outstanding at the decision, with what is overdue, money.</param>
/// <param name="Rate">All-in yearly rate as it stands, the mean over tranches.</param>
/// <param name="GraceMonths">Months without payments, their interest added to the debt.</param>
/// <param name="LongerMonths">Months by which its last payment then falls due later than as it stands, those without payments among them.</param>
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

    /// <summary>The course for which it is asked; null where none is named.</summary>
    public Phrase? Course { get; init; }

    /// <summary>Month of the last payment with that.</summary>
    public Month Maturity { get; init; }

    /// <summary>Month of the last payment on the terms as they stand.</summary>
    public Month MaturityStanding { get; init; }

    /// <summary>True when the verdict follows the course on these terms, so that its figures, and those of the memo, are with the relief.</summary>
    public bool Followed { get; init; } = true;

    /// <summary>Longest that was tried: months without payments.</summary>
    public int TriedGrace { get; init; }

    /// <summary>Longest that was tried: months by which the last payment falls due later.</summary>
    public int TriedLonger { get; init; }

    /// <summary>True when default becomes rarer than on the terms as they stand, or it does not change and a breach becomes rarer.</summary>
    public bool Helps { get; init; } = true;

    /// <summary>True when early repayment is asked to shorten all instalments in proportion, where it shortens the last ones.</summary>
    public bool ProRata { get; init; }

    /// <summary>Added to the yearly margins for the rest, a fraction, 0 or more.</summary>
    public double Dearer { get; init; }

    /// <summary>What the bank gets by a course that ends the centre, and by which.</summary>
    public BankFloor Instead { get; init; } = new(double.NegativeInfinity, null);

    /// <summary>Horizon, in months, with which a longer loan could be tried; 0 where the horizon keeps nothing from being tried.</summary>
    public int HorizonNeeded { get; init; }

    /// <summary>The most that the bank gets without agreeing to anything: on the terms as they stand with the same course, or by ending the centre; money.</summary>
    public double BankAtLeast => Math.Max(ToBankStanding, Instead.Gets);

    /// <summary>True when the bank gets no less with these terms than without them, or than by a course that ends the centre, and default becomes rarer: else there is nothing to ask for.</summary>
    public bool BankGains => double.IsNaN(ToBank) || (ToBank >= BankAtLeast && Helps);

    /// <summary>True when the bank gets clearly more with these terms than by the course that ends the centre: the 95 % interval of the difference on the same draws lies above nothing.</summary>
    public bool ClearlyAboveEnding { get; init; }

    /// <summary>True when cutting the debt to what the centre carries would leave the bank with less than it gets anyway: it would not agree.</summary>
    public bool BankRefusesCut => Carried < BankAtLeast;

    /// <summary>True when months alone are enough.</summary>
    public bool MonthsSuffice => Carried >= Owed;

    /// <summary>In words of any language.</summary>
    public IReadOnlyList<Phrase> Said => [.. BankGains ? Asked : Nothing, .. Horizon];

    private IEnumerable<Phrase> Asked =>
        [
            Phrase.Of(
                Key("ground.ask.months", "ground.ask.longer", "ground.ask.terms"),
                GraceMonths,
                LongerMonths,
                Relief,
                Owed,
                Rate,
                Default,
                Maturity,
                MaturityStanding
            ),
            .. Terms,
            MonthsSuffice ? Phrase.Of("ground.ask.enough")
            : Carried <= 0 ? Phrase.Of("ground.ask.none")
            : BankRefusesCut ? Refused
            : Phrase.Of("ground.ask.amount", Carried, Owed - Carried),
            .. double.IsNaN(ToBank)
                ? Array.Empty<Phrase>()
                : [Phrase.Of("ground.ask.bank", ToBank, ToBankStanding, Owed)],
            .. Instead.Course is { } ends && !double.IsNaN(ToBank)
                ? new[]
                {
                    Phrase.Of(
                        ClearlyAboveEnding ? "ground.ask.bank.more" : "ground.ask.bank.alike",
                        ends,
                        Instead.Gets,
                        ToBank - Instead.Gets
                    ),
                }
                : [],
            .. MonthsSuffice || double.IsNaN(RateCarried)
                ? Array.Empty<Phrase>()
                : [Phrase.Of("ground.ask.rate", RateCarried)],
            .. Followed ? Array.Empty<Phrase>() : [Phrase.Of("ground.ask.apart")],
        ];

    /// <summary>The cut that the bank would not agree to, beside the more of what it gets on the terms as they stand and by ending the centre.</summary>
    private Phrase Refused =>
        Instead.Course is { } course && Instead.Gets > ToBankStanding
            ? Phrase.Of("ground.ask.refused.ends", Carried, Instead.Gets, course)
            : Phrase.Of("ground.ask.refused", Carried, ToBankStanding);

    /// <summary>A sentence on months without payments, on a later last payment alone, or the one where neither is asked.</summary>
    private string Key(string months, string longer, string none) =>
        GraceMonths > 0 ? months
        : LongerMonths > 0 ? longer
        : none;

    private IEnumerable<Phrase> Nothing =>
        [
            Instead.Course is { } course && Instead.Gets > ToBankStanding
                ? Phrase.Of("ground.ask.nothing.ends", Instead.Gets, course, ToBankStanding, Owed)
                : Phrase.Of("ground.ask.nothing", ToBankStanding, Owed),
            Phrase.Of(
                Key("ground.ask.nearest", "ground.ask.nearest.longer", "ground.ask.nearest.terms"),
                GraceMonths,
                LongerMonths,
                ToBank,
                Default,
                Maturity
            ),
            Phrase.Of("ground.ask.tried", TriedGrace, TriedLonger),
            .. Terms,
        ];

    private IEnumerable<Phrase> Terms =>
        [
            .. ProRata ? new[] { Phrase.Of("ground.ask.prorata") } : [],
            .. Dearer > 0 ? new[] { Phrase.Of("ground.ask.dearer", Dearer) } : [],
        ];

    private IEnumerable<Phrase> Horizon =>
        HorizonNeeded > 0 ? [Phrase.Of("ground.ask.horizon", HorizonNeeded)] : [];
}

/// <summary>What a bank gets, mean of the draws, by a course that ends the centre: it need not agree to less.</summary>
/// <param name="Gets">Money, worth of today; negative infinity where no such course is open.</param>
/// <param name="Course">The course; null where none is open.</param>
public sealed record BankFloor(double Gets, Phrase? Course)
{
    /// <summary>That course with its draws; null where none is open.</summary>
    public OptionResult? Result { get; init; }
}
