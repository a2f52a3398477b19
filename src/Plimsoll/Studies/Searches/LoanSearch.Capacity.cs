using Plimsoll.Decisions;
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
}

/// <content>Debt capacity: the largest loan that passes, whatever was asked.</content>
internal sealed partial class LoanSearch
{
    /// <summary>Halvings of the range in which the largest loan is sought: to a five-hundredth of what the centre costs.</summary>
    private const int Halvings = 9;

    /// <summary>The same while structures are compared.</summary>
    private const int RoughHalvings = 5;

    /// <summary>Shortest loan that is tried inside a contract, months.</summary>
    private const int ShortestTenor = 6;

    /// <summary>Largest debt that passes the tests on the plan's terms, by bisection up to the cost of the centre; 0 when none does.</summary>
    public double Capacity() =>
        Largest(Plain, Halvings, (name, terms) => Offer(name, terms, held))?.Amount ?? 0;

    /// <summary>
    /// What signed contracts carry with the rest of the centre dark. The amount does not depend on the one asked: it is sought between nothing and
    /// the cost of the centre (for one that stands, its contracts' rent and its fleet's value), as asked and repaid in equal payments inside each
    /// contract, with and without all free cash repaying early.
    /// </summary>
    /// <param name="few">The first draws, on which structures are compared.</param>
    /// <param name="fewHeld">What the plan does in them.</param>
    public ContractedLoans OnContracts(OptionRun few, PhysicalDraws fewHeld)
    {
        if (plan.Leases.Count == 0)
        {
            return new ContractedLoans([], null);
        }
        var asked = Alone(Phrase.Of("loan.contracted"), Plain);
        var best = Structures()
            .Select(
                (terms, place) =>
                    (
                        Terms: terms,
                        Place: place,
                        Rough: Largest(
                            terms,
                            RoughHalvings,
                            (name, t) => Alone(name, t, few, fewHeld)
                        )?.Amount
                            ?? 0
                    )
            )
            .OrderByDescending(s => s.Rough)
            .ThenBy(s => s.Place)
            .First();
        var largest = Largest(best.Terms, Halvings, (name, t) => Alone(name, t));
        if (largest is null || asked.Outcome == RuleOutcome.Passes)
        {
            return new ContractedLoans([asked], largest);
        }
        var offer =
            largest.Amount <= asked.Amount
                ? largest
                : Alone(
                    Phrase.Of("loan.contracted.instead"),
                    best.Terms with
                    {
                        Amount = _lent.Sum(),
                    }
                );
        return new ContractedLoans([asked, offer], largest);
    }

    private Terms Plain =>
        new(1, _asked.TenorMonths, _asked.Repayment, 0, plan.Terms.ReserveMonths, 0);

    /// <summary>Structures tried on contracts: as asked, then amortising by the end of each contract.</summary>
    private IEnumerable<Terms> Structures()
    {
        yield return Plain;
        foreach (var tenor in ContractTenors())
        {
            var inside = Plain with { Tenor = tenor, Repayment = Repayment.Annuity };
            if (inside != Plain)
            {
                yield return inside;
            }
            if (_asked.SweepShare < 1)
            {
                yield return inside with
                {
                    Sweep = 1,
                };
            }
        }
    }

    /// <summary>Months from the first payment to the end of each contract, longest first.</summary>
    private IEnumerable<int> ContractTenors() =>
        plan
            .Leases.Select(l => l.Terms.Terms)
            .Select(t =>
                (t.MonthsRun > 0 ? 0 : Math.Max(t.StartMonth, plan.LastOnline))
                + t.TenorMonths
                - t.MonthsRun
                - _asked.FirstPaymentMonth
            )
            .Select(t => Math.Min(t, plan.Plan.Months - _asked.FirstPaymentMonth))
            .Where(t => t >= ShortestTenor)
            .Distinct()
            .OrderDescending()
            .Take(3);

    /// <summary>The largest loan that passes on some terms; null when none does.</summary>
    private LoanOffer? Largest(Terms terms, int halvings, Func<Phrase, Terms, LoanOffer> tried)
    {
        LoanOffer? best = null;
        double low = 0,
            high = Ceiling();
        for (var i = 0; i < halvings; i++)
        {
            var middle = 0.5 * (low + high);
            var offer = tried(Phrase.Of("loan.contracted.largest"), terms with { Amount = middle });
            if (offer.Outcome == RuleOutcome.Passes)
            {
                (low, best) = (middle, offer);
            }
            else
            {
                high = middle;
            }
        }
        return best;
    }

    /// <summary>More than any lender lends: what the centre costs; where it stands, the rent of its contracts and the value of its fleet.</summary>
    private double Ceiling()
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
        var offer = Tried(name, terms, study, on.Money(physical, study, LoanOfCase.OnContracts));
        _cases[offer] = study;
        return offer;
    }
}
