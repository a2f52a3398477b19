using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

internal sealed partial class MemoPage
{
    private MemoDraftBlock? Ratios()
    {
        if (_loan is not { } loan)
        {
            return null;
        }
        var cash = Cash;
        var rule = _median.Model.Terms;
        // Over all draws: one draw's value of a used fleet is luck.
        MemoDraftCell Peak(double share, double orderly) =>
            MemoFigures.Share(Quantile(loan.Whole, loan.Whole.HighestLoanToValue, share) / orderly);
        MemoDraftCell Times(double[] covers, double share) =>
            MemoFigures.Times(Quantile(loan.Whole, covers, share));
        List<IReadOnlyList<MemoDraftCell>> rows =
        [
            Line(Phrase.Of("memo.ratio.dscr.low"), MemoFigures.Times(Lowest)),
            Line(Phrase.Of("memo.ratio.dscr.mean"), MemoFigures.Times(Average)),
            Line(Phrase.Of("memo.ratio.llcr.p50"), Times(loan.Whole.LifeCover, 0.5)),
            Line(Phrase.Of("memo.ratio.llcr.p90"), Times(loan.Whole.LifeCover, 0.1)),
            Line(Phrase.Of("memo.ratio.plcr.p50"), Times(loan.Whole.ProjectCover, 0.5)),
            Line(Phrase.Of("memo.ratio.plcr.p90"), Times(loan.Whole.ProjectCover, 0.1)),
            Line(
                Phrase.Of("memo.ratio.ltc"),
                MemoFigures.Share(
                    _median.Model.Terms.Opening is not { Assets.Count: > 0 } opening
                        ? _picture.LoanToCost
                    : _plan.Standing ? cash.Lent / opening.Assets.Sum(a => a.Cost)
                    : _picture.LoanToCostOf(opening.Assets.Sum(a => a.Cost) - _plan.DebtStanding)
                )
            ),
            Line(Phrase.Of("memo.ratio.ltv.p50"), Peak(0.5, 1)),
            Line(Phrase.Of("memo.ratio.ltv.p90"), Peak(0.9, 1)),
            Line(Phrase.Of("memo.ratio.ltv.orderly.p50"), Peak(0.5, Orderly)),
            Line(Phrase.Of("memo.ratio.ltv.orderly.p90"), Peak(0.9, Orderly)),
            Line(
                Phrase.Of("memo.ratio.life"),
                MemoFigures.Years(loan.Whole.Loan.WeightedLifeYears)
            ),
            Line(
                Phrase.Of("memo.ratio.life.repaid"),
                MemoFigures.Years(_picture.WeightedLifeYears)
            ),
            .. Balloon(loan.Whole),
            Line(
                Phrase.Of("memo.ratio.per.gpu"),
                _figures.Money(cash.Lent / _picture.Accelerators)
            ),
            Line(Phrase.Of("memo.ratio.per.mw"), _figures.Money(cash.Lent / Megawatts)),
            Line(Phrase.Of("memo.ratio.rent"), _figures.Price(_picture.Rent)),
            Line(Phrase.Of("memo.ratio.rent.even"), _figures.Price(_picture.BreakEvenRent)),
            Line(Phrase.Of("memo.ratio.fill"), MemoFigures.Share(_picture.Fill)),
            Line(Phrase.Of("memo.ratio.fill.even"), MemoFigures.Share(_picture.BreakEvenFill)),
            Line(Phrase.Of("memo.ratio.headroom"), MemoFigures.Times(Lowest - rule.CovenantCover)),
            Line(Phrase.Of("memo.ratio.trip"), Trip(loan.Whole)),
        ];
        if (loan.Contracted is { } alone)
        {
            var on = _plan.Leases.Any(TenantsToBeSigned.Are) ? "let" : "contracts";
            rows.Insert(
                2,
                Line(
                    Phrase.Of($"memo.ratio.dscr.{on}.p50"),
                    MemoFigures.Times(Quantile(alone, alone.LowestCover, 0.5))
                )
            );
            rows.Insert(
                3,
                Line(
                    Phrase.Of($"memo.ratio.dscr.{on}.p90"),
                    MemoFigures.Times(Quantile(alone, alone.LowestCover, 0.1))
                )
            );
        }
        // A course that closes lets nothing: what has no figure is named, not printed without one.
        var without = Ended ? rows.FindAll(r => r[1].Figure && double.IsNaN(r[1].Value)) : [];
        return new MemoDraftBlock(Phrase.Of("memo.ratios"))
        {
            Rows = [.. rows.Except(without)],
            Sentences =
                without.Count > 0
                    ?
                    [
                        Phrase.Of(
                            "memo.ratios.ended",
                            without
                                .Select(r => r[0].Text)
                                .Aggregate(
                                    (before, next) => Phrase.Of("list.semicolon", before, next)
                                )
                        ),
                    ]
                    : [],
            Note = Phrase.Of("memo.ratios.note"),
        };
    }

