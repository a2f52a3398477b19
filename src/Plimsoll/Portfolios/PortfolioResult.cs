using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Risk;

namespace Plimsoll.Portfolios;

/// <summary>A figure over the draws, as the figures of studies are shown.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Low">10 % quantile.</param>
/// <param name="Middle">Median.</param>
/// <param name="High">90 % quantile.</param>
/// <param name="Cut">Mean with one draw in twenty cut at each end (<see cref="CutMean"/>).</param>
public sealed record DrawSpread(double Mean, double Low, double Middle, double High, double Cut)
{
    /// <summary>The spread of values; NaN without any.</summary>
    public static DrawSpread Of(ReadOnlySpan<double> values)
    {
        var s = Spread.Of(values, BadSide.Low);
        return new DrawSpread(
            s.Mean,
            s.P90,
            s.P50,
            s.P10,
            s.Defined > 0 ? CutMean.Of(values).Mean : double.NaN
        );
    }
}

/// <summary>What a plan comes to, over all centres.</summary>
/// <param name="Name">Name of the plan.</param>
/// <param name="Value">Worth, money of the month of decision.</param>
/// <param name="UsefulHours">Accelerator-hours in real use over the horizon.</param>
/// <param name="SoldHours">Accelerator-hours sold.</param>
/// <param name="Fill">Share of installed hours sold.</param>
/// <param name="InstalledHours">Accelerator-hours installed.</param>
/// <param name="LenderLoss">Lenders' loss, money.</param>
/// <param name="PublicMoney">Public money spent, discounted.</param>
/// <param name="Cost">Money of the budget that its actions take once.</param>
/// <param name="Defaults">Mean number of centres whose debt defaults.</param>
public sealed record PlanSummary(
    string Name,
    DrawSpread Value,
    DrawSpread UsefulHours,
    DrawSpread SoldHours,
    DrawSpread Fill,
    DrawSpread InstalledHours,
    DrawSpread LenderLoss,
    DrawSpread PublicMoney,
    double Cost,
    double Defaults
);

/// <summary>One centre under a plan.</summary>
/// <param name="Action">Key of its action.</param>
/// <param name="Description">The action in a sentence.</param>
/// <param name="Fill">Share of installed hours sold over the horizon.</param>
/// <param name="Rent">Mean price of the hours sold.</param>
/// <param name="Value">Its worth in the plan.</param>
/// <param name="ProjectNpv">Present value before finance, whatever is owed: what it is worth to the planner.</param>
/// <param name="OwnerNpv">Present value to its owner after its debt is served: what the owner goes by.</param>
/// <param name="UsefulHours">Accelerator-hours in real use.</param>
/// <param name="SoldHours">Accelerator-hours sold.</param>
/// <param name="InstalledHours">Accelerator-hours installed.</param>
/// <param name="Default">Odds that its debt defaults; null without debt.</param>
/// <param name="LenderLoss">Lender's loss, money.</param>
/// <param name="LetByMonth">Accelerators let by month, mean of the draws.</param>
/// <param name="InstalledByMonth">Accelerators installed by month, mean of the draws.</param>
public sealed record CentreOutcome(
    string Action,
    string Description,
    DrawSpread Fill,
    DrawSpread Rent,
    DrawSpread Value,
    DrawSpread ProjectNpv,
    DrawSpread OwnerNpv,
    DrawSpread UsefulHours,
    DrawSpread SoldHours,
    DrawSpread InstalledHours,
    Proportion? Default,
    DrawSpread LenderLoss,
    double[] LetByMonth,
    double[] InstalledByMonth
)
{
    /// <summary><see cref="Description"/> in the words of any language.</summary>
    public Phrase Said { get; init; } = Words.Name(Description);
}

/// <summary>What is advised for one centre.</summary>
/// <param name="Centre">The centre.</param>
/// <param name="Kept">What becomes of it when every centre is kept.</param>
/// <param name="Planned">What becomes of it under the plan; the same as kept where no plan was searched.</param>
/// <param name="Choice">How sure its action is; null where no plan was searched.</param>
public sealed record CentreAdvice(
    PortfolioCentre Centre,
    CentreOutcome Kept,
    CentreOutcome Planned,
    ChoiceOdds? Choice
);

