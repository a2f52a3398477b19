using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <summary>Writes the memo block by block, in the order in which a committee reads.</summary>
internal sealed partial class MemoPage
{
    private readonly StudyResult _result;
    private readonly StudyCase _plan;
    private readonly MedianCase _median;
    private readonly LoanDraws? _loan;
    private readonly CatalogView _view;
    private readonly PhysicalDraws _held;
    private readonly MemoFigures _figures;
    private readonly LoanPicture _picture;
    private readonly Dictionary<string, Figure> _stated;

    /// <summary>Gathers what the memo is written from.</summary>
    public MemoPage(
        StudyResult result,
        StudyCase plan,
        MedianCase median,
        LoanDraws? loan,
        CatalogView view,
        PhysicalDraws held
    )
    {
        (_result, _plan, _median, _loan, _view) = (result, plan, median, loan, view);
        _held = held;
        _figures = new MemoFigures(result.Currency);
        var outlook = median.Case.Outlook.Physical;
        _picture = new LoanPicture(
            median.Case.Cash,
            outlook,
            loan?.Whole.Loan.FirstPaymentMonth ?? 0,
            loan?.Whole.Loan.MaturityMonth ?? outlook.Months - 1
        );
        _stated = new ProjectFigures(median.Model, outlook, median.Case.Cash)
            .All()
            .ToDictionary(f => f.Key, f => f.Figure, StringComparer.Ordinal);
    }

    private CashFlow Cash => _median.Case.Cash;

    /// <summary>The memo.</summary>
    public Memo Write() =>
        new(
            _result.Name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Memo to the committee · question of the {_result.Question} · decided {_result.Decided} · amounts in {_result.Currency.Code}, nominal · {_result.Draws:N0} joint draws, middle draw {_median.Draw}"
            ),
            [
                .. new[]
                {
                    Request(),
                    Funding(),
                    Debt(),
                    Contracts(),
                    Failures(),
                    ByYear(),
                    Ratios(),
                    Risk(),
                    Carries(),
                    Comparables(),
                    Residual(),
                    Stresses(),
                    Flips(),
                    Conditions(),
                    Unknown(),
                }.OfType<MemoBlock>(),
            ]
        );

    private MemoBlock Request()
    {
        var sentences = new List<string>();
        if (_loan is { } loan)
        {
            var terms = loan.Whole.Loan;
            sentences.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Asked: {_figures.Money(terms.Amount).Text} over {terms.MaturityMonth - terms.FirstPaymentMonth + 1} months from {_result.Start + terms.FirstPaymentMonth}, {Repaid(_plan.Loan!)}, base rate of {100 * terms.BaseRate:0.00} % and margin of {100 * terms.Margin:0.00} %, fee of {100 * terms.UpfrontFee:0.00} %, reserve of {_median.Model.Terms.ReserveMonths} months."
                )
            );
        }
        else
        {
            sentences.Add("No debt is asked for.");
        }
        sentences.Add($"Centre: {_result.Centre}");
        sentences.Add($"Recommendation: {_result.Verdict.Headline}");
        if (!_result.Fitted)
        {
            sentences.Add(
                "The market rests on an unfitted prior: what depends on rents not yet signed can neither be lent on nor declined."
            );
        }
        return new MemoBlock("Request and recommendation") { Sentences = sentences };
    }

    private static string Repaid(DebtTranche loan) =>
        loan.Repayment switch
        {
            Repayment.Annuity => "repaid in equal payments",
            Repayment.Bullet => "repaid at the end",
            Repayment.Instalments => "repaid in stated instalments",
            Repayment.Sculpted => "sculpted to cash",
        };

    private MemoBlock Funding()
    {
        var cash = Cash;
        var until = Math.Min(
            cash.Months - 1,
            _loan?.Whole.Loan.FirstPaymentMonth ?? Array.FindLastIndex(cash.CapitalCost, c => c > 0)
        );
        double Sum(double[] row) => row.Take(until + 1).Sum();
        var interest = Sum(cash.InterestCapitalised);
        var sources = new (string Name, double Money)[]
        {
            ("source: debt drawn", Sum(cash.DebtDrawn)),
            ("source: interest added to the debt", interest),
            ("source: equity", Sum(cash.EquityIn)),
            ("source: grants", Math.Max(0, Sum(cash.Grants))),
        };
        var spent = Sum(cash.CapitalCost);
        var uses = new (string Name, double Money)[]
        {
            ("use: servers and hall", spent - Sum(cash.Fees) - Sum(cash.InputVat)),
            ("use: value added tax on them", Sum(cash.InputVat)),
            ("use: fees", Sum(cash.Fees)),
            ("use: interest before the first payment", interest),
        };
        var rest = sources.Sum(s => s.Money) - uses.Sum(u => u.Money);
        return new MemoBlock("Sources and uses, to the first payment")
        {
            Rows =
            [
                .. sources
                    .Concat(uses)
                    .Append(
                        rest >= 0
                            ? ("use: reserves, first running cost and cash", rest)
                            : ("source: cash of operations", -rest)
                    )
                    .Where(l => l.Item2 > 0.5)
                    .Select(l => Line(l.Item1, _figures.Money(l.Item2))),
            ],
        };
    }

    private MemoBlock? ByYear()
    {
        if (_loan is null)
        {
            return null;
        }
        var covers = _result.CoverByYear.ToDictionary(c => c.Year);
        return new MemoBlock("Cash available for debt service, and debt against the fleet")
        {
            Columns =
            [
                "year",
                "cash available",
                "debt service",
                "cover P50",
                "cover P90",
                "debt at year end",
                "over fair value",
                "over orderly value",
            ],
            Rows =
            [
                .. _picture
                    .Years()
                    .Where(y => y.Service > 0 || Cash.DebtBalance[y.LastMonth] > 0)
                    .Select(y =>
                        (IReadOnlyList<MemoCell>)
                            [
                                string.Create(CultureInfo.InvariantCulture, $"{y.Year}"),
                                MemoFigures.Amount(y.Available),
                                MemoFigures.Amount(y.Service),
                                MemoFigures.Times(
                                    covers.TryGetValue(y.Year, out var c) ? c.P50 : double.NaN
                                ),
                                MemoFigures.Times(
                                    covers.TryGetValue(y.Year, out var d) ? d.P90 : double.NaN
                                ),
                                MemoFigures.Amount(Cash.DebtBalance[y.LastMonth]),
                                MemoFigures.Share(_picture.LoanToValue(y.LastMonth)),
                                MemoFigures.Share(_picture.LoanToValue(y.LastMonth) / Orderly),
                            ]
                    ),
            ],
            Note =
                $"Amounts in {_result.Currency.Code} of the middle draw; cover over all draws. Orderly value is {Words.Percent(Orderly)} of fair value.",
        };
    }

    private double Orderly => _loan?.Case?.Rule.OrderlyShare ?? new LendingRule().OrderlyShare;

    private static IReadOnlyList<MemoCell> Line(string name, MemoCell figure) => [name, figure];

    private double Stated(string key) =>
        _stated.TryGetValue(key, out var figure) ? figure.Value : double.NaN;
}
