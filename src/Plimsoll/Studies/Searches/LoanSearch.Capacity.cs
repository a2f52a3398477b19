using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Finance;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Searches;

/// <summary>What a centre's signed contracts carry by themselves.</summary>
/// <param name="Offers">The loan as asked on them, then what is offered instead, where it fails and anything passes.</param>
/// <param name="Largest">The largest loan that passes on them; null when none does.</param>
internal sealed record ContractedLoans(IReadOnlyList<LoanOffer> Offers, LoanOffer? Largest)
{
    /// <summary>Contracted debt capacity, money; NaN where nothing is signed.</summary>
    public double Capacity => Offers.Count == 0 ? double.NaN : Largest?.Amount ?? 0;

    /// <summary>What keeps the largest loan from being larger; null where no larger one was tried and failed.</summary>
    public CapacityBound? Bound { get; init; }

    /// <summary>The smallest loan tried, where even it fails: no amount and no price of it passes; null where one passes.</summary>
    public LoanOffer? Smallest { get; init; }
}

/// <content>Debt capacity: the largest loan that passes, whatever was asked.</content>
internal sealed partial class LoanSearch
{
    /// <summary>Halvings of the range in which the largest loan is sought: to a thousandth of what the centre costs.</summary>
    private const int Halvings = 10;

    /// <summary>The same while structures are compared.</summary>
    private const int RoughHalvings = 6;

    /// <summary>Shortest loan that is tried inside a contract, months.</summary>
    private const int ShortestTenor = 6;

    /// <summary>Contracts, the longest first, whose ends loans are repaid by.</summary>
    private const int MostTenors = 4;

    /// <summary>Largest debt that passes the tests on the plan's terms, by bisection up to the cost of the centre; 0 when none does, or its terms allow none.</summary>
    public double Capacity() =>
        Lends
            ? Largest(Plain, Halvings, (name, terms) => Offer(name, terms, held)).Best?.Amount ?? 0
            : 0;

    /// <summary>False where a cap of the terms, a cost of 0 or cash that carries nothing leaves nothing to lend.</summary>
    public bool Lends => Lent.Sum() > 0;

    /// <summary>
    /// What signed contracts carry with the rest of the centre dark. The amount depends neither on the amount asked nor on its tenor or sweep: it is
    /// sought between nothing and the cost of the centre (for one that stands, its contracts' rent and its fleet's value) over loans that are
    /// repaid inside each contract, to the first month in which a tenant may leave, from all free cash; a loan due in one sum as it is asked; where
    /// there are junior tranches, with and without them.
    /// </summary>
    /// <param name="few">The first draws, on which structures are compared.</param>
    /// <param name="fewHeld">What the plan does in them.</param>
    public ContractedLoans OnContracts(OptionRun few, PhysicalDraws fewHeld)
    {
        if (plan.Leases.Count == 0 || !Lends)
        {
            return new ContractedLoans([], null);
        }
        var asked = Whole(Alone(Phrase.Of("loan.contracted"), Plain));
        var best = Structures()
            .Distinct()
            .Select(
                (terms, place) =>
                    (
                        Terms: terms,
                        Place: place,
                        Rough: Largest(
                            terms,
                            RoughHalvings,
                            (name, t) => Alone(name, t, few, fewHeld)
                        ).Best?.Amount
                            ?? 0
                    )
            )
            .OrderByDescending(s => s.Rough)
            .ThenBy(s => s.Place)
            .Select(s => s.Terms)
            .DefaultIfEmpty(Plain)
            .First();
        var tried = new List<LoanOffer>();
        var (found, smallest) = Largest(
            best,
            Halvings,
            (name, t) =>
            {
                tried.Add(Alone(name, t));
                return tried[^1];
            }
        );
        var bound = Bound(tried, found?.Amount ?? 0, best);
        if (found is null)
        {
            return new ContractedLoans([asked], null) { Smallest = smallest, Bound = bound };
        }
        var largest = Milder(found, best);
        if (asked.Outcome == RuleOutcome.Passes)
        {
            return new ContractedLoans([asked], largest) { Bound = bound };
        }
        var instead =
            largest.Amount <= asked.Amount
                ? largest
                : Milder(
                    Alone(
                        Phrase.Of("loan.contracted.instead"),
                        best with
                        {
                            Amount = best.SeniorAlone ? Lent[0] : Lent.Sum(),
                        }
                    ),
                    best
                );
        var most = bound?.AtEstimate ?? largest.Amount;
        var (unswept, estimate) = Unswept(largest, best, most);
        var told = Told(instead, unswept, estimate, most);
        return new ContractedLoans(
            [asked, told, .. unswept],
            ReferenceEquals(instead, largest) ? told : largest
        )
        {
            Bound = bound is null ? null : bound with { UnsweptAtEstimate = estimate },
        };
    }

