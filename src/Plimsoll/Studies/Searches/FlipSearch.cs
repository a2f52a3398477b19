using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Searches;

/// <summary>Finds how far one number must move, all else as it is, for the answer to turn.</summary>
internal static class FlipSearch
{
    private const int Halvings = 7;

    /// <summary>Gearing below which there is no loan to speak of: no answer for a lender.</summary>
    private const double LeastGearing = 0.05;

    /// <summary>A number that can be moved.</summary>
    /// <param name="Title">Its name.</param>
    /// <param name="Now">Its value now.</param>
    /// <param name="Unit">Unit.</param>
    /// <param name="Ends">Values searched towards, the likeliest first.</param>
    /// <param name="Turns">Whether the answer is another one at a value.</param>
    public sealed record Lever(
        Phrase Title,
        double Now,
        string Unit,
        IReadOnlyList<double> Ends,
        Func<double, bool> Turns
    )
    {
        /// <summary>Where the search begins, when that is not the value now.</summary>
        public double? From { get; init; }

        /// <summary>True when a value is the least in every draw and month, which the value now is not.</summary>
        public bool Least { get; init; }

        /// <summary>True when something else is held with it, which its title names: it turns nothing by itself.</summary>
        public bool Joint { get; init; }

        /// <summary>What the answer turns to at a value, in words; null to say no more than that it turns.</summary>
        public Func<double, Phrase>? To { get; init; }

        /// <summary>The test that still fails at a value, and furthest from its limit; null where none is asked, or none fails.</summary>
        public Func<double, RuleTest?>? Fails { get; init; }
    }

    /// <summary>Where each lever turns the answer: numbers that do so by themselves, the nearest (by its relative move) first, then those that do so with another held; those that never do come last.</summary>
    /// <param name="levers">The levers.</param>
    /// <param name="turned">What the answer turns to, in words.</param>
    public static IReadOnlyList<FlipPoint> Of(IEnumerable<Lever> levers, Phrase turned)
    {
        var points = new List<(double Move, FlipPoint Point)>();
        foreach (var lever in levers)
        {
            if (lever.Ends.Count == 0)
            {
                continue;
            }
            // Upwards and downwards are two answers: the price at which to do another thing, and that at which to stop doing this one.
            FlipPoint[] found =
            [
                .. lever
                    .Ends.Where(lever.Turns)
                    .Select(end => Bisect(lever, end))
                    .Select(at =>
                        Point(
                            lever,
                            at,
                            Phrase.Of(
                                lever.Least ? "flip.turns.least"
                                    : lever.Joint ? "flip.turns.joint"
                                    : "flip.turns",
                                lever.To?.Invoke(at) ?? turned,
                                lever.Title,
                                Value(at, lever.Now, lever.Unit),
                                Value(lever.Now, at, lever.Unit)
                            )
                        )
                    ),
            ];
            foreach (
                var point in found.Length > 0 ? found : [Point(lever, double.NaN, Never(lever))]
            )
            {
                points.Add(
                    (
                        double.IsNaN(point.AtFlip)
                            ? double.PositiveInfinity
                            : Math.Abs(point.AtFlip - lever.Now)
                                / Math.Max(1e-9, Math.Abs(lever.Now)),
                        point
                    )
                );
            }
        }
        return
        [
            .. points
                .OrderBy(p => double.IsPositiveInfinity(p.Move))
                .ThenBy(p => p.Point.Joint)
                .ThenBy(p => p.Move)
                .ThenBy(p => p.Point.Input, StringComparer.Ordinal)
                .Select(p => p.Point),
        ];
    }

    /// <summary>That a lever does not turn the answer, from where to where it was moved, and what stands in its way at the end.</summary>
    private static Phrase Never(Lever lever)
    {
        var ends = lever
            .Ends.Select(e => Value(e, lever.Now, lever.Unit))
            .Aggregate((before, next) => Phrase.Of("list.or", before, next));
        var now = Value(lever.Now, lever.Ends[^1], lever.Unit);
        return lever.Fails?.Invoke(lever.Ends[^1]) is { } test
            ? Phrase.Of(
                "flip.never.for",
                lever.Title,
                ends,
                now,
                test.Title,
                test.Value,
                test.Limit
            )
            : Phrase.Of("flip.never", lever.Title, ends, now);
    }

