using Plimsoll.Decisions.BaseRates;
using Plimsoll.Quantities;

namespace Plimsoll.Audits;

/// <summary>What to ask of a claim: what its papers leave open, most telling first.</summary>
internal static class AuditQuestions
{
    /// <summary>The questions.</summary>
    public static IReadOnlyList<Phrase> Of(
        AuditFile file,
        AuditClaim claim,
        IReadOnlyList<AuditedPaper> papers,
        ClaimSupport support
    )
    {
        var asked = new List<Phrase>();
        if (papers.Count == 0)
        {
            asked.Add(Phrase.Of("audit.ask.nothing"));
        }
        Related(papers, asked);
        Unnamed(papers, asked);
        SameTenant(file, papers, asked);
        SameCapacity(file, papers, asked);
        Terms(papers, asked);
        if (papers.Count > 0 && support.Uncovered > 0.05)
        {
            asked.Add(Phrase.Of("audit.ask.uncovered", support.Uncovered));
        }
        if (double.IsInfinity(claim.Market))
        {
            asked.Add(Phrase.Of("audit.ask.market"));
        }
        if (claim.Subsidy > 0)
        {
            asked.Add(
                Phrase.Of(
                    "audit.ask.rent",
                    claim.Subsidy / (claim.Amount * claim.Months),
                    file.Currency.Code
                )
            );
        }
        asked.Add(Phrase.Of("audit.ask.power"));
        asked.Add(Phrase.Of("audit.ask.record", claim.By));
        if (file.ForLender)
        {
            asked.Add(Phrase.Of("audit.ask.assign"));
        }
        return asked;
    }

    private static void Related(IReadOnlyList<AuditedPaper> papers, List<Phrase> asked)
    {
        foreach (var p in First(papers.Where(p => p.Paper.Related)))
        {
            asked.Add(Phrase.Of("audit.ask.related", p.Paper.Tenant, p.Paper.Group));
        }
    }

    private static void Unnamed(IReadOnlyList<AuditedPaper> papers, List<Phrase> asked)
    {
        var unnamed = papers
            .Where(p => !p.Paper.Named && EvidenceKind.Of(p.Paper.Kind) > Firmness.Bare)
            .ToList();
        if (unnamed.Count > 0)
        {
            asked.Add(Phrase.Of("audit.ask.name", unnamed.Count, unnamed.Sum(p => p.Paper.Amount)));
        }
    }

    private static void SameTenant(
        AuditFile file,
        IReadOnlyList<AuditedPaper> papers,
        List<Phrase> asked
    )
    {
        foreach (var p in First(papers.Where(p => p.Paper.Named)))
        {
            var all = file.Papers.Where(q => q.Group == p.Paper.Group).ToList();
            if (all.Count > 1 && !file.Needs.ContainsKey(p.Paper.Group))
            {
                asked.Add(
                    Phrase.Of(
                        "audit.ask.need",
                        p.Paper.Group,
                        all.Count,
                        all.Select(q => q.Claim).Distinct().Count(),
                        all.Sum(q => q.Amount)
                    )
                );
            }
        }
    }

    private static void SameCapacity(
        AuditFile file,
        IReadOnlyList<AuditedPaper> papers,
        List<Phrase> asked
    )
    {
        foreach (
            var capacity in papers
                .Select(p => p.Paper.Capacity)
                .Where(c => c.Length > 0)
                .Distinct(StringComparer.Ordinal)
        )
        {
            var all = file.Papers.Where(q => q.Capacity == capacity).ToList();
            if (all.Count > 1)
            {
                asked.Add(
                    Phrase.Of("audit.ask.capacity", capacity, all.Count, all.Sum(q => q.Amount))
                );
            }
        }
    }

    private static void Terms(IReadOnlyList<AuditedPaper> papers, List<Phrase> asked)
    {
        foreach (
            var p in First(
                papers.Where(p => p.Counted > 0).OrderBy(p => EvidenceKind.Of(p.Paper.Kind))
            )
        )
        {
            var firmness = EvidenceKind.Of(p.Paper.Kind);
            if (!p.Paper.NamesChip || !p.Paper.NamesDate)
            {
                asked.Add(Phrase.Of("audit.ask.terms", AuditMoves.Tenant(p.Paper)));
            }
            if (p.Paper.Prepaid <= 0 && firmness != Firmness.Secured)
            {
                asked.Add(Phrase.Of("audit.ask.deposit", AuditMoves.Tenant(p.Paper)));
            }
            if (!p.Paper.Fee && firmness >= Firmness.Commitment)
            {
                asked.Add(Phrase.Of("audit.ask.fee", AuditMoves.Tenant(p.Paper)));
            }
        }
    }

    private static IEnumerable<AuditedPaper> First(IEnumerable<AuditedPaper> papers) =>
        papers.DistinctBy(p => p.Paper.Group, StringComparer.Ordinal);
}
