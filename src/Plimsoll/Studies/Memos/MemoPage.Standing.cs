using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Memos;

/// <content>The memo of an owner: what stands and what is owed, not what is asked for.</content>
internal sealed partial class MemoPage
{
    /// <summary>True when an owner asks about a centre that stands, or a lease is offered to one whose debt stands: nothing is lent anew.</summary>
    private bool Owned =>
        _plan.Standing
        && (
            _result.Question == "owner"
            || (_result.Question == "offer" && _plan.Terms.Opening?.AccountsFunded == true)
        );

    /// <summary>What is owed, in the order of the tranches.</summary>
    private Phrase Owed()
    {
        if (_plan.Tranches.Count == 0)
        {
            return Phrase.Of("memo.owed.nothing");
        }
        var plan = _median.Model.Debt;
        var last = plan.Maturity.DefaultIfEmpty(0).Max();
        return Phrase.Of(
            "memo.owed",
            plan.TotalLent,
            _result.Start + Math.Min(last, _result.Months - 1),
            _plan.Tranches.Sum(t => t.Arrears)
        );
    }

    /// <summary>What the centre brings with it and what it owes when the outlook begins, in place of sources and uses.</summary>
    private MemoDraftBlock Position()
    {
        var opening = _median.Model.Terms.Opening ?? new OpeningPosition();
        var resale = Cash.FleetValue.FirstOrDefault(v => v > 0);
        (string Key, double Money)[] lines =
        [
            ("memo.position.cost", opening.Assets.Sum(a => a.Cost)),
            ("memo.position.book", opening.Assets.Sum(a => a.Book)),
            ("memo.position.resale", resale),
            ("memo.position.accounts", Cash.OpeningCash),
            ("memo.position.debt", Cash.Lent),
            ("memo.position.arrears", Cash.OpeningArrears),
            ("memo.position.rent", TenantInArrears.Of(_plan).Sum(t => t.Amount)),
        ];
        return new MemoDraftBlock(Phrase.Of("memo.position"))
        {
            Rows =
            [
                .. lines
                    .Where(l => l.Money > 0.5)
                    .Select(l => Line(Phrase.Of(l.Key), MemoFigures.Thousands(l.Money))),
            ],
            Note = Phrase.Of("memo.funding.note", _figures.Unit),
        };
    }

    /// <summary>What the terms leave to the sponsor, whom the lender needs to build at all.</summary>
    private MemoDraftBlock? Sponsor()
    {
        if (_loan is null || _result.Question != "lender" || _result.Options.Count == 0)
        {
            return null;
        }
        var options = _result.Options.Take(2).ToList();
        IReadOnlyList<MemoDraftCell> Row(Phrase name, Func<OptionResult, MemoDraftCell> of) =>
            [name, .. options.Select(of)];
        return new MemoDraftBlock(Phrase.Of("memo.sponsor"))
        {
            Columns = [Phrase.Of("memo.sponsor.value"), .. options.Select(o => (Phrase)o.Title)],
            Rows =
            [
                Row(Phrase.Of("memo.sponsor.middle"), o => Money(o.EquityNpv.P50)),
                Row(Phrase.Of("memo.sponsor.bad"), o => Money(o.EquityNpv.P90)),
                Row(
                    Phrase.Of("memo.sponsor.odds"),
                    o =>
                        MemoFigures.Odds(
                            o.Figures.Sound.Select(i => o.Figures.EquityNpv[i] < 0 ? 1.0 : 0)
                                .DefaultIfEmpty(double.NaN)
                                .Average()
                        )
                ),
            ],
            Note = Phrase.Of("memo.sponsor.note", _result.Rule.EquityHurdle),
        };
        MemoDraftCell Money(double value) =>
            double.IsNaN(value) ? MemoFigures.Amount(value) : _figures.Money(value);
    }
}
