using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <summary>What the lender risks and is paid for: tests, losses, margin, comparable deals, collateral.</summary>
/// <param name="about">What the memo is written from.</param>
internal sealed class RiskBlocks(MemoSubject about)
{
    /// <summary>The tests that the verdict rests on, and on which cash.</summary>
    public MemoDraftBlock? Rule()
    {
        if (about.Loan is null || about.Result.Verdict.Tests.Count == 0)
        {
            return null;
        }
        var of = about.Result.Loans.FirstOrDefault(l => l.Name == about.Result.Verdict.TestsOf);
        return new MemoDraftBlock(Phrase.Of("memo.rule"))
        {
            Columns =
            [
                Phrase.Of("memo.rule.test"),
                Phrase.Of("memo.rule.limit"),
                Phrase.Of("memo.rule.found"),
                Phrase.Of("memo.rule.range"),
                Phrase.Of("memo.rule.outcome"),
            ],
            Rows =
            [
                .. about.Result.Verdict.Tests.Select(t =>
                    (IReadOnlyList<MemoDraftCell>)
                        [
                            t.Title,
                            MemoFigures.Odds(t.Limit),
                            MemoFigures.Odds(t.Value),
                            Phrase.Of(
                                "memo.rule.to",
                                MemoFigures.Odds(t.Low).Text,
                                MemoFigures.Odds(t.High).Text
                            ),
                            Words.Said(t.Outcome),
                        ]
                ),
            ],
            Note = of is null
                ? Phrase.Of("memo.rule.note")
                : Phrase.Of(
                    of.OnContracts ? "memo.rule.note.contracts" : "memo.rule.note.all",
                    of.Title
                ),
        };
    }