    /// <summary>
    /// Where the largest loan passes by sweeping all free cash alone: the largest found, to a sixteenth of it, that passes with no more sweep than was
    /// asked; and the largest, up to what passes with the sweep, whose every test holds so by its estimate alone, NaN where it is not sought.
    /// </summary>
    private (IReadOnlyList<LoanOffer> Passing, double AtEstimate) Unswept(
        LoanOffer largest,
        Terms terms,
        double most
    )
    {
        if (terms.Sweep <= _asked.SweepShare || !largest.Asked.Any(c => c.Key == Swept))
        {
            return ([], double.NaN);
        }
        var tried = new List<LoanOffer>();
        bool Try(double amount, Func<LoanOffer, bool> holds)
        {
            tried.Add(
                Alone(
                    Phrase.Of("loan.contracted.unswept"),
                    terms with
                    {
                        Sweep = 0,
                        Amount = Printed(amount),
                    }
                )
            );
            return holds(tried[^1]);
        }
        void Halve(double low, double high, int times, Func<LoanOffer, bool> holds)
        {
            for (var i = 0; i < times && high - low > NearEnough * high; i++)
            {
                var middle = 0.5 * (low + high);
                (low, high) = Try(middle, holds) ? (middle, high) : (low, middle);
            }
        }
        double Most(Func<LoanOffer, bool> holds) =>
            tried.Where(holds).Select(o => o.Amount).DefaultIfEmpty(0).Max();
        Halve(0, largest.Amount, UnsweptHalvings, o => o.Outcome == RuleOutcome.Passes);
        if (!Try(most, Holds))
        {
            var sure = Most(Holds);
            Halve(
                sure,
                tried.Where(o => !Holds(o) && o.Amount > sure).Min(o => o.Amount),
                UnsweptHalvings,
                Holds
            );
        }
        return (
            [
                .. tried
                    .Where(o => o.Outcome == RuleOutcome.Passes)
                    .OrderByDescending(o => o.Amount)
                    .Take(1),
            ],
            Most(Holds)
        );
    }

    private const double HalfSweep = 0.5;

    private const string Swept = "condition.sweep";

    /// <summary>The same offer whose condition of a sweep says what would do without it: by the tests, and by the estimates alone beside what they give with it.</summary>
    private LoanOffer Told(
        LoanOffer offer,
        IReadOnlyList<LoanOffer> unswept,
        double estimate,
        double most
    )
    {
        if (!(estimate > 0) || !offer.Asked.Any(c => c.Key == Swept))
        {
            return offer;
        }
        var passes =
            unswept.Count > 0
                ? Phrase.Of("condition.sweep.passes", unswept[0].Amount)
                : Phrase.Of("condition.sweep.none");
        Phrase[] asked =
        [
            .. offer.Asked.Select(c =>
                c.Key != Swept ? c
                : _asked.SweepShare > 0
                    ? Phrase.Of(
                        "condition.sweep.estimate.asked",
                        c,
                        estimate,
                        _asked.SweepShare,
                        passes,
                        most
                    )
                : Phrase.Of("condition.sweep.estimate", c, estimate, passes, most)
            ),
        ];
        var told = offer with
        {
            Asked = asked,
            Conditions = [.. asked.Select(PhraseBook.English.Say)],
        };
        _cases[told] = _cases[offer];
        return told;
    }