    private static FlipPoint Point(Lever lever, double at, Phrase said) =>
        new(
            PhraseBook.English.Say(lever.Title),
            lever.Now,
            at,
            lever.Unit,
            PhraseBook.English.Say(said)
        )
        {
            Title = lever.Title,
            Said = said,
            Joint = lever.Joint,
        };

    /// <summary>Most digits in which two values are told apart.</summary>
    private const int MostDigits = 6;

    /// <summary>A value in its unit, to as many digits as tell it from the other.</summary>
    private static Phrase Value(double value, double other, string unit)
    {
        if (value == other)
        {
            return unit.Length == 0
                ? Phrase.Of("flip.share", value)
                : Phrase.Of("flip.value", value, Unit(unit));
        }
        if (unit.Length == 0)
        {
            return Words.Percent(value) != Words.Percent(other)
                ? Phrase.Of("flip.share", value)
                : Phrase.Of("name", Told(100 * value, 100 * other) + " %");
        }
        return Words.Amount(value) != Words.Amount(other)
                ? Phrase.Of("flip.value", value, Unit(unit))
            : Words.Round(value, 3) != Words.Round(other, 3)
                ? Phrase.Of("flip.value.fine", value, Unit(unit))
            : Phrase.Of("flip.value.text", Told(value, other), Unit(unit));
    }

    private static string Told(double value, double other)
    {
        var digits = 3;
        while (digits < MostDigits && Words.Round(value, digits) == Words.Round(other, digits))
        {
            digits++;
        }
        return Words.Round(value, digits);
    }

    private static Phrase Unit(string unit) =>
        unit switch
        {
            CapabilityUnit => Phrase.Of("unit.capability"),
            "x" => Phrase.Of("unit.times"),
            _ => Words.Measure(unit),
        };

    private const string CapabilityUnit = "(0 none, 1 best known)";

    private static double Bisect(Lever lever, double end)
    {
        double same = lever.From ?? lever.Now,
            other = end;
        for (var k = 0; k < Halvings; k++)
        {
            var middle = 0.5 * (same + other);
            if (lever.Turns(middle))
            {
                other = middle;
            }
            else
            {
                same = middle;
            }
        }
        return other;
    }