    /// <summary>Busy power of the servers of the plan, without hall overhead: what is installed, whatever a draw runs of it.</summary>
    private double Megawatts => _plan.Fleets.Sum(f => f.Servers * f.Power.BusyKw) / 1000;

    /// <summary>The balloon of the schedule, how often some of it is left, and whether that is repaid.</summary>
    private IEnumerable<IReadOnlyList<MemoDraftCell>> Balloon(LenderDraws draws)
    {
        var scheduled = draws.Loan.ScheduledBalloon;
        yield return Line(
            Phrase.Of("memo.ratio.balloon"),
            scheduled > 0 ? _figures.Money(scheduled) : Phrase.Of("memo.none")
        );
        if (scheduled > 0)
        {
            yield return Line(
                Phrase.Of("memo.ratio.balloon.left"),
                MemoFigures.Odds(
                    draws.Sound.Average(i => draws.BalloonLeft[i] > CreditEvent.Cent ? 1.0 : 0)
                )
            );
            yield return Line(
                Phrase.Of("memo.ratio.balloon.middle"),
                _figures.Money(Middle(draws, draws.BalloonLeft))
            );
        }
        var due = draws.Sound.Any(i => draws.Balloon[i] > 0);
        if (due || scheduled <= 0)
        {
            yield return Line(
                Phrase.Of("memo.ratio.balloon.odds"),
                due ? MemoFigures.Odds(Refinanced(draws)) : Phrase.Of("memo.balloon.none")
            );
        }
    }