    public MemoDraftBlock? Risk()
    {
        if (about.Loan?.Case is not { } judged)
        {
            return null;
        }
        return new MemoDraftBlock(Phrase.Of("memo.risk"))
        {
            Rows =
            [
                MemoFigures.Line(
                    Phrase.Of("memo.risk.pd"),
                    MemoFigures.Odds(judged.Events.Default.Value)
                ),
                MemoFigures.Line(
                    Phrase.Of("memo.risk.pd.most", about.Result.Draws),
                    MemoFigures.Share(judged.Events.Default.High)
                ),
                MemoFigures.Line(
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
                MemoFigures.Line(
                    Phrase.Of("memo.risk.lgd", Defaults),
                    MemoFigures.Share(judged.Losses.GivenDefault)
                ),
                MemoFigures.Line(
                    Phrase.Of("memo.risk.el"),
                    MemoFigures.Rate(judged.Margin.ExpectedLoss)
                ),
                MemoFigures.Line(
                    AtBound("memo.risk.el.most"),
                    MemoFigures.Rate(ExpectedLossAtMost(judged))
                ),
                MemoFigures.Line(
                    Phrase.Of("memo.risk.tail"),
                    MemoFigures.Share(judged.Losses.Tail)
                ),
                MemoFigures.Line(
                    Phrase.Of("memo.risk.tail.charge"),
                    MemoFigures.Rate(judged.Margin.TailCharge)
                ),
                MemoFigures.Line(Phrase.Of("memo.risk.fees"), MemoFigures.Rate(judged.Margin.Fees)),
                .. judged.Margin.Floor > 0
                    ? new[]
                    {
                        MemoFigures.Line(
                            Phrase.Of("memo.risk.floor"),
                            MemoFigures.Rate(judged.Margin.Floor)
                        ),
                    }
                    : [],
                MemoFigures.Line(
                    Phrase.Of("memo.risk.required"),
                    MemoFigures.Rate(judged.Margin.Required)
                ),
                MemoFigures.Line(
                    AtBound("memo.risk.required.most"),
                    MemoFigures.Rate(RequiredAtMost(judged))
                ),
                MemoFigures.Line(
                    Phrase.Of("memo.risk.offered"),
                    MemoFigures.Rate(judged.Margin.Offered)
                ),
                .. LeastPaid() is { } paid
                    ? new[]
                    {
                        MemoFigures.Line(Phrase.Of("memo.risk.paid"), MemoFigures.Rate(paid)),
                    }
                    : [],
                MemoFigures.Line(Phrase.Of("memo.risk.yield"), MemoFigures.Rate(judged.GrossYield)),
                MemoFigures.Line(
                    Phrase.Of("memo.risk.yield.net"),
                    double.IsNaN(judged.LossAdjustedYield)
                        ? Phrase.Of("memo.risk.yield.none")
                        : MemoFigures.Rate(judged.LossAdjustedYield)
                ),
                MemoFigures.Line(
                    Phrase.Of("memo.risk.multiple"),
                    MemoFigures.Times(judged.Multiple)
                ),
                MemoFigures.Line(
                    Phrase.Of("memo.risk.lockup"),
                    MemoFigures.Odds(judged.Events.LockUp.Value)
                ),
                MemoFigures.Line(
                    Phrase.Of("memo.risk.breach"),
                    MemoFigures.Odds(judged.Events.Breach.Value)
                ),
                MemoFigures.Line(
                    Phrase.Of("memo.risk.default"),
                    MemoFigures.Odds(judged.Events.Default.Value)
                ),
                .. about.Plan.Terms.DefaultCover > 0
                    ? new[]
                    {
                        MemoFigures.Line(
                            Phrase.Of("memo.risk.default.test", about.Plan.Terms.DefaultCover),
                            MemoFigures.Odds(judged.Events.DefaultByTest)
                        ),
                    }
                    : [],
                MemoFigures.Line(
                    Phrase.Of("memo.risk.loss"),
                    MemoFigures.Odds(judged.Events.Loss.Value)
                ),
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

    /// <summary>Draws in default below which their mean loss is no estimate of the loss given default.</summary>
    private const int FewDefaults = 20;

    /// <summary>Draws in default.</summary>
    private int Defaults =>
        about.Loan is { } loan ? loan.Whole.Sound.Count(i => loan.Whole.Default[i]) : 0;

    /// <summary>A line at the upper bound of the odds of default, which says what is lost where they come about.</summary>
    private Phrase AtBound(string key) =>
        Defaults < FewDefaults ? Phrase.Of($"{key}.few", Defaults) : Phrase.Of(key);

    private double LostAtMost(LendingCase judged) =>
        Defaults < FewDefaults ? 1 : judged.Losses.GivenDefault;

    private double ExpectedLossAtMost(LendingCase judged) =>
        Math.Max(
            judged.Margin.ExpectedLoss,
            judged.Events.Default.High * LostAtMost(judged) / judged.LifeYears
        );

    private double RequiredAtMost(LendingCase judged)
    {
        var tail =
            LostAtMost(judged) * Math.Min(1, judged.Events.Default.High / judged.Rule.TailShare);
        return Math.Max(
            judged.Margin.Floor,
            ExpectedLossAtMost(judged)
                + (judged.Rule.TailCharge * Math.Max(judged.Losses.Tail, tail))
                - judged.Margin.Fees
        );
    }

    /// <summary>about.Lowest margin that a loan on accelerators of that class paid; null where none is known.</summary>
    private double? LeastPaid() =>
        about.Standing is { } standing
            ? ComparableDeal
                .All(about.View)
                .Where(d => d.OnAccelerators && d.Standing == standing)
                .Select(d => (double?)d.Margin)
                .Min()
            : null;

    /// <summary>What the terms leave to the sponsor, whom the lender needs to build at all.</summary>
    public MemoDraftBlock? Sponsor()
    {
        if (
            about.Loan is null
            || about.Result.Question != "lender"
            || about.Result.Options.Count == 0
        )
        {
            return null;
        }
        var options = about.Result.Options.Take(2).ToList();
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
            Note = Phrase.Of("memo.sponsor.note", about.Result.Rule.EquityHurdle),
        };
        MemoDraftCell Money(double value) =>
            double.IsNaN(value) ? MemoFigures.Amount(value) : about.Figures.Money(value);
    }

    public MemoDraftBlock? Carries()
    {
        if (about.Loan is not { } loan)
        {
            return null;
        }
        if (about.Ended)
        {
            return new MemoDraftBlock(Phrase.Of("memo.carries.owned"))
            {
                Sentences = [Phrase.Of("memo.carries.ended")],
            };
        }
        var split = loan.Split;
        var rule = loan.Case?.Rule ?? new LendingRule();
        IReadOnlyList<MemoDraftCell> Part(Phrase by, double money) =>
            [by, about.Figures.Money(money), MemoFigures.Share(money / split.Asked)];
        return new MemoDraftBlock(Phrase.Of(about.Owned ? "memo.carries.owned" : "memo.carries"))
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
                        about.Plan.Plan.Backstop is null || about.Today.Leases.Count == 0
                            ? "memo.carries.contracts"
                            : "memo.carries.contracts.promise",
                        rule.TargetCover
                    ),
                    split.Contracts
                ),
                .. about.Plan.Leases.Any(TenantsToBeSigned.Are)
                    ? new[] { Part(Phrase.Of("memo.carries.open"), split.ToBeSigned) }
                    : [],
                Part(Phrase.Of("memo.carries.merchant"), split.Merchant),
                Part(Phrase.Of("memo.carries.sale"), split.Resale),
                Part(Phrase.Of("memo.carries.nothing"), split.Nothing),
                .. Passing() is { } passes
                    ? new[] { Part(Phrase.Of("memo.carries.passes"), passes) }
                    : [],
            ],
            Sentences = Passing() is null ? [] : [Phrase.Of("memo.carries.basis")],
            Note =
                about.Result.ContractedLoan is { } largest ? Capacity(largest)
                : about.Result.ContractedBound is { } bound
                    ? Phrase.Of("memo.list", Phrase.Of("memo.carries.none"), bound.Said)
                : null,
        };
    }

    /// <summary>What passes every test on signed contracts alone, sampling error in; null where none was sought.</summary>
    private double? Passing() =>
        about.Result.ContractedLoan is { } largest ? largest.Amount
        : about.Result.ContractedBound is not null ? 0
        : null;

    /// <summary>The largest loan on signed contracts, and what keeps it from being larger.</summary>
    private Phrase Capacity(LoanOffer largest)
    {
        var said = Phrase.Of(
            largest.AtCeiling ? "memo.carries.note.ceiling" : "memo.carries.note",
            largest.Said
        );
        if (about.Result.ContractedBound is { } bound)
        {
            said = Phrase.Of("memo.list", said, bound.Said);
        }
        var estimate = about.Result.ContractedBound?.UnsweptAtEstimate ?? double.NaN;
        if (
            double.IsNaN(estimate)
            || !about.Result.Loans.Any(l =>
                l.Title.Key == "loan.contracted" && l.Outcome != RuleOutcome.Passes
            )
        )
        {
            return said;
        }
        var unswept = about.Result.Loans.FirstOrDefault(l =>
            l.Title.Key == "loan.contracted.unswept"
        );
        var rest =
            estimate <= 0 ? Phrase.Of("memo.carries.unswept.never")
            : unswept is null
                ? Phrase.Of("memo.carries.unswept.none", about.Figures.Money(estimate).Text)
            : Phrase.Of(
                "memo.carries.unswept",
                about.Figures.Money(unswept.Amount).Text,
                about.Figures.Money(estimate).Text
            );
        return Phrase.Of("memo.list", said, rest);
    }

    public MemoDraftBlock? Comparables()
    {
        var deals = ComparableDeal.All(about.View);
        if (about.Loan is not { } loan || !deals.Any(d => d.OnAccelerators))
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
                    .OrderByDescending(d => d.Standing == about.Standing)
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

    public MemoDraftBlock? Residual()
    {
        if (about.Loan is not { } loan)
        {
            return null;
        }
        var (years, within) = about.Picture.EconomicLife;
        // Debt that stands is no asset; servers that stand are written off over what is left of their life.
        var terms = about.Median.Model.Terms;
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
                MemoFigures.Line(
                    Phrase.Of("memo.life"),
                    about.Ended ? Phrase.Of("memo.life.ended")
                        : within ? MemoFigures.Years(years)
                        : Phrase.Of("memo.life.beyond", MemoFigures.Years(years).Text)
                ),
                MemoFigures.Line(
                    Phrase.Of(terms.Opening is null ? "memo.life.book" : "memo.life.book.left"),
                    MemoFigures.Years(book)
                ),
                MemoFigures.Line(
                    Phrase.Of("memo.fleet.p50"),
                    about.Figures.Money(
                        about.Orderly
                            * MemoSubject.Quantile(loan.Whole, loan.Whole.FairAtMaturity, 0.5)
                    )
                ),
                MemoFigures.Line(
                    Phrase.Of("memo.fleet.p90"),
                    about.Figures.Money(
                        about.Orderly
                            * MemoSubject.Quantile(loan.Whole, loan.Whole.FairAtMaturity, 0.1)
                    )
                ),
            ],
            Note = Phrase.Of("memo.residual.note", about.Orderly),
        };
    }
}