    /// <summary>The levers of a plan whose tests pass or fail.</summary>
    /// <param name="run">The first draws.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="held">What it physically does on those draws.</param>
    /// <param name="equity">True when the sponsor's tests count as well as the lender's.</param>
    /// <param name="contractPrice">Price at which tenants would sign before, money per accelerator-hour.</param>
    /// <param name="currency">Code of the currency.</param>
    public static IReadOnlyList<Lever> OfPlan(
        OptionRun run,
        StudyCase plan,
        PhysicalDraws held,
        bool equity,
        double contractPrice,
        string currency
    )
    {
        var now = run.Passes(plan, equity, held);
        // What a lever makes of the plan: the case, what it physically did (null to clear it anew), a change of that, other numbers.
        Lever Of(
            Phrase title,
            double value,
            string unit,
            IReadOnlyList<double> ends,
            Func<double, Moved> move
        ) =>
            new(
                title,
                value,
                unit,
                ends,
                x =>
                {
                    var to = move(x);
                    return (to.Run ?? run).Passes(to.Study, equity, to.Held, to.Change) != now;
                }
            )
            {
                Fails = now
                    ? null
                    : x =>
                    {
                        var to = move(x);
                        return (to.Run ?? run)
                            .First(WhyDraws)
                            .Failing(to.Study, equity, to.Held, to.Change);
                    },
            };
        Moved Money(StudyCase study) => new(study, held);
        Moved Full(StudyCase study) => new(study, null);
        var capex =
            plan.Fleets.Sum(f => f.Servers * f.CapexPerServer.Value)
            / plan.Fleets.Sum(f => f.Servers);
        var open = OpenRent(held);
        var some = open < 1 - Fixed ? ".open" : "";
        List<Lever> levers =
        [
            Of(
                Phrase.Of("lever.rent" + some),
                1,
                "x",
                open <= Fixed ? []
                    : now ? [0.3]
                    : [4],
                x =>
                    new(plan, held)
                    {
                        Change = p =>
                            p with
                            {
                                Outlook = p.Outlook with
                                {
                                    Physical = CaseCosts.MarketPriced(p.Outlook.Physical, x),
                                },
                            },
                    }
            ),
            Of(
                Phrase.Of("lever.fill"),
                MedianFill(run, held, plan),
                "",
                now ? [] : [0.95],
                x => Full(plan with { FillFloor = x })
            ) with
            {
                From = 0,
                Least = true,
            },
            Of(
                Phrase.Of("lever.rent.full" + some),
                1,
                "x",
                // Where contracts fill the centre neither is a question.
                now || open <= Fixed || plan.SignedAccelerators >= Whole * plan.Accelerators
                    ? []
                    : [6],
                x => Full(plan with { FillFloor = 0.9, RentFactor = x })
            ) with
            {
                Joint = true,
            },
            Of(
                Phrase.Of(plan.Fleets.Count > 1 ? "lever.capex.mean" : "lever.capex"),
                capex,
                currency,
                capex <= 0 ? []
                    : now ? [3 * capex]
                    : [0.1 * capex],
                x => Money(plan with { CapexOverrun = x / capex })
            ),
            Of(
                Phrase.Of("lever.power"),
                plan.Site.Tariff.Value,
                $"{currency}/kWh",
                plan.Site.Tariff.Value <= 0 ? []
                    : now ? [4 * plan.Site.Tariff.Value]
                    : [0],
                x => Full(plan with { PowerFactor = x / plan.Site.Tariff.Value })
            ),
            Of(
                Phrase.Of("lever.capability"),
                plan.Capability.Value,
                CapabilityUnit,
                now ? [0] : [1],
                x => Full(plan) with { Run = run.With(plan.Capability.Path, x) }
            ),
        ];
        if (plan.Loan is { Gearing: > 0 } loan)
        {
            levers.Add(
                Of(
                    Phrase.Of("lever.gearing"),
                    loan.Gearing,
                    "",
                    now ? [1] : [Math.Min(LeastGearing, 0.5 * loan.Gearing)],
                    x => Money(plan with { Loan = loan with { Gearing = x } })
                )
            );
        }
        if (plan.Leases.Count > 0 && plan.OperatorHazard is { } hazard)
        {
            levers.Add(
                Of(
                    Phrase.Of("lever.operator"),
                    CreditLever.Yearly(hazard.Value),
                    "",
                    CreditLever.Ends(CreditLever.Yearly(hazard.Value), now),
                    x => Full(plan) with { Run = run.With(hazard.Path, CreditLever.Monthly(x)) }
                )
            );
        }
        foreach (var (tenant, rate) in CreditLever.Tenants(plan))
        {
            levers.Add(
                Of(
                    Phrase.Of("lever.tenant", TenantsToBeSigned.Said(tenant)),
                    rate,
                    "",
                    CreditLever.Ends(rate, now),
                    x => Full(CreditLever.At(plan, tenant, x))
                )
            );
        }
        if (!now && plan.SignedAccelerators < plan.Accelerators)
        {
            levers.Add(
                Of(
                    Phrase.Of("lever.let", contractPrice, Words.Measure(currency)),
                    plan.SignedAccelerators / plan.Accelerators,
                    "",
                    [1],
                    x => Full(TenantsToBeSigned.In(plan, x, contractPrice, 60))
                )
            );
        }
        return levers;
    }

    /// <summary>Share of the accelerators that counts as all of them.</summary>
    private const double Whole = 0.999;

    /// <summary>Share of all rent below which it counts as nothing.</summary>
    private const double Fixed = 0.001;

    /// <summary>Share of the rent of all draws that no contract signed before the decision fixes, 0 to 1; 1 where none is earned.</summary>
    private static double OpenRent(PhysicalDraws held)
    {
        double all = 0,
            signed = 0;
        foreach (var outlook in held.Kept.OfType<CasePhysical>().Select(k => k.Outlook.Physical))
        {
            var under = outlook.SignedRent();
            for (var m = 0; m < outlook.Months; m++)
            {
                all += outlook.Revenue(m);
                signed += Math.Min(under[m], outlook.Revenue(m));
            }
        }
        return all > 0 ? 1 - (signed / all) : 1;
    }

