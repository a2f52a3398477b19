using Plimsoll.Decisions.BaseRates;
using Plimsoll.Quantities;

namespace Plimsoll.Audits;

/// <summary>What would move a claim's support: each change is tried and all papers are counted again.</summary>
internal sealed class AuditMoves(
    AuditFile file,
    ClaimWeighing weighing,
    Claim[] claims,
    Paper[] papers
)
{
    private const int Most = 6;
    private const double Least = 0.005;

    /// <summary>The changes that move a claim most, largest first.</summary>
    public IReadOnlyList<AuditMove> Of(int claim)
    {
        var now = Support(papers)[claim];
        // That a paper falls away does not make a claim any less inflated.
        Claim[] bounded =
        [
            .. claims.Select((c, i) => i == claim ? c with { Market = c.Ceiling(Covered(i)) } : c),
        ];
        var moves = new List<AuditMove>();
        void Try(Phrase what, Paper[] changed) =>
            moves.Add(new AuditMove(what, Support(changed)[claim] - now));
        for (var i = 0; i < papers.Length; i++)
        {
            if (papers[i].Claim != claim)
            {
                continue;
            }
            var paper = papers[i];
            var tenant = Tenant(file.Papers[i]);
            if (paper.Related)
            {
                // The tenant is one of the group; what would help is a stranger who takes as much.
                Try(
                    Phrase.Of("audit.move.stranger", tenant, paper.Amount),
                    With(i, paper with { Related = false, Tenant = $"another than {tenant}" })
                );
                continue;
            }
            if (paper.Firmness == Firmness.Bare && paper.Tenant.Length == 0)
            {
                // A report or an announcement without a tenant: what would help is the contract for the rest.
                continue;
            }
            if (paper.Firmness < Firmness.Commitment)
            {
                Try(
                    Phrase.Of("audit.move.contract", tenant, paper.Amount),
                    With(i, paper with { Kind = "signed contract" })
                );
            }
            if (paper.Firmness < Firmness.Secured && paper.Prepaid < 1)
            {
                Try(
                    Phrase.Of("audit.move.secured", tenant, paper.Amount),
                    With(i, paper with { Kind = "take-or-pay with prepayment" })
                );
            }
            moves.Add(
                new AuditMove(
                    Phrase.Of("audit.move.withdrawn", tenant, paper.Amount),
                    weighing.Mean(
                        bounded,
                        [.. papers.Where((_, j) => j != i)],
                        file.Needs,
                        file.Capacities
                    )[claim] - now
                )
            );
        }
        var left = claims[claim].Amount - Covered(claim);
        if (left > 1e-9)
        {
            Try(
                Phrase.Of("audit.move.rest", left),
                [.. papers, new Paper(claim, "signed contract", "a tenant yet to be found", left)]
            );
        }
        return
        [
            .. moves
                .Where(m => Math.Abs(m.Gain) >= Least)
                .OrderByDescending(m => Math.Abs(m.Gain))
                .ThenBy(m => m.What.Key, StringComparer.Ordinal)
                // Of a tenant's papers the one that moves most.
                .DistinctBy(m => (m.What.Key, m.What.Arguments[0]))
                .Take(Most),
        ];
    }

    /// <summary>The tenant's name, or words for none.</summary>
    internal static object Tenant(AuditPaper paper) =>
        paper.Named ? paper.Tenant : Phrase.Of("audit.tenant.none");

    /// <summary>What a claim's papers count for.</summary>
    private double Covered(int claim) =>
        PaperCount
            .Of(
                papers,
                [.. claims.Select(c => c.Amount)],
                file.Needs,
                file.Capacities,
                weighing.Rate
            )
            .Where(p => p.Paper.Claim == claim)
            .Sum(p => p.Counted);

    private double[] Support(Paper[] changed) =>
        weighing.Mean(claims, changed, file.Needs, file.Capacities);

    private Paper[] With(int i, Paper paper) => [.. papers.Select((p, j) => j == i ? paper : p)];
}
