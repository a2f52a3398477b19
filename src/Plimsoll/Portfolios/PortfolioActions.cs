using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Options.Construction;
using Plimsoll.Studies.Options.Owner;
using Plimsoll.Studies.Options.Sponsor;

namespace Plimsoll.Portfolios;

/// <summary>What may be done with each centre: the courses of its study, mergers with other centres, and the takers of the portfolio.</summary>
public static class PortfolioActions
{
    /// <summary>Centres that are tried as hosts of a merger, ablest first.</summary>
    private const int Hosts = 2;

    /// <summary>The actions of every centre, keeping first.</summary>
    /// <param name="portfolio">The centres.</param>
    /// <param name="quotes">Rent quoted when the outlook starts by chip, median of the draws, money per accelerator-hour.</param>
    /// <param name="only">Kinds that are tried beside keeping; null for all.</param>
    public static IReadOnlyList<IReadOnlyList<CentreAction>> Of(
        Portfolio portfolio,
        IReadOnlyDictionary<string, double> quotes,
        IReadOnlySet<ActionKind>? only = null
    )
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(quotes);
        return
        [
            .. portfolio.Centres.Select(c =>
                (IReadOnlyList<CentreAction>)
                    [
                        .. All(portfolio, c, quotes)
                            .Where(a =>
                                a.Kind == ActionKind.Keep || only?.Contains(a.Kind) != false
                            ),
                    ]
            ),
        ];
    }

    /// <summary>The case of a centre's variant with its present tenants at best estimates.</summary>
    internal static StudyCase Standing(
        PortfolioCentre centre,
        StudyCase plan,
        IReadOnlyDictionary<string, double> quotes
    ) =>
        centre.Present is { } present
            ? PresentLeases.In(
                plan,
                present,
                present.Share.Value,
                present.PricePerGpuHour?.Value ?? Quote(plan, quotes),
                present.MonthsLeft.Value
            )
            : plan;

    private static double Quote(StudyCase plan, IReadOnlyDictionary<string, double> quotes) =>
        plan.Fleets.Sum(f => f.Accelerators * quotes[f.Accelerator]) / plan.Accelerators;

    private static IEnumerable<CentreAction> All(
        Portfolio portfolio,
        PortfolioCentre centre,
        IReadOnlyDictionary<string, double> quotes
    )
    {
        StudyCase[] plans = [.. centre.Variants.Select(v => Standing(centre, v.Case, quotes))];
        CentreFacts[] facts =
        [
            .. centre.Variants.Select((v, i) => new CentreFacts(v.Study, Quote(plans[i], quotes))),
        ];
        return centre.Stage switch
        {
            CentreStage.Standing => Owner(portfolio, centre, plans, facts),
            CentreStage.Building => Building(centre, plans, facts),
            CentreStage.Planned => Planned(centre, plans, facts),
            var other => throw new ArgumentOutOfRangeException(
                nameof(centre),
                other,
                "Unknown stage."
            ),
        };
    }

    private static IEnumerable<CentreAction> Owner(
        Portfolio portfolio,
        PortfolioCentre centre,
        StudyCase[] plans,
        CentreFacts[] facts
    )
    {
        var file = centre.Variants[0].Study.Values;
        CentreAction? Try(
            ActionKind kind,
            string key,
            IOwnerOption option,
            Func<IReadOnlyList<StudyOption>, StudyOption?> pick
        )
        {
            var courses = plans
                .Select((p, i) => pick(option.Courses(p, FleetScope.Whole(p), facts[i])))
                .ToList();
            return courses.Contains(null)
                ? null
                : Made(kind, key, plans, [.. courses.Select(c => c!)]);
        }
        var options = OwnerOptions.Read(file);
        T Option<T>() => options.OfType<T>().First();
        var cut = file.Number("options.price_cut");
        var found = new List<CentreAction?>
        {
            Try(ActionKind.Keep, "keep", Option<Hold>(), c => c[0]),
            Try(ActionKind.Cut, "cut", new CutPrice(cut), c => c[^1]),
            Try(ActionKind.Mothball, "mothball", Option<GoDark>(), c => c[1]),
            Try(
                ActionKind.Convert,
                "convert",
                Option<ConvertToInference>(),
                c => c is [var one, ..] ? one : null
            ),
            Try(
                ActionKind.Lease,
                "lease to a pool",
                Option<LeaseToCloud>(),
                c => c is [var one, ..] ? one : null
            ),
            Try(
                ActionKind.Sell,
                "sell",
                Option<SellAccelerators>(),
                c =>
                    c.LastOrDefault(o =>
                        o.Name.Contains(
                            $"over {file.Integer("options.sell_over")} ",
                            StringComparison.Ordinal
                        )
                    )
            ),
            Try(ActionKind.Close, "close", Option<CloseCentre>(), c => c[0]),
        };
        found.AddRange(HandOvers(portfolio, plans, facts, Option<HandOver>()));
        found.AddRange(Mergers(portfolio, centre, plans));
        return found.OfType<CentreAction>();
    }

    private static CentreAction Made(
        ActionKind kind,
        string key,
        StudyCase[] plans,
        List<StudyOption> courses
    ) =>
        new(
            kind,
            key,
            courses[0].Description,
            [.. courses.Select(c => c.Case)],
            // What an action brings goes to the owner, not to the budget.
            Math.Max(0, Added(courses[0].Case.Costs, plans[0].Costs))
        )
        {
            Said = courses[0].Said,
        };

    private static double Added(IReadOnlyList<CourseCost> now, IReadOnlyList<CourseCost> before) =>
        now.Sum(c => c.Amount) - before.Sum(c => c.Amount);

    /// <summary>To each taker that would take it, at its price.</summary>
    private static IEnumerable<CentreAction> HandOvers(
        Portfolio portfolio,
        StudyCase[] plans,
        CentreFacts[] facts,
        HandOver usual
    )
    {
        var takers =
            portfolio.Takers.Count > 0
                ? portfolio.Takers
                : [new Taker("", plans[0].Plan.TakeoverCapability, usual.Share, 0, 0)];
        foreach (var taker in takers)
        {
            var servers = plans[0].Fleets.Sum(f => f.Servers);
            if (servers < taker.LeastServers)
            {
                continue;
            }
            var price = taker.PricePerServer * servers;
            var to = plans.Select(p =>
                p with
                {
                    Plan = p.Plan with { TakeoverCapability = taker.Capability },
                    Receipts =
                        price > 0
                            ? [.. p.Receipts, new CourseCost("price of the centre", price)]
                            : p.Receipts,
                    Costs =
                        price < 0
                            ? [.. p.Costs, new CourseCost("paid to the taker", -price)]
                            : p.Costs,
                }
            );
            var option = new HandOver(taker.Share);
            var made = Made(
                ActionKind.HandOver,
                taker.Name.Length > 0 ? $"hand over to {taker.Name}" : "hand over",
                plans,
                [.. to.Select((p, i) => option.Courses(p, FleetScope.Whole(p), facts[i])[0])]
            );
            var said =
                price > 0 ? Phrase.Of("portfolio.taker.pays", made.Said, price)
                : price < 0 ? Phrase.Of("portfolio.taker.paid", made.Said, -price)
                : made.Said;
            yield return made with
            {
                Description = PhraseBook.English.Say(said),
                Said = said,
            };
        }
    }

    /// <summary>Into the ablest other centres that stand.</summary>
    private static IEnumerable<CentreAction> Mergers(
        Portfolio portfolio,
        PortfolioCentre centre,
        StudyCase[] plans
    ) =>
        portfolio
            .Centres.Where(h =>
                h.Stage == CentreStage.Standing
                && h.Name != centre.Name
                && h.Accelerators >= centre.Accelerators
                && h.Case.Capability.Value > centre.Case.Capability.Value
            )
            .OrderByDescending(h => h.Case.Capability.Value)
            .ThenByDescending(h => h.Case.Site.Name == centre.Case.Site.Name)
            .ThenByDescending(h => h.Province == centre.Province)
            .ThenByDescending(h => h.Accelerators)
            .ThenBy(h => h.Name, StringComparer.Ordinal)
            .Take(Hosts)
            .Select(host => Merger.Of(centre, host, plans));

    private static IEnumerable<CentreAction> Building(
        PortfolioCentre centre,
        StudyCase[] plans,
        CentreFacts[] facts
    )
    {
        var file = centre.Variants[0].Study.Values;
        var state = BuildingState.Read(file);
        CentreAction Of(ActionKind kind, string key, IConstructionOption option) =>
            Made(kind, key, plans, [.. plans.Select(p => option.Of(p, state))]);
        yield return Of(ActionKind.Keep, "finish", new Finish());
        yield return Of(
            ActionKind.Shrink,
            "shrink",
            new Shrink(file.Number("options.smaller_share"))
        );
        yield return Of(ActionKind.Stop, "stop", new Stop());
        yield return Of(ActionKind.Assign, "assign the orders", new Assign());
        var wait = new Wait(file.Integer("options.wait"));
        var delayed = plans
            .Select((p, i) => wait.Of(state.Left(p), facts[i]))
            .OfType<StudyOption>()
            .ToList();
        if (delayed.Count == plans.Length)
        {
            yield return Made(ActionKind.Delay, "delay", plans, delayed);
        }
    }

    private static IEnumerable<CentreAction> Planned(
        PortfolioCentre centre,
        StudyCase[] plans,
        CentreFacts[] facts
    )
    {
        var file = centre.Variants[0].Study.Values;
        CentreAction? Try(ActionKind kind, string key, ISponsorOption option)
        {
            var courses = plans.Select((p, i) => option.Of(p, facts[i])).ToList();
            return courses.Contains(null)
                ? null
                : Made(kind, key, plans, [.. courses.Select(c => c!)]);
        }
        var found = new List<CentreAction?>
        {
            Try(ActionKind.Keep, "approve", new AsPlanned()),
            Made(
                ActionKind.Refuse,
                "refuse",
                plans,
                [
                    .. plans.Select(p => new StudyOption(
                        Words.Name("refuse"),
                        VerdictKind.Stop,
                        Phrase.Of("portfolio.refused"),
                        p with
                        {
                            Gate = new NeverBuilt(),
                        }
                    )),
                ]
            ),
            Try(ActionKind.Delay, "delay", new Wait(file.Integer("options.wait"))),
            Try(
                ActionKind.Condition,
                "approve in stages",
                new Staged(
                    file.Number("options.first_stage_share"),
                    file.Integer("options.stage_gap"),
                    file.Number("options.stage_fill")
                )
            ),
            Try(ActionKind.Shrink, "shrink", new Smaller(file.Number("options.smaller_share"))),
        };
        return found.OfType<CentreAction>();
    }
}