    /// <summary>What a lever makes of the plan.</summary>
    /// <param name="Study">The case.</param>
    /// <param name="Held">What it physically does; null to clear it anew.</param>
    private sealed record Moved(StudyCase Study, PhysicalDraws? Held)
    {
        /// <summary>Change of what it physically does; null for none.</summary>
        public Func<CasePhysical, CasePhysical>? Change { get; init; }

        /// <summary>The draws with another number held; null for those of the search.</summary>
        public OptionRun? Run { get; init; }
    }

    /// <summary>Draws on which it is asked which test stands in a lever's way: enough to name it.</summary>
    private const int WhyDraws = 90;

    private static double MedianFill(OptionRun run, PhysicalDraws held, StudyCase plan)
    {
        var figures = run.Money(held, plan);
        return Risk
            .Spread.Of([.. figures.Sound.Select(i => figures.Fill[i])], Risk.BadSide.Low)
            .P50;
    }

    /// <summary>The levers of an owner: which number makes another course the best.</summary>
    /// <param name="courses">The courses.</param>
    /// <param name="currency">Code of the currency.</param>
    public static IReadOnlyList<Lever> OfOwner(MovedCourses courses, string currency)
    {
        var now = courses.Followed((1, 1, 1));
        var resale = courses.Resale;
        var tariff = courses.Tariff;
        Lever Of(
            string title,
            double value,
            string unit,
            IReadOnlyList<double> ends,
            Func<double, (double Rent, double Resale, double Power)> at
        ) =>
            new(Phrase.Of(title), value, unit, ends, x => Turns(courses.At(at(x)), now))
            {
                To = x => Turned(courses.At(at(x)), now),
            };
        return
        [
            Of("lever.rent.all", 1, "x", [4, 0.2], x => (x, 1, 1)),
            Of(
                "lever.resale",
                resale,
                currency,
                resale > 0 ? [4 * resale, 0] : [],
                x => (1, resale > 0 ? x / resale : 1, 1)
            ),
            Of(
                "lever.power",
                tariff,
                $"{currency}/kWh",
                tariff > 0 ? [4 * tariff, 0] : [],
                x => (1, 1, x / tariff)
            ),
        ];
    }

    /// <summary>True when another course is then followed and is worth as much, the difference not mattering, or more once every default is charged with all that is owed: no test is worth more than that.</summary>
    internal static bool Turns(IReadOnlyList<OptionResult> results, string now)
    {
        var next = OwnerRanking.Of(results).Followed;
        var before = results.First(r => r.Name == now);
        return !ReferenceEquals(next, before)
            && (
                next.AgainstBeforeFinance(before).Mean
                    >= -OwnerRanking.Indifference * Math.Abs(before.RobustProjectNpv.Mean)
                || next.AgainstCharged(before, before.Owed).Mean > 0
            );
    }

    /// <summary>The course that is then followed, and whether it is so because it is worth more, or although it is not: for which test, and what is given up for it.</summary>
    internal static Phrase Turned(IReadOnlyList<OptionResult> results, string now)
    {
        var next = OwnerRanking.Of(results).Followed;
        var before = results.First(r => r.Name == now);
        var (more, _) = next.AgainstBeforeFinance(before);
        return more > 0 ? Phrase.Of("turned.worth", next.Title)
            : before.Credit.FirstOrDefault(t =>
                t.Outcome != RuleOutcome.Passes
                && next.Credit.Any(n =>
                    n.Name == t.Name && n.Outcome != t.Outcome && n.Outcome != RuleOutcome.Fails
                )
            )
                is { } test
                ? Phrase.Of(
                    "turned.test",
                    next.Title,
                    before.Title,
                    test.Title,
                    test.Value,
                    test.Limit,
                    -more
                )
            : Phrase.Of("turned.rule", next.Title, before.Title, -more);
    }
}
