using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <summary>What secures the loan, and what must be in place before it is drawn.</summary>
/// <param name="about">What the memo is written from.</param>
internal sealed class ConditionBlocks(MemoSubject about)
{
    /// <summary>What secures the loan as the figures have it, and what the loss given default rests on.</summary>
    public MemoDraftBlock? Security()
    {
        if (about.Loan is null || about.Ended)
        {
            return null;
        }
        var terms = about.Median.Model.Terms;
        var said = new List<Phrase>
        {
            Phrase.Of(
                "memo.security.fleet",
                about.Picture.Accelerators,
                terms.RepossessionCost,
                terms.SellingCost,
                terms.HoldingCost,
                terms.StandstillMonths
            ),
            Phrase.Of(
                about.Plan.Leases.Count > 0
                    ? "memo.security.contracts"
                    : "memo.security.receivables"
            ),
            Phrase.Of("memo.security.accounts", terms.ReserveMonths),
        };
        if (about.Plan.Plan.Operator is { } run)
        {
            said.Add(
                run.StepIn
                    ? Phrase.Of("memo.security.step", run.DarkMonths, run.TenantStays)
                    : Phrase.Of("memo.security.step.none")
            );
        }
        said.Add(Phrase.Of("memo.security.lgd"));
        return new MemoDraftBlock(Phrase.Of("memo.security")) { Sentences = said };
    }

    /// <summary>What must be in place before the first draw: what the terms rated here take for granted.</summary>
    public MemoDraftBlock? Precedent(LoanOffer? offer)
    {
        if (about.Loan is null || about.Owned || about.Ended)
        {
            return null;
        }
        var said = new List<Phrase>();
        said.AddRange(offer?.Asked.Where(Precedes) ?? []);
        var signed = about.Plan.Leases.Where(l => !TenantsToBeSigned.Are(l)).ToList();
        if (signed.Count > 0)
        {
            said.Add(
                Phrase.Of(
                    "memo.precedent.contracts",
                    DebtBlock.Joined(
                        signed.Select(l => TenantsToBeSigned.Said(l.Terms.Terms.Tenant.Name)),
                        "list"
                    )
                )
            );
        }
        said.Add(Phrase.Of("memo.precedent.equity"));
        said.Add(Phrase.Of("memo.precedent.security"));
        said.Add(Hedge());
        return new MemoDraftBlock(Phrase.Of("memo.precedent")) { Sentences = said };
    }

    /// <summary>True of a condition that is met before the money is drawn, not while it is owed.</summary>
    private static bool Precedes(Phrase condition) => condition.Key == "condition.let";

    /// <summary>How much of the loan keeps its rate, and what the rest would do two points higher.</summary>
    private Phrase Hedge()
    {
        var lent = about.Median.Model.Debt.Lent;
        var fixedShare =
            lent.Sum() > 0
                ? about
                    .Plan.Tranches.Zip(lent)
                    .Sum(t =>
                        t.Second * Math.Min(1, t.First.HedgedShare + (t.First.Cap?.Share ?? 0))
                    ) / lent.Sum()
                : 0;
        if (fixedShare > 0.999)
        {
            return Phrase.Of("memo.hedge.full");
        }
        var dearer = about.Result.Stresses.FirstOrDefault(s => s.Name == "rates +2 points");
        return dearer is { Base: { } plan }
            ? Phrase.Of(
                "memo.hedge.stressed",
                1 - fixedShare,
                dearer.Default,
                plan.Default,
                dearer.Breach,
                plan.Breach
            )
            : Phrase.Of("memo.hedge.open", 1 - fixedShare);
    }

    public MemoDraftBlock? Conditions()
    {
        var offer = about.Recommended;
        if (about.Loan is null)
        {
            return null;
        }
        var terms = about.Plan.Terms;
        var sweep = about.Plan.Loan?.SweepShare ?? 0;
        var swept =
            offer?.Asked.Any(c => c.Key.StartsWith("condition.sweep", StringComparison.Ordinal))
            == true;
        Phrase[] package =
        [
            .. sweep > 0 && !swept
                ? [Phrase.Of("memo.package.sweep", sweep)]
                : Array.Empty<Phrase>(),
            Phrase.Of("memo.package.covenant", terms.CovenantCover, terms.TestEveryMonths),
            terms.TrapTests > 0
                ? Phrase.Of("memo.package.trap.tests", terms.LockUpCover, terms.TrapTests)
                : Phrase.Of("memo.package.trap", terms.LockUpCover),
            terms.DefaultCover > 0
                ? Phrase.Of(
                    "memo.package.default.cover",
                    terms.CureMonths,
                    terms.DefaultCover,
                    terms.ReserveMonths
                )
                : Phrase.Of("memo.package.default", terms.CureMonths, terms.ReserveMonths),
        ];
        return new MemoDraftBlock(
            offer is null
                ? Phrase.Of("memo.conditions")
                : Phrase.Of($"memo.conditions.of.{offer.Outcome}", offer.Title)
        )
        {
            Sentences =
            [
                .. offer is { Asked.Count: > 0 }
                    ? offer.Asked.Where(c => !Precedes(c) || about.Owned || about.Ended)
                    :
                    [
                        offer is null
                            ? Phrase.Of("memo.conditions.none")
                            : Phrase.Of("memo.conditions.asked"),
                    ],
                .. package,
            ],
        };
    }
}