    private MemoDraftBlock? Risk()
    {
        if (_loan?.Case is not { } judged)
        {
            return null;
        }
        return new MemoDraftBlock(Phrase.Of("memo.risk"))
        {
            Rows =
            [
                Line(Phrase.Of("memo.risk.pd"), MemoFigures.Odds(judged.Events.Default.Value)),
                Line(
                    Phrase.Of("memo.risk.pd.most", _result.Draws),
                    MemoFigures.Share(judged.Events.Default.High)
                ),
                Line(
                    Phrase.Of("memo.risk.pd.year"),
                    // No class of companies fails for certain.
                    judged.Events.Default.Value >= 1
                        ? Phrase.Of("memo.risk.rating.none")
                        : Phrase.Of(
                            "memo.risk.rating",
                            MemoFigures.Rate(judged.YearlyDefault).Text,
                            Words.Named("rating", judged.Rating)
                        )
                ),
                Line(Phrase.Of("memo.risk.lgd"), MemoFigures.Share(judged.Losses.GivenDefault)),
                Line(Phrase.Of("memo.risk.el"), MemoFigures.Rate(judged.Margin.ExpectedLoss)),
                Line(Phrase.Of("memo.risk.tail"), MemoFigures.Share(judged.Losses.Tail)),
                Line(
                    Phrase.Of("memo.risk.tail.charge"),
                    MemoFigures.Rate(judged.Margin.TailCharge)
                ),
                Line(Phrase.Of("memo.risk.fees"), MemoFigures.Rate(judged.Margin.Fees)),
                .. judged.Margin.Floor > 0
                    ? new[]
                    {
                        Line(Phrase.Of("memo.risk.floor"), MemoFigures.Rate(judged.Margin.Floor)),
                    }
                    : [],
                Line(Phrase.Of("memo.risk.required"), MemoFigures.Rate(judged.Margin.Required)),
                Line(Phrase.Of("memo.risk.offered"), MemoFigures.Rate(judged.Margin.Offered)),
                .. LeastPaid() is { } paid
                    ? new[] { Line(Phrase.Of("memo.risk.paid"), MemoFigures.Rate(paid)) }
                    : [],
                Line(Phrase.Of("memo.risk.yield"), MemoFigures.Rate(judged.GrossYield)),
                Line(
                    Phrase.Of("memo.risk.yield.net"),
                    double.IsNaN(judged.LossAdjustedYield)
                        ? Phrase.Of("memo.risk.yield.none")
                        : MemoFigures.Rate(judged.LossAdjustedYield)
                ),
                Line(Phrase.Of("memo.risk.multiple"), MemoFigures.Times(judged.Multiple)),
                Line(Phrase.Of("memo.risk.lockup"), MemoFigures.Odds(judged.Events.LockUp.Value)),
                Line(Phrase.Of("memo.risk.breach"), MemoFigures.Odds(judged.Events.Breach.Value)),
                Line(Phrase.Of("memo.risk.default"), MemoFigures.Odds(judged.Events.Default.Value)),
                .. _plan.Terms.DefaultCover > 0
                    ? new[]
                    {
                        Line(
                            Phrase.Of("memo.risk.default.test", _plan.Terms.DefaultCover),
                            MemoFigures.Odds(judged.Events.DefaultByTest)
                        ),
                    }
                    : [],
                Line(Phrase.Of("memo.risk.loss"), MemoFigures.Odds(judged.Events.Loss.Value)),
            ],
            Note = Phrase.Of(
                "memo.risk.note",
                judged.Rule.TailCharge,
                judged.Rule.TailShare,
                MemoFigures.Years(judged.LifeYears).Text,
                MemoFigures.Years(judged.Loan.TermYears).Text
            ),
        };
    }

    /// <summary>Class that stands behind most of the rent under contract; null without one.</summary>
    private CreditClass? Standing =>
        _plan
            .Leases.Select(l => l.Terms.Terms)
            .MaxBy(t => t.Accelerators * t.PricePerGpuHour)
            ?.Tenant.Standing;

    /// <summary>Lowest margin that a loan on accelerators of that class paid; null where none is known.</summary>
    private double? LeastPaid() =>
        Standing is { } standing
            ? ComparableDeal
                .All(_view)
                .Where(d => d.OnAccelerators && d.Standing == standing)
                .Select(d => (double?)d.Margin)
                .Min()
            : null;