    private static bool Holds(LoanOffer offer) => offer.Tests.All(t => t.Value <= t.Limit);

    private const int UnsweptHalvings = 4;

    /// <summary>The same loan with the least early repayment from free cash at which it passes: what was asked, half, or all.</summary>
    private LoanOffer Milder(LoanOffer offer, Terms terms)
    {
        if (terms.Sweep <= _asked.SweepShare)
        {
            return offer;
        }
        foreach (var sweep in new[] { 0, HalfSweep }.Where(s => s == 0 || s > _asked.SweepShare))
        {
            var milder = Alone(offer.Title, terms with { Sweep = sweep, Amount = offer.Amount });
            if (milder.Outcome == RuleOutcome.Passes)
            {
                return milder;
            }
        }
        return offer;
    }

    /// <summary>Steps in which the amount at the point estimate is sought beyond those already tried, and the share of it that is near enough.</summary>
    private const int EstimateHalvings = 3;
    private const double NearEnough = 0.02;

    /// <summary>What the next larger loan tried fails on, and the largest loan whose every test holds by its estimate alone, whatever the sampling error.</summary>
    private CapacityBound? Bound(List<LoanOffer> tried, double capacity, Terms terms)
    {
        var larger = tried
            .Where(o => o.Outcome != RuleOutcome.Passes && o.Amount > capacity)
            .OrderBy(o => o.Amount)
            .ToList();
        if (larger.Count == 0)
        {
            return null;
        }
        var low = tried.Where(Holds).Select(o => o.Amount).Append(capacity).Max();
        var high = larger
            .Where(o => !Holds(o) && o.Amount > low)
            .Select(o => o.Amount)
            .DefaultIfEmpty(low)
            .Min();
        for (var i = 0; i < EstimateHalvings && high - low > NearEnough * high; i++)
        {
            var middle = 0.5 * (low + high);
            var holds = Holds(
                Alone(Phrase.Of("loan.contracted.largest"), terms with { Amount = middle })
            );
            (low, high) = holds ? (middle, high) : (low, middle);
        }
        // Where no draw could be computed there is no test to name.
        return
            larger[0]
                .Tests.Where(t => t.Outcome != RuleOutcome.Passes)
                .MaxBy(t => t.High / Math.Max(1e-9, t.Limit))
                is not { } binds
            ? null
            : new CapacityBound(larger[0].Amount, binds, Printed(low), run.Draws)
            {
                MarginCalls = Based ? larger[0].MarginCalls : double.NaN,
                WithoutBase = Based
                    ? Largest(terms with { Unbased = true }, Halvings, Alone).Best?.Amount ?? 0
                    : double.NaN,
            };
    }

    private bool Based => plan.Tranches.Any(t => t.BorrowingBaseAdvance > 0);

    private Terms Plain =>
        new(1, _asked.TenorMonths, _asked.Repayment, 0, plan.Terms.ReserveMonths, 0);

    /// <summary>Structures tried on contracts: amortising by the end of each contract, as asked and in equal payments; a sum due at once when it was asked to be.</summary>
    private IEnumerable<Terms> Structures()
    {
        foreach (var senior in plan.Junior.Count > 0 ? new[] { true, false } : [false])
        {
            if (_asked.Repayment == Repayment.Bullet)
            {
                yield return Plain with
                {
                    SeniorAlone = senior,
                };
            }
            foreach (var tenor in ContractTenors())
            {
                var inside = Plain with { Tenor = tenor, Sweep = 1, SeniorAlone = senior };
                yield return inside with
                {
                    Repayment = Repayment.Annuity,
                };
                if (_asked.Repayment != Repayment.Bullet)
                {
                    yield return inside;
                }
            }
        }
    }

