using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <summary>The contracts: tenant, class, guarantor, servers, price, months, share of revenue.</summary>
/// <param name="about">What the memo is written from.</param>
internal sealed class ContractBlocks(MemoSubject about)
{
    /// <summary>The contracts signed today, then the leases that a condition of the loan asks for: nobody has signed those.</summary>
    public IEnumerable<MemoDraftBlock> Contracts()
    {
        var leases = about.Leases();
        var all = leases.Where(l => l.Kept).Sum(l => Stated(l.Lease.Terms.Terms)) + Unsigned();
        var signed = leases.Where(l => !TenantsToBeSigned.Are(l.Lease)).ToList();
        var open = leases.Where(l => TenantsToBeSigned.Are(l.Lease)).ToList();
        yield return signed.Count > 0
            ? Table(signed, Phrase.Of("memo.contracts"), all, open.Count == 0)
            : new MemoDraftBlock(Phrase.Of("memo.contracts"))
            {
                Sentences = [Phrase.Of("memo.contracts.none"), .. Promise()],
            };
        if (open.Count > 0)
        {
            yield return Table(open, Phrase.Of("memo.contracts.open"), all, true);
        }
    }

    private const int Guarantor = 2;
    private const int Prepaid = 8;
    private const int Arrears = 9;
    private const int Exit = 10;

    private MemoDraftBlock Table(
        List<(LeaseCase Lease, bool Kept)> leases,
        Phrase title,
        double all,
        bool last
    )
    {
        var open = leases.All(l => TenantsToBeSigned.Are(l.Lease));
        var terms = leases.Select(l => l.Lease.Terms.Terms).ToList();
        var stated = terms.Select(Stated).ToList();
        return new MemoDraftBlock(title)
        {
            Columns =
            [
                Phrase.Of("memo.contracts.tenant"),
                Phrase.Of("memo.contracts.class"),
                Phrase.Of("memo.contracts.guarantor"),
                Phrase.Of("memo.contracts.gpus"),
                Phrase.Of("memo.contracts.price"),
                Phrase.Of("memo.contracts.left"),
                Phrase.Of("memo.contracts.after"),
                Phrase.Of("memo.contracts.pay"),
                Phrase.Of("memo.contracts.prepaid"),
                Phrase.Of("memo.contracts.arrears"),
                Phrase.Of("memo.contracts.exit"),
                Phrase.Of("memo.contracts.fails"),
                Phrase.Of("memo.contracts.share"),
            ],
            Rows =
            [
                .. terms.Select(
                    (t, i) =>
                        (IReadOnlyList<MemoDraftCell>)
                            [
                                TenantsToBeSigned.Said(t.Tenant.Name),
                                Words.Named("class", t.Tenant.ClassWord),
                                t.Tenant.Guarantor is { } g
                                    ? Phrase.Of(
                                        "memo.guarantor",
                                        g.Name,
                                        Words.Named("class", g.ClassWord)
                                    )
                                    : Phrase.Of("memo.none"),
                                MemoFigures.Count(t.Accelerators),
                                Marked(
                                    MemoFigures.Amount(t.PricePerGpuHour),
                                    leases[i].Lease,
                                    "price_per_gpu_hour"
                                ),
                                Marked(
                                    MemoFigures.Count(MemoSubject.Left(t)),
                                    leases[i].Lease,
                                    "tenor",
                                    "months_run"
                                ),
                                about.Loan is { } loan
                                    ? MemoFigures.Count(
                                        about.Bound(t) - 1 - loan.Whole.Loan.MaturityMonth
                                    )
                                    : Phrase.Of("memo.loan.none"),
                                MemoFigures.Share(t.TakeOrPayShare),
                                t.PrepaidMonths > 0
                                    ? MemoFigures.Count(t.PrepaidMonths)
                                    : Phrase.Of("memo.nothing"),
                                t.Arrears > 0
                                    ? about.Figures.Money(t.Arrears)
                                    : Phrase.Of("memo.nothing"),
                                t.Exit is { } exit
                                    ? Phrase.Of("memo.exit", exit.AfterMonths, exit.FeeMonths)
                                    : Phrase.Of("memo.none"),
                                MemoFigures.Odds(
                                    CounterpartyOdds.Of(t.Tenant).Within(MemoSubject.Left(t))
                                ),
                                leases[i].Kept
                                    ? MemoFigures.Share(all > 0 ? stated[i] / all : double.NaN)
                                    : Phrase.Of("memo.contracts.ended"),
                            ]
                ),
            ],
            Sentences =
            [
                .. open ? [Phrase.Of("memo.contracts.open.said")] : Course(leases),
                .. StudyWords.Assumed([.. leases.Select(l => l.Lease)]) is { } assumed
                    ? [assumed]
                    : Array.Empty<Phrase>(),
                .. terms.SelectMany(Clauses),
                .. open ? [] : Promise(),
            ],
            Note =
                !last ? null
                : Tail() is { } tail ? Phrase.Of("memo.contracts.note.tail", tail)
                : Phrase.Of("memo.contracts.note"),
        }.Narrowed(Guarantor, Prepaid, Arrears, Exit);
    }