    private MemoDraftBlock? Carries()
    {
        if (_loan is not { } loan)
        {
            return null;
        }
        if (Ended)
        {
            return new MemoDraftBlock(Phrase.Of("memo.carries.owned"))
            {
                Sentences = [Phrase.Of("memo.carries.ended")],
            };
        }
        var split = loan.Split;
        var rule = loan.Case?.Rule ?? new LendingRule();
        IReadOnlyList<MemoDraftCell> Part(Phrase by, double money) =>
            [by, _figures.Money(money), MemoFigures.Share(money / split.Asked)];
        return new MemoDraftBlock(Phrase.Of(Owned ? "memo.carries.owned" : "memo.carries"))
        {
            Columns =
            [
                Phrase.Of("memo.carries.by"),
                Phrase.Of("memo.carries.amount"),
                Phrase.Of("memo.carries.share"),
            ],
            Rows =
            [
                Part(
                    Phrase.Of(
                        _plan.Plan.Backstop is null || _today.Leases.Count == 0
                            ? "memo.carries.contracts"
                            : "memo.carries.contracts.promise",
                        rule.TargetCover
                    ),
                    split.Contracts
                ),
                .. _plan.Leases.Any(TenantsToBeSigned.Are)
                    ? new[] { Part(Phrase.Of("memo.carries.open"), split.ToBeSigned) }
                    : [],
                Part(Phrase.Of("memo.carries.merchant"), split.Merchant),
                Part(Phrase.Of("memo.carries.sale"), split.Resale),
                Part(Phrase.Of("memo.carries.nothing"), split.Nothing),
            ],
            Note =
                _result.ContractedLoan is { } largest ? Capacity(largest)
                : _result.ContractedBound is { } bound
                    ? Phrase.Of("memo.list", Phrase.Of("memo.carries.none"), bound.Said)
                : null,
        };
    }

    /// <summary>The largest loan on signed contracts, and what keeps it from being larger.</summary>
    private Phrase Capacity(LoanOffer largest)
    {
        var said = Phrase.Of(
            largest.AtCeiling ? "memo.carries.note.ceiling" : "memo.carries.note",
            largest.Said
        );
        if (_result.ContractedBound is { } bound)
        {
            said = Phrase.Of("memo.list", said, bound.Said);
        }
        var estimate = _result.ContractedBound?.UnsweptAtEstimate ?? double.NaN;
        if (
            double.IsNaN(estimate)
            || !_result.Loans.Any(l =>
                l.Title.Key == "loan.contracted" && l.Outcome != RuleOutcome.Passes
            )
        )
        {
            return said;
        }
        var unswept = _result.Loans.FirstOrDefault(l => l.Title.Key == "loan.contracted.unswept");
        var rest =
            estimate <= 0 ? Phrase.Of("memo.carries.unswept.never")
            : unswept is null
                ? Phrase.Of("memo.carries.unswept.none", _figures.Money(estimate).Text)
            : Phrase.Of(
                "memo.carries.unswept",
                _figures.Money(unswept.Amount).Text,
                _figures.Money(estimate).Text
            );
        return Phrase.Of("memo.list", said, rest);
    }

    private MemoDraftBlock? Comparables()
    {
        var deals = ComparableDeal.All(_view);
        if (_loan is not { } loan || !deals.Any(d => d.OnAccelerators))
        {
            return null;
        }
        return new MemoDraftBlock(Phrase.Of("memo.deals"))
        {
            Columns =
            [
                Phrase.Of("memo.deals.deal"),
                Phrase.Of("memo.deals.signed"),
                Phrase.Of("memo.carries.by"),
                Phrase.Of("memo.months"),
                Phrase.Of("memo.deals.margin"),
                Phrase.Of("memo.deals.security"),
            ],
            Rows =
            [
                .. deals
                    .Where(d => d.OnAccelerators)
                    .OrderByDescending(d => d.Standing == Standing)
                    .ThenByDescending(d => d.Date)
                    .Take(6)
                    .Select(d =>
                        (IReadOnlyList<MemoDraftCell>)
                            [
                                Words.Name(d.Name),
                                Phrase.Of("memo.month", Month.Of(d.Date)),
                                Words.Named("class", CreditTerms.Word(d.Standing)),
                                d.TenorMonths is { } months
                                    ? MemoFigures.Count(months)
                                    : Phrase.Of("memo.unknown"),
                                MemoFigures.Rate(d.Margin),
                                Words.Named("security", d.Security),
                            ]
                    ),
            ],
            Note = Phrase.Of("memo.deals.note", loan.Whole.Loan.Margin),
        };
    }

