using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Searches;

/// <summary>Searches amount, tenor, amortisation, contracted share and reserve for terms on which the lender's tests pass.</summary>
/// <param name="run">The draws.</param>
/// <param name="plan">The plan with the loan as asked.</param>
/// <param name="held">What the plan physically does.</param>
internal sealed partial class LoanSearch(OptionRun run, StudyCase plan, PhysicalDraws held)
{
    private readonly DebtTranche _asked = plan.Loan!;

    /// <summary>The debt as asked, at best estimates.</summary>
    private readonly DebtPlan _debt = CaseTerms.Contract(run.Sized(plan), n => n.Value, true).Debt;

    private double[] Lent => _debt.Lent;

    /// <summary>Month (from 0) from which the tenor runs that ends last: the first payment, or the one that follows the last draw where each draw has a tenor of its own.</summary>
    private int From =>
        _asked.Draw == DrawRule.AfterAcceptance
            ? Math.Max(_asked.FirstPaymentMonth, _debt.Maturity[0] + 1 - _asked.TenorMonths)
            : _asked.FirstPaymentMonth;

    private double _contractPrice;

    /// <summary>What the file asks over what may be lent of it, 1 or more.</summary>
    private double Excess =>
        _excess ??=
            plan.Requested(Lent) is var requested && requested > 1.005 * Lent.Sum()
                ? requested / Lent.Sum()
                : 1;

    private double? _excess;

    private static readonly double[] LetShares = [0.5, 0.75, 0.9];
    private static readonly int[] ShortTenors = [36, 24];
    private static readonly double[] SmallShares = [0.3, 0.2, 0.1];

    /// <summary>Share of the accelerators already let under signed leases.</summary>
    private readonly double _signed = Math.Min(1, plan.SignedAccelerators / plan.Accelerators);

    /// <summary>The loan as asked.</summary>
    public LoanOffer Asked() => Whole(Offer(Phrase.Of("option.asked"), Plain, held));

    /// <summary>The loan as asked with the amount of the file; where no more than a part of that may be lent, it fails for it.</summary>
    private LoanOffer Whole(LoanOffer offer)
    {
        if (Excess == 1)
        {
            return offer;
        }
        var name = Phrase.Of("test.lendable");
        var because = Phrase.Of("reason.outside");
        var whole = offer with
        {
            Amount = Excess * Lent.Sum(),
            AmountShare = 1,
            Conditions = [],
            Asked = [],
            Tranches = [],
            TrancheTerms = [],
            Tests =
            [
                .. offer.Tests,
                new RuleTest(
                    PhraseBook.English.Say(name),
                    1,
                    Excess,
                    Excess,
                    Excess,
                    new Dictionary<string, double>(),
                    RuleOutcome.Fails,
                    PhraseBook.English.Say(because)
                )
                {
                    FailsInEveryGroup = true,
                    Title = name,
                    Because = because,
                },
            ],
        };
        _cases[whole] = _cases[offer];
        return whole;
    }

