using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

internal sealed partial class MemoPage
{
    /// <summary>The contracts signed today, then the leases that a condition of the loan asks for: nobody has signed those.</summary>
    private IEnumerable<MemoDraftBlock> Contracts()
    {
        var leases = Leases();
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
                                    MemoFigures.Count(Left(t)),
                                    leases[i].Lease,
                                    "tenor",
                                    "months_run"
                                ),
                                _loan is { } loan
                                    ? MemoFigures.Count(
                                        Bound(t) - 1 - loan.Whole.Loan.MaturityMonth
                                    )
                                    : Phrase.Of("memo.loan.none"),
                                MemoFigures.Share(t.TakeOrPayShare),
                                t.PrepaidMonths > 0
                                    ? MemoFigures.Count(t.PrepaidMonths)
                                    : Phrase.Of("memo.nothing"),
                                t.Arrears > 0
                                    ? _figures.Money(t.Arrears)
                                    : Phrase.Of("memo.nothing"),
                                t.Exit is { } exit
                                    ? Phrase.Of("memo.exit", exit.AfterMonths, exit.FeeMonths)
                                    : Phrase.Of("memo.none"),
                                MemoFigures.Odds(CounterpartyOdds.Of(t.Tenant).Within(Left(t))),
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
        };
    }

    /// <summary>The contracts in force when the study is decided, and whether the course keeps them; then those that it signs.</summary>
    private List<(LeaseCase Lease, bool Kept)> Leases()
    {
        var left = _plan.Leases.ToList();
        var leases = new List<(LeaseCase, bool)>();
        foreach (var signed in _today.Leases)
        {
            var at = left.IndexOf(signed);
            // A course may take a contract on in another size.
            at =
                at >= 0
                    ? at
                    : left.FindIndex(l =>
                        l.Terms.Terms.Tenant.Name == signed.Terms.Terms.Tenant.Name
                        && !_today.Leases.Contains(l)
                    );
            leases.Add(at >= 0 ? (left[at], true) : (signed, false));
            if (at >= 0)
            {
                left.RemoveAt(at);
            }
        }
        leases.AddRange(left.Select(l => (l, true)));
        return leases;
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
        foreach (var cost in _plan.Costs.Except(_today.Costs).Where(c => c.IsDamages))
        {
            yield return Phrase.Of(
                "memo.contracts.course.cost",
                cost.Title,
                _figures.Money(cost.Amount).Text
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
        if (_plan.Plan.Backstop is { } promise)
        {
            yield return Phrase.Of(
                "memo.clause.backstop",
                promise.Buyer.Name,
                Words.Named("class", promise.Buyer.ClassWord),
                promise.Accelerators,
                promise.PricePerGpuHour,
                _result.Start + promise.FromMonth,
                _result.Start + promise.UntilMonth
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

    /// <summary>Month (from 0) after the last of a contract.</summary>
    private int End(LeaseTerms t) =>
        (t.MonthsRun > 0 ? 0 : Math.Max(t.StartMonth, _plan.LastOnline)) + Left(t);

    /// <summary>Month (from 0) after the last that binds its tenant: its end, or the first month in which it may leave.</summary>
    private int Bound(LeaseTerms t) =>
        End(t)
        - Left(t)
        + Math.Max(0, Math.Min(t.TenorMonths, t.Exit?.AfterMonths ?? t.TenorMonths) - t.MonthsRun);

    private static int Left(LeaseTerms t) => Math.Max(0, t.TenorMonths - t.MonthsRun);

    /// <summary>Rent as contracted until the horizon, whatever befalls the tenant; money.</summary>
    private double Stated(LeaseTerms t)
    {
        var outlook = _median.Case.Outlook.Physical;
        var end = Math.Min(End(t), outlook.Months);
        var rent = 0.0;
        for (var m = Math.Max(0, End(t) - Left(t)); m < end; m++)
        {
            var month = m - (End(t) - Left(t)) + t.MonthsRun;
            rent += t.Accelerators * outlook.Hours(m) * t.PriceAt(month) * t.TakeOrPayShare;
        }
        return rent;
    }

    /// <summary>Revenue of the middle draw from others than those who signed.</summary>
    private double Unsigned()
    {
        var outlook = _median.Case.Outlook.Physical;
        return Math.Max(
            0,
            Enumerable.Range(0, outlook.Months).Sum(outlook.Revenue)
                - outlook
                    .Leases.Where(l => l.Signed)
                    .Sum(l => ContractedOutlook.Due(outlook, l).Sum())
        );
    }

    /// <summary>What contracts pay after maturity, against a balloon.</summary>
    private Phrase? Tail()
    {
        if (_loan is not { } loan || loan.Whole.Loan.MaturityMonth >= Cash.Months)
        {
            return null;
        }
        var outlook = _median.Case.Outlook.Physical;
        var left = Takeout.ContractsLeft(
            outlook,
            loan.Whole.Loan.MaturityMonth,
            loan.Whole.Loan.Rate
        );
        var balloon = Middle(loan.Whole, loan.Whole.Balloon);
        return balloon > 0
            ? Phrase.Of("memo.tail.balloon", MemoFigures.Times(left / balloon).Text)
            : Phrase.Of("memo.tail", _figures.Money(left).Text);
    }
}