    private MemoDraftBlock? Residual()
    {
        if (_loan is not { } loan)
        {
            return null;
        }
        var (years, within) = _picture.EconomicLife;
        // Debt that stands is no asset; servers that stand are written off over what is left of their life.
        var terms = _median.Model.Terms;
        var book = terms
            .CapitalCosts.Where(c => c is { DebtStanding: false, Expensed: false })
            .Select(c => c.TaxLifeYears)
            .Concat((terms.Opening?.Assets ?? []).Select(a => a.MonthsLeft / 12.0))
            .DefaultIfEmpty(double.NaN)
            .Max();
        return new MemoDraftBlock(Phrase.Of("memo.residual"))
        {
            Rows =
            [
                Line(
                    Phrase.Of("memo.life"),
                    Ended ? Phrase.Of("memo.life.ended")
                        : within ? MemoFigures.Years(years)
                        : Phrase.Of("memo.life.beyond", MemoFigures.Years(years).Text)
                ),
                Line(
                    Phrase.Of(terms.Opening is null ? "memo.life.book" : "memo.life.book.left"),
                    MemoFigures.Years(book)
                ),
                Line(
                    Phrase.Of("memo.fleet.p50"),
                    _figures.Money(Orderly * Quantile(loan.Whole, loan.Whole.FairAtMaturity, 0.5))
                ),
                Line(
                    Phrase.Of("memo.fleet.p90"),
                    _figures.Money(Orderly * Quantile(loan.Whole, loan.Whole.FairAtMaturity, 0.1))
                ),
            ],
            Note = Phrase.Of("memo.residual.note", Orderly),
        };
    }

    private MemoDraftBlock? Stresses() =>
        _result.Stresses.Count == 0
            ? null
            : new MemoDraftBlock(Phrase.Of("memo.stresses"))
            {
                Columns =
                [
                    Phrase.Of("memo.stress"),
                    Phrase.Of("memo.stress.fill"),
                    Phrase.Of("memo.stress.cover"),
                    Phrase.Of("memo.stress.breach"),
                    Phrase.Of("memo.stress.default"),
                    Phrase.Of("memo.stress.loss"),
                ],
                Rows =
                [
                    .. _result
                        .Stresses.Where(s => s.Name != "none")
                        .OrderByDescending(s => s.Default)
                        .ThenByDescending(s => s.Breach)
                        .ThenBy(s => s.Name, StringComparer.Ordinal)
                        .Index()
                        .Where(s => s.Index < WorstStresses || _always.Contains(s.Item.Name))
                        .Select(s => s.Item)
                        .Select(s =>
                            (IReadOnlyList<MemoDraftCell>)
                                [
                                    Phrase.Of(
                                        "memo.stress.is",
                                        Words.Named("stress", s.Name),
                                        Words.Named("stressed", s.Description)
                                    ),
                                    Ended && double.IsNaN(s.Fill)
                                        ? Phrase.Of("memo.unlet")
                                        : MemoFigures.Share(s.Fill),
                                    // More than half in default: the middle draw is one of them.
                                    s.Default > 0.5
                                        ? Phrase.Of("memo.stress.defaults")
                                        : MemoFigures.Times(s.MinimumCover),
                                    MemoFigures.Odds(s.Breach),
                                    MemoFigures.Odds(s.Default),
                                    MemoFigures.Odds(s.Loss),
                                ]
                        ),
                ],
                Note = Phrase.Of("memo.stresses.note"),
            };

    /// <summary>Stresses told whatever they do, beside the worst.</summary>
    private static readonly string[] _always = ["rates +2 points", "power +50 %"];

    private const int WorstStresses = 3;

    private MemoDraftBlock? Flips()
    {
        var turning = _result.Flips.Where(f => double.IsFinite(f.AtFlip)).Take(3).ToList();
        return _result.Flips.Count == 0
            ? null
            : new MemoDraftBlock(Phrase.Of("memo.flips"))
            {
                Sentences =
                    turning.Count > 0
                        ? [.. turning.Select(f => Phrase.Of("memo.sentence", f.Said))]
                        : [Phrase.Of("memo.flips.none")],
            };
    }

