using Plimsoll.Contracts;
using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Memos;

/// <summary>Whose failure ends contracts, and what it costs.</summary>
/// <param name="about">What the memo is written from.</param>
internal sealed class FailureBlock(MemoSubject about)
{
    private const int Breaking = 2;
    private const int RightToLeave = 3;
    private const int RentCut = 4;

    /// <summary>Tenants and operator, each in a line: how often they fail, what falls with them, and whether the loan does.</summary>
    public MemoDraftBlock? Failures()
    {
        if (about.Plan.Leases.Count == 0)
        {
            return null;
        }
        var draws = new List<(int Draw, IReadOnlyList<CounterpartyPath> Failed, bool Operator)>();
        foreach (var (draw, kept) in about.Held.Kept.Index())
        {
            if (kept is null)
            {
                continue;
            }
            var signed = kept.Outlook.Physical.Leases.Where(l => l.Signed).ToList();
            draws.Add(
                (
                    draw,
                    [
                        .. signed
                            .Where(l => l.Reason is LeaseEnd.Defaulted or LeaseEnd.Breached)
                            .DistinctBy(l => l.Tenant)
                            .Select(l => new CounterpartyPath(
                                l.Tenant,
                                l.EndedMonth,
                                l.EndedMonth
                            )),
                    ],
                    signed.Any(l => l.Reason == LeaseEnd.OperatorFailed)
                )
            );
        }
        if (draws.Count == 0)
        {
            return null;
        }
        var lines = Contagion.Of(
            [
                .. about.Plan.Leases.Select(l =>
                {
                    var t = l.Terms.Terms;
                    return new Exposure(
                        t.Tenant.Name,
                        about.Result.Name,
                        t.Accelerators * t.PricePerGpuHour * 730
                    );
                }),
            ],
            [.. draws.Select(d => d.Failed)]
        );
        MemoDraftCell Then(Func<int, bool> falls) =>
            MemoFigures.Odds(
                about.Loan is { } loan && draws.Any(d => falls(d.Draw))
                    ? draws
                        .Where(d => falls(d.Draw))
                        .Average(d => loan.Whole.Default[d.Draw] ? 1.0 : 0)
                    : double.NaN
            );
        var failed = draws.ToDictionary(
            d => d.Draw,
            d => d.Failed.Select(f => f.Name).ToHashSet(StringComparer.Ordinal)
        );
        double Breaks(string tenant) =>
            draws.Count(d =>
                about.Held.Kept[d.Draw]!.Outlook.Physical.Leases.Any(l =>
                    l.Signed
                    && l.Reason == LeaseEnd.Breached
                    && string.Equals(l.Tenant, tenant, StringComparison.Ordinal)
                )
            ) / (double)draws.Count;
        IEnumerable<LeaseRun> Runs(int draw, string tenant) =>
            about.Held.Kept[draw]!.Outlook.Physical.Signed.Where(r =>
                string.Equals(r.Terms.Tenant.Name, tenant, StringComparison.Ordinal)
            );
        double Leaves(string tenant) =>
            draws.Count(d => Runs(d.Draw, tenant).Any(r => r.Reason == LeaseEnd.RightUsed))
            / (double)draws.Count;
        // Share of the draws in which its rent is cut, and by how much in their middle.
        MemoDraftCell Cut(string tenant)
        {
            double[] cuts =
            [
                .. draws
                    .Select(d => Runs(d.Draw, tenant).Select(r => r.RentCut).DefaultIfEmpty().Max())
                    .Where(c => c > 0)
                    .Order(),
            ];
            return cuts.Length == 0
                ? Phrase.Of("memo.none")
                : Phrase.Of(
                    "memo.failures.cut.by",
                    MemoFigures.Odds(cuts.Length / (double)draws.Count).Text,
                    Plimsoll.Risk.Spread.Quantile(cuts, 0.5)
                );
        }
        var stopped = draws.Where(d => d.Operator).Select(d => d.Draw).ToHashSet();
        var together = draws.Count(d => d.Failed.Count > 1) / (double)draws.Count;
        var rows = lines
            .Select(l =>
                (IReadOnlyList<MemoDraftCell>)
                    [
                        Phrase.Of("memo.failure.tenant", TenantsToBeSigned.Said(l.Counterparty)),
                        MemoFigures.Odds(l.Odds),
                        MemoFigures.Odds(Breaks(l.Counterparty)),
                        MemoFigures.Odds(Leaves(l.Counterparty)),
                        Cut(l.Counterparty),
                        MemoFigures.Share(l.RentShare),
                        MemoFigures.Odds(l.OthersFallToo),
                        Then(d => failed[d].Contains(l.Counterparty)),
                    ]
            )
            .ToList();
        rows.Add([
            about.Plan.Plan.Operator is { } o
                ? Phrase.Of("memo.failure.operator.named", o.Operator.Name)
                : Phrase.Of("memo.failure.operator"),
            MemoFigures.Odds(stopped.Count / (double)draws.Count),
            Words.Name(""),
            Words.Name(""),
            Words.Name(""),
            MemoFigures.Share(1),
            Phrase.Of("memo.failure.all"),
            Then(stopped.Contains),
        ]);
        if (lines.Count > 1)
        {
            rows.Add([
                Phrase.Of("memo.failure.two"),
                MemoFigures.Odds(together),
                Words.Name(""),
                Words.Name(""),
                Words.Name(""),
                Words.Name(""),
                Words.Name(""),
                Then(d => failed[d].Count > 1),
            ]);
        }
        return new MemoDraftBlock(Phrase.Of("memo.failures"))
        {
            Columns =
            [
                Phrase.Of("memo.failures.who"),
                Phrase.Of("memo.failures.fails"),
                Phrase.Of("memo.failures.breaks"),
                Phrase.Of("memo.failures.right"),
                Phrase.Of("memo.failures.cut"),
                Phrase.Of("memo.failures.rent"),
                Phrase.Of("memo.failures.too"),
                Phrase.Of("memo.failures.loan"),
            ],
            Rows = rows,
            Note = Phrase.Of("memo.failures.note"),
        }.Narrowed(Breaking, RightToLeave, RentCut);
    }
}
