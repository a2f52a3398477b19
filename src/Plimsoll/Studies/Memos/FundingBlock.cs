using Plimsoll.Finance;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Memos;

/// <summary>Sources and uses of a centre to be built; of one that stands, its position.</summary>
/// <param name="about">What the memo is written from.</param>
internal sealed class FundingBlock(MemoSubject about)
{
    public MemoDraftBlock Funding()
    {
        var cash = about.Cash;
        var until = Math.Min(
            cash.Months - 1,
            about.Loan?.Whole.Loan.FirstPaymentMonth
                ?? Array.FindLastIndex(cash.CapitalCost, c => c > 0)
        );
        double Sum(double[] row) => row.Take(until + 1).Sum();
        var prepaid = until < 0 ? 0 : cash.Deposits[until];
        var interest = Sum(cash.InterestCapitalised);
        // Money of debt that stands was drawn before: it is no source of what is still to pay.
        var standing =
            about.Plan.Building is { } half && about.Median.Model.Terms.Tranches.Count > 0
                ? half.Drawn
                : 0;
        var receipts = about.Plan.Receipts.Sum(r => r.Amount);
        var (dateSources, dateUses) = about.ToDate();
        // Equity that bridges a later draw is paid back by it.
        var equity = Sum(cash.EquityIn) - Sum(cash.BridgeReturned);
        // What orders bring where nothing is built is paid out at once: equity brings the rest.
        equity -= about.Median.Case.Built ? 0 : Sum(cash.Distributed);
        var sources = new List<(Phrase Name, double Money)>
        {
            (Phrase.Of("memo.funds.debt"), Sum(cash.DebtDrawn) - standing),
            (Phrase.Of("memo.funds.interest"), interest),
            (Phrase.Of("memo.funds.equity"), Math.Max(0, equity)),
            (Phrase.Of("memo.funds.grants"), Math.Max(0, Sum(cash.Grants) - receipts)),
            (Phrase.Of("memo.funds.prepaid"), prepaid),
        };
        sources.AddRange(about.Plan.Receipts.Select(r => (r.Title, r.Amount)));
        var spent = Sum(cash.CapitalCost);
        var uses = new List<(Phrase Name, double Money)>
        {
            (
                about.Plan.Standing
                    ? Phrase.Of("memo.funds.repaid")
                    : Phrase.Of("memo.funds.servers"),
                spent
                    - Sum(cash.Fees)
                    - Sum(cash.InputVat)
                    - standing
                    - about.Plan.Costs.Sum(c => c.Amount)
            ),
            (Phrase.Of("memo.funds.vat"), Sum(cash.InputVat)),
            (Phrase.Of("memo.funds.fees"), Sum(cash.Fees)),
            (Phrase.Of("memo.funds.before"), interest),
            (Phrase.Of("memo.funds.blocked"), prepaid),
        };
        uses.AddRange(about.Plan.Costs.Select(c => (c.Title, c.Amount)));
        var rest = sources.Sum(s => s.Money) - uses.Sum(u => u.Money);
        if (rest >= 0)
        {
            uses.Add((Phrase.Of("memo.funds.rest"), rest));
        }
        else
        {
            sources.Add((Phrase.Of("memo.funds.cash"), -rest));
        }
        sources.InsertRange(0, dateSources);
        uses.InsertRange(0, dateUses);
        // As many lines on both sides: they stand beside each other.
        var most = new[] { sources, uses }.Max(s => s.Count(l => l.Money > 0.5));
        IEnumerable<IReadOnlyList<MemoDraftCell>> Side(
            string side,
            List<(Phrase Name, double Money)> lines
        ) =>
            Rounded(lines)
                .Select(l =>
                    MemoFigures.Line(
                        Phrase.Of($"memo.{side}", l.Name),
                        MemoFigures.Thousands(l.Money)
                    )
                )
                .Concat(
                    Enumerable.Repeat(
                        MemoFigures.Line(Phrase.Of("name", ""), Phrase.Of("name", "")),
                        most - lines.Count(l => l.Money > 0.5)
                    )
                )
                .Append(
                    MemoFigures.Line(
                        Phrase.Of($"memo.{side}.total"),
                        MemoFigures.Thousands(lines.Sum(l => l.Money))
                    )
                );
        return new MemoDraftBlock(Phrase.Of("memo.funding"))
        {
            Rows = [.. Side("source", sources), .. Side("use", uses)],
            Note = about.Median.Departs is { } departs
                ? Phrase.Of(
                    "memo.list",
                    Phrase.Of("memo.funding.note", about.Figures.Unit),
                    departs
                )
                : Phrase.Of("memo.funding.note", about.Figures.Unit),
        };
    }

    /// <summary>The lines to print, in whole thousands that add up to their total as it is printed: the largest takes what rounding leaves.</summary>
    private static List<(Phrase Name, double Money)> Rounded(
        List<(Phrase Name, double Money)> lines
    )
    {
        const double Unit = 1000;
        var printed = lines
            .Where(l => l.Money > 0.5)
            .Select(l => (l.Name, Money: Unit * Math.Round(l.Money / Unit)))
            .ToList();
        if (printed.Count > 0)
        {
            var most = printed.FindIndex(l => l.Money == printed.Max(p => p.Money));
            var left =
                (Unit * Math.Round(lines.Sum(l => l.Money) / Unit)) - printed.Sum(l => l.Money);
            printed[most] = (printed[most].Name, printed[most].Money + left);
        }
        return printed;
    }

    /// <summary>What the centre brings with it and what it owes when the outlook begins, in place of sources and uses.</summary>
    public MemoDraftBlock Position()
    {
        var opening = about.Median.Model.Terms.Opening ?? new OpeningPosition();
        var resale = about.Cash.FleetValue.FirstOrDefault(v => v > 0);
        (string Key, double Money)[] lines =
        [
            ("memo.position.cost", opening.Assets.Sum(a => a.Cost)),
            ("memo.position.book", opening.Assets.Sum(a => a.Book)),
            ("memo.position.resale", resale),
            ("memo.position.accounts", about.Cash.OpeningCash),
            ("memo.position.debt", about.Cash.Lent),
            ("memo.position.arrears", about.Cash.OpeningArrears),
            ("memo.position.rent", TenantInArrears.Of(about.Plan).Sum(t => t.Amount)),
        ];
        return new MemoDraftBlock(Phrase.Of("memo.position"))
        {
            Rows =
            [
                .. lines
                    .Where(l => l.Money > 0.5)
                    .Select(l =>
                        MemoFigures.Line(Phrase.Of(l.Key), MemoFigures.Thousands(l.Money))
                    ),
            ],
            Note = Phrase.Of("memo.funding.note", about.Figures.Unit),
        };
    }
}
