using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Market;
using Plimsoll.Market.Motion;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sampling;
using Plimsoll.Studies.Model;

namespace Plimsoll.Portfolios;

/// <summary>One centre of a portfolio in one joint draw.</summary>
/// <param name="Centre">Index of the centre.</param>
/// <param name="Case">The case that was run, sized and let as in the draw.</param>
/// <param name="Draw">What it did and its money.</param>
public sealed record CentreInDraw(int Centre, StudyCase Case, CaseDraw Draw);

/// <summary>The joint draws of a portfolio: in each, one world for all centres, who compete in it under whatever plan is asked for.</summary>
/// <remarks>
/// The same draw is the same world in every plan. A number that a study draws is drawn by its path, so that a centre alone in a portfolio
/// has the draws of its study, and what the model does not know moves all centres alike; what only a portfolio leaves unknown (size, fill,
/// terms of present tenants, chip, place) is drawn for each centre by its name. Safe to use from several threads.
/// </remarks>
public sealed class PortfolioDraws
{
    /// <summary>Share of let hours in which work runs, where a centre does not tell; own prior.</summary>
    private static readonly InputNumber _use = new(
        "use of let hours",
        0.6,
        0.35,
        0.85,
        "fraction",
        "own prior: share of let accelerator-hours in which work runs",
        Grade.D,
        true
    );

    private readonly DrawInputs[] _inputs;
    private readonly ulong _seed;
    private readonly DrawWorld[] _worlds;

    private PortfolioDraws(
        Portfolio portfolio,
        MarketRun market,
        ulong seed,
        IReadOnlySet<ActionKind>? only,
        PortfolioDraws? like
    )
    {
        (Portfolio, Market, _seed) = (portfolio, market, seed);
        var quotes = like is null ? QuotesOf(portfolio) : null;
        Actions = like?.Actions ?? PortfolioActions.Of(portfolio, quotes!, only);
        UsefulHour = like?.UsefulHour ?? [.. portfolio.Centres.Select(c => WorthOf(c, quotes!))];
        Pool = like?.Pool ?? PoolDemand.Of(portfolio, market);
        _inputs = [.. portfolio.Centres.Select((c, i) => Inputs(c, Actions[i]))];
        _worlds =
        [
            .. Enumerable
                .Range(0, market.Draws)
                .Select(d => new DrawWorld(
                    d % market.Worlds,
                    market.Member(d).WorldLink ? "with the world link" : "without the world link"
                )),
        ];
    }

    /// <summary>The centres.</summary>
    public Portfolio Portfolio { get; }

    /// <summary>The market they are cleared in.</summary>
    public MarketRun Market { get; }

    /// <summary>Joint draws.</summary>
    public int Draws => Market.Draws;

    /// <summary>What may be done with each centre, keeping first.</summary>
    public IReadOnlyList<IReadOnlyList<CentreAction>> Actions { get; }

    /// <summary>Worth to the public of an accelerator-hour in real use beyond its rent, by centre, money.</summary>
    public IReadOnlyList<double> UsefulHour { get; }

    /// <summary>What clouds lease of all centres together.</summary>
    internal PoolDemand Pool { get; }

