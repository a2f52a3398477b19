using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>Terms on which a loan was tried.</summary>
/// <param name="Name">The terms in words.</param>
/// <param name="Amount">Debt lent, money of the study's currency.</param>
/// <param name="Conditions">What must be in place; empty for none beyond those asked.</param>
/// <param name="Tests">The lender's tests on these terms.</param>
public sealed record LoanOffer(
    string Name,
    double Amount,
    IReadOnlyList<string> Conditions,
    IReadOnlyList<RuleTest> Tests
)
{
    /// <summary>The terms in the words of any language.</summary>
    public Phrase Title { get; init; } = Phrase.Of("name", Name);

    /// <summary><see cref="Conditions"/> in the words of any language.</summary>
    public IReadOnlyList<Phrase> Asked { get; init; } =
    [.. Conditions.Select(c => Phrase.Of("name", c))];

    /// <summary>The amount over the amount asked, 0 to 1.</summary>
    public double AmountShare { get; init; } = 1;

    /// <summary>Months from the first payment to maturity.</summary>
    public int TenorMonths { get; init; }

    /// <summary>How it is repaid, in words.</summary>
    public string Amortisation { get; init; } = "";

    /// <summary><see cref="Amortisation"/> in the words of any language.</summary>
    public Phrase Repaid
    {
        get => field ?? Phrase.Of("name", Amortisation);
        init;
    }

    /// <summary>Share of the accelerators let under take-or-pay leases before it is drawn, 0 to 1.</summary>
    public double ContractedShare { get; init; }

    /// <summary>Months of debt service held in reserve.</summary>
    public int ReserveMonths { get; init; }

    /// <summary>Share of free cash that repays it early, 0 to 1.</summary>
    public double SweepShare { get; init; }

    /// <summary>True when the loan as asked sweeps less, and the sweep stands among <see cref="Conditions"/>.</summary>
    public bool SweepIsCondition { get; init; }

    /// <summary>True when it was tried on signed contracts alone, the rest of the centre dark; false when all cash counts, that of rents not yet signed among it.</summary>
    public bool OnContracts { get; init; }

    /// <summary>True when no more was looked for: it is all that the centre costs, or the most that may be lent of it.</summary>
    public bool AtCeiling { get; init; }

    /// <summary>Share of draws that end in default because a margin call under its borrowing base is not met in time, 0 to 1.</summary>
    public double MarginCalls { get; init; }

    /// <summary>All tests together.</summary>
    public RuleOutcome Outcome => DecisionRule.Overall(Tests);

    /// <summary>Amount, tenor, amortisation, contracted share and reserve in one line.</summary>
    public string Terms => PhraseBook.English.Say(Said);

    /// <summary><see cref="Terms"/> in the words of any language.</summary>
    public Phrase Said => Line(SweepShare > 0);

    /// <summary>The same where its conditions stand beside it: a sweep that is one of them is not told twice.</summary>
    internal Phrase BesideConditions => Line(SweepShare > 0 && !SweepIsCondition);

    private Phrase Line(bool swept)
    {
        var terms = Phrase.Of(
            "loan.terms",
            Amount,
            TenorMonths,
            Repaid,
            ContractedShare,
            ReserveMonths
        );
        // A capacity that a sweep carries is none without it.
        if (swept)
        {
            terms = Phrase.Of("loan.terms.swept", terms, SweepShare);
        }
        return Tranches.Count < 2
            ? terms
            : Phrase.Of(
                "loan.terms.split",
                terms,
                (
                    TrancheTerms.Count > 0
                        ? TrancheTerms
                        : Tranches.Select(t => Phrase.Of("loan.tranche", t.Name, t.Amount))
                ).Aggregate((before, next) => Phrase.Of("list", before, next))
            );
    }

    /// <summary>Name and money of each tranche, most senior first; empty where the split is not known.</summary>
    public IReadOnlyList<(string Name, double Amount)> Tranches { get; init; } = [];

    /// <summary>The same with tenor and repayment of each, where they are not alike; empty where they are.</summary>
    public IReadOnlyList<Phrase> TrancheTerms { get; init; } = [];
}