    /// <summary>Months from the first payment to the month in which each contract, or a promise to buy unsold hours, ends or may be left, longest first.</summary>
    private IEnumerable<int> ContractTenors() =>
        plan
            .Leases.Select(l => l.Terms.Terms)
            .Select(t =>
                (t.MonthsRun > 0 ? 0 : Math.Max(t.StartMonth, plan.LastOnline))
                + Math.Min(t.TenorMonths, t.Exit?.AfterMonths ?? t.TenorMonths)
                - t.MonthsRun
                - From
            )
            .Concat(plan.Plan.Backstop is { } promise ? [promise.UntilMonth - From] : [])
            .Select(t => Math.Min(t, plan.Plan.Months - From))
            .Where(t => t >= ShortestTenor)
            .Distinct()
            .OrderDescending()
            .Take(MostTenors);

    /// <summary>The largest loan that passes on some terms, in as many digits as are printed, null when none does; and the last one tried.</summary>
    private (LoanOffer? Best, LoanOffer? Last) Largest(
        Terms terms,
        int halvings,
        Func<Phrase, Terms, LoanOffer> tried
    )
    {
        LoanOffer? best = null,
            last = null;
        double low = 0,
            high = Ceiling();
        LoanOffer Try(double amount) =>
            tried(Phrase.Of("loan.contracted.largest"), terms with { Amount = amount });
        for (var i = 0; i < halvings; i++)
        {
            var middle = 0.5 * (low + high);
            last = Try(middle);
            if (last.Outcome == RuleOutcome.Passes)
            {
                (low, best) = (middle, last);
            }
            else
            {
                high = middle;
            }
        }
        // What is offered is what is printed, so that who asks for it is answered alike.
        return best is not null && Try(Printed(best.Amount)) is { Outcome: RuleOutcome.Passes } even
            ? (even, last)
            : (best, last);
    }

    /// <summary>An amount down to three significant digits, as it is printed.</summary>
    internal static double Printed(double amount)
    {
        if (amount <= 0)
        {
            return 0;
        }
        var step = Math.Pow(10, Math.Floor(Math.Log10(amount)) - 2);
        // A hair up, so that what is printed already stays.
        return Math.Floor((amount / step) + 1e-9) * step;
    }

    /// <summary>More than any lender lends: what the centre costs; where it stands, the rent of its contracts and the value of its fleet.</summary>
    private double Ceiling() => _ceiling ??= Most();

    private double? _ceiling;

    private double Most()
    {
        if (!plan.Standing)
        {
            return CaseTerms.Of(plan, n => n.Value, true).CapitalCosts.Sum(c => c.Amount);
        }
        var rent = plan
            .Leases.Select(l => l.Terms.Terms)
            .Sum(t =>
                t.Accelerators
                * t.PricePerGpuHour
                * HoursPerMonth
                * Math.Max(0, t.TenorMonths - t.MonthsRun)
            );
        var value = held
            .Kept.OfType<CasePhysical>()
            .Select(k => k.Outlook.Physical)
            .Max(o => o.Installed[0] * o.ResalePrice[0]);
        return rent + value;
    }

    private const double HoursPerMonth = 730.5;

    private LoanOffer Alone(Phrase name, Terms terms) => Alone(name, terms, run, held);

    private LoanOffer Alone(Phrase name, Terms terms, OptionRun on, PhysicalDraws physical)
    {
        var study = With(terms);
        var offer = Tried(
            name,
            terms,
            study,
            on.Money(physical, study, LoanOfCase.OnContracts)
        ) with
        {
            OnContracts = true,
        };
        if (terms.Amount is { } amount)
        {
            offer = offer with
            {
                AtCeiling = offer.Amount < 0.99 * amount || amount >= 0.99 * Ceiling(),
            };
        }
        _cases[offer] = study;
        return offer;
    }
}
