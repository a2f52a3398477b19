using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <summary>Writes the memo block by block, in the order in which a committee reads.</summary>
internal sealed partial class MemoPage
{
    private readonly StudyResult _result;
    private readonly StudyCase _today;
    private readonly StudyCase _plan;
    private readonly MedianCase _median;
    private readonly LoanDraws? _loan;
    private readonly CatalogView _view;
    private readonly PhysicalDraws _held;
    private readonly MemoFigures _figures;
    private readonly LoanPicture _picture;

    /// <summary>Gathers what the memo is written from.</summary>
    public MemoPage(
        StudyResult result,
        StudyCase today,
        StudyCase plan,
        MedianCase median,
        LoanDraws? loan,
        CatalogView view,
        PhysicalDraws held
    )
    {
        (_result, _today, _plan) = (result, today, plan);
        (_median, _loan, _view) = (median, loan, view);
        _held = held;
        _figures = new MemoFigures(result.Currency);
        var outlook = median.Case.Outlook.Physical;
        _picture = new LoanPicture(
            median.Case.Cash,
            outlook,
            loan?.Whole.Loan.FirstPaymentMonth ?? 0,
            loan?.Whole.Loan.MaturityMonth ?? outlook.Months - 1,
            LoanOfCase.Scheduled(median.Model.Debt)
        );
    }

    private CashFlow Cash => _median.Case.Cash;

    /// <summary>True where the course closes a centre that stands: nothing is let any more.</summary>
    private bool Ended =>
        _plan.Standing && _median.Case.Outlook.Physical.Sales.Sum(s => s.GpuHours.Sum()) <= 0;

    /// <summary>The memo.</summary>
    public MemoDraft Write() =>
        new(
            Words.Name(_result.Name),
            Phrase.Of(
                "memo.subtitle",
                Words.Named("question", _result.Question),
                _result.Decided,
                _figures.Unit,
                _result.Draws,
                _median.Draw
            ),
            [
                .. new[] { Request(), Owned ? Position() : Funding(), Debt() }
                    .Concat(_median.Case.Built ? Contracts() : [])
                    .Concat([
                        Failures(),
                        ByYear(),
                        Ratios(),
                        Rule(),
                        Risk(),
                        Sponsor(),
                        Carries(),
                        Comparables(),
                        Residual(),
                        Stresses(),
                        Flips(),
                        Security(),
                        Precedent(Recommended),
                        Conditions(),
                        Unknown(),
                    ])
                    .OfType<MemoDraftBlock>(),
            ]
        );

    private MemoDraftBlock Request()
    {
        var sentences = new List<Phrase>();
        if (Owned)
        {
            sentences.Add(Owed());
            if (_result.Options.FirstOrDefault(o => o.Name == _result.Rated) is { } course)
            {
                sentences.Add(Phrase.Of("memo.rated.course", course.Title));
            }
            sentences.AddRange(_result.Bank);
        }
        else if (Half)
        {
            sentences.AddRange(Building());
        }
        if (Owned || (Half && (_plan.Building is not null || _loan is null)))
        {
            // All is said of a loan that is owed; one that is asked for is told with its terms.
        }
        else if (_loan is { } loan)
        {
            var terms = loan.Whole.Loan;
            var rated = _result.Rated.Length > 0 && _result.Loans.Count > 0;
            if (rated)
            {
                sentences.Add(Phrase.Of("memo.asked.other", _result.Loans[0].Said));
            }
            var requested = rated ? terms.Amount : Requested(terms.Amount);
            sentences.Add(
                Phrase.Of(
                    !rated ? "memo.asked"
                        : _result.Verdict.Kind is VerdictKind.Unresolved or VerdictKind.Decline
                            ? "memo.rated.open"
                        : "memo.rated",
                    _figures.Money(requested).Text,
                    _plan.Loan!.Refinancing is null
                        ? terms.MaturityMonth - terms.FirstPaymentMonth + 1
                        : _plan.Loan.TenorMonths,
                    _result.Start + terms.FirstPaymentMonth,
                    Repaid(_plan.Loan!),
                    terms.BaseRate,
                    terms.Margin,
                    terms.UpfrontFee,
                    _plan.Terms.ReserveMonths
                )
            );
            if (requested > 1.005 * terms.Amount)
            {
                sentences.Add(Phrase.Of("memo.asked.cut", _figures.Money(terms.Amount).Text));
            }
            sentences.AddRange(Repayments(terms));
        }
        else
        {
            sentences.Add(
                _plan.Loan is null ? Phrase.Of("memo.asked.none") : Phrase.Of("memo.asked.undrawn")
            );
        }
        if (_result.ToDate is { } toDate)
        {
            sentences.Add(Phrase.Of("memo.todate", Joined(toDate.Said, "list.semicolon")));
        }
        if (OperatorLine() is { } run)
        {
            sentences.Add(run);
        }
        sentences.Add(Phrase.Of("memo.centre", _result.CentreSaid));
        sentences.Add(
            _result.Verdict.Followed is null
                ? Phrase.Of("memo.recommendation", _result.Verdict.Said)
                : Phrase.Of(
                    "memo.recommendation.apart",
                    Words.Heading(_result.Verdict),
                    _result.Verdict.Said
                )
        );
        if (!_result.Fitted)
        {
            sentences.Add(Phrase.Of("memo.unfitted"));
        }
        return new MemoDraftBlock(Phrase.Of(Owned ? "memo.request.owned" : "memo.request"))
        {
            Sentences = sentences,
        };
    }

