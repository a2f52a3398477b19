using System.Globalization;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <summary>Cash and cover: by year, and the ratios of the loan.</summary>
/// <param name="about">What the memo is written from.</param>
internal sealed class CoverBlocks(MemoSubject about)
{
    public MemoDraftBlock? ByYear()
    {
        if (about.Loan is null)
        {
            return null;
        }
        var covers = about.Result.CoverByYear.ToDictionary(c => c.Year);
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
                .. about
                    .Picture.Years()
                    .Where(y => y.Service > 0 || about.Cash.DebtBalance[y.LastMonth] > 0)
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
                                MemoFigures.Thousands(about.Cash.DebtBalance[y.LastMonth]),
                                about.Cash.FleetValue[y.LastMonth] > 0
                                    ? MemoFigures.Share(
                                        about.Picture.LoanToValue(y.LastMonth) / about.Orderly
                                    )
                                : y.LastMonth < FirstInstalled ? Phrase.Of("memo.fleet.before")
                                : Phrase.Of("memo.fleet.none"),
                            ]
                    ),
            ],
            Sentences = [.. WhyDefault()],
            Note = Phrase.Of("memo.years.note", about.Figures.Unit, about.Orderly),
        };
    }

    private int FirstInstalled =>
        Array.FindIndex(about.Median.Case.Outlook.Physical.Installed, i => i > 0);

    /// <summary>A year; the one that a default cuts short with the month up to which its figures go.</summary>
    private Phrase Year(int year, int lastMonth)
    {
        var name = Words.Name(string.Create(CultureInfo.InvariantCulture, $"{year}"));
        var last = about.Cash.Start + lastMonth;
        return
            about.Cash.DefaultMonth >= 0
            && about.Cash.DefaultMonth <= lastMonth
            && last.MonthOfYear < 12
            && lastMonth < about.Cash.Months - 1
            ? Phrase.Of("memo.years.to", name, last)
            : name;
    }

    /// <summary>Which obligation was missed where the middle draw defaults; nothing where it does not.</summary>
    private IEnumerable<Phrase> WhyDefault()
    {
        var cause = DefaultCauses.Of(about.Cash);
        if (cause == DefaultCause.None)
        {
            yield break;
        }
        var month = about.Cash.Start + about.Cash.DefaultMonth;
        var first = DefaultCauses.FirstUnpaid(about.Cash);
        var before =
            about.Loan is { } loan && about.Cash.DefaultMonth < loan.Whole.Loan.FirstPaymentMonth;
        yield return cause == DefaultCause.RunningCost
            ? Phrase.Of(
                before ? "memo.default.RunningCost.before" : "memo.default.RunningCost",
                month,
                about.Cash.Start + first,
                about.Cash.Unpaid[about.Cash.DefaultMonth]
            )
            : Phrase.Of(
                $"memo.default.{cause}",
                month,
                about.Cash.Arrears[about.Cash.DefaultMonth]
            );
    }

    public MemoDraftBlock? Ratios()
    {
        if (about.Loan is not { } loan)
        {
            return null;
        }
        var cash = about.Cash;
        var rule = about.Median.Model.Terms;
        // Over all draws: one draw's value of a used fleet is luck.
        MemoDraftCell Peak(double share, double orderly) =>
            MemoFigures.Share(
                MemoSubject.Quantile(loan.Whole, loan.Whole.HighestLoanToValue, share) / orderly
            );
        MemoDraftCell Times(double[] covers, double share) =>
            MemoFigures.Times(MemoSubject.Quantile(loan.Whole, covers, share));
        List<IReadOnlyList<MemoDraftCell>> rows =
        [
            MemoFigures.Line(Phrase.Of("memo.ratio.dscr.low"), MemoFigures.Times(about.Lowest)),
            MemoFigures.Line(Phrase.Of("memo.ratio.dscr.mean"), MemoFigures.Times(about.Average)),
            MemoFigures.Line(Phrase.Of("memo.ratio.llcr.p50"), Times(loan.Whole.LifeCover, 0.5)),
            MemoFigures.Line(Phrase.Of("memo.ratio.llcr.p90"), Times(loan.Whole.LifeCover, 0.1)),
            MemoFigures.Line(Phrase.Of("memo.ratio.plcr.p50"), Times(loan.Whole.ProjectCover, 0.5)),
            MemoFigures.Line(Phrase.Of("memo.ratio.plcr.p90"), Times(loan.Whole.ProjectCover, 0.1)),
            MemoFigures.Line(
                Phrase.Of("memo.ratio.ltc"),
                MemoFigures.Share(
                    about.Median.Model.Terms.Opening is not { Assets.Count: > 0 } opening
                        ? about.Picture.LoanToCost
                    : about.Plan.Standing ? cash.Lent / opening.Assets.Sum(a => a.Cost)
                    : about.Picture.LoanToCostOf(
                        opening.Assets.Sum(a => a.Cost) - about.Plan.DebtStanding
                    )
                )
            ),
            MemoFigures.Line(Phrase.Of("memo.ratio.ltv.p50"), Peak(0.5, 1)),
            MemoFigures.Line(Phrase.Of("memo.ratio.ltv.p90"), Peak(0.9, 1)),
            MemoFigures.Line(Phrase.Of("memo.ratio.ltv.orderly.p50"), Peak(0.5, about.Orderly)),
            MemoFigures.Line(Phrase.Of("memo.ratio.ltv.orderly.p90"), Peak(0.9, about.Orderly)),
            MemoFigures.Line(
                Phrase.Of("memo.ratio.life"),
                MemoFigures.Years(loan.Whole.Loan.WeightedLifeYears)
            ),
            MemoFigures.Line(
                Phrase.Of("memo.ratio.life.repaid"),
                MemoFigures.Years(about.Picture.WeightedLifeYears)
            ),
            .. Balloon(loan.Whole),
            MemoFigures.Line(
                Phrase.Of("memo.ratio.per.gpu"),
                about.Figures.Money(cash.Lent / about.Picture.Accelerators)
            ),
            MemoFigures.Line(
                Phrase.Of("memo.ratio.per.mw"),
                about.Figures.Money(cash.Lent / Megawatts)
            ),
            MemoFigures.Line(Phrase.Of("memo.ratio.rent"), about.Figures.Price(about.Picture.Rent)),
            MemoFigures.Line(
                Phrase.Of("memo.ratio.rent.even"),
                about.Figures.Price(about.Picture.BreakEvenRent)
            ),
            MemoFigures.Line(Phrase.Of("memo.ratio.fill"), MemoFigures.Share(about.Picture.Fill)),
            MemoFigures.Line(
                Phrase.Of("memo.ratio.fill.even"),
                MemoFigures.Share(about.Picture.BreakEvenFill)
            ),
            MemoFigures.Line(
                Phrase.Of("memo.ratio.headroom"),
                MemoFigures.Times(about.Lowest - rule.CovenantCover)
            ),
            MemoFigures.Line(Phrase.Of("memo.ratio.trip"), Trip(loan.Whole)),
        ];
        if (loan.Contracted is { } alone)
        {
            var on = about.Plan.Leases.Any(TenantsToBeSigned.Are) ? "let" : "contracts";
            rows.Insert(
                2,
                MemoFigures.Line(
                    Phrase.Of($"memo.ratio.dscr.{on}.p50"),
                    MemoFigures.Times(MemoSubject.Quantile(alone, alone.LowestCover, 0.5))
                )
            );
            rows.Insert(
                3,
                MemoFigures.Line(
                    Phrase.Of($"memo.ratio.dscr.{on}.p90"),
                    MemoFigures.Times(MemoSubject.Quantile(alone, alone.LowestCover, 0.1))
                )
            );
        }
        // A course that closes lets nothing: what has no figure is named, not printed without one.
        var without = about.Ended ? rows.FindAll(r => r[1].Figure && double.IsNaN(r[1].Value)) : [];
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
    private double Megawatts => about.Plan.Fleets.Sum(f => f.Servers * f.Power.BusyKw) / 1000;

    /// <summary>The balloon of the schedule, how often some of it is left, and whether that is repaid.</summary>
    private IEnumerable<IReadOnlyList<MemoDraftCell>> Balloon(LenderDraws draws)
    {
        var scheduled = draws.Loan.ScheduledBalloon;
        yield return MemoFigures.Line(
            Phrase.Of("memo.ratio.balloon"),
            scheduled > 0 ? about.Figures.Money(scheduled) : Phrase.Of("memo.none")
        );
        if (scheduled > 0)
        {
            yield return MemoFigures.Line(
                Phrase.Of("memo.ratio.balloon.left"),
                MemoFigures.Odds(
                    draws.Sound.Average(i => draws.BalloonLeft[i] > CreditEvent.Cent ? 1.0 : 0)
                )
            );
            yield return MemoFigures.Line(
                Phrase.Of("memo.ratio.balloon.middle"),
                about.Figures.Money(MemoSubject.Middle(draws, draws.BalloonLeft))
            );
        }
        var due = draws.Sound.Any(i => draws.Balloon[i] > 0);
        if (due || scheduled <= 0)
        {
            yield return MemoFigures.Line(
                Phrase.Of("memo.ratio.balloon.odds"),
                due ? MemoFigures.Odds(Refinanced(draws)) : Phrase.Of("memo.balloon.none")
            );
        }
    }

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
                ? (about.Result.Start + Math.Max(0, months[needed - 1])).Year
                : null;
        }
        return By(0.5) is { } half ? Phrase.Of("memo.trip.half", half)
            : By(0.1) is { } tenth ? Phrase.Of("memo.trip.tenth", tenth)
            : Phrase.Of("memo.trip.none");
    }

    private double Refinanced(LenderDraws draws)
    {
        var rule = about.Loan!.Case?.Rule ?? new LendingRule();
        var sound = draws.Sound;
        return sound.Count(i => !draws.Default[i] && rule.Repays(draws, i)) / (double)sound.Length;
    }
}