    /// <summary>What the course does to the contracts in force: apart from what is signed today.</summary>
    private IEnumerable<Phrase> Course(List<(LeaseCase Lease, bool Kept)> leases)
    {
        static Phrase Named(IEnumerable<LeaseCase> of) =>
            of.Select(l => TenantsToBeSigned.Said(l.Terms.Terms.Tenant.Name))
                .Aggregate((before, next) => Phrase.Of("list", before, next));
        var ended = leases.Where(l => !l.Kept).Select(l => l.Lease).ToList();
        if (ended.Count == 0)
        {
            yield break;
        }
        var kept = leases.Where(l => l.Kept).Select(l => l.Lease).ToList();
        yield return kept.Count == 0
            ? Phrase.Of("memo.contracts.course.none", ended.Count, Named(ended))
            : Phrase.Of("memo.contracts.course", Named(ended), Named(kept));
        foreach (var cost in about.Plan.Costs.Except(about.Today.Costs).Where(c => c.IsDamages))
        {
            yield return Phrase.Of(
                "memo.contracts.course.cost",
                cost.Title,
                about.Figures.Money(cost.Amount).Text
            );
        }
    }

    /// <summary>A figure of a lease, marked where the file does not know it.</summary>
    private static MemoDraftCell Marked(
        MemoDraftCell cell,
        LeaseCase lease,
        params string[] keys
    ) =>
        keys.Any(lease.Assumed.Contains)
            ? cell with
            {
                Text = Phrase.Of("memo.assumed", cell.Text),
            }
            : cell;

    /// <summary>Who buys hours that stay unsold, how many, at which price, until when.</summary>
    private IEnumerable<Phrase> Promise()
    {
        if (about.Plan.Plan.Backstop is { } promise)
        {
            yield return Phrase.Of(
                "memo.clause.backstop",
                promise.Buyer.Name,
                Words.Named("class", promise.Buyer.ClassWord),
                promise.Accelerators,
                promise.PricePerGpuHour,
                about.Result.Start + promise.FromMonth,
                about.Result.Start + promise.UntilMonth
            );
        }
    }

    /// <summary>What a contract says beside rent and months: availability, delivery, termination, extension.</summary>
    private static IEnumerable<Phrase> Clauses(LeaseTerms t)
    {
        if (t.Availability is { } promise)
        {
            yield return Phrase.Of(
                "memo.clause.availability",
                TenantsToBeSigned.Said(t.Tenant.Name),
                promise.Promised,
                promise.CreditPerPoint
            );
        }
        if (t.Delivery is { } delivery)
        {
            yield return Phrase.Of(
                "memo.clause.delivery",
                TenantsToBeSigned.Said(t.Tenant.Name),
                delivery.LongStopMonths,
                delivery.DamagesShare
            );
        }
        if (t.TerminationMonths > 0)
        {
            yield return Phrase.Of(
                "memo.clause.termination",
                TenantsToBeSigned.Said(t.Tenant.Name),
                t.TerminationMonths,
                t.Tenant.CollectedAtBreach
            );
        }
        if (t.Exit is { } exit)
        {
            yield return Phrase.Of(
                "memo.clause.exit",
                TenantsToBeSigned.Said(t.Tenant.Name),
                exit.AfterMonths
            );
        }
    }

    /// <summary>Rent as contracted until the horizon, whatever befalls the tenant; money.</summary>
    private double Stated(LeaseTerms t)
    {
        var outlook = about.Median.Case.Outlook.Physical;
        var end = Math.Min(about.End(t), outlook.Months);
        var rent = 0.0;
        for (var m = Math.Max(0, about.End(t) - MemoSubject.Left(t)); m < end; m++)
        {
            var month = m - (about.End(t) - MemoSubject.Left(t)) + t.MonthsRun;
            rent += t.Accelerators * outlook.Hours(m) * t.PriceAt(month) * t.TakeOrPayShare;
        }
        return rent;
    }

    /// <summary>Revenue of the middle draw from others than those who signed.</summary>
    private double Unsigned()
    {
        var outlook = about.Median.Case.Outlook.Physical;
        return Math.Max(
            0,
            Enumerable.Range(0, outlook.Months).Sum(outlook.Revenue)
                - outlook
                    .Leases.Where(l => l.Signed)
                    .Sum(l => ContractedOutlook.Due(outlook, l).Sum())
        );
    }

    /// <summary>What contracts pay after maturity, against a balloon.</summary>
    public Phrase? Tail()
    {
        if (about.Loan is not { } loan || loan.Whole.Loan.MaturityMonth >= about.Cash.Months)
        {
            return null;
        }
        var outlook = about.Median.Case.Outlook.Physical;
        var left = Takeout.ContractsLeft(
            outlook,
            loan.Whole.Loan.MaturityMonth,
            loan.Whole.Loan.Rate
        );
        var balloon = MemoSubject.Middle(loan.Whole, loan.Whole.Balloon);
        return balloon > 0
            ? Phrase.Of("memo.tail.balloon", MemoFigures.Times(left / balloon).Text)
            : Phrase.Of("memo.tail", about.Figures.Money(left).Text);
    }
}
