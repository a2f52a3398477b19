using System.Globalization;
using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;

namespace Plimsoll.Studies.Memos;

internal sealed partial class MemoPage
{
    private MemoBlock Contracts()
    {
        var outlook = _median.Case.Outlook.Physical;
        var revenue = Enumerable.Range(0, outlook.Months).Sum(outlook.Revenue);
        var due = outlook
            .Leases.Where(l => l.Signed)
            .GroupBy(l => l.Id, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => g.Sum(l => ContractedOutlook.Due(outlook, l).Sum()),
                StringComparer.Ordinal
            );
        if (_plan.Leases.Count == 0)
        {
            return new MemoBlock("Contracts")
            {
                Sentences = ["No contract is signed: every hour has still to be sold."],
            };
        }
        return new MemoBlock("Contracts")
        {
            Columns =
            [
                "tenant",
                "class",
                "guarantor",
                "GPUs",
                "price an hour",
                "months",
                "take-or-pay",
                "fails within",
                "of all revenue",
            ],
            Rows =
            [
                .. _plan.Leases.Select(l =>
                {
                    var terms = l.Terms.Terms;
                    return (IReadOnlyList<MemoCell>)
                        [
                            terms.Tenant.Name,
                            terms.Tenant.ClassWord,
                            terms.Tenant.Guarantor is { } g ? $"{g.Name} ({g.ClassWord})" : "none",
                            MemoFigures.Count(terms.Accelerators),
                            MemoFigures.Amount(terms.PricePerGpuHour),
                            MemoFigures.Count(terms.TenorMonths),
                            MemoFigures.Share(terms.TakeOrPayShare),
                            MemoFigures.Odds(
                                CounterpartyOdds.Of(terms.Tenant).Within(terms.TenorMonths)
                            ),
                            MemoFigures.Share(
                                revenue > 0 && due.TryGetValue(terms.Id, out var rent)
                                    ? rent / revenue
                                    : double.NaN
                            ),
                        ];
                }),
            ],
            Note =
                "Odds that the tenant and who stands behind it fail within the term; share of revenue in the middle draw over the horizon.",
        };
    }

    private MemoBlock? Ratios()
    {
        if (_loan is not { } loan)
        {
            return null;
        }
        var cash = Cash;
        var rule = _median.Model.Terms;
        var peak = _picture.LoanToValue(_picture.Peak);
        var balloon = Middle(loan.Whole, loan.Whole.Balloon);
        var rows = new List<IReadOnlyList<MemoCell>>
        {
            Line("DSCR, lowest", MemoFigures.Times(Lowest)),
            Line("DSCR, average", MemoFigures.Times(Average)),
            Line("LLCR", MemoFigures.Times(Stated("llcr"))),
            Line("PLCR", MemoFigures.Times(Stated("plcr"))),
            Line("loan to cost", MemoFigures.Share(_picture.LoanToCost)),
            Line("loan to fair value, at most owed", MemoFigures.Share(peak)),
            Line("loan to orderly value, at most owed", MemoFigures.Share(peak / Orderly)),
            Line("weighted life", MemoFigures.Years(_picture.WeightedLifeYears)),
            Line("balloon", balloon > 0 ? _figures.Money(balloon) : "none"),
            Line(
                "odds that an orderly sale refinances it",
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
                "Of the middle draw unless said otherwise. Break-even: revenue at which cash over the life of the loan equals its service, costs and tax as they are. DSCR: twelve months behind, at the tests up to default.",
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
                Line("PD over the loan", MemoFigures.Odds(judged.Events.Default.Value)),
                Line(
                    "PD a year, fails as often as",
                    $"{MemoFigures.Rate(judged.YearlyDefault).Text}, {judged.Rating}"
                ),
                Line("LGD", MemoFigures.Share(judged.Losses.GivenDefault)),
                Line("EL a year", MemoFigures.Rate(judged.Margin.ExpectedLoss)),
                Line("mean loss of the worst 5 %", MemoFigures.Share(judged.Losses.Tail)),
                Line("charge on it", MemoFigures.Rate(judged.Margin.TailCharge)),
                Line("fees, spread over the life", MemoFigures.Rate(judged.Margin.Fees)),
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
                $"Events are counted while debt is outstanding. Required: expected loss a year and {Words.Percent(judged.Rule.TailCharge)} a year on the mean loss of the worst {Words.Percent(judged.Rule.TailShare)}, less fees.",
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
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"signed contracts at a cover of {rule.TargetCover:0.00}"
                    ),
                    split.Contracts
                ),
                Part("merchant cash at that cover, in nine draws of ten", split.Merchant),
                Part("an orderly sale at maturity, in nine draws of ten", split.Resale),
                Part("nothing", split.Nothing),
            ],
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
                        .Stresses.OrderByDescending(s => s.Default)
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

    private MemoBlock? Flips() =>
        _result.Flips.Count == 0
            ? null
            : new MemoBlock("Three numbers that would turn the answer")
            {
                Sentences = [.. _result.Flips.Take(3).Select(f => $"{f.Meaning}.")],
            };

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
        return new MemoBlock(
            offer is null ? "Conditions" : $"Conditions of '{offer.Name}', which passes the rule"
        )
        {
            Sentences = offer is { Conditions.Count: > 0 }
                ? [.. offer.Conditions]
                : [offer is null ? "No loan passes the rule." : "None beyond the terms asked for."],
        };
    }

    private MemoBlock Unknown() =>
        new("What is not known")
        {
            Sentences = [.. _result.Verdict.Unknown.Concat(_result.Limits).Take(6)],
        };

    private double Lowest => DrawFigures.LowestCover(Cash);

    /// <summary>Mean cover at the tests up to default.</summary>
    private double Average =>
        Enumerable
            .Range(0, Cash.DefaultMonth >= 0 ? Cash.DefaultMonth + 1 : Cash.Months)
            .Where(m => Cash.Tested[m] && !double.IsNaN(Cash.TrailingCover[m]))
            .Select(m => Cash.TrailingCover[m])
            .DefaultIfEmpty(double.NaN)
            .Average();

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
        return sound.Count(i =>
                !draws.Default[i]
                && draws.Balloon[i]
                    <= rule.BalloonShare * rule.OrderlyShare * draws.FairAtMaturity[i]
            ) / (double)sound.Length;
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
