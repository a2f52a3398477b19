using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Plans;
using Plimsoll.Studies.Questions;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Studies;

/// <summary>Everything a study came to: the one source of screen, JSON, report and workbook.</summary>
public sealed record StudyResult
{
    /// <summary>Name of the study.</summary>
    public required string Name { get; init; }

    /// <summary>What the case is, from the study file; may be empty.</summary>
    public required string Explanation { get; init; }

    /// <summary>Whose question: sponsor, lender, owner or offer.</summary>
    public required string Question { get; init; }

    /// <summary>Month of the decision.</summary>
    public required Month Decided { get; init; }

    /// <summary>First month looked at.</summary>
    public required Month Start { get; init; }

    /// <summary>Months looked ahead.</summary>
    public required int Months { get; init; }

    /// <summary>Currency of every amount.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Site, fleet and operator in one sentence.</summary>
    public required string Centre { get; init; }

    /// <summary><see cref="Centre"/> in the words of any language.</summary>
    public Phrase CentreSaid
    {
        get => field ?? Phrase.Of("name", Centre);
        init;
    }

    /// <summary>The market and the ensemble it rests on, in one sentence.</summary>
    public required string Market { get; init; }

    /// <summary><see cref="Market"/> in the words of any language.</summary>
    public Phrase MarketSaid
    {
        get => field ?? Phrase.Of("name", Market);
        init;
    }

