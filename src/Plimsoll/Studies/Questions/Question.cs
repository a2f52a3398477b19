using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Studies.Questions;

/// <summary>Whose question a study is, what is compared to answer it, and how it is decided. One file a question.</summary>
internal interface IQuestion
{
    /// <summary>The plan, or the centre as it stands, in the words of this question.</summary>
    /// <param name="plan">The case.</param>
    StudyOption First(StudyCase plan);

    /// <summary>Every case that may be run, for its uncertain numbers.</summary>
    /// <param name="plan">The case.</param>
    /// <param name="facts">What else is known, without a quote.</param>
    IEnumerable<StudyCase> Cases(StudyCase plan, ICentreFacts facts);

    /// <summary>Decides it.</summary>
    /// <param name="run">The draws.</param>
    Decided Decide(QuestionRun run);

    /// <summary>Numbers whose move may turn the answer.</summary>
    /// <param name="run">The draws.</param>
    /// <param name="decided">The answer.</param>
    IReadOnlyList<FlipSearch.Lever> Levers(QuestionRun run, Decided decided);
}

/// <summary>What a question is decided on: the same draws for every option.</summary>
internal sealed record QuestionRun
{
    /// <summary>The plan, or the centre as it stands.</summary>
    public required StudyCase Plan { get; init; }

    /// <summary>What else is known, with the quote of the day.</summary>
    public required ICentreFacts Facts { get; init; }

    /// <summary>All draws.</summary>
    public required OptionRun Run { get; init; }

    /// <summary>The first draws, on which options are searched.</summary>
    public required OptionRun Few { get; init; }

    /// <summary>The plan with its draws.</summary>
    public required OptionResult First { get; init; }

    /// <summary>What the plan physically does, all draws.</summary>
    public required PhysicalDraws Held { get; init; }

    /// <summary>The same on the first draws.</summary>
    public required PhysicalDraws FewHeld { get; init; }

    /// <summary>False when the market rests on an unfitted prior.</summary>
    public required bool Fitted { get; init; }

    /// <summary>Code of the currency.</summary>
    public required string Currency { get; init; }

    /// <summary>Told what is being done and the share done; polls for cancellation.</summary>
    public required Action<string, double> Report { get; init; }
}

/// <summary>What was decided and on what.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Options">Options with their draws, the plan first.</param>
/// <param name="Courses">The same options as cases.</param>
/// <param name="Turned">What a flip would mean, in words.</param>
internal sealed record Decided(
    Verdict Verdict,
    IReadOnlyList<OptionResult> Options,
    IReadOnlyList<StudyOption> Courses,
    Phrase Turned
)
{
    /// <summary>Loans tried; empty unless a lender asks.</summary>
    public IReadOnlyList<LoanOffer> Loans { get; init; } = [];

    /// <summary>Largest debt that passes the lender's tests; NaN when not sought.</summary>
    public double DebtCapacity { get; init; } = double.NaN;

    /// <summary>Largest debt that passes them on signed contracts alone, whatever was asked; NaN when not sought or nothing is signed.</summary>
    public double ContractedCapacity { get; init; } = double.NaN;

    /// <summary>That loan; null when none passes.</summary>
    public LoanOffer? ContractedLoan { get; init; }

    /// <summary>What keeps it from being larger; null where nothing does, or none was sought.</summary>
    public CapacityBound? ContractedBound { get; init; }

    /// <summary>The loan recommended in place of the one asked for, with what the centre does under it; null where the one asked for is rated.</summary>
    public RatedLoan? Rated { get; init; }

    /// <summary>What an owner asks of the bank; null where nothing is owed, or what is owed passes the rule.</summary>
    public RestructureAsk? Ask { get; init; }

    /// <summary>What to ask of the bank for the course that is followed, or why nothing, in words; empty where nothing is owed or nobody asks.</summary>
    public IReadOnlyList<Phrase> Bank { get; init; } = [];

    /// <summary>The course that the memo is of, where it is not the one that is rated: one by which nothing is built; null for that.</summary>
    public RatedLoan? MemoOf { get; init; }

    /// <summary>An owner's courses under other prices; null for other questions.</summary>
    public MovedCourses? Moved { get; init; }

    /// <summary>The offer on the table beside the market; null unless that is the question.</summary>
    public OfferAnswer? Offer { get; init; }
}

/// <summary>The loan that memo, workbook, stresses and tables rate.</summary>
/// <param name="Option">The loan as a course.</param>
/// <param name="Held">What the centre does under it, tenants to be signed included.</param>
internal sealed record RatedLoan(StudyOption Option, PhysicalDraws Held);

/// <summary>A kind of question: its name in a study file, its own input rows, and how it is made from a file.</summary>
internal sealed record QuestionKind(
    string Name,
    IReadOnlyList<InputRow> Rows,
    Func<InputValues, IQuestion> Read
)
{
    /// <summary>True when the centre stands and its capital cost is sunk.</summary>
    public Func<InputValues, bool> Standing { get; init; } = _ => false;

    /// <summary>True when the loan of a file was lent before: an owner's, or that of a centre that stands and has debt outstanding when a lease is offered to it. A lender's loan is new.</summary>
    public static bool LoanStands(InputValues file) =>
        file.Text("question") == "owner"
        || (
            file.Text("question") == "offer"
            && OfferInputs.Stands(file)
            && file.Number("finance.existing_debt") > 0
        );

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<QuestionKind> All =>
        [
            SponsorQuestion.Kind,
            LenderQuestion.Kind,
            OwnerQuestion.Kind,
            ConstructionQuestion.Kind,
            OfferQuestion.Kind,
        ];

    /// <summary>The kind that a file asks.</summary>
    /// <exception cref="KeyNotFoundException">No such question.</exception>
    public static QuestionKind Of(InputValues file)
    {
        var name = file.Text("question");
        return All.FirstOrDefault(k => k.Name == name)
            ?? throw new KeyNotFoundException($"No question is called '{name}'.");
    }
}