    /// <summary>Prepares joint draws.</summary>
    /// <param name="portfolio">The centres.</param>
    /// <param name="draws">Draws, at least 1.</param>
    /// <param name="seed">Seed; the portfolio's own gives the draws of a study.</param>
    /// <param name="context">How to run it.</param>
    /// <param name="only">Kinds of action that are tried beside keeping; null for all.</param>
    /// <param name="like">Other draws of the same portfolio whose actions and worths of an hour hold here too; null to make them.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static PortfolioDraws Prepare(
        Portfolio portfolio,
        int draws,
        ulong seed,
        RunContext context,
        IReadOnlySet<ActionKind>? only = null,
        PortfolioDraws? like = null
    )
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        return new PortfolioDraws(
            portfolio,
            MarketRun.Prepare(portfolio.Market(draws, seed), context),
            seed,
            only,
            like
        );
    }

    private double WorthOf(PortfolioCentre centre, Dictionary<string, double> quotes)
    {
        var value = Portfolio.Value;
        return value.UsefulGpuHour
            ?? (
                value.UsefulShareOfRent
                * centre.Case.Fleets.Sum(f => f.Accelerators * quotes[f.Accelerator])
                / centre.Case.Accelerators
            );
    }

    /// <summary>Draws of the level of the day from which its median is read, whatever the run's own draws and seed.</summary>
    private const int QuoteDraws = 401;

    /// <summary>Contract rent of the day of decision by chip: the median of what the quotes known then leave open. One number a file, whatever is drawn.</summary>
    private static Dictionary<string, double> QuotesOf(Portfolio portfolio)
    {
        var request = portfolio.Market(1, 0);
        var levels = RentLevels.Condition(
            request.View,
            request.Scenario.Market,
            request.Quotes,
            0,
            QuoteDraws,
            0
        );
        return portfolio
            .Centres.SelectMany(c => c.Variants)
            .SelectMany(v => v.Case.Fleets)
            .Select(f => f.Accelerator)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(
                chip => chip,
                chip =>
                    Risk.Spread.Of(
                        [
                            .. Enumerable
                                .Range(0, QuoteDraws)
                                .Select(d =>
                                    Math.Exp(levels.LogLevel(d, chip, QuoteBasis.Contract))
                                ),
                        ],
                        Risk.BadSide.Low
                    ).P50,
                StringComparer.Ordinal
            );
    }

    private static double Rent(MarketRun market, int draw, string chip, int month)
    {
        var path = market.LogRent(draw, chip, QuoteBasis.Contract);
        return path[Math.Min(month, path.Length - 1)];
    }

    /// <summary>Numbers of a centre in every draw: those of its courses by their own path, those of the portfolio by the centre's name.</summary>
    private DrawInputs Inputs(PortfolioCentre centre, IReadOnlyList<CentreAction> actions) =>
        new(
            _seed,
            Market.Draws,
            [
                .. actions.SelectMany(a => a.Cases).SelectMany(c => c.Uncertain),
                .. actions
                    .SelectMany(a => a.Cases)
                    .Select(c => c.Gate?.First)
                    .OfType<StudyCase>()
                    .SelectMany(c => c.Uncertain),
                .. Own(centre),
            ]
        );

    private static IEnumerable<InputNumber> Own(PortfolioCentre centre)
    {
        InputNumber?[] all =
        [
            centre.Size,
            centre.Present?.Share,
            centre.Present?.PricePerGpuHour,
            centre.Present?.MonthsLeft,
        ];
        return all.OfType<InputNumber>()
            .Select(n => n with { Path = OwnPath(centre, n) })
            .Append(_use);
    }

    private static string OwnPath(PortfolioCentre centre, InputNumber number) =>
        $"{centre.Name}: {number.Path}";

    /// <summary>The uncertain numbers of a centre, each once.</summary>
    /// <param name="centre">Index of the centre.</param>
    public IReadOnlyList<InputNumber> Numbers(int centre) => _inputs[centre].Numbers;

    /// <summary>Values of an uncertain number of a centre, one a draw.</summary>
    /// <param name="centre">Index of the centre.</param>
    /// <param name="path">Its path.</param>
    public IReadOnlyList<double> Values(int centre, string path) => _inputs[centre].Values(path);

    /// <summary>Contract rent of a chip in a draw some months after the outlook starts, money per accelerator-hour.</summary>
    /// <param name="draw">0 to <see cref="Draws"/> - 1.</param>
    /// <param name="chip">Chip in the catalogue.</param>
    /// <param name="months">Months after the start, 0 or more.</param>
    public double RentAhead(int draw, string chip, int months) =>
        Math.Exp(
            Rent(
                Market,
                draw,
                chip,
                Math.Max(0, Portfolio.Start - Market.Givens.Start)
                    + Math.Min(months, Portfolio.Months - 1)
            )
        );

    /// <summary>The national market behind each draw.</summary>
    public IReadOnlyList<DrawWorld> Worlds => _worlds;

    /// <summary>Which variant a centre is in a draw.</summary>
    /// <param name="centre">Index of the centre.</param>
    /// <param name="draw">0 to <see cref="Draws"/> - 1.</param>
    public int Variant(int centre, int draw)
    {
        var variants = Portfolio.Centres[centre].Variants;
        if (variants.Count == 1)
        {
            return 0;
        }
        var stream = RandomStream.Keyed(
            _seed,
            draw,
            EntityId.Of($"{Portfolio.Centres[centre].Name}: variant"),
            Purpose.Inputs
        );
        var left = stream.NextUniform();
        for (var i = 0; i < variants.Count - 1; i++)
        {
            left -= variants[i].Weight;
            if (left < 0)
            {
                return i;
            }
        }
        return variants.Count - 1;
    }

    /// <summary>All centres in one draw under a plan, cleared together.</summary>
    /// <param name="plan">One action a centre.</param>
    /// <param name="draw">0 to <see cref="Draws"/> - 1.</param>
    /// <returns>One entry a centre, in the portfolio's order.</returns>
    /// <exception cref="InvalidOperationException">The draw cannot be computed.</exception>
    public IReadOnlyList<CentreInDraw> Draw(PortfolioPlan plan, int draw)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var n = Portfolio.Centres.Count;
        var numbers = new IReadOnlyDictionary<string, double>[n];
        var cases = new StudyCase[n];
        for (var c = 0; c < n; c++)
        {
            numbers[c] = _inputs[c].At(draw);
            cases[c] = InDraw(
                c,
                Actions[c][plan.Choices[c]].Cases[Variant(c, draw)],
                numbers[c],
                draw
            );
        }
        var physical = Physical(cases, numbers, draw);
        return
        [
            .. physical.Select(
                (p, c) => new CentreInDraw(c, p.Case, CaseRun.Of(p.Case, numbers[c], p))
            ),
        ];
    }

    /// <summary>Market and running cost of all centres; decision points are taken on what all have seen together.</summary>
    private CasePhysical[] Physical(
        StudyCase[] cases,
        IReadOnlyDictionary<string, double>[] numbers,
        int draw
    )
    {
        var n = cases.Length;
        // Until its decision a centre is what is built whatever is seen; where nothing is, the market alone is seen.
        var now = cases.Select(c => c.Gate is { First: { } first } ? first : c).ToArray();
        var seen = Clear(
            now,
            numbers,
            draw,
            c => cases[c].Gate is not Studies.Options.Construction.NeverBuilt
        );
        var stands = new bool[n];
        var again = false;
        for (var c = 0; c < n; c++)
        {
            var gate = cases[c].Gate;
            var opens = gate is null || (seen[c] is { } outlook && gate.Opens(outlook));
            stands[c] = opens || gate?.First is not null;
            if (gate is not null && opens && gate.First is not null)
            {
                now[c] = cases[c];
                again = true;
            }
            again |= gate is not null && seen[c] is not null && !stands[c];
        }
        // What was only asked about and never built must not have taken anyone's tenants.
        var cleared = again ? Clear(now, numbers, draw, c => stands[c]) : seen;
        var like = Array.Find(cleared, o => o is not null) ?? Blank(cases[0]);
        return
        [
            .. Enumerable
                .Range(0, n)
                .Select(c =>
                    stands[c] && cleared[c] is { } outlook
                        ? CaseRun.Physical(
                            now[c],
                            numbers[c],
                            CaseRun.WithRates(Seeded(now[c]), outlook, draw)
                        )
                        : CaseRun.NotBuilt(cases[c], like)
                ),
        ];
    }

    /// <summary>The base rate moves alike in all centres of a draw.</summary>
    private StudyCase Seeded(StudyCase study) =>
        study with
        {
            Rates = study.Rates is { } rates ? rates with { Seed = _seed } : null,
        };

    private CentreOutlook?[] Clear(
        StudyCase[] cases,
        IReadOnlyDictionary<string, double>[] numbers,
        int draw,
        Func<int, bool> enters
    )
    {
        int[] inside = [.. Enumerable.Range(0, cases.Length).Where(enters)];
        var outlooks = Market.Clear(
            [.. inside.Select(c => CaseRun.Entry(cases[c], numbers[c]))],
            draw
        );
        var all = new CentreOutlook?[cases.Length];
        for (var i = 0; i < inside.Length; i++)
        {
            all[inside[i]] = outlooks[i];
        }
        return all;
    }

    /// <summary>Months in which nothing stands.</summary>
    private CentreOutlook Blank(StudyCase of)
    {
        var zero = new double[of.Plan.Months];
        return new CentreOutlook(
            new MonthlyOutlook
            {
                Start = of.Plan.Start,
                Currency = Portfolio.Currency,
                Installed = zero,
                Repair = zero,
                Dark = zero,
                Idle = zero,
                Sales = [],
                Leases = [],
                Costs = [],
                EnergyKwh = zero,
                PeakKw = zero,
                ResalePrice = zero,
                MonthsToSell = zero,
            },
            new FillReasons(zero, zero, zero, zero, zero, zero),
            zero,
            ""
        );
    }

    /// <summary>A case sized and let as in a draw.</summary>
    private StudyCase InDraw(
        int index,
        StudyCase course,
        IReadOnlyDictionary<string, double> numbers,
        int draw
    )
    {
        var centre = Portfolio.Centres[index];
        double Own(InputNumber n) =>
            numbers.TryGetValue(OwnPath(centre, n), out var value) ? value : n.Value;
        var sized = centre.Size is { } size ? Sized(course, Own(size)) : course;
        if (centre.Present is not { } present)
        {
            return sized;
        }
        var month = Math.Max(0, sized.Plan.Start - Market.Givens.Start);
        var price = present.PricePerGpuHour is { } given
            ? Own(given)
            : sized.Fleets.Sum(f =>
                f.Accelerators * Math.Exp(Rent(Market, draw, f.Accelerator, month))
            ) / sized.Accelerators;
        return PresentLeases.In(
            sized,
            present,
            Own(present.Share),
            price,
            Math.Max(0, Own(present.MonthsLeft))
        );
    }

    private static StudyCase Sized(StudyCase study, double factor)
    {
        var sized = Studies.Options.Sponsor.Smaller.Scaled(study, factor) with
        {
            Costs = [.. study.Costs.Select(c => c with { Amount = c.Amount * factor })],
        };
        return study.Gate is StageGate stage
            ? sized with
            {
                Gate = stage with
                {
                    First = Studies.Options.Sponsor.Smaller.Scaled(stage.First, factor),
                },
            }
            : sized;
    }

    /// <summary>Runs a plan.</summary>
    /// <param name="plan">One action a centre.</param>
    /// <param name="context">How to run it.</param>
    /// <param name="full">True for all figures of a study and the months; false for what the value needs.</param>
    /// <param name="draws">Draws, the first of all; null for all.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public PlanFigures Run(
        PortfolioPlan plan,
        RunContext context,
        bool full = false,
        int? draws = null
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(context);
        var count = Math.Min(draws ?? Draws, Draws);
        var n = Portfolio.Centres.Count;
        var figures = new PlanFigures(plan, n, count, full ? _ => new DrawFigures(count) : null);
        var months = Portfolio.Months;
        var let = full ? new float[n * count * months] : [];
        var installed = full ? new float[n * count * months] : [];
        Parallel.For(
            0,
            count,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = context.Threads,
                CancellationToken = context.Cancellation,
            },
            draw =>
            {
                try
                {
                    foreach (var one in Draw(plan, draw))
                    {
                        Record(figures.Centres[one.Centre], plan, one, draw, draw);
                        if (full)
                        {
                            var at = ((one.Centre * count) + draw) * months;
                            var o = one.Draw.Outlook.Physical;
                            for (var m = 0; m < months; m++)
                            {
                                let[at + m] = (float)(o.Fill(m) * o.Installed[m]);
                                installed[at + m] = (float)o.Installed[m];
                            }
                        }
                    }
                }
                catch (UnanswerableException e)
                {
                    figures.Failure[draw] = e.Message;
                    foreach (var centre in figures.Centres)
                    {
                        centre.Study?.Fail(draw, e.Message);
                    }
                }
            }
        );
        if (full)
        {
            for (var c = 0; c < n; c++)
            {
                figures.Centres[c].LetByMonth = Means(let, c, count, months);
                figures.Centres[c].InstalledByMonth = Means(installed, c, count, months);
            }
        }
        return figures;
    }

    private static double[] Means(float[] values, int centre, int draws, int months)
    {
        var means = new double[months];
        for (var d = 0; d < draws; d++)
        {
            for (var m = 0; m < months; m++)
            {
                means[m] += values[(((centre * draws) + d) * months) + m] / (double)draws;
            }
        }
        return means;
    }

    /// <summary>Worth of a plan in one draw, all centres together.</summary>
    /// <param name="plan">One action a centre.</param>
    /// <param name="draw">0 to <see cref="Draws"/> - 1.</param>
    /// <exception cref="InvalidOperationException">The draw cannot be computed.</exception>
    public double Worth(PortfolioPlan plan, int draw)
    {
        var sum = 0.0;
        foreach (var worth in Worths(plan, draw))
        {
            sum += worth;
        }
        return sum;
    }

    /// <summary>Worth of every centre under a plan in one draw, in the portfolio's order.</summary>
    /// <param name="plan">One action a centre.</param>
    /// <param name="draw">0 to <see cref="Draws"/> - 1.</param>
    /// <exception cref="InvalidOperationException">The draw cannot be computed.</exception>
    internal double[] Worths(PortfolioPlan plan, int draw)
    {
        var into = new CentreFigures(1);
        var worths = new double[Portfolio.Centres.Count];
        foreach (var one in Draw(plan, draw))
        {
            Record(into, plan, one, draw, 0);
            worths[one.Centre] = into.Value[0];
        }
        return worths;
    }

    private void Record(CentreFigures into, PortfolioPlan plan, CentreInDraw one, int draw, int at)
    {
        var centre = Portfolio.Centres[one.Centre];
        var action = Actions[one.Centre][plan.Choices[one.Centre]];
        var (o, cash, built) = (one.Draw.Outlook.Physical, one.Draw.Cash, one.Draw.Built);
        var hurdle = Portfolio.Hurdle;
        // What a centre is worth to a planner does not hang on what it owes: a loan that fails would else close it for nothing.
        var project = one.Draw.BeforeFinance();
        into.ProjectNpv[at] = Returns.NetPresentValue(project, hurdle);
        into.LenderLoss[at] = cash.Lent > 0 ? cash.Loss.Lost : 0;
        into.Default[at] = cash.DefaultMonth >= 0;
        var monthly = Math.Pow(1 + Portfolio.Value.DiscountRate, -1.0 / 12);
        double discount = 1,
            sold = 0,
            there = 0,
            worth = 0,
            vouchers = 0,
            jobs = 0;
        for (var m = 0; m < o.Months; m++)
        {
            discount *= monthly;
            var hours = o.Fill(m) * o.Installed[m] * o.Hours(m);
            sold += hours;
            worth += hours * discount;
            there += o.Installed[m] * o.Hours(m);
            vouchers +=
                discount
                * (
                    (o.SubsidyIncluded.Length > m ? o.SubsidyIncluded[m] : 0)
                    + (built ? cash.Grants[m] : 0)
                );
            jobs += o.Installed[m] > o.Dark[m] ? discount * centre.Jobs / 12 : 0;
        }
        var use = centre.Today.UseOfLet ?? _inputs[one.Centre].Values(_use.Path)[draw];
        // A cloud pays for all it leases and fills it as the market fills.
        use *= action.Kind == ActionKind.Lease ? PoolDemand.Filled(Market.Path(draw)) : 1;
        into.SoldHours[at] = sold;
        into.UsefulHours[at] = sold * use;
        into.InstalledHours[at] = there;
        into.PublicMoney[at] = vouchers + Math.Max(0, action.Cost) + (built ? centre.GrantDue : 0);
        var v = Portfolio.Value;
        into.Value[at] =
            into.ProjectNpv[at]
            + (UsefulHour[one.Centre] * worth * use)
            - (v.PublicMoney * into.PublicMoney[at])
            - (v.LenderLoss * into.LenderLoss[at])
            + (v.JobYear * jobs);
        into.Study?.Record(draw, one.Draw.Outlook, cash, hurdle, built, _worlds[draw], 0, project);
    }
}