/// <summary>The verdict for a lender.</summary>
public static class LenderVerdict
{
    /// <summary>Judges the loan asked for, then less of it, then the same on conditions.</summary>
    /// <param name="asked">The loan as asked.</param>
    /// <param name="less">Smaller loans on the same terms, largest first.</param>
    /// <param name="conditional">Loans with conditions, mildest first.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior: then rents not yet signed end in no lending, and in declining only where the loan as asked fails beyond sampling error; what less of it or a condition would do stays open.</param>
    /// <param name="hopeless">The smallest loan tried on signed contracts alone, where even it fails; null where one passes.</param>
    /// <param name="contracted">The loan as asked on signed contracts alone, then the largest that passes on them, if any; null or empty where none is signed. In a fitted market it is offered where nothing else passes.</param>
    public static Verdict Of(
        LoanOffer asked,
        IReadOnlyList<LoanOffer> less,
        IReadOnlyList<LoanOffer> conditional,
        bool fitted,
        IReadOnlyList<LoanOffer>? contracted = null,
        LoanOffer? hopeless = null
    )
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(less);
        ArgumentNullException.ThrowIfNull(conditional);
        if (fitted)
        {
            return Counter(Judge(asked, less, conditional, true), asked, contracted ?? []);
        }
        var beyond = less.Prepend(asked)
            .Concat(conditional)
            .FirstOrDefault(o => o.Outcome == RuleOutcome.Passes);
        var said =
            OnContracts(asked, contracted ?? [], beyond, hopeless)
            ?? Open(Judge(asked, less, conditional, false));
        return Unfitted.Said(
            said.Kind == VerdictKind.Unresolved && Fails(asked) ? Declined(said, asked) : said,
            false,
            Phrase.Of(contracted is { Count: > 0 } ? "unfitted.unsigned" : "unfitted.lending")
        );
    }

    /// <summary>Share of the amount asked below which an offer is none: the loan asked for is declined.</summary>
    private const double LeastShare = 0.1;

    /// <summary>No loan is declined where signed contracts carry one on other terms.</summary>
    private static Verdict Counter(
        Verdict verdict,
        LoanOffer asked,
        IReadOnlyList<LoanOffer> contracted
    ) =>
        verdict.Kind == VerdictKind.Decline
        && contracted
            .Skip(1)
            .Any(o => o.Outcome == RuleOutcome.Passes && o.AmountShare >= LeastShare)
            ? OnContracts(asked, contracted, null, null)!
            : verdict;

    /// <summary>
    /// Signed contracts may be lent on by themselves, and declined where nothing else is asked to carry the loan; where a loan passes on rents not
    /// yet signed alone, the answer is open.
    /// </summary>
    private static Verdict? OnContracts(
        LoanOffer asked,
        IReadOnlyList<LoanOffer> contracted,
        LoanOffer? beyond,
        LoanOffer? hopeless
    )
    {
        if (contracted.Count == 0)
        {
            return null;
        }
        var offer = contracted.FirstOrDefault(o => o.Outcome == RuleOutcome.Passes);
        if (offer is not null && offer.AmountShare >= LeastShare)
        {
            return Offered(offer);
        }
        var failing = hopeless?.Tests.Where(t => t.Outcome == RuleOutcome.Fails).ToList() ?? [];
        Phrase[] grounds =
        [
            .. contracted[0].Tests.Select(Words.Said),
            .. offer is null
                ? failing.Select(t =>
                    Phrase.Of("ground.contracted.none", hopeless!.Amount, t.Title)
                )
                : [Phrase.Of("ground.contracted.least", offer.Amount, asked.Amount)],
        ];
        if (asked.ContractedShare < 0.999 || !contracted.All(o => Refused(o)))
        {
            return null;
        }
        return beyond is null
            ? Verdict.Of(
                VerdictKind.Decline,
                offer is null
                    ? Phrase.Of("said.contracted.not")
                    : Phrase.Of("said.contracted.least", offer.Amount, asked.Amount),
                "",
                grounds,
                [],
                contracted[0].Tests
            ) with
            {
                TestsOf = contracted[0].Name,
            }
            : Verdict.Of(
                VerdictKind.Unresolved,
                Phrase.Of("said.contracted.open", beyond.Said),
                "",
                grounds,
                [],
                contracted[0].Tests
            ) with
            {
                TestsOf = contracted[0].Name,
            };
    }

    /// <summary>True when a test of the rule fails beyond its sampling error and under every rent law.</summary>
    private static bool Fails(LoanOffer offer) =>
        offer.Tests.Any(t => t.Outcome == RuleOutcome.Fails && t.Title.Key != Lendable);

    private const string Lendable = "test.lendable";

    /// <summary>What was asked is declined, whatever is left open of less of it or of conditions: no centre is treated more mildly for having fewer contracts.</summary>
    private static Verdict Declined(Verdict open, LoanOffer asked)
    {
        var failing = asked
            .Tests.Where(t => t.Outcome == RuleOutcome.Fails && t.Title.Key != Lendable)
            .MaxBy(t => t.Value / Math.Max(1e-9, t.Limit))!;
        var rest = open.Said.Key switch
        {
            "said.unfitted.lend" => open.Said with { Key = "said.declined.lend" },
            "said.lend.open" => open.Said with { Key = "said.declined.near" },
            "said.contracted.open" => open.Said with { Key = "said.declined.contracted" },
            _ => Phrase.Of("said.declined.nothing"),
        };
        var said = Phrase.Of(
            "said.declined.open",
            failing.Title,
            failing.Value,
            failing.Limit,
            rest
        );
        return open with
        {
            Kind = VerdictKind.Decline,
            Headline = PhraseBook.English.Say(said),
            Said = said,
        };
    }

    private static bool Refused(LoanOffer offer) =>
        offer.Outcome == RuleOutcome.Fails
        || (offer.Outcome == RuleOutcome.Passes && offer.AmountShare < LeastShare);

    private static Verdict Offered(LoanOffer offer)
    {
        var kind =
            offer.AmountShare < 1 ? VerdictKind.LendLess
            : offer.Conditions.Count > 0 ? VerdictKind.LendOnConditions
            : VerdictKind.Lend;
        return Verdict.Of(
            kind,
            offer.Conditions.Count > 0
                ? Phrase.Of(
                    "said.contracted.conditions",
                    Words.Said(kind),
                    offer.BesideConditions,
                    All(offer)
                )
                : Phrase.Of("said.contracted", Words.Said(kind), offer.Said),
            offer.Name,
            [Phrase.Of("ground.contracted.basis"), .. offer.Tests.Select(Words.Said)],
            [],
            offer.Tests
        ) with
        {
            TestsOf = offer.Name,
        };
    }

    /// <summary>A market that rests on an unfitted prior rules out nothing but what clearly fails as asked.</summary>
    private static Verdict Open(Verdict verdict) =>
        verdict.Kind == VerdictKind.Decline
            ? Verdict.Of(
                VerdictKind.Unresolved,
                Phrase.Of("said.unfitted.declined"),
                verdict.Option,
                verdict.Because,
                verdict.Doubts,
                verdict.Tests
            ) with
            {
                TestsOf = verdict.TestsOf,
            }
            : verdict;

    private static Verdict Judge(
        LoanOffer asked,
        IReadOnlyList<LoanOffer> less,
        IReadOnlyList<LoanOffer> conditional,
        bool fitted
    )
    {
        var grounds = new List<Phrase>(asked.Tests.Select(Words.Said));
        var smaller = less.FirstOrDefault(o => o.Outcome == RuleOutcome.Passes);
        var bound = conditional.FirstOrDefault(o => o.Outcome == RuleOutcome.Passes);
        grounds.Add(
            smaller is null
                ? Phrase.Of("ground.smaller.none")
                : Phrase.Of("ground.smaller", smaller.Amount)
        );
        if (bound is not null)
        {
            grounds.Add(
                bound.AmountShare < 1
                    ? Phrase.Of("ground.bound.less", bound.Amount, asked.Amount, All(bound))
                    : Phrase.Of("ground.bound", All(bound))
            );
        }
        var offer =
            asked.Outcome == RuleOutcome.Passes ? asked
            : smaller is not null && (bound is null || smaller.Amount >= 0.5 * asked.Amount)
                ? smaller
            : bound;
        if (offer is not null && !fitted)
        {
            return Verdict.Of(
                VerdictKind.Unresolved,
                Phrase.Of("said.unfitted.lend", offer.Title),
                offer.Name,
                grounds,
                [],
                asked.Tests
            ) with
            {
                TestsOf = asked.Name,
            };
        }
        if (
            offer is null
            && (
                asked.Outcome == RuleOutcome.Straddles
                || less.Concat(conditional).Any(o => o.Outcome == RuleOutcome.Straddles)
            )
        )
        {
            var near = less.Concat(conditional)
                .Append(asked)
                .First(o => o.Outcome == RuleOutcome.Straddles);
            return Verdict.Of(
                VerdictKind.Unresolved,
                Phrase.Of("said.lend.open", near.Title),
                near.Name,
                grounds,
                [
                    .. near
                        .Tests.Where(t => t.Outcome == RuleOutcome.Straddles)
                        .Select(t => Phrase.Of("unknown.test", t.Title, t.Because)),
                ],
                near.Tests
            ) with
            {
                TestsOf = near.Name,
            };
        }
        if (offer is null)
        {
            return Verdict.Of(
                VerdictKind.Decline,
                Phrase.Of("said.lend.not"),
                "",
                grounds,
                [],
                asked.Tests
            ) with
            {
                TestsOf = asked.Name,
            };
        }
        var kind =
            ReferenceEquals(offer, asked) ? VerdictKind.Lend
            : !ReferenceEquals(offer, smaller) && offer.Conditions.Count > 0
                ? VerdictKind.LendOnConditions
            : VerdictKind.LendLess;
        return Verdict.Of(
            kind,
            kind == VerdictKind.LendOnConditions
                ? Phrase.Of(
                    "said.lend.conditions",
                    Words.Said(kind),
                    offer.BesideConditions,
                    All(offer)
                )
                : Phrase.Of("said.lend", Words.Said(kind), offer.Said),
            offer.Name,
            grounds,
            [],
            offer.Tests
        ) with
        {
            TestsOf = offer.Name,
        };
    }

    /// <summary>All conditions of an offer, one after the other.</summary>
    private static Phrase All(LoanOffer offer) =>
        offer
            .Asked.DefaultIfEmpty(Phrase.Of("option.asked"))
            .Aggregate((before, next) => Phrase.Of("list.semicolon", before, next));
}