    /// <summary>Money asked for by the file at its own numbers, where it is more than may be lent.</summary>
    private double Requested(double lent) =>
        CaseTerms.Contract(_plan, n => n.Value, true).Debt.Lent is var all
        && all.Length == _plan.Tranches.Count
            ? Math.Max(lent, _plan.Requested(all))
            : lent;

    /// <summary>How much of the loan falls due when most of the contracted rent has ended, and when the middle draw has repaid it.</summary>
    private IEnumerable<Phrase> Repayments(LoanTerms terms)
    {
        const double Most = 0.5,
            Part = 0.01;
        var plan = _median.Model.Debt;
        var due = Enumerable
            .Range(0, Cash.Months)
            .Select(m => plan.Principal.Sum(t => t[m]))
            .ToArray();
        var rent = Enumerable
            .Range(0, Cash.Months)
            .Select(m =>
                _plan
                    .Leases.Select(l => l.Terms.Terms)
                    .Where(t => m < Bound(t) && m >= End(t) - Left(t))
                    .Sum(t => t.Accelerators * t.PricePerGpuHour * t.TakeOrPayShare)
            )
            .ToArray();
        var ended = Array.FindLastIndex(rent, r => r > Most * rent.Max()) + 1;
        var late = due.Skip(ended).Sum() / due.Sum();
        if (rent.Max() > 0 && ended < Cash.Months && late > Part)
        {
            yield return Phrase.Of(
                "memo.repaid.late",
                late,
                _result.Start + (ended - 1),
                1 - (rent[ended] / rent.Max())
            );
        }
        var repaid = Array.FindLastIndex(Cash.DebtBalance, b => b > CreditEvent.Cent) + 1;
        if (!CreditEvent.Defaults(Cash) && repaid > 0 && repaid < terms.MaturityMonth)
        {
            yield return Phrase.Of(
                "memo.repaid.early",
                _result.Start + repaid,
                terms.MaturityMonth - repaid
            );
        }
    }

    /// <summary>Who runs the centre as a credit, and whether another may step in; said to be assumed where the study says nothing of it, null where no contract hangs on it.</summary>
    private Phrase? OperatorLine()
    {
        if (_plan.Plan.Operator is not { } terms)
        {
            return Phrase.Of("memo.operator.none");
        }
        if (_plan.Leases.Count == 0 && terms.Assumed)
        {
            return null;
        }
        var said = OperatorSaid(terms);
        return terms.Assumed
            ? Phrase.Of("memo.list", said, Phrase.Of("memo.operator.assumed"))
            : said;
    }

    private Phrase OperatorSaid(OperatorTerms terms)
    {
        var word = Words.Named("class", terms.Operator.ClassWord);
        var fails = CounterpartyOdds.Of(terms.Operator).Within(_result.Months);
        return terms.StepIn
            ? Phrase.Of(
                "memo.operator.step",
                word,
                _result.Months,
                fails,
                terms.DarkMonths,
                terms.FeeShare,
                terms.TenantStays
            )
            : Phrase.Of("memo.operator", word, _result.Months, fails);
    }

    private static Phrase Repaid(DebtTranche loan) =>
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

