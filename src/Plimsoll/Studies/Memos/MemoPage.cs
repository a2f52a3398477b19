using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Contracts;
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
            var rated = _result.Rated.Length > 0;
            if (rated)
            {
                sentences.Add($"Asked: {_result.Loans[0].Terms}.");
            }
            sentences.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(rated ? "Recommended, and rated in all that follows" : "Asked")}: {_figures.Money(terms.Amount).Text} over {terms.MaturityMonth - terms.FirstPaymentMonth + 1} months from {_result.Start + terms.FirstPaymentMonth}, {Repaid(_plan.Loan!)}, base rate of {100 * terms.BaseRate:0.00} % and margin of {100 * terms.Margin:0.00} %, fee of {100 * terms.UpfrontFee:0.00} %, reserve of {_plan.Terms.ReserveMonths} months."
                )
            );
        }
        else
        {
            sentences.Add(
                _plan.Loan is null
                    ? "No debt is asked for."
                    : "Debt is asked for, but nothing of it can be drawn in the middle draw: the borrowing base or the terms of the draw leave no room."
            );
        }
        sentences.Add(OperatorLine());
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

    /// <summary>Who runs the centre as a credit, and whether another may step in.</summary>
    private string OperatorLine() =>
        _plan.Plan.Operator is not { } terms
            ? "Operator: no credit class was given, so that in no draw does the operator fail; give 'operator' for its odds and step-in rights."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Operator: {terms.Operator.ClassWord}, fails within {_result.Months} months in {Words.Odds(CounterpartyOdds.Of(terms.Operator).Within(_result.Months))}; {(terms.StepIn ? $"lenders may step in: {terms.DarkMonths} dark months, a fee of {Words.Percent(terms.FeeShare)} of rent, tenants stay with odds of {Words.Percent(terms.TenantStays)}" : "nobody may step in, and every contract ends with it")}."
            );

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
        // Equity that bridges a later draw is paid back by it.
        var equity = Sum(cash.EquityIn) - Sum(cash.BridgeReturned);
        var sources = new List<(string Name, double Money)>
        {
            ("debt drawn", Sum(cash.DebtDrawn)),
            ("interest added to the debt", interest),
            ("equity, bridge money paid back left out", Math.Max(0, equity)),
            ("grants", Math.Max(0, Sum(cash.Grants))),
        };
        var spent = Sum(cash.CapitalCost);
        var uses = new List<(string Name, double Money)>
        {
            (
                _plan.Standing ? "debt repaid" : "servers and hall",
                spent - Sum(cash.Fees) - Sum(cash.InputVat)
            ),
            ("value added tax on them", Sum(cash.InputVat)),
            ("fees", Sum(cash.Fees)),
            ("interest before the first payment", interest),
        };
        var rest = sources.Sum(s => s.Money) - uses.Sum(u => u.Money);
        if (rest >= 0)
        {
            uses.Add(("reserves, first running cost and cash", rest));
        }
        else
        {
            sources.Add(("cash of operations", -rest));
        }
        IEnumerable<IReadOnlyList<MemoCell>> Side(
            string side,
            List<(string Name, double Money)> lines
        ) =>
            lines
                .Where(l => l.Money > 0.5)
                .Select(l => Line($"{side}: {l.Name}", MemoFigures.Thousands(l.Money)))
                .Append(Line($"{side}s, total", MemoFigures.Thousands(lines.Sum(l => l.Money))));
        return new MemoBlock("Sources and uses, to the first payment")
        {
            Rows = [.. Side("source", sources), .. Side("use", uses)],
            Note = $"Thousand {_result.Currency.Code}, middle draw.",
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
                "cash available, middle draw",
                "debt service, middle draw",
                "cover, middle draw",
                "cover P50, all draws",
                "cover P90, all draws",
                "debt at year end, middle draw",
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
                                MemoFigures.Share(_picture.LoanToValue(y.LastMonth) / Orderly),
                            ]
                    ),
            ],
            Note =
                $"Thousand {_result.Currency.Code}. The middle draw is one draw, followed until its default or maturity; P50 and P90 are taken over all draws in each year apart, a draw in default with what it still earns. A balloon is no part of debt service. Orderly value is {Words.Percent(Orderly)} of fair value.",
        };
    }

    private double Orderly => _loan?.Case?.Rule.OrderlyShare ?? new LendingRule().OrderlyShare;

    private static IReadOnlyList<MemoCell> Line(string name, MemoCell figure) => [name, figure];

    private double Stated(string key) =>
        _stated.TryGetValue(key, out var figure) ? figure.Value : double.NaN;
}
