using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Searches;

/// <summary>Searches amount, tenor, amortisation, contracted share and reserve for terms on which the lender's tests pass.</summary>
/// <param name="run">The draws.</param>
/// <param name="plan">The plan with the loan as asked.</param>
/// <param name="held">What the plan physically does.</param>
internal sealed class LoanSearch(OptionRun run, StudyCase plan, PhysicalDraws held)
{
    private readonly DebtTranche _asked = plan.Loan!;

    private double _contractPrice;

    private static readonly double[] LetShares = [0.5, 0.75, 0.9];
    private static readonly double[] Tenths = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];
    private static readonly int[] ShortTenors = [36, 24];
    private static readonly double[] SmallShares = [0.3, 0.2, 0.1];

    /// <summary>Share of the accelerators already let under signed leases.</summary>
    private readonly double _signed = Math.Min(1, plan.SignedAccelerators / plan.Accelerators);

    /// <summary>The loan as asked.</summary>
    public LoanOffer Asked() =>
        Offer(
            Phrase.Of("option.asked"),
            new Terms(1, _asked.TenorMonths, _asked.Repayment, 0, plan.Terms.ReserveMonths, 0),
            held
        );

    /// <summary>Smaller loans on the same terms, largest first: tenths of the amount asked, and the largest that passes between them.</summary>
    public IReadOnlyList<LoanOffer> Less()
    {
        var offers = new List<LoanOffer>();
        foreach (var share in new[] { 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1 })
        {
            var offer = Smaller(share);
            offers.Add(offer);
            if (offer.Outcome == RuleOutcome.Passes)
            {
                break;
            }
        }
        return offers;
    }

    /// <summary>Largest debt that passes the tests on the plan's terms, by bisection to a hundredth of the amount asked; 0 when none does.</summary>
    public double Capacity(LoanOffer asked)
    {
        if (asked.Outcome == RuleOutcome.Passes)
        {
            return asked.Amount;
        }
        double low = 0,
            high = 1,
            amount = 0;
        while (high - low > 0.01)
        {
            var middle = 0.5 * (low + high);
            var offer = Smaller(middle);
            if (offer.Outcome == RuleOutcome.Passes)
            {
                (low, amount) = (middle, offer.Amount);
            }
            else
            {
                high = middle;
            }
        }
        return amount;
    }

    /// <summary>Loans with conditions, mildest first. Contracted shares are leases signed before the first draw, take-or-pay, for the loan's tenor.</summary>
    /// <param name="contractPrice">Price at which tenants would sign, money per accelerator-hour.</param>
    public IReadOnlyList<LoanOffer> Conditional(double contractPrice)
    {
        _contractPrice = contractPrice;
        var reserve = plan.Terms.ReserveMonths;
        var tenor = _asked.TenorMonths;
        var offers = new List<LoanOffer>();
        foreach (
            var terms in new[]
            {
                new Terms(1, tenor, _asked.Repayment, 0, Math.Max(6, reserve), 0),
                new Terms(1, tenor, _asked.Repayment, 0.5, Math.Max(6, reserve), 0),
                new Terms(1, tenor + 24, _asked.Repayment, 0.5, Math.Max(6, reserve), 0),
                new Terms(
                    1,
                    Math.Max(24, tenor - 24),
                    _asked.Repayment,
                    1,
                    Math.Max(6, reserve),
                    0
                ),
                new Terms(0.5, tenor, Repayment.Instalments, 0.5, Math.Max(6, reserve), 0),
            }
        )
        {
            offers.Add(Offer(Name(terms), terms, held));
        }
        foreach (var contracted in LetShares.Where(c => c > _signed))
        {
            var signed = run.Physical(Contracted(contracted, contractPrice));
            foreach (
                var terms in new[]
                {
                    new Terms(1, tenor, _asked.Repayment, 0, reserve, contracted),
                    new Terms(1, tenor, _asked.Repayment, 0.5, Math.Max(6, reserve), contracted),
                    new Terms(0.75, tenor, _asked.Repayment, 0.5, Math.Max(6, reserve), contracted),
                    new Terms(0.5, tenor, _asked.Repayment, 1, Math.Max(6, reserve), contracted),
                    new Terms(0.3, tenor, _asked.Repayment, 1, Math.Max(6, reserve), contracted),
                }
            )
            {
                offers.Add(Offer(Name(terms), terms, signed));
            }
        }
        offers.AddRange(SmallAndShort());
        return offers;
    }

    /// <summary>Small loans soon repaid from all free cash, on no lease but those signed.</summary>
    private IEnumerable<LoanOffer> SmallAndShort() =>
        from share in SmallShares
        from tenor in ShortTenors
        where tenor <= _asked.TenorMonths
        let terms = new Terms(
            share,
            tenor,
            _asked.Repayment,
            1,
            Math.Max(6, plan.Terms.ReserveMonths),
            0
        )
        select Offer(Name(terms), terms, held);

    private LoanOffer Smaller(double share)
    {
        var offer = Offer(
            Phrase.Of("loan.share", share),
            new Terms(share, _asked.TenorMonths, _asked.Repayment, 0, plan.Terms.ReserveMonths, 0),
            held
        );
        var bare = offer with { Conditions = [], Asked = [] };
        _cases[bare] = _cases[offer];
        return bare;
    }

    private readonly Dictionary<LoanOffer, StudyCase> _cases = new(
        ReferenceEqualityComparer.Instance
    );

    /// <summary>The plan with the terms of an offer made by this search, tenants to be signed among its leases.</summary>
    public StudyCase CaseOf(LoanOffer offer) => _cases[offer];

    /// <summary>The loan as asked and less of it on signed contracts alone, the rest of the centre dark, up to the first that passes; none without a contract.</summary>
    public IReadOnlyList<LoanOffer> OnContracts()
    {
        var offers = new List<LoanOffer>();
        int[] tenors = UntilContractsEnd is { } shorter
            ? [_asked.TenorMonths, shorter]
            : [_asked.TenorMonths];
        foreach (var share in plan.Leases.Count == 0 ? [] : Tenths)
        {
            foreach (var tenor in tenors)
            {
                var terms = new Terms(
                    share,
                    tenor,
                    _asked.Repayment,
                    0,
                    plan.Terms.ReserveMonths,
                    0
                );
                var study = With(terms);
                var name =
                    tenor < _asked.TenorMonths ? Phrase.Of("loan.share.contracted.shorter", share)
                    : share == 1 ? Phrase.Of("loan.contracted")
                    : Phrase.Of("loan.share.contracted", share);
                var offer = Tried(
                    name,
                    terms,
                    study,
                    run.Money(held, study, LoanOfCase.OnContracts)
                );
                _cases[offer] = study;
                offers.Add(offer);
                if (offer.Outcome == RuleOutcome.Passes)
                {
                    return offers;
                }
            }
        }
        return offers;
    }

    /// <summary>Months from the first payment to the last rent of the signed contracts, where the loan as asked runs longer; null where it does not, or where under a year is left.</summary>
    private int? UntilContractsEnd
    {
        get
        {
            var last = plan
                .Leases.Select(l =>
                    Math.Max(
                        0,
                        (
                            plan.Fleets.FirstOrDefault(f => f.Name == l.Terms.Fleet)
                            ?? plan.Fleets.MinBy(f => f.Online)!
                        ).Online - plan.Plan.Start
                    )
                    + l.Terms.TenorMonths
                    - l.Terms.MonthsRun
                )
                .DefaultIfEmpty(0)
                .Max();
            var months = last - _asked.FirstPaymentMonth;
            months -= months % Math.Max(1, _asked.PaymentEveryMonths);
            return months >= 12 && months < _asked.TenorMonths ? months : null;
        }
    }

    private LoanOffer Offer(Phrase name, Terms terms, PhysicalDraws physical)
    {
        var study = With(terms);
        var offer = Tried(name, terms, study, run.Money(physical, study));
        _cases[offer] =
            terms.Contracted > 0
                ? TenantsToBeSigned.In(study, terms.Contracted, _contractPrice, _asked.TenorMonths)
                : study;
        return offer;
    }

    private LoanOffer Tried(Phrase name, Terms terms, StudyCase study, DrawFigures figures)
    {
        var asked = Conditions(terms);
        return new LoanOffer(
            PhraseBook.English.Say(name),
            CaseTerms.Contract(study, n => n.Value, true).Debt.TotalLent,
            [.. asked.Select(PhraseBook.English.Say)],
            run.Credit(figures, study)
        )
        {
            Title = name,
            Asked = asked,
            Repaid = Repaid(terms.Repayment),
            AmountShare = terms.Share,
            TenorMonths = Tenor(terms),
            Amortisation = PhraseBook.English.Say(Repaid(terms.Repayment)),
            ContractedShare = Math.Max(terms.Contracted, _signed),
            ReserveMonths = terms.Reserve,
        };
    }

    private StudyCase With(Terms terms) =>
        plan with
        {
            Loan = _asked with
            {
                Amount = _asked.Amount * terms.Share,
                Gearing = _asked.Gearing * terms.Share,
                TenorMonths = Tenor(terms),
                Repayment = terms.Repayment,
                Instalments =
                    terms.Repayment == _asked.Repayment
                        ? Stretched(_asked.Instalments, _asked.TenorMonths, Tenor(terms))
                        : [new InstalmentSpan(0.7, 24), new InstalmentSpan(0.3, Tenor(terms) - 24)],
                SweepShare = Math.Max(_asked.SweepShare, terms.Sweep),
            },
            Terms = plan.Terms with { ReserveMonths = terms.Reserve },
        };

    /// <summary>The tenor, at most what the horizon leaves after the first payment.</summary>
    private int Tenor(Terms terms) =>
        Math.Min(terms.Tenor, plan.Plan.Months - _asked.FirstPaymentMonth);

    /// <summary>The same shares of principal over spans in proportion to another tenor.</summary>
    private static List<InstalmentSpan> Stretched(
        IReadOnlyList<InstalmentSpan> spans,
        int tenor,
        int other
    )
    {
        var stretched = new List<InstalmentSpan>();
        var left = other;
        for (var i = 0; i < spans.Count; i++)
        {
            var months =
                i == spans.Count - 1
                    ? left
                    : Math.Clamp(
                        (int)Math.Round((double)spans[i].Months * other / tenor),
                        1,
                        Math.Max(1, left - (spans.Count - 1 - i))
                    );
            stretched.Add(spans[i] with { Months = months });
            left -= months;
        }
        return stretched;
    }

    private StudyCase Contracted(double share, double price) =>
        TenantsToBeSigned.In(plan, share, price, _asked.TenorMonths);

    private List<Phrase> Conditions(Terms terms)
    {
        var conditions = new List<Phrase>();
        if (terms.Share < 1)
        {
            conditions.Add(Phrase.Of("condition.share", terms.Share));
        }
        if (terms.Contracted > 0)
        {
            conditions.Add(Phrase.Of("condition.let", terms.Contracted, _asked.TenorMonths));
        }
        if (terms.Reserve > plan.Terms.ReserveMonths)
        {
            conditions.Add(Phrase.Of("condition.reserve", terms.Reserve));
        }
        if (terms.Sweep > _asked.SweepShare)
        {
            conditions.Add(Phrase.Of("condition.sweep", terms.Sweep));
        }
        if (terms.Tenor != _asked.TenorMonths)
        {
            conditions.Add(Phrase.Of("condition.tenor", terms.Tenor));
        }
        if (terms.Repayment != _asked.Repayment)
        {
            conditions.Add(Phrase.Of("condition.repaid"));
        }
        return conditions;
    }

    /// <summary>The conditions in short, one after the other.</summary>
    private Phrase Name(Terms terms) =>
        Conditions(terms)
            .Select(c => c.Key == "condition.let" ? c with { Key = "condition.let.short" } : c)
            .DefaultIfEmpty(Phrase.Of("option.asked"))
            .Aggregate((before, next) => Phrase.Of("list", before, next));

    private static Phrase Repaid(Repayment repayment) => Phrase.Of($"repaid.{repayment}");

    private sealed record Terms(
        double Share,
        int Tenor,
        Repayment Repayment,
        double Sweep,
        int Reserve,
        double Contracted
    );
}
