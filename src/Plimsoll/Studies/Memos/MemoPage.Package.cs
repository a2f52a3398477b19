using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <content>The tests of the rule, what secures the loan, and what must be in place before it is drawn.</content>
internal sealed partial class MemoPage
{
    /// <summary>The tests that the verdict rests on, and on which cash.</summary>
    private MemoDraftBlock? Rule()
    {
        if (_loan is null || _result.Verdict.Tests.Count == 0)
        {
            return null;
        }
        var of = _result.Loans.FirstOrDefault(l => l.Name == _result.Verdict.TestsOf);
        return new MemoDraftBlock(Phrase.Of("memo.rule"))
        {
            Columns =
            [
                Phrase.Of("memo.rule.test"),
                Phrase.Of("memo.rule.limit"),
                Phrase.Of("memo.rule.found"),
                Phrase.Of("memo.rule.range"),
                Phrase.Of("memo.rule.outcome"),
            ],
            Rows =
            [
                .. _result.Verdict.Tests.Select(t =>
                    (IReadOnlyList<MemoDraftCell>)
                        [
                            t.Title,
                            MemoFigures.Odds(t.Limit),
                            MemoFigures.Odds(t.Value),
                            Phrase.Of(
                                "memo.rule.to",
                                MemoFigures.Odds(t.Low).Text,
                                MemoFigures.Odds(t.High).Text
                            ),
                            Words.Said(t.Outcome),
                        ]
                ),
            ],
            Note = of is null
                ? Phrase.Of("memo.rule.note")
                : Phrase.Of(
                    of.OnContracts ? "memo.rule.note.contracts" : "memo.rule.note.all",
                    of.Title
                ),
        };
    }

    /// <summary>What secures the loan as the figures have it, and what the loss given default rests on.</summary>
    private MemoDraftBlock? Security()
    {
        if (_loan is null || Ended)
        {
            return null;
        }
        var terms = _median.Model.Terms;
        var said = new List<Phrase>
        {
            Phrase.Of(
                "memo.security.fleet",
                _picture.Accelerators,
                terms.RepossessionCost,
                terms.SellingCost,
                terms.HoldingCost,
                terms.StandstillMonths
            ),
            Phrase.Of(
                _plan.Leases.Count > 0 ? "memo.security.contracts" : "memo.security.receivables"
            ),
            Phrase.Of("memo.security.accounts", terms.ReserveMonths),
        };
        if (_plan.Plan.Operator is { } run)
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
    private MemoDraftBlock? Precedent(LoanOffer? offer)
    {
        if (_loan is null || Owned || Ended)
        {
            return null;
        }
        var said = new List<Phrase>();
        said.AddRange(offer?.Asked.Where(Precedes) ?? []);
        var signed = _plan.Leases.Where(l => !TenantsToBeSigned.Are(l)).ToList();
        if (signed.Count > 0)
        {
            said.Add(
                Phrase.Of(
                    "memo.precedent.contracts",
                    Joined(
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
        var lent = _median.Model.Debt.Lent;
        var fixedShare =
            lent.Sum() > 0
                ? _plan
                    .Tranches.Zip(lent)
                    .Sum(t =>
                        t.Second * Math.Min(1, t.First.HedgedShare + (t.First.Cap?.Share ?? 0))
                    ) / lent.Sum()
                : 0;
        if (fixedShare > 0.999)
        {
            return Phrase.Of("memo.hedge.full");
        }
        var dearer = _result.Stresses.FirstOrDefault(s => s.Name == "rates +2 points");
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
}
