using System.Globalization;
using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;

namespace Plimsoll.Studies.Memos;

internal sealed partial class MemoPage
{
    private MemoBlock? Ratios()
    {
        if (_loan is not { } loan)
        {
            return null;
        }
        var cash = Cash;
        var rule = _median.Model.Terms;
        var peak = _picture.HighestLoanToValue;
        var balloon = Middle(loan.Whole, loan.Whole.Balloon);
        var rows = new List<IReadOnlyList<MemoCell>>
        {
            Line("DSCR, lowest", MemoFigures.Times(Lowest)),
            Line("DSCR, average", MemoFigures.Times(Average)),
            Line("LLCR", MemoFigures.Times(Stated("llcr"))),
            Line("PLCR", MemoFigures.Times(Stated("plcr"))),
            Line(
                "loan to cost",
                _plan.Standing
                    ? MemoFigures.Share(Stated("gearing"))
                    : MemoFigures.Share(_picture.LoanToCost)
            ),
            Line("loan to fair value, highest", MemoFigures.Share(peak)),
            Line("loan to orderly value, highest", MemoFigures.Share(peak / Orderly)),
            Line("contractual weighted life", MemoFigures.Years(loan.Whole.Loan.WeightedLifeYears)),
            Line("weighted life, as repaid", MemoFigures.Years(_picture.WeightedLifeYears)),
            Line("balloon", balloon > 0 ? _figures.Money(balloon) : "none"),
            Line(
                "odds that a sale or a new loan on the contracts left repays it",
                balloon > 0 ? MemoFigures.Odds(Refinanced(loan.Whole)) : "no balloon"
            ),
            Line("debt per GPU", _figures.Money(cash.Lent / _picture.Accelerators)),
            Line("debt per MW", _figures.Money(cash.Lent / _picture.Megawatts)),
            Line("rent obtained over the loan", _figures.Price(_picture.Rent)),
            Line("break-even rent", _figures.Price(_picture.Rent * _picture.BreakEvenShare)),
            Line("fill over the loan", MemoFigures.Share(_picture.Fill)),
            Line("break-even fill", MemoFigures.Share(_picture.Fill * _picture.BreakEvenShare)),
            Line("headroom over the covenant", MemoFigures.Times(Lowest - rule.CovenantCover)),
            Line("first likely trip of the covenant", Trip(rule.CovenantCover)),
        };
        if (loan.Contracted is { } alone)
        {
            rows.Insert(
                2,
                Line(
                    "DSCR on contracts alone, lowest P50",
                    MemoFigures.Times(Quantile(alone, alone.LowestCover, 0.5))
                )
            );
            rows.Insert(
                3,
                Line(
                    "DSCR on contracts alone, lowest P90",
                    MemoFigures.Times(Quantile(alone, alone.LowestCover, 0.1))
                )
            );
        }
        return new MemoBlock("Ratios")
        {
            Rows = rows,
            Note =
                "Of the middle draw unless said otherwise. Break-even: revenue at which cash over the life of the loan equals its service, costs and tax as they are. DSCR: twelve months behind, at the tests while the loan runs, a balloon left out.",
        };
    }

    private MemoBlock? Risk()
    {
        if (_loan?.Case is not { } judged)
        {
            return null;
        }
        return new MemoBlock("Risk and its price")
        {
            Rows =
            [
                Line("PD over the term", MemoFigures.Odds(judged.Events.Default.Value)),
                Line(
                    $"PD over the term, at most, from {_result.Draws:N0} draws",
                    MemoFigures.Share(judged.Events.Default.High)
                ),
                Line(
                    "PD a year of the term, fails as often as",
                    $"{MemoFigures.Rate(judged.YearlyDefault).Text}, {judged.Rating}"
                ),
                Line("LGD", MemoFigures.Share(judged.Losses.GivenDefault)),
                Line(
                    "EL a year of the weighted life",
                    MemoFigures.Rate(judged.Margin.ExpectedLoss)
                ),
                Line("mean loss of the worst 5 %", MemoFigures.Share(judged.Losses.Tail)),
                Line("charge on it", MemoFigures.Rate(judged.Margin.TailCharge)),
                Line("fees, spread over the life", MemoFigures.Rate(judged.Margin.Fees)),
                Line("lowest margin, whatever the risk", MemoFigures.Rate(judged.Margin.Floor)),
                Line("margin required", MemoFigures.Rate(judged.Margin.Required)),
                Line("margin offered", MemoFigures.Rate(judged.Margin.Offered)),
                Line("lender's yield, gross", MemoFigures.Rate(judged.GrossYield)),
                Line("lender's yield after losses", MemoFigures.Rate(judged.LossAdjustedYield)),
                Line("lender's multiple", MemoFigures.Times(judged.Multiple)),
                Line("odds of lock-up", MemoFigures.Odds(judged.Events.LockUp.Value)),
                Line("odds of a covenant breach", MemoFigures.Odds(judged.Events.Breach.Value)),
                Line("odds of a payment default", MemoFigures.Odds(judged.Events.Default.Value)),
                Line("odds of a loss", MemoFigures.Odds(judged.Events.Loss.Value)),
            ],
            Note =
                $"Events are counted while debt is outstanding. Required: expected loss a year and {Words.Percent(judged.Rule.TailCharge)} a year on the mean loss of the worst {Words.Percent(judged.Rule.TailShare)}, less fees, and never less than the lowest margin (own prior, grade D: what a lender's own funding, liquidity and capital cost). Losses and fees are spread over the contractual weighted life of {MemoFigures.Years(judged.LifeYears).Text}, odds over the term of {MemoFigures.Years(judged.Loan.TermYears).Text}. The upper bound is that of the 95 % sampling interval.",
        };
    }

