using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <summary>The terms asked for beside those recommended, tranche by tranche.</summary>
/// <param name="about">What the memo is written from.</param>
internal sealed class TermSheetBlock(MemoSubject about)
{
    /// <summary>The two term sheets side by side, one where they are the same; null where nothing is lent anew.</summary>
    public MemoDraftBlock? Sheet()
    {
        if (about.Loan is null || about.Owned || about.Half || about.Ended)
        {
            return null;
        }
        var asked = Of(about.Today);
        var rated = Of(about.Plan);
        var rows = Rows(asked, rated);
        var same = rows.TrueForAll(r => r.Asked.Text == r.Rated.Text);
        return new MemoDraftBlock(Phrase.Of("memo.sheet"))
        {
            Columns = same
                ? [Phrase.Of("memo.sheet.term"), Phrase.Of("memo.sheet.asked")]
                :
                [
                    Phrase.Of("memo.sheet.term"),
                    Phrase.Of("memo.sheet.asked"),
                    Phrase.Of("memo.sheet.rated"),
                ],
            Rows =
            [
                .. rows.Select(r =>
                    (IReadOnlyList<MemoDraftCell>)(
                        same ? [r.Term, r.Asked] : [r.Term, r.Asked, r.Rated]
                    )
                ),
            ],
            Note = Phrase.Of("memo.sheet.note"),
        };
    }

    private List<(Phrase Term, MemoDraftCell Asked, MemoDraftCell Rated)> Rows(
        TermsOf asked,
        TermsOf rated
    )
    {
        var rows = new List<(Phrase, MemoDraftCell, MemoDraftCell)>();
        foreach (var name in asked.Names.Union(rated.Names, StringComparer.Ordinal))
        {
            void Row(string key, Func<DebtTranche, double, MemoDraftCell> of)
            {
                MemoDraftCell Cell(TermsOf terms) =>
                    terms.Find(name) is var (tranche, lent)
                        ? of(tranche, lent)
                        : Phrase.Of("memo.none");
                rows.Add(
                    (
                        asked.Names.Count + rated.Names.Count > 2
                            ? Phrase.Of(
                                "memo.sheet.of",
                                Words.Named("tranche", name),
                                Phrase.Of(key)
                            )
                            : Phrase.Of(key),
                        Cell(asked),
                        Cell(rated)
                    )
                );
            }
            Row("memo.sheet.amount", (_, lent) => about.Figures.Money(lent));
            Row("memo.sheet.drawn", (t, _) => Drawn(t));
            Row("memo.sheet.months", (t, _) => MemoFigures.Count(t.TenorMonths));
            Row("memo.sheet.repaid", (t, _) => DebtBlock.Repaid(t));
            Row("memo.sheet.base", (t, _) => MemoFigures.Rate(t.BaseAt(0)));
            Row("memo.sheet.margin", (t, _) => MemoFigures.Rate(t.MarginInForce));
            Row("memo.sheet.fee", (t, _) => Fee(t.UpfrontFee, MemoFigures.Share));
            Row("memo.sheet.commitment", (t, _) => Fee(t.CommitmentFee, MemoFigures.Rate));
            Row("memo.sheet.sweep", (t, _) => Fee(t.SweepShare, MemoFigures.Share));
        }
        rows.Add(
            (
                Phrase.Of("memo.sheet.reserve"),
                MemoFigures.Count(about.Today.Terms.ReserveMonths),
                MemoFigures.Count(about.Plan.Terms.ReserveMonths)
            )
        );
        return rows;
    }

    private static MemoDraftCell Fee(double share, Func<double, MemoDraftCell> said) =>
        share > 0 ? said(share) : Phrase.Of("memo.none");

    private static Phrase Drawn(DebtTranche t) =>
        t.Draw switch
        {
            DrawRule.AfterAcceptance => Phrase.Of("memo.drawn.accepted", t.AcceptanceMonths),
            DrawRule.EquityFirst => Phrase.Of("memo.drawn.equity"),
            _ => t.AcceptanceMonths > 0
                ? Phrase.Of("memo.drawn.later", t.AcceptanceMonths)
                : Phrase.Of("memo.drawn"),
        };

    private static TermsOf Of(StudyCase study) =>
        study.Loan is null ? new TermsOf([], [])
        : CaseTerms.Contract(study, n => n.Value, true).Debt is var debt
            ? new TermsOf(debt.Tranches, debt.Lent)
        : new TermsOf([], []);

    private sealed record TermsOf(IReadOnlyList<DebtTranche> Tranches, IReadOnlyList<double> Lent)
    {
        public IReadOnlyList<string> Names => [.. Tranches.Select(t => t.Name)];

        public (DebtTranche Tranche, double Lent)? Find(string name)
        {
            for (var i = 0; i < Tranches.Count; i++)
            {
                if (Tranches[i].Name == name)
                {
                    return (Tranches[i], Lent[i]);
                }
            }
            return null;
        }
    }
}