    /// <summary>Smaller loans on the same terms, largest first: tenths of the amount asked, and the largest that passes between them.</summary>
    public IReadOnlyList<LoanOffer> Less()
    {
        var offers = new List<LoanOffer>();
        double[] tenths = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];
        foreach (
            var share in Excess == 1 ? tenths : [1 / Excess, .. tenths.Where(t => t * Excess < 1)]
        )
        {
            var offer = Smaller(share);
            if (offer.Outcome == RuleOutcome.Passes)
            {
                offers.AddRange(Between(share));
                offers.Add(offer);
                break;
            }
            offers.Add(offer);
        }
        return offers;
    }

    /// <summary>The largest share that passes between a tenth that does and the next one; none when only the tenth itself does.</summary>
    private IEnumerable<LoanOffer> Between(double share)
    {
        double low = share,
            high = Math.Min(share + 0.1, 1 / Excess);
        LoanOffer? best = null;
        for (var i = 0; i < 4; i++)
        {
            var middle = 0.5 * (low + high);
            var offer = Smaller(Printed(middle * Excess * Lent.Sum()) / (Excess * Lent.Sum()));
            if (offer.Outcome == RuleOutcome.Passes)
            {
                (low, best) = (middle, offer);
            }
            else
            {
                high = middle;
            }
        }
        return best is null ? [] : [best];
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
            var terms in Different([
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
            ])
        )
        {
            offers.Add(Offer(Name(terms), terms, held));
        }
        foreach (var contracted in LetShares.Where(c => c > _signed))
        {
            var signed = run.Physical(Contracted(contracted, contractPrice));
            foreach (
                var terms in Different([
                    new Terms(1, tenor, _asked.Repayment, 0, reserve, contracted),
                    new Terms(1, tenor, _asked.Repayment, 0.5, Math.Max(6, reserve), contracted),
                    new Terms(0.75, tenor, _asked.Repayment, 0.5, Math.Max(6, reserve), contracted),
                    new Terms(0.5, tenor, _asked.Repayment, 1, Math.Max(6, reserve), contracted),
                    new Terms(0.3, tenor, _asked.Repayment, 1, Math.Max(6, reserve), contracted),
                ])
            )
            {
                offers.Add(Offer(Name(terms), terms, signed));
            }
        }
        offers.AddRange(SmallAndShort());
        return offers;
    }

    /// <summary>Terms that ask for something, each once: what the loan has already is no condition.</summary>
    private IEnumerable<Terms> Different(IEnumerable<Terms> all) =>
        all.Select(t =>
                t with
                {
                    Tenor = Tenor(t),
                    Sweep = t.Sweep > _asked.SweepShare ? t.Sweep : 0,
                }
            )
            .Distinct()
            .Where(t => Conditions(t).Count > 0);

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
            Plain with
            {
                Share = share * Excess,
            },
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
        var debt = CaseTerms.Contract(study, n => n.Value, true).Debt;
        return new LoanOffer(
            PhraseBook.English.Say(name),
            debt.TotalLent,
            [.. asked.Select(PhraseBook.English.Say)],
            run.Credit(figures, study)
        )
        {
            Title = name,
            Asked = asked,
            Tranches = [.. debt.Tranches.Zip(debt.Lent, (t, lent) => (t.Name, lent))],
            TrancheTerms =
                debt.Tranches.DistinctBy(t => (t.TenorMonths, t.Repayment)).Count() < 2
                    ? []
                    :
                    [
                        .. debt.Tranches.Zip(
                            debt.Lent,
                            (t, lent) =>
                                Phrase.Of(
                                    "loan.tranche.terms",
                                    t.Name,
                                    lent,
                                    t.TenorMonths,
                                    Repaid(t)
                                )
                        ),
                    ],
            Repaid = Repaid(study.Loan!),
            AmountShare = terms.Amount is { } money
                ? Math.Min(1, money / (Excess * Lent.Sum()))
                : terms.Share / Excess,
            TenorMonths = Tenor(terms),
            Amortisation = PhraseBook.English.Say(Repaid(study.Loan!)),
            ContractedShare = Math.Max(terms.Contracted, _signed),
            ReserveMonths = terms.Reserve,
            SweepShare = Math.Max(_asked.SweepShare, terms.Sweep),
            SweepIsCondition = terms.Sweep > _asked.SweepShare,
            MarginCalls = figures.Lender is { } lender
                ? lender
                    .Sound.Select(i => lender.ByMarginCall[i] ? 1.0 : 0)
                    .DefaultIfEmpty()
                    .Average()
                : 0,
        };
    }

    private StudyCase With(Terms terms)
    {
        var kept = terms.Repayment == _asked.Repayment;
        var agreed = kept && Tenor(terms) == _asked.TenorMonths && _asked.Schedule.Count > 0;
        var loan = Sized(_asked, terms, Lent[0]) with
        {
            TenorMonths = Tenor(terms),
            Repayment = terms.Repayment,
            Schedule = agreed ? _asked.Schedule : [],
            Instalments =
                agreed ? []
                : kept && _asked.Schedule.Count == 0
                    ? InstalmentSpan.Stretched(_asked.Instalments, _asked.TenorMonths, Tenor(terms))
                : FrontLoaded(Tenor(terms)),
            SweepShare = Math.Max(_asked.SweepShare, terms.Sweep),
            BorrowingBaseAdvance = terms.Unbased ? 0 : _asked.BorrowingBaseAdvance,
        };
        loan = loan.WithoutMisfits();
        return plan with
        {
            Loan = loan,
            Junior = terms.SeniorAlone
                ? []
                : [.. plan.Junior.Select((t, i) => Sized(t, terms, Lent[i + 1]))],
            Terms = plan.Terms with { ReserveMonths = terms.Reserve },
        };
    }

    /// <summary>A tranche in its share of what is lent.</summary>
    private DebtTranche Sized(DebtTranche tranche, Terms terms, double lent) =>
        InShare(terms.Unbased ? tranche with { BorrowingBaseAdvance = 0 } : tranche, terms, lent);

    private DebtTranche InShare(DebtTranche tranche, Terms terms, double lent) =>
        terms.Amount is { } amount
            ? tranche with
            {
                Amount = terms.SeniorAlone ? amount : amount * lent / Lent.Sum(),
                Gearing = 0,
            }
            : tranche with
            {
                // Of what is lent: a share of what the gearing cap cuts anyway would be none.
                Amount = tranche.Amount > 0 ? lent * terms.Share : 0,
                Gearing = tranche.Gearing * terms.Share,
            };

    private static InstalmentSpan[] FrontLoaded(int tenor) =>
        tenor > 24
            ? [new InstalmentSpan(0.7, 24), new InstalmentSpan(0.3, tenor - 24)]
            : [new InstalmentSpan(1, tenor)];

    /// <summary>The tenor, at most what the horizon leaves after the first payment.</summary>
    private int Tenor(Terms terms)
    {
        var months = Math.Min(terms.Tenor, plan.Plan.Months - From);
        var every = Math.Max(1, _asked.PaymentEveryMonths);
        // It ends with a payment.
        return Math.Max(every, months - (months % every));
    }

    private StudyCase Contracted(double share, double price) =>
        TenantsToBeSigned.In(plan, share, price, _asked.TenorMonths);

    private List<Phrase> Conditions(Terms terms)
    {
        var conditions = new List<Phrase>();
        if (terms.Amount is null && terms.Share / Excess < 1)
        {
            conditions.Add(Phrase.Of("condition.share", terms.Share / Excess));
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
        if (Tenor(terms) != _asked.TenorMonths)
        {
            conditions.Add(Phrase.Of("condition.tenor", Tenor(terms), _asked.TenorMonths));
        }
        if (terms.SeniorAlone)
        {
            conditions.Add(
                Phrase.Of(
                    "condition.senior",
                    plan.Junior.Select(t => Phrase.Of("name", t.Name))
                        .Aggregate((before, next) => Phrase.Of("list", before, next))
                )
            );
        }
        if (terms.Repayment != _asked.Repayment)
        {
            conditions.Add(
                Phrase.Of(
                    terms.Repayment == Repayment.Annuity ? "condition.annuity" : "condition.repaid"
                )
            );
        }
        return conditions;
    }

    /// <summary>The conditions in short, one after the other.</summary>
    private Phrase Name(Terms terms) =>
        Conditions(terms)
            .Select(c => c.Key == "condition.let" ? c with { Key = "condition.let.short" } : c)
            .DefaultIfEmpty(Phrase.Of("option.asked"))
            .Aggregate((before, next) => Phrase.Of("list", before, next));

    private static Phrase Repaid(DebtTranche loan) =>
        Phrase.Of($"repaid.{loan.Repayment}") is var said && loan.Refinancing is { } again
            ? Phrase.Of("repaid.again", said, again.Schedule(loan.TenorMonths), again.TenorMonths)
            : said;

    private sealed record Terms(
        double Share,
        int Tenor,
        Repayment Repayment,
        double Sweep,
        int Reserve,
        double Contracted
    )
    {
        /// <summary>Money lent in all; null to lend the share of what is asked.</summary>
        public double? Amount { get; init; }

        /// <summary>True when no borrowing base limits what is drawn.</summary>
        public bool Unbased { get; init; }

        /// <summary>True when the junior tranches are left out.</summary>
        public bool SeniorAlone { get; init; }
    }
}