    private MemoBlock? Carries()
    {
        if (_loan is not { } loan)
        {
            return null;
        }
        var split = loan.Split;
        var rule = loan.Case?.Rule ?? new LendingRule();
        IReadOnlyList<MemoCell> Part(string by, double money) =>
            [by, _figures.Money(money), MemoFigures.Share(money / split.Asked)];
        return new MemoBlock("What carries the amount asked for")
        {
            Columns = ["carried by", "amount", "share"],
            Rows =
            [
                Part(
                    double.IsNaN(_result.ContractedCapacity)
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"signed contracts at a cover of {rule.TargetCover:0.00}"
                        )
                        : "signed contracts, by the rule's tests",
                    split.Contracts
                ),
                Part("merchant cash at that cover, in nine draws of ten", split.Merchant),
                Part("an orderly sale at maturity, in nine draws of ten", split.Resale),
                Part("nothing", split.Nothing),
            ],
            Note = _result.ContractedLoan is { } largest
                ? $"Contracted debt capacity, whatever is asked: {largest.Terms}."
                : "",
        };
    }

    private MemoBlock? Comparables()
    {
        var deals = ComparableDeal.All(_view);
        if (_loan is not { } loan || deals.Count == 0)
        {
            return null;
        }
        return new MemoBlock("Comparable deals known on the day")
        {
            Columns = ["deal", "signed", "carried by", "months", "margin paid", "security"],
            Rows =
            [
                .. deals
                    .Reverse()
                    .Take(6)
                    .Select(d =>
                        (IReadOnlyList<MemoCell>)
                            [
                                d.Name,
                                d.Date.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                                CreditTerms.Word(d.Standing),
                                d.TenorMonths is { } months
                                    ? MemoFigures.Count(months)
                                    : "not known",
                                MemoFigures.Rate(d.Margin),
                                d.Security,
                            ]
                    ),
            ],
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"This loan offers {100 * loan.Whole.Loan.Margin:0.00} % over its base rate."
            ),
        };
    }

    private MemoBlock? Residual()
    {
        if (_loan is not { } loan)
        {
            return null;
        }
        var (years, within) = _picture.EconomicLife;
        var book = _median
            .Model.Terms.CapitalCosts.Select(c => c.TaxLifeYears)
            .DefaultIfEmpty(double.NaN)
            .Max();
        return new MemoBlock("Life and residual value")
        {
            Rows =
            [
                Line(
                    "economic life",
                    within
                        ? MemoFigures.Years(years)
                        : $"beyond the horizon, at least {MemoFigures.Years(years).Text}"
                ),
                Line("book life, for tax", MemoFigures.Years(book)),
                Line(
                    "fleet at maturity, orderly, P50",
                    _figures.Money(Orderly * Quantile(loan.Whole, loan.Whole.FairAtMaturity, 0.5))
                ),
                Line(
                    "fleet at maturity, orderly, P90",
                    _figures.Money(Orderly * Quantile(loan.Whole, loan.Whole.FairAtMaturity, 0.1))
                ),
            ],
            Note =
                $"Second-hand values are drawn with rents, so that both are low together; orderly value is {Words.Percent(Orderly)} of fair value. Economic life ends when revenue no longer pays what closing would save.",
        };
    }

    private MemoBlock? Stresses() =>
        _result.Stresses.Count == 0
            ? null
            : new MemoBlock("Three stresses")
            {
                Columns = ["stress", "fill", "lowest cover", "breach", "default"],
                Rows =
                [
                    .. _result
                        .Stresses.Where(s => s.Name != "none")
                        .OrderByDescending(s => s.Default)
                        .ThenByDescending(s => s.Breach)
                        .ThenBy(s => s.Name, StringComparer.Ordinal)
                        .Take(3)
                        .Select(s =>
                            (IReadOnlyList<MemoCell>)
                                [
                                    $"{s.Name}: {s.Description}",
                                    MemoFigures.Share(s.Fill),
                                    MemoFigures.Times(s.MinimumCover),
                                    MemoFigures.Odds(s.Breach),
                                    MemoFigures.Odds(s.Default),
                                ]
                        ),
                ],
            };

    private MemoBlock? Flips()
    {
        var turning = _result.Flips.Where(f => double.IsFinite(f.AtFlip)).Take(3).ToList();
        return _result.Flips.Count == 0
            ? null
            : new MemoBlock("Numbers that would turn the answer")
            {
                Sentences =
                    turning.Count > 0
                        ? [.. turning.Select(f => $"{f.Meaning}.")]
                        : ["No number that was tried turns it by itself."],
            };
    }

    private MemoBlock? Conditions()
    {
        var offer =
            _result.Verdict.Option.Length > 0
                ? _result.Loans.FirstOrDefault(l => l.Name == _result.Verdict.Option)
                : null;
        if (_loan is null)
        {
            return null;
        }
        var terms = _plan.Terms;
        string[] package =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"Covenant: trailing cover of {terms.CovenantCover:0.00}, tested every {terms.TestEveryMonths} months."
            ),
            string.Create(
                CultureInfo.InvariantCulture,
                $"Cash trap: below a cover of {terms.LockUpCover:0.00} nothing is paid out{(terms.TrapTests > 0 ? $", and after {terms.TrapTests} failed tests trapped cash repays debt" : ", and stays trapped until a test is passed")}."
            ),
            string.Create(
                CultureInfo.InvariantCulture,
                $"Default: a payment not cured within {terms.CureMonths} months{(terms.DefaultCover > 0 ? $", or a cover below {terms.DefaultCover:0.00}" : "")}. Reserve: {terms.ReserveMonths} months of debt service."
            ),
        ];
        return new MemoBlock(
            offer is null ? "Conditions" : $"Conditions of '{offer.Name}', which passes the rule"
        )
        {
            Sentences =
            [
                .. offer is { Conditions.Count: > 0 }
                    ? offer.Conditions
                    :
                    [
                        offer is null
                            ? "No loan passes the rule."
                            : "None beyond the terms asked for.",
                    ],
                .. package,
            ],
        };
    }

    private MemoBlock Unknown() =>
        new("What is not known")
        {
            Sentences = [.. _result.Verdict.Unknown.Concat(_result.Limits).Take(6)],
        };

    private double Lowest => DrawFigures.LowestCover(Cash);

    /// <summary>Mean cover at the tests while the loan runs.</summary>
    private double Average => CreditEvent.Covers(Cash).DefaultIfEmpty(double.NaN).Average();

    /// <summary>First year in which the covenant falls in half of the draws, or in one of ten.</summary>
    private MemoCell Trip(double covenant)
    {
        var half = _result.CoverByYear.FirstOrDefault(c => c.P50 < covenant);
        var tenth = _result.CoverByYear.FirstOrDefault(c => c.P90 < covenant);
        return half is not null ? $"{half.Year}, in half of the draws"
            : tenth is not null ? $"{tenth.Year}, in one draw of ten"
            : "none in nine draws of ten";
    }

    private double Refinanced(LenderDraws draws)
    {
        var rule = _loan!.Case?.Rule ?? new LendingRule();
        var sound = draws.Sound;
        return sound.Count(i => !draws.Default[i] && rule.Repays(draws, i)) / (double)sound.Length;
    }

    private static double Middle(LenderDraws draws, double[] values) =>
        Quantile(draws, values, 0.5);

    private static double Quantile(LenderDraws draws, double[] values, double share)
    {
        var sorted = draws.Sound.Select(i => values[i]).Where(double.IsFinite).Order().ToArray();
        return sorted.Length == 0
            ? double.NaN
            : sorted[(int)Math.Floor(share * (sorted.Length - 1))];
    }
}