/// <summary>The answer to a portfolio.</summary>
public sealed record PortfolioResult
{
    /// <summary>The portfolio.</summary>
    public required Portfolio Portfolio { get; init; }

    /// <summary>Draws on which plans are scored.</summary>
    public required int Draws { get; init; }

    /// <summary>Seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The market, in words.</summary>
    public required string Market { get; init; }

    /// <summary><see cref="Market"/> in the words of any language.</summary>
    public Phrase MarketSaid
    {
        get => field ?? Words.Name(Market);
        init;
    }

    /// <summary>False when the market rests on an unfitted prior.</summary>
    public required bool Fitted { get; init; }

    /// <summary>Every centre kept.</summary>
    public required PlanSummary Keep { get; init; }

    /// <summary>The plan; null where none was searched.</summary>
    public PlanSummary? Plan { get; init; }

    /// <summary>Centre by centre, in file order.</summary>
    public required IReadOnlyList<CentreAdvice> Centres { get; init; }

    /// <summary>What was searched and how; null where no plan was.</summary>
    public SearchReport? Search { get; init; }

    /// <summary>What each applicant takes from whom; empty where nobody applies.</summary>
    public required IReadOnlyList<CrowdingOut> Crowding { get; init; }

    /// <summary>Worth to the public of an accelerator-hour in real use beyond its rent that was counted, by centre, money.</summary>
    public required IReadOnlyList<double> UsefulHour { get; init; }

    /// <summary>Reasons for draws that could not be computed, with their number.</summary>
    public required IReadOnlyDictionary<string, int> Failures { get; init; }

    /// <summary>Sentences on what the answer does not know.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary><see cref="Limits"/> in the words of any language.</summary>
    public IReadOnlyList<Phrase> LimitsSaid
    {
        get => field ?? [.. Limits.Select(Words.Name)];
        init;
    }
}

/// <summary>How sure the action of a centre is, given what is done with the others.</summary>
/// <param name="Right">Odds that no other action tried would have been worth more.</param>
/// <param name="RunnerUp">Key of the next best action.</param>
/// <param name="Gap">Worth of the action over the next best, mean of the draws.</param>
/// <param name="Decides">Unknown on which the choice between the two hangs most; empty for none.</param>
/// <param name="Turns">What would change it, in a sentence; empty where nothing tried does.</param>
/// <param name="Proof">The action against leaving the centre as it is; null where that is the action.</param>
public sealed record ChoiceOdds(
    Proportion Right,
    string RunnerUp,
    DrawSpread Gap,
    string Decides,
    string Turns,
    ActionProof? Proof
)
{
    /// <summary><see cref="Decides"/> in the words of any language; null where it is the key of an input, or there is none.</summary>
    public Phrase? Title { get; init; }

    /// <summary>At what level of <see cref="Decides"/> the next best becomes better; null where nothing tried does.</summary>
    public ChoiceTurn? Turn { get; init; }
}

/// <summary>Where a choice turns to the next best.</summary>
/// <param name="Below">True when it turns below the level, false above it.</param>
/// <param name="Level">Value of the unknown, in its own unit.</param>
public sealed record ChoiceTurn(bool Below, double Level);

/// <summary>An action against leaving the centre as it is, the others as planned, on draws that the search has not seen.</summary>
/// <param name="Idle">Key of leaving it as it is.</param>
/// <param name="Gain">Worth over it, extremes cut: what it was chosen on.</param>
/// <param name="Low">Low end of the 90 % interval of that.</param>
/// <param name="High">High end.</param>
/// <param name="Better">Draws in which it was better.</param>
public sealed record ActionProof(
    string Idle,
    double Gain,
    double Low,
    double High,
    Proportion Better
);