    /// <summary>The terms that the verdict names; null for none.</summary>
    private LoanOffer? Recommended =>
        _result.Verdict.Option.Length > 0
            ? _result.Loans.FirstOrDefault(l => l.Name == _result.Verdict.Option)
            : null;

    private MemoDraftBlock? Conditions()
    {
        var offer = Recommended;
        if (_loan is null)
        {
            return null;
        }
        var terms = _plan.Terms;
        var sweep = _plan.Loan?.SweepShare ?? 0;
        var swept =
            offer?.Asked.Any(c => c.Key.StartsWith("condition.sweep", StringComparison.Ordinal))
            == true;
        Phrase[] package =
        [
            .. sweep > 0 && !swept
                ? [Phrase.Of("memo.package.sweep", sweep)]
                : Array.Empty<Phrase>(),
            Phrase.Of("memo.package.covenant", terms.CovenantCover, terms.TestEveryMonths),
            terms.TrapTests > 0
                ? Phrase.Of("memo.package.trap.tests", terms.LockUpCover, terms.TrapTests)
                : Phrase.Of("memo.package.trap", terms.LockUpCover),
            terms.DefaultCover > 0
                ? Phrase.Of(
                    "memo.package.default.cover",
                    terms.CureMonths,
                    terms.DefaultCover,
                    terms.ReserveMonths
                )
                : Phrase.Of("memo.package.default", terms.CureMonths, terms.ReserveMonths),
        ];
        return new MemoDraftBlock(
            offer is null
                ? Phrase.Of("memo.conditions")
                : Phrase.Of($"memo.conditions.of.{offer.Outcome}", offer.Title)
        )
        {
            Sentences =
            [
                .. offer is { Asked.Count: > 0 }
                    ? offer.Asked.Where(c => !Precedes(c) || Owned || Ended)
                    :
                    [
                        offer is null
                            ? Phrase.Of("memo.conditions.none")
                            : Phrase.Of("memo.conditions.asked"),
                    ],
                .. package,
            ],
        };
    }

    /// <summary>What the verdict leaves open, then the limits; that nothing was fitted is said once.</summary>
    private MemoDraftBlock Unknown()
    {
        var doubts = _result.Verdict.Doubts;
        var unfitted = doubts.Any(d =>
            d.Key.StartsWith("unknown.unfitted", StringComparison.Ordinal)
        );
        return new MemoDraftBlock(Phrase.Of("memo.unknowns"))
        {
            Sentences =
            [
                .. doubts
                    .Concat(_result.LimitsSaid.Where(l => !unfitted || l.Key != "limit.unfitted"))
                    .Take(6),
            ],
        };
    }

    private double Lowest => DrawFigures.LowestCover(Cash);

    /// <summary>Mean cover at the tests while the loan runs; where no test falls, that of its own months.</summary>
    private double Average => CreditEvent.Covers(Cash).DefaultIfEmpty(Lowest).Average();

    /// <summary>Year by which the covenant is broken in half of the draws, or in one of ten; counted while debt is outstanding, as the odds of a breach are.</summary>
    private MemoDraftCell Trip(LenderDraws draws)
    {
        var sound = draws.Sound;
        int[] months =
        [
            .. sound.Where(i => draws.Breach[i]).Select(i => draws.BreachMonth[i]).Order(),
        ];
        int? By(double share)
        {
            var needed = (int)Math.Ceiling(share * sound.Length);
            return needed > 0 && months.Length >= needed
                ? (_result.Start + Math.Max(0, months[needed - 1])).Year
                : null;
        }
        return By(0.5) is { } half ? Phrase.Of("memo.trip.half", half)
            : By(0.1) is { } tenth ? Phrase.Of("memo.trip.tenth", tenth)
            : Phrase.Of("memo.trip.none");
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
        return sorted.Length == 0 ? double.NaN : Plimsoll.Risk.Spread.Quantile(sorted, share);
    }
}
