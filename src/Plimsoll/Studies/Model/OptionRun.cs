using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Outlooks;

namespace Plimsoll.Studies.Model;

/// <summary>Runs an option over every draw: the same draw is the same world in each option.</summary>
/// <param name="cases">Market, site and finance.</param>
/// <param name="inputs">Uncertain numbers of every draw.</param>
/// <param name="rule">The rule of the verdict.</param>
/// <param name="worlds">For each draw, the national market behind it.</param>
/// <param name="threads">Threads, at least 1.</param>
public sealed class OptionRun(
    CaseRun cases,
    DrawInputs inputs,
    DecisionRule rule,
    IReadOnlyList<DrawWorld> worlds,
    int threads
)
{
    /// <summary>The rule of the verdict.</summary>
    public DecisionRule Rule => rule;

    /// <summary>The rule by which a lender prices risk, where the question is a lender's; null to test by the limits of the plain rule.</summary>
    public LendingRule? Lending { get; init; }

    /// <summary>The lender's tests on the figures of a case.</summary>
    /// <param name="figures">Of the case.</param>
    /// <param name="study">The case.</param>
    public IReadOnlyList<RuleTest> Credit(DrawFigures figures, StudyCase study) =>
        Lending is { } lending
            ? figures.Lender is { } lender
                ? LendingCase.Judge(lending, lender, figures.Groupings, figures.World)?.Tests ?? []
                : []
            : rule.Credit(figures, MeanLife(study));

    /// <summary>Draws that are run: the first of all.</summary>
    public int Draws { get; init; } = inputs.Draws;

    /// <summary>Polled before every draw.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Called before every draw: may wait a moment; null to go on at once.</summary>
    public Action? GiveWay { get; init; }

    /// <summary>The same on the first draws only, for searches.</summary>
    /// <param name="draws">At least 1.</param>
    public OptionRun First(int draws) => Like(cases, inputs, Math.Min(draws, Draws));

    /// <summary>The same with one number held at a value in every draw.</summary>
    public OptionRun With(string path, double value) =>
        Like(cases, inputs.With(path, value), Draws);

    /// <summary>The same with every number at its best estimate: only the market differs between draws.</summary>
    public OptionRun AtBest() => Like(cases, inputs.AtBest(), Draws);

    /// <summary>The same numbers in another market.</summary>
    public OptionRun In(CaseRun other) => Like(other, inputs, Draws);

    private OptionRun Like(
        CaseRun on,
        DrawInputs numbers,
        int draws,
        int? sizing = null,
        int? downside = null
    ) =>
        new(on, numbers, rule, worlds, threads)
        {
            Draws = draws,
            SizingDraw = sizing ?? SizingDraw,
            DownsideDraw = downside ?? DownsideDraw,
            Cancellation = Cancellation,
            GiveWay = GiveWay,
            Lending = Lending,
        };

    private LenderDraws? LenderOf(StudyCase study)
    {
        if (study.Loan is null)
        {
            return null;
        }
        var plan = CaseTerms.Contract(study, n => n.Value, true).Debt;
        return plan.TotalLent > 0 ? new LenderDraws(Draws, LoanOfCase.Terms(plan)) : null;
    }

    /// <summary>Runs an option.</summary>
    /// <param name="option">Which.</param>
    /// <param name="watch">Sees every draw that was computed; called from several threads, each draw once; null for none.</param>
    public OptionResult Run(StudyOption option, Action<int, CaseDraw>? watch = null) =>
        Result(option, Figures(option.Case, watch));

    /// <summary>Runs an option on as many of the draws as its answer needs: one that fails the rule beyond doubt is let go early.</summary>
    /// <param name="option">Which; not the plan itself.</param>
    public OptionResult RunUntilClear(StudyOption option)
    {
        option = option with { Case = Sized(option.Case) };
        var figures = Room(option.Case);
        var done = 0;
        foreach (var look in StoppingRule.Looks(Draws))
        {
            Figures(option.Case, figures, done, look);
            done = look;
            var seen = Result(option, figures.First(look));
            if (StoppingRule.FailsBeyondDoubt(seen.Credit.Concat(seen.Equity)))
            {
                return seen with { Stopped = true };
            }
        }
        Figures(option.Case, figures, done, Draws);
        return Result(option, figures);
    }

    private void Figures(StudyCase study, DrawFigures figures, int from, int to) =>
        Fill(study, figures, draw => cases.Try(study, inputs.At(draw), draw), null, from, to);

    /// <summary>An option with its draws.</summary>
    public OptionResult Result(StudyOption option, DrawFigures figures) =>
        new()
        {
            Name = option.Name,
            Title = option.Title,
            Begins = option.Begins,
            Undone = option.Undone,
            Owed = option.Case.DebtStanding,
            Kind = option.Kind,
            Description = option.Description,
            Said = option.Said,
            Figures = figures,
            Credit = Credit(figures, option.Case),
            Equity = rule.Equity(figures, option.Case.Standing),
        };

    /// <summary>The figures of a case in every draw.</summary>
    /// <param name="study">The case.</param>
    /// <param name="watch">Sees every draw that was computed; null for none.</param>
    /// <param name="depth">How much is reckoned of each.</param>
    public DrawFigures Figures(
        StudyCase study,
        Action<int, CaseDraw>? watch = null,
        FigureDepth depth = FigureDepth.All
    )
    {
        var sized = Sized(study);
        return Collect(sized, draw => cases.Try(sized, inputs.At(draw), draw), watch, depth);
    }

    /// <summary>Draw on which sculpted tranches are sized; each case on what it does in it.</summary>
    public int SizingDraw { get; init; }

    /// <summary>Draw on which tranches with a downside target are sized as well; negative for none.</summary>
    public int DownsideDraw { get; init; } = -1;

    /// <summary>The draw that nine in ten are better than in revenue less running cost over the horizon.</summary>
    /// <param name="held">What the plan does in every draw.</param>
    public static int Poor(PhysicalDraws held) => Ranked(held, 0.1);

    /// <summary>The draw in the middle of revenue less running cost over the horizon: it is known before anything is lent.</summary>
    /// <param name="held">What the plan does in every draw.</param>
    public static int Middle(PhysicalDraws held) => Ranked(held, 0.5);

    private static int Ranked(PhysicalDraws held, double share)
    {
        var ordered = held
            .Kept.Index()
            .Where(k => k.Item is not null)
            .Select(k =>
            {
                var o = k.Item!.Outlook.Physical;
                return (
                    k.Index,
                    Earned: Enumerable
                        .Range(0, o.Months)
                        .Sum(m => o.Revenue(m) - o.Costs.Sum(c => c.Total(m)))
                );
            })
            .OrderBy(d => d.Earned)
            .ThenBy(d => d.Index)
            .ToArray();
        return ordered.Length > 0 ? ordered[(int)(ordered.Length * share)].Index : 0;
    }

    /// <summary>The same, with the draw on which sculpted tranches are sized.</summary>
    /// <param name="draw">From 0.</param>
    /// <param name="downside">From 0; negative for none.</param>
    public OptionRun SizedOn(int draw, int downside = -1) =>
        Like(cases, inputs, Draws, draw, downside);

    /// <summary>The case with the outlook on which its sculpted tranches are sized; as it is when none is.</summary>
    /// <param name="study">The case.</param>
    public StudyCase Sized(StudyCase study) =>
        study.Sizing?.Fits(study) == true
        || study.Tranches.All(t => t.Repayment != Repayment.Sculpted)
            ? study
            : study with
            {
                Sizing = new SizingCase(OnDraw(study, SizingDraw), study.Fleets, study.Plan)
                {
                    Downside =
                        DownsideDraw >= 0 && study.Tranches.Any(t => t.DownsideTargetCover > 0)
                            ? OnDraw(study, DownsideDraw)
                            : null,
                },
            };

    /// <summary>The case whose lenders have learnt from its draws what to expect of closing it after a default.</summary>
    /// <param name="study">The case, sized.</param>
    /// <param name="held">What it does in every draw.</param>
    public StudyCase Learnt(StudyCase study, PhysicalDraws held)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(held);
        if (study.Loan is null)
        {
            return study;
        }
        var paths = new DefaultPath?[Math.Min(Draws, held.Kept.Count)];
        ForEach(
            0,
            paths.Length,
            draw =>
            {
                if (held.Kept[draw] is not { } done)
                {
                    return;
                }
                var numbers = inputs.At(draw);
                paths[draw] = DefaultPath.Of(
                    CaseTerms.Contract(
                        study,
                        n => numbers.TryGetValue(n.Path, out var value) ? value : n.Value,
                        done.Built
                    ),
                    done.Outlook.Physical
                );
            }
        );
        var expected = LenderExpectation.Of([.. paths.OfType<DefaultPath>()]);
        return study with { Terms = study.Terms with { Expected = expected } };
    }

    private MonthlyOutlook OnDraw(StudyCase study, int draw) =>
        Answered(cases.Physical(study, inputs.At(draw), draw)).Outlook.Physical;

    private static CasePhysical Answered(Outcome<CasePhysical> outcome) =>
        outcome.Value ?? throw new UnanswerableException(outcome.Reason!);

    /// <summary>What a case physically does in every draw, kept so that terms of finance can be varied on it.</summary>
    public PhysicalDraws Physical(StudyCase study)
    {
        var kept = new CasePhysical?[Draws];
        var failures = new string?[Draws];
        ForEach(
            0,
            Draws,
            draw =>
            {
                var outcome = cases.Physical(study, inputs.At(draw), draw);
                (kept[draw], failures[draw]) = (outcome.Value, outcome.Reason);
            }
        );
        return new PhysicalDraws(kept, failures);
    }

    /// <summary>The figures of a case on what it, or its like, physically did.</summary>
    /// <param name="physical">What was done.</param>
    /// <param name="study">The case with its terms of finance.</param>
    /// <param name="change">Change of what was done; null for none.</param>
    /// <param name="watch">Sees every draw that was computed; null for none.</param>
    /// <param name="depth">How much is reckoned of each.</param>
    public DrawFigures Money(
        PhysicalDraws physical,
        StudyCase study,
        Func<CasePhysical, CasePhysical>? change = null,
        Action<int, CaseDraw>? watch = null,
        FigureDepth depth = FigureDepth.All
    )
    {
        study = Sized(study);
        return Collect(study, OnHeld(physical, study, change), watch, depth);
    }

    private Func<int, Outcome<CaseDraw>> OnHeld(
        PhysicalDraws physical,
        StudyCase study,
        Func<CasePhysical, CasePhysical>? change
    ) =>
        draw =>
        {
            if (physical.Kept[draw] is not { } done)
            {
                return Outcome<CaseDraw>.None(physical.Failures[draw]!);
            }
            done = change is null ? done : change(done);
            return Outcome<CaseDraw>.Of(CaseRun.Of(study, inputs.At(draw), done));
        };

    /// <summary>Draws after which a case is looked at while it is asked whether it passes.</summary>
    private const int Portion = 30;

    /// <summary>Whether the values found for a case lie within every limit; its draws end as soon as no more of them could bring that about.</summary>
    /// <param name="study">The case.</param>
    /// <param name="equity">True when the sponsor's test counts as well as the lender's.</param>
    /// <param name="physical">What it, or its like, physically did; null to clear it.</param>
    /// <param name="change">Change of what was done; null for none.</param>
    public bool Passes(
        StudyCase study,
        bool equity,
        PhysicalDraws? physical = null,
        Func<CasePhysical, CasePhysical>? change = null
    )
    {
        study = Sized(study);
        var figures = Room(study, FigureDepth.Tests);
        var life = MeanLife(study);
        Func<int, Outcome<CaseDraw>> run = physical is null
            ? draw => cases.Try(study, inputs.At(draw), draw)
            : OnHeld(physical, study, change);
        for (var done = 0; done < Draws; )
        {
            var next = Math.Min(Draws, done + Portion);
            Fill(study, figures, run, null, done, next);
            done = next;
            if (Lending is null && rule.FailsWhateverComes(figures, done, life, equity))
            {
                return false;
            }
        }
        RuleTest[] tests = [.. Credit(figures, study), .. equity ? rule.Equity(figures) : []];
        // No test at all is no pass: no draw could be computed.
        return tests.Length > 0 && tests.All(t => t.Value <= t.Limit);
    }

    /// <summary>Of the tests that a case fails by the values found, the one furthest beyond its limit, as a multiple of it; null when none fails.</summary>
    /// <param name="study">The case.</param>
    /// <param name="equity">True when the sponsor's test counts as well as the lender's.</param>
    /// <param name="physical">What it, or its like, physically did; null to clear it.</param>
    /// <param name="change">Change of what was done; null for none.</param>
    public RuleTest? Failing(
        StudyCase study,
        bool equity,
        PhysicalDraws? physical = null,
        Func<CasePhysical, CasePhysical>? change = null
    )
    {
        var figures = physical is null
            ? Figures(study)
            : Money(physical, study, change, null, FigureDepth.Tests);
        return Credit(figures, Sized(study))
            .Concat(equity ? rule.Equity(figures) : [])
            .Where(t => t.Value > t.Limit)
            .MaxBy(t => t.Value / Math.Max(1e-9, t.Limit));
    }

    /// <summary>The figures of a case with one number of its running cost or its money moved, on what it physically did.</summary>
    /// <param name="physical">What was done.</param>
    /// <param name="study">The case; its gate is not asked again.</param>
    /// <param name="path">The number.</param>
    /// <param name="value">Its value in every draw.</param>
    /// <param name="depth">How much is reckoned of each.</param>
    public DrawFigures Costed(
        PhysicalDraws physical,
        StudyCase study,
        string path,
        double value,
        FigureDepth depth = FigureDepth.All
    )
    {
        var moved = inputs.With(path, value);
        study = Like(cases, moved, Draws).Sized(study);
        return Collect(
            study,
            draw =>
            {
                if (physical.Kept[draw] is not { } done)
                {
                    return Outcome<CaseDraw>.None(physical.Failures[draw]!);
                }
                var numbers = moved.At(draw);
                done = CaseRun.Costed(done, numbers);
                return Outcome<CaseDraw>.Of(CaseRun.Of(study, numbers, done));
            },
            null,
            depth
        );
    }

    /// <summary>What was done, at the running costs of another case like it: the owner runs the centre as before.</summary>
    /// <param name="physical">What was done.</param>
    /// <param name="study">The case with its site and its effects; its gate is not asked again.</param>
    /// <param name="draws">The first draws that are reckoned; the others are as they were.</param>
    internal PhysicalDraws Costed(PhysicalDraws physical, StudyCase study, int draws)
    {
        CasePhysical?[] kept = [.. physical.Kept];
        ForEach(
            0,
            Math.Min(draws, kept.Length),
            draw =>
                kept[draw] = kept[draw] is { } done
                    ? CaseRun.Costed(
                        done with
                        {
                            Case = study.Gate is null
                                ? study
                                : done.Case with
                                {
                                    Site = study.Site,
                                },
                        },
                        inputs.At(draw)
                    )
                    : null
        );
        return new PhysicalDraws(kept, physical.Failures);
    }

    private DrawFigures Room(StudyCase study, FigureDepth depth = FigureDepth.All) =>
        new(Draws) { Lender = LenderOf(study), Depth = depth };

    private DrawFigures Collect(
        StudyCase study,
        Func<int, Outcome<CaseDraw>> run,
        Action<int, CaseDraw>? watch,
        FigureDepth depth = FigureDepth.All
    )
    {
        var figures = Room(study, depth);
        Fill(study, figures, run, watch, 0, Draws);
        return figures;
    }

    private void Fill(
        StudyCase study,
        DrawFigures figures,
        Func<int, Outcome<CaseDraw>> run,
        Action<int, CaseDraw>? watch,
        int from,
        int to
    )
    {
        ForEach(
            from,
            to,
            draw =>
            {
                var outcome = run(draw);
                if (outcome.Value is not { } done)
                {
                    figures.Fail(draw, outcome.Reason!);
                    return;
                }
                figures.Record(
                    draw,
                    done.Outlook,
                    done.Cash,
                    rule.EquityHurdle,
                    done.Built,
                    worlds[draw],
                    0,
                    // A search that only asks whether a loan passes has no use for it.
                    figures.Depth
                        is FigureDepth.Worth
                            or FigureDepth.All
                        ? done.BeforeFinance()
                        : null
                );
                if (figures.Lender is { } lender)
                {
                    LoanOfCase.Record(lender, draw, done);
                }
                watch?.Invoke(draw, done);
            }
        );
    }

    /// <summary>Every draw on its own. Nothing is caught: what a draw cannot answer is an outcome, what it throws is a fault of the program.</summary>
    private void ForEach(int from, int to, Action<int> work) =>
        Parallel.For(
            from,
            to,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = threads,
                CancellationToken = Cancellation,
            },
            draw =>
            {
                GiveWay?.Invoke();
                work(draw);
            }
        );

    /// <summary>Mean life of a case's debt from the first draw, weighted by principal, years; 1 without debt.</summary>
    public static double MeanLife(StudyCase study)
    {
        var terms = CaseTerms.Of(study, n => n.Value, true);
        if (terms.Tranches.Count == 0)
        {
            return 1;
        }
        var years = LoanOfCase.LifeYears(CaseTerms.Contract(study, n => n.Value, true).Debt);
        return double.IsNaN(years) ? 1 : years;
    }
}

/// <summary>What a case physically did in every draw.</summary>
/// <param name="Kept">One entry a draw; null where it could not be computed.</param>
/// <param name="Failures">Why not; null where it could.</param>
public sealed record PhysicalDraws(
    IReadOnlyList<CasePhysical?> Kept,
    IReadOnlyList<string?> Failures
);