    /// <summary>False when the market rests on an unfitted prior.</summary>
    public required bool Fitted { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The rule it was given by.</summary>
    public required DecisionRule Rule { get; init; }

    /// <summary>The options compared, the plan (or holding) first.</summary>
    public required IReadOnlyList<OptionResult> Options { get; init; }

    /// <summary>What the months up to the decision say of cover, lock-up and payments; null where none was told.</summary>
    public CovenantsToDate? ToDate { get; init; }

    /// <summary>The loans tried; empty unless a lender asks.</summary>
    public required IReadOnlyList<LoanOffer> Loans { get; init; }

    /// <summary>Largest debt that passes the lender's tests on the plan's terms; NaN when none was sought.</summary>
    public required double DebtCapacity { get; init; }

    /// <summary>Largest debt that passes them on signed contracts alone, whatever was asked; NaN when not sought or nothing is signed.</summary>
    public double ContractedCapacity { get; init; } = double.NaN;

    /// <summary>Name of the loan, among <see cref="Options"/>, of which covers, waterfall, stresses, memo and workbook are, where it is not the one asked for; else empty.</summary>
    public string Rated { get; init; } = "";

    /// <summary>That loan; null when none passes or none was sought.</summary>
    public LoanOffer? ContractedLoan { get; init; }

    /// <summary>What keeps the contracted debt capacity from being larger; null where nothing does, or none was sought.</summary>
    public Decisions.Lending.CapacityBound? ContractedBound { get; init; }

    /// <summary>The rule by which a lender judged; null where another asks.</summary>
    public Decisions.Lending.LendingRule? Lending { get; init; }

    /// <summary>The lease on the table beside the market; null unless that is the question.</summary>
    public OfferAnswer? Offer { get; init; }

    /// <summary>Default and what a lender would get back, over the draws that default.</summary>
    public required LossAnatomy Loss { get; init; }

    /// <summary>Why: from demand down to debt service cover, in the median draw and over the draws.</summary>
    public required IReadOnlyList<WhyStep> Why { get; init; }

    /// <summary>Fans over the draws, by month.</summary>
    public required IReadOnlyList<Fan> Fans { get; init; }

    /// <summary>Debt service cover by year over the draws.</summary>
    public required IReadOnlyList<YearCover> CoverByYear { get; init; }

    /// <summary>The waterfall of the median draw, by year.</summary>
    public required IReadOnlyList<WaterfallYear> Waterfall { get; init; }

    /// <summary>Number of the draw shown as the median case.</summary>
    public required int MedianDraw { get; init; }

    /// <summary>How the decisive figure swings with each input alone, widest first.</summary>
    public required IReadOnlyList<Risk.TornadoBar> Tornado { get; init; }

    /// <summary>What the tornado and the Sobol indices are about, in words.</summary>
    public required string DecisiveFigure { get; init; }

    /// <summary>Sobol indices; null when not asked for.</summary>
    public required SobolTable? Sobol { get; init; }

    /// <summary>Stress cases.</summary>
    public required IReadOnlyList<StressCase> Stresses { get; init; }

    /// <summary>Price floors by product and tenor.</summary>
    public required IReadOnlyList<PriceFloor> Floors { get; init; }

    /// <summary>What the verdict ends in: by fleet and quarter what to sell to whom, at what price, and what to do if it is missed.</summary>
    public PlanOfUse PlanOfUse { get; init; } = new("", [], [], [], []);

    /// <summary>Quoted rent when the outlook starts, the month after the decision, median of the draws, money per accelerator-hour; NaN when not known.</summary>
    public double MarketQuote { get; init; } = double.NaN;

    /// <summary>Numbers that would flip the verdict, nearest first.</summary>
    public required IReadOnlyList<FlipPoint> Flips { get; init; }

    /// <summary>The rents at which each other course of an owner is worth as much as the one followed, the nearest first; empty for other questions.</summary>
    public IReadOnlyList<BreakEvenRent> BreakEvens { get; init; } = [];

    /// <summary>What an owner asks of the bank; null where nothing is owed, what is owed passes the rule, or another asks.</summary>
    public RestructureAsk? Ask { get; init; }

    /// <summary>What to ask of the bank for the course that is followed, or why nothing, in words; empty where nothing is owed or nobody asks.</summary>
    public IReadOnlyList<Phrase> Bank { get; init; } = [];

    /// <summary>The promoter's forecast beside the odds; null when the study carries none.</summary>
    public required ForecastAudit? Forecast { get; init; }

    /// <summary>Every number the answer rests on.</summary>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }

    /// <summary>Demand hubs and how far they are.</summary>
    public required IReadOnlyList<HubReach> Hubs { get; init; }

    /// <summary>Tokens that it sells, their cost and price; null when no fleet serves any.</summary>
    public ServedTokens? Tokens { get; init; }

    /// <summary>Where the centre stands, for the map; null when no place is known.</summary>
    public SitePlace? Site { get; init; }

    /// <summary>Names of waterfall lines that are sums of lines above them and no flow of their own.</summary>
    public IReadOnlyList<string> WaterfallSums { get; init; } = [];

    /// <summary>Conventions in words.</summary>
    public required IReadOnlyList<string> Conventions { get; init; }

    /// <summary><see cref="Conventions"/> in the words of any language.</summary>
    public IReadOnlyList<Phrase> ConventionsSaid
    {
        get => field ?? [.. Conventions.Select(s => Phrase.Of("name", s))];
        init;
    }

    /// <summary>What the answer does not know.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary><see cref="Limits"/> in the words of any language.</summary>
    public IReadOnlyList<Phrase> LimitsSaid
    {
        get => field ?? [.. Limits.Select(s => Phrase.Of("name", s))];
        init;
    }

    /// <summary>Share of the answer's spread (squared swing of the tornado) that comes from numbers of grade D, 0 to 1.</summary>
    public double GradeDShare { get; init; } = double.NaN;

    /// <summary>Number of the draw that stands for the P90 case.</summary>
    public int BadDraw { get; init; }

    /// <summary>Draws asked for.</summary>
    public required int Draws { get; init; }

    /// <summary>Reasons for which draws could not be computed, with their count.</summary>
    public required IReadOnlyDictionary<string, int> Failures { get; init; }

    /// <summary>What a committee reads, in two pages; null when it was not made.</summary>
    public Memos.Memo? Memo { get; init; }

    /// <summary><see cref="Memo"/> in the words of any language; null when it was not made.</summary>
    public Memos.MemoDraft? MemoSaid { get; init; }

    /// <summary>What a committee reads, in a language; null when it was not made.</summary>
    public Memos.Memo? MemoIn(PhraseBook book) => MemoSaid?.In(book) ?? Memo;

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }
}

