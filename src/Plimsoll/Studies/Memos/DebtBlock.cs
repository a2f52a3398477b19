using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Memos;

/// <summary>Tranches and instruments of the debt.</summary>
/// <param name="about">What the memo is written from.</param>
internal sealed class DebtBlock(MemoSubject about)
{
    /// <summary>The tranches, where there is more than one, and what stands beside the plain loan.</summary>
    public MemoDraftBlock? Debt()
    {
        var terms = about.Median.Model.Terms;
        var plan = about.Median.Model.Debt;
        var rows = new List<IReadOnlyList<MemoDraftCell>>();
        for (var i = 0; i < terms.Tranches.Count; i++)
        {
            var t = terms.Tranches[i];
            var words = Instruments(t).ToList();
            if (terms.Tranches.Count > 1 || words.Count > 0)
            {
                rows.Add([
                    Words.Named("tranche", t.Name),
                    about.Figures.Money(plan.Lent[i]),
                    MemoFigures.Count(t.TenorMonths),
                    Repaid(t),
                    MemoFigures.Rate(t.MarginInForce),
                    words.Count > 0 ? Joined(words, "list.semicolon") : Phrase.Of("memo.none"),
                ]);
            }
        }
        var lines = Lines(terms).ToList();
        if (rows.Count == 0)
        {
            return lines.Count == 0
                ? null
                : new MemoDraftBlock(Phrase.Of("memo.beside")) { Sentences = lines };
        }
        return new MemoDraftBlock(Phrase.Of("memo.tranches"))
        {
            Columns =
            [
                Phrase.Of("memo.tranches.name"),
                Phrase.Of("memo.tranches.lent"),
                Phrase.Of("memo.months"),
                Phrase.Of("memo.tranches.repaid"),
                Phrase.Of("memo.tranches.margin"),
                Phrase.Of("memo.tranches.beside"),
            ],
            Rows = rows,
            Note = lines.Count == 0 ? null : Joined(lines, "memo.list"),
        };
    }

    private static IEnumerable<Phrase> Instruments(DebtTranche t)
    {
        if (t.HedgedShare > 0)
        {
            yield return Phrase.Of("memo.swap", t.HedgedShare, t.SwapRate ?? 0);
        }
        if (t.Cap is { } cap)
        {
            yield return cap.Floor > -1
                ? Phrase.Of("memo.collar", cap.Cap, cap.Floor, cap.Share)
                : Phrase.Of("memo.cap", cap.Cap, cap.Share);
        }
        if (t.BaseFloor > -1)
        {
            yield return Phrase.Of("memo.base.floor", t.BaseFloor);
        }
        if (t.PaymentEveryMonths > 1)
        {
            yield return Phrase.Of("memo.every", t.PaymentEveryMonths);
        }
        if (t.PayInKind is { } kind)
        {
            yield return Phrase.Of("memo.kind", kind.Share, kind.Months);
        }
        if (t.Refinancing is { } again)
        {
            yield return Refinanced(again);
        }
        if (t.PrepaymentCharge is { MakeWholeUntil: > 0 } whole)
        {
            yield return Phrase.Of("memo.whole", whole.MakeWholeUntil);
        }
        if (t.PrepaymentCharge is { HedgeBreak: true })
        {
            yield return Phrase.Of("memo.break");
        }
        if (t.SweepShare > 0)
        {
            yield return Phrase.Of("memo.sweep", t.SweepShare);
        }
        if (t.BorrowingBaseAdvance > 0)
        {
            yield return Phrase.Of("memo.base", t.BorrowingBaseAdvance);
        }
    }

    private static Phrase Refinanced(Refinancing again)
    {
        var said = Phrase.Of("memo.again", again.TenorMonths, again.Margin);
        said =
            again.LoanToValue > 0 ? Phrase.Of("memo.again.value", said, again.LoanToValue) : said;
        return again.Cover > 0 ? Phrase.Of("memo.again.cover", said, again.Cover) : said;
    }

    private IEnumerable<Phrase> Lines(FinanceTerms terms)
    {
        if (terms.ReserveLetter is { } letter)
        {
            yield return Phrase.Of("memo.letter", letter.Share, letter.Fee);
        }
        if (terms.Revolver is { } line)
        {
            yield return Phrase.Of("memo.line", about.Figures.Money(line.Limit).Text, line.Rate);
        }
        if (terms.Tax.InterestLimit is { } limit)
        {
            yield return Phrase.Of(
                limit.BeforeWriteOff ? "memo.limit.writeoff" : "memo.limit",
                limit.Share
            );
        }
        if (terms.Tax.LossesAsTheyArise)
        {
            yield return Phrase.Of("memo.losses");
        }
        var sales = terms.CapitalCosts.Sum(c => c.Amount * c.SalesTaxRate / (1 + c.SalesTaxRate));
        if (sales > 0)
        {
            yield return Phrase.Of("memo.sales.tax", about.Figures.Money(sales).Text);
        }
        if (
            about.Plan.Rates is { Volatility: > 0 } rates
            && about.Plan.Tranches.Any(t => t.HedgedShare < 1)
        )
        {
            yield return Phrase.Of(
                about.Result.Currency.Code is "USD" or "CNY" ? "memo.rates.read" : "memo.rates",
                rates.Volatility
            );
        }
    }

    public static Phrase Joined(IEnumerable<Phrase> all, string key) =>
        all.Aggregate((before, next) => Phrase.Of(key, before, next));

    public static Phrase Repaid(DebtTranche loan) =>
        ByThen(loan) is var said && loan.Refinancing is { } again
            ? Phrase.Of(
                "memo.repaid.again",
                said,
                again.Schedule(loan.TenorMonths),
                again.TenorMonths
            )
            : said;

    private static Phrase ByThen(DebtTranche loan) =>
        loan.Repayment switch
        {
            Repayment.Annuity => Phrase.Of("memo.repaid.annuity"),
            Repayment.Bullet => Phrase.Of("memo.repaid.bullet"),
            Repayment.Instalments => Phrase.Of("memo.repaid.instalments"),
            Repayment.Sculpted => Phrase.Of("memo.repaid.sculpted"),
        };
}
