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
    /// <summary>The amount over the amount asked, 0 to 1.</summary>
    public double AmountShare { get; init; } = 1;

    /// <summary>Months from the first payment to maturity.</summary>
    public int TenorMonths { get; init; }

    /// <summary>How it is repaid, in words.</summary>
    public string Amortisation { get; init; } = "";

    /// <summary>Share of the accelerators let under take-or-pay leases before it is drawn, 0 to 1.</summary>
    public double ContractedShare { get; init; }

    /// <summary>Months of debt service held in reserve.</summary>
    public int ReserveMonths { get; init; }

    /// <summary>All tests together.</summary>
    public RuleOutcome Outcome => DecisionRule.Overall(Tests);

    /// <summary>Amount, tenor, amortisation, contracted share and reserve in one line.</summary>
    public string Terms =>
        $"{Words.Amount(Amount)} over {TenorMonths} months, {Amortisation}, {Words.Percent(ContractedShare)} contracted, reserve of {ReserveMonths} months";
}

/// <summary>The verdict for a lender.</summary>
public static class LenderVerdict
{
    /// <summary>Judges the loan asked for, then less of it, then the same on conditions.</summary>
    /// <param name="asked">The loan as asked.</param>
    /// <param name="less">Smaller loans on the same terms, largest first.</param>
    /// <param name="conditional">Loans with conditions, mildest first.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior: then rents not yet signed end neither in lending nor in declining.</param>
    /// <param name="contracted">The loan, and less of it, on signed contracts alone, largest first; null or empty where none is signed. Looked at only where the market is unfitted.</param>
    public static Verdict Of(
        LoanOffer asked,
        IReadOnlyList<LoanOffer> less,
        IReadOnlyList<LoanOffer> conditional,
        bool fitted,
        IReadOnlyList<LoanOffer>? contracted = null
    ) =>
        fitted
            ? Judge(asked, less, conditional, true)
            : Unfitted.Said(
                OnContracts(asked, contracted ?? [])
                    ?? Open(Judge(asked, less, conditional, false)),
                false,
                contracted is { Count: > 0 } ? "lending on rents not yet signed" : "lending"
            );

    /// <summary>Signed contracts may be lent on by themselves, and declined where nothing else is asked to carry the loan.</summary>
    private static Verdict? OnContracts(LoanOffer asked, IReadOnlyList<LoanOffer> contracted)
    {
        if (contracted.Count == 0)
        {
            return null;
        }
        var offer = contracted.FirstOrDefault(o => o.Outcome == RuleOutcome.Passes);
        var grounds = contracted[0].Tests.Select(Words.Sentence).ToList();
        if (offer is not null)
        {
            var kind =
                offer.AmountShare < 1 ? VerdictKind.LendLess
                : offer.Conditions.Count > 0 ? VerdictKind.LendOnConditions
                : VerdictKind.Lend;
            return new Verdict(
                kind,
                $"{Words.Of(kind)}, on signed contracts alone: {offer.Terms}.",
                offer.Name,
                [.. offer.Tests.Select(Words.Sentence)],
                [],
                offer.Tests
            )
            {
                TestsOf = offer.Name,
            };
        }
        return asked.ContractedShare >= 0.999 && contracted.All(o => o.Outcome == RuleOutcome.Fails)
            ? new Verdict(
                VerdictKind.Decline,
                "Decline: the signed contracts carry neither the loan asked for nor a tenth of it, and nothing is left to let.",
                "",
                grounds,
                [],
                contracted[0].Tests
            )
            {
                TestsOf = contracted[0].Name,
            }
            : null;
    }

    /// <summary>A market that rests on an unfitted prior declines nothing either.</summary>
    private static Verdict Open(Verdict verdict) =>
        verdict.Kind == VerdictKind.Decline
            ? verdict with
            {
                Kind = VerdictKind.Unresolved,
                Headline =
                    "Unresolved: no terms tried pass, but this market rests on an unfitted prior, which can no more decline a loan than carry it.",
            }
            : verdict;

    private static Verdict Judge(
        LoanOffer asked,
        IReadOnlyList<LoanOffer> less,
        IReadOnlyList<LoanOffer> conditional,
        bool fitted
    )
    {
        var grounds = new List<string>(asked.Tests.Select(Words.Sentence));
        var smaller = less.FirstOrDefault(o => o.Outcome == RuleOutcome.Passes);
        var bound = conditional.FirstOrDefault(o => o.Outcome == RuleOutcome.Passes);
        grounds.Add(
            smaller is null
                ? "No smaller loan on the same terms passes."
                : $"The largest loan tried that passes on the same terms is {Words.Amount(smaller.Amount)}."
        );
        if (bound is not null)
        {
            grounds.Add(
                bound.AmountShare < 1
                    ? $"Lent {Words.Amount(bound.Amount)} rather than {Words.Amount(asked.Amount)}, it passes with: {string.Join("; ", bound.Conditions)}."
                    : $"As asked, it passes with: {string.Join("; ", bound.Conditions)}."
            );
        }
        var offer =
            asked.Outcome == RuleOutcome.Passes ? asked
            : smaller is not null && (bound is null || smaller.Amount >= 0.5 * asked.Amount)
                ? smaller
            : bound;
        if (offer is not null && !fitted)
        {
            return new Verdict(
                VerdictKind.Unresolved,
                $"Unresolved: '{offer.Name}' passes the rule, but this market rests on an unfitted prior and cannot carry a loan.",
                offer.Name,
                grounds,
                [],
                asked.Tests
            )
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
            return new Verdict(
                VerdictKind.Unresolved,
                $"Unresolved: no terms tried clearly pass, and '{near.Name}' is not clearly ruled out.",
                near.Name,
                grounds,
                [
                    .. near
                        .Tests.Where(t => t.Outcome == RuleOutcome.Straddles)
                        .Select(t => $"{t.Name}: {t.Reason}."),
                ],
                near.Tests
            )
            {
                TestsOf = near.Name,
            };
        }
        if (offer is null)
        {
            return new Verdict(
                VerdictKind.Decline,
                "Decline: the loan asked for, less of it, and the conditions tried all fail the rule.",
                "",
                grounds,
                [],
                asked.Tests
            )
            {
                TestsOf = asked.Name,
            };
        }
        var kind =
            ReferenceEquals(offer, asked) ? VerdictKind.Lend
            : !ReferenceEquals(offer, smaller) && offer.Conditions.Count > 0
                ? VerdictKind.LendOnConditions
            : VerdictKind.LendLess;
        var on =
            kind == VerdictKind.LendOnConditions
                ? $", on these conditions: {string.Join("; ", offer.Conditions)}"
                : "";
        return new Verdict(
            kind,
            $"{Words.Of(kind)}: {offer.Terms}{on}.",
            offer.Name,
            grounds,
            [],
            offer.Tests
        )
        {
            TestsOf = offer.Name,
        };
    }
}