/// <summary>One step of the why-chain; each opens into its children and its sources.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Value in the median draw, mean over the operating months.</param>
/// <param name="P90">Bad side over the draws; NaN when not computed.</param>
/// <param name="P10">Good side over the draws; NaN when not computed.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Meaning">How it follows from the step before, in one sentence.</param>
/// <param name="Inputs">Names of the assumptions it rests on.</param>
public sealed record WhyStep(
    string Name,
    double Value,
    double P90,
    double P10,
    string Unit,
    string Meaning,
    IReadOnlyList<string> Inputs
)
{
    /// <summary><see cref="Name"/> in the words of any language.</summary>
    public Phrase Title { get; init; } = Phrase.Of("name", Name);

    /// <summary><see cref="Meaning"/> in the words of any language.</summary>
    public Phrase Said { get; init; } = Phrase.Of("name", Meaning);

    /// <summary>A step in the words of any language.</summary>
    internal static WhyStep Of(
        Phrase title,
        double value,
        Risk.Spread spread,
        string unit,
        Phrase said,
        IReadOnlyList<string> inputs
    ) =>
        new(
            PhraseBook.English.Say(title),
            value,
            spread.P90,
            spread.P10,
            unit,
            PhraseBook.English.Say(said),
            inputs
        )
        {
            Title = title,
            Said = said,
        };
}

/// <summary>A figure over time with its spread over the draws.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Unit.</param>
/// <param name="P10">Good side, one entry a month.</param>
/// <param name="P50">Middle, one entry a month.</param>
/// <param name="P90">Bad side, one entry a month.</param>
/// <param name="Median">The median draw, one entry a month.</param>
public sealed record Fan(
    string Name,
    string Unit,
    double[] P10,
    double[] P50,
    double[] P90,
    double[] Median
);

/// <summary>Debt service cover in one year over the draws; NaN when no debt is served.</summary>
/// <param name="Year">Calendar year.</param>
/// <param name="P90">Bad side.</param>
/// <param name="P50">Middle.</param>
/// <param name="P10">Good side.</param>
public sealed record YearCover(int Year, double P90, double P50, double P10);

/// <summary>One year of the median draw's waterfall, money of the study's currency.</summary>
/// <param name="Year">Calendar year.</param>
/// <param name="Lines">Amounts by line, in the order of the waterfall; what comes in is positive, what goes out negative, in every year the same lines.</param>
public sealed record WaterfallYear(int Year, IReadOnlyList<(string Name, double Amount)> Lines);

/// <summary>Sobol indices by factor.</summary>
/// <param name="Factors">Names.</param>
/// <param name="Indices">The indices.</param>
public sealed record SobolTable(IReadOnlyList<string> Factors, Risk.SobolIndices Indices);

/// <summary>A named stress and what it does to the plan.</summary>
/// <param name="Name">Name.</param>
/// <param name="Description">What is assumed.</param>
/// <param name="Fill">Median fill.</param>
/// <param name="MinimumCover">Median of the lowest trailing cover, in each draw up to its default.</param>
/// <param name="Breach">Chance that the covenant is broken.</param>
/// <param name="Default">Chance of a payment default.</param>
/// <param name="EquityNpv">Median NPV to equity.</param>
public sealed record StressCase(
    string Name,
    string Description,
    double Fill,
    double MinimumCover,
    double Breach,
    double Default,
    double EquityNpv
)
{
    /// <summary>Draws on which it was run: the first ones of the study. At least 1.</summary>
    public int Draws { get; init; }

    /// <summary>Mean loss of the lender over all draws, share of the debt lent; NaN without debt.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>The plan without stress on the same draws; null for the plan itself. What a stress does is its difference from this: fewer draws are other draws.</summary>
    public StressCase? Base { get; init; }
}

/// <summary>What happens to the lender in the draws that default.</summary>
/// <param name="Defaults">Number of draws that default.</param>
/// <param name="LossGivenDefault">Mean loss over the debt lent.</param>
/// <param name="ResaleAtDefault">Median second-hand price of one accelerator at default.</param>
/// <param name="ResaleAtDecision">Second-hand price at the start in the same draws, median, for comparison.</param>
/// <param name="MonthsToSell">Median months to sell the fleet then.</param>
/// <param name="ExpectedLossPerYear">Expected loss a year over the debt, all draws.</param>
public sealed record LossAnatomy(
    int Defaults,
    double LossGivenDefault,
    double ResaleAtDefault,
    double ResaleAtDecision,
    double MonthsToSell,
    double ExpectedLossPerYear
);