    private MemoDraftBlock Funding()
    {
        var cash = Cash;
        var until = Math.Min(
            cash.Months - 1,
            _loan?.Whole.Loan.FirstPaymentMonth ?? Array.FindLastIndex(cash.CapitalCost, c => c > 0)
        );
        double Sum(double[] row) => row.Take(until + 1).Sum();
        var prepaid = until < 0 ? 0 : cash.Deposits[until];
        var interest = Sum(cash.InterestCapitalised);
        // Money of debt that stands was drawn before: it is no source of what is still to pay.
        var standing =
            _plan.Building is { } half && _median.Model.Terms.Tranches.Count > 0 ? half.Drawn : 0;
        var receipts = _plan.Receipts.Sum(r => r.Amount);
        var (dateSources, dateUses) = ToDate();
        // Equity that bridges a later draw is paid back by it.
        var equity = Sum(cash.EquityIn) - Sum(cash.BridgeReturned);
        // What orders bring where nothing is built is paid out at once: equity brings the rest.
        equity -= _median.Case.Built ? 0 : Sum(cash.Distributed);
        var sources = new List<(Phrase Name, double Money)>
        {
            (Phrase.Of("memo.funds.debt"), Sum(cash.DebtDrawn) - standing),
            (Phrase.Of("memo.funds.interest"), interest),
            (Phrase.Of("memo.funds.equity"), Math.Max(0, equity)),
            (Phrase.Of("memo.funds.grants"), Math.Max(0, Sum(cash.Grants) - receipts)),
            (Phrase.Of("memo.funds.prepaid"), prepaid),
        };
        sources.AddRange(_plan.Receipts.Select(r => (r.Title, r.Amount)));
        var spent = Sum(cash.CapitalCost);
        var uses = new List<(Phrase Name, double Money)>
        {
            (
                _plan.Standing ? Phrase.Of("memo.funds.repaid") : Phrase.Of("memo.funds.servers"),
                spent
                    - Sum(cash.Fees)
                    - Sum(cash.InputVat)
                    - standing
                    - _plan.Costs.Sum(c => c.Amount)
            ),
            (Phrase.Of("memo.funds.vat"), Sum(cash.InputVat)),
            (Phrase.Of("memo.funds.fees"), Sum(cash.Fees)),
            (Phrase.Of("memo.funds.before"), interest),
            (Phrase.Of("memo.funds.blocked"), prepaid),
        };
        uses.AddRange(_plan.Costs.Select(c => (c.Title, c.Amount)));
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
                    Line(Phrase.Of($"memo.{side}", l.Name), MemoFigures.Thousands(l.Money))
                )
                .Concat(
                    Enumerable.Repeat(
                        Line(Phrase.Of("name", ""), Phrase.Of("name", "")),
                        most - lines.Count(l => l.Money > 0.5)
                    )
                )
                .Append(
                    Line(
                        Phrase.Of($"memo.{side}.total"),
                        MemoFigures.Thousands(lines.Sum(l => l.Money))
                    )
                );
        return new MemoDraftBlock(Phrase.Of("memo.funding"))
        {
            Rows = [.. Side("source", sources), .. Side("use", uses)],
            Note = _median.Departs is { } departs
                ? Phrase.Of("memo.list", Phrase.Of("memo.funding.note", _figures.Unit), departs)
                : Phrase.Of("memo.funding.note", _figures.Unit),
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

    private MemoDraftBlock? ByYear()
    {
        if (_loan is null)
        {
            return null;
        }
        var covers = _result.CoverByYear.ToDictionary(c => c.Year);
        return new MemoDraftBlock(Phrase.Of("memo.byyear"))
        {
            Columns =
            [
                Phrase.Of("memo.years.year"),
                Phrase.Of("memo.years.cash"),
                Phrase.Of("memo.years.service"),
                Phrase.Of("memo.years.cover"),
                Phrase.Of("memo.years.p50"),
                Phrase.Of("memo.years.p90"),
                Phrase.Of("memo.years.debt"),
                Phrase.Of("memo.years.value"),
            ],
            Rows =
            [
                .. _picture
                    .Years()
                    .Where(y => y.Service > 0 || Cash.DebtBalance[y.LastMonth] > 0)
                    .Select(y =>
                        (IReadOnlyList<MemoDraftCell>)
                            [
                                Year(y.Year, y.LastMonth),
                                MemoFigures.Thousands(y.Available),
                                MemoFigures.Thousands(y.Service),
                                MemoFigures.Times(
                                    y.Service > 0 ? y.Available / y.Service : double.NaN
                                ),
                                MemoFigures.Times(
                                    covers.TryGetValue(y.Year, out var c) ? c.P50 : double.NaN
                                ),
                                MemoFigures.Times(
                                    covers.TryGetValue(y.Year, out var d) ? d.P90 : double.NaN
                                ),
                                MemoFigures.Thousands(Cash.DebtBalance[y.LastMonth]),
                                Cash.FleetValue[y.LastMonth] > 0
                                    ? MemoFigures.Share(_picture.LoanToValue(y.LastMonth) / Orderly)
                                    : Phrase.Of("memo.fleet.none"),
                            ]
                    ),
            ],
            Sentences = [.. WhyDefault()],
            Note = Phrase.Of("memo.years.note", _figures.Unit, Orderly),
        };
    }

    /// <summary>A year; the one that a default cuts short with the month up to which its figures go.</summary>
    private Phrase Year(int year, int lastMonth)
    {
        var name = Words.Name(string.Create(CultureInfo.InvariantCulture, $"{year}"));
        var last = Cash.Start + lastMonth;
        return
            Cash.DefaultMonth >= 0
            && Cash.DefaultMonth <= lastMonth
            && last.MonthOfYear < 12
            && lastMonth < Cash.Months - 1
            ? Phrase.Of("memo.years.to", name, last)
            : name;
    }

    private double Orderly => _loan?.Case?.Rule.OrderlyShare ?? new LendingRule().OrderlyShare;

    private static IReadOnlyList<MemoDraftCell> Line(Phrase name, MemoDraftCell figure) =>
        [name, figure];
}