/// <summary>An action that the search liked and that was taken back, because draws it had not seen did not bear it out.</summary>
/// <param name="Centre">The centre.</param>
/// <param name="Action">Key of the action.</param>
/// <param name="Gain">What it brought over leaving the centre as it is, extremes cut, money.</param>
/// <param name="Low">Low end of the 90 % interval of that.</param>
/// <param name="High">High end.</param>
/// <param name="Better">Draws in which it was better.</param>
/// <param name="Draws">Draws looked at.</param>
public sealed record UnprovenAction(
    string Centre,
    string Action,
    double Gain,
    double Low,
    double High,
    int Better,
    int Draws
);

/// <summary>A plan against a simple rule on the draws on which plans are scored.</summary>
/// <param name="Rule">The rule, as a plan.</param>
/// <param name="Mean">Worth of the plan over the rule's, plain mean of the draws.</param>
/// <param name="Gain">The same with the extremes cut (<see cref="CutMean"/>): what plans are chosen by.</param>
/// <param name="Low">Low end of the 90 % interval of that.</param>
/// <param name="High">High end.</param>
/// <param name="Better">Draws in which the plan is worth more.</param>
/// <param name="Draws">Draws in which both could be computed.</param>
public sealed record RuleGain(
    PlanSummary Rule,
    double Mean,
    double Gain,
    double Low,
    double High,
    int Better,
    int Draws
);

/// <summary>The best plan within a budget.</summary>
/// <param name="Budget">Money for actions.</param>
/// <param name="Plan">What it comes to on the draws of the search.</param>
/// <param name="Actions">Number of centres by kind of action.</param>
public sealed record FrontierPoint(
    double Budget,
    PlanSummary Plan,
    IReadOnlyDictionary<ActionKind, int> Actions
);

/// <summary>Something unknown, and what knowing it would be worth.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Centre">Centre it is about; empty for all.</param>
/// <param name="Worth">Worth of choosing anew after knowing whether it is high or low, money; 0 when nothing would change.</param>
/// <param name="Changed">Number of centres whose action would change.</param>
/// <param name="Known">What is known of it: value, 10 % and 90 % points, grade.</param>
public sealed record UnknownWorth(
    string Name,
    string Centre,
    double Worth,
    double Changed,
    string Known
)
{
    /// <summary><see cref="Name"/> in the words of any language; null where it is the key of an input, which has a label of its own.</summary>
    public Phrase? Title { get; init; }

    /// <summary><see cref="Known"/> in the words of any language.</summary>
    public Phrase KnownSaid { get; init; } = Words.Name(Known);
}

/// <summary>How the plan was found and how good it is.</summary>
public sealed record SearchReport
{
    /// <summary>Draws on which plans were searched.</summary>
    public required int Draws { get; init; }

    /// <summary>Plans that were cleared in the market.</summary>
    public required int Plans { get; init; }

    /// <summary>Draws of them that were kept back to judge what the search found.</summary>
    public required int Held { get; init; }

    /// <summary>Actions that the search liked and that the draws kept back did not bear out.</summary>
    public required IReadOnlyList<UnprovenAction> TakenBack { get; init; }

    /// <summary>Against leaving all as it is: standing centres kept, what is being built finished, what is only planned not begun.</summary>
    public required RuleGain Idle { get; init; }

    /// <summary>Against each simple rule.</summary>
    public required IReadOnlyList<RuleGain> Rules { get; init; }

    /// <summary>Budget against worth and useful hours.</summary>
    public required IReadOnlyList<FrontierPoint> Frontier { get; init; }

    /// <summary>Unknowns by what knowing them is worth, ten at most.</summary>
    public required IReadOnlyList<UnknownWorth> Unknowns { get; init; }

    /// <summary>Worth of choosing in each draw with its future known over the plan, mean, by adding up the centres: a surrogate, no bound, since centres compete.</summary>
    public required double Regret { get; init; }

    /// <summary>The same with the surrogate's choices cleared again, on the draws in which that was done.</summary>
    public required double RegretRerun { get; init; }

    /// <summary>Draws in which the choices were cleared again.</summary>
    public required int RegretDraws { get; init; }

    /// <summary>What the best plan could be worth over the one found, by the largest gain of any single change on the draws of the search; 0 when no change helps.</summary>
    public required double Gap { get; init; }
}