/// <summary>A number the answer rests on.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">As printed.</param>
/// <param name="Range">As printed; empty when exact.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Grade">Grade.</param>
/// <param name="Source">Source.</param>
/// <param name="Dated">Day of publication; empty for the study's own.</param>
/// <param name="Place">Where it stands: catalogue row or path in the study file.</param>
public sealed record Assumption(
    string Name,
    string Value,
    string Range,
    string Unit,
    Grade Grade,
    string Source,
    string Dated,
    string Place
)
{
    /// <summary><see cref="Place"/> in the words of any language.</summary>
    public Phrase Stands { get; init; } = Phrase.Of("name", Place);
}

/// <summary>A demand hub as seen from the site.</summary>
/// <param name="Hub">Name.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Milliseconds">Round trip, best estimate.</param>
/// <param name="Low">Low end.</param>
/// <param name="High">High end.</param>
/// <param name="Weight">Share of reachable demand there, 0 to 1; NaN when unknown.</param>
/// <param name="Reachable">True when the latency promise can be kept from the site.</param>
public sealed record HubReach(
    string Hub,
    double Latitude,
    double Longitude,
    double Milliseconds,
    double Low,
    double High,
    double Weight,
    bool Reachable
);

/// <summary>Where a centre stands and the round trip it promises.</summary>
/// <param name="Name">Name of the place, as printed.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="PromiseMilliseconds">Longest network round trip that the service level leaves room for; NaN when none is promised.</param>
public sealed record SitePlace(
    string Name,
    double Latitude,
    double Longitude,
    double PromiseMilliseconds
);

/// <summary>The promoter's forecast beside the model's odds and the base rates known by the decision.</summary>
/// <param name="By">Who made it.</param>
/// <param name="ClaimedFill">Claimed fill.</param>
/// <param name="ClaimedPrice">Claimed price, money per accelerator-hour.</param>
/// <param name="OddsOfFill">Share of draws whose mean fill reaches the claim.</param>
/// <param name="OddsOfPrice">Share of draws whose mean rent reaches the claim.</param>
/// <param name="OddsOfBoth">Share of draws that reach both.</param>
/// <param name="OddsOfRevenue">Share of draws whose revenue reaches the claimed.</param>
/// <param name="ClaimedServers">Servers that the claim needs let.</param>
/// <param name="Evidence">Each piece of evidence with what it supports.</param>
/// <param name="SupportedShare">Share of the claim supported by the evidence at base rates.</param>
/// <param name="SupportedLow">Its bad side, P90: reached in nine draws of ten.</param>
/// <param name="SupportedHigh">Its good side, P10.</param>
/// <param name="Cases">Sourced cases behind the base rates; below 25 they say little.</param>
/// <param name="BaseRates">Base rates used, in words with source.</param>
public sealed record ForecastAudit(
    string By,
    double ClaimedFill,
    double ClaimedPrice,
    double OddsOfFill,
    double OddsOfPrice,
    double OddsOfBoth,
    double OddsOfRevenue,
    double ClaimedServers,
    IReadOnlyList<EvidenceLine> Evidence,
    double SupportedShare,
    double SupportedLow,
    double SupportedHigh,
    int Cases,
    IReadOnlyList<string> BaseRates
)
{
    /// <summary><see cref="BaseRates"/> in the words of any language.</summary>
    public IReadOnlyList<Phrase> RatesSaid { get; init; } =
    [.. BaseRates.Select(r => Phrase.Of("name", r))];
}

/// <summary>One piece of evidence for a forecast.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Counterparty">Who signed it.</param>
/// <param name="Servers">Servers it speaks of.</param>
/// <param name="Counted">Servers that count: no tenant twice, nothing beyond the claim.</param>
/// <param name="Weight">Chance that it turns into rent, from base rates.</param>
/// <param name="Matched">Cases of its firmness, asset and country behind the weight.</param>
/// <param name="AsFirm">Cases as firm, of any asset and country.</param>
/// <param name="Why">Why that weight.</param>
public sealed record EvidenceLine(
    string Kind,
    string Counterparty,
    double Servers,
    double Counted,
    double Weight,
    int Matched,
    int AsFirm,
    string Why
)
{
    /// <summary><see cref="Why"/> in the words of any language.</summary>
    public Phrase Because { get; init; } = Phrase.Of("name", Why);
}
