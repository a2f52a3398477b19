using Plimsoll.Decisions.BaseRates;
using Plimsoll.Quantities;

namespace Plimsoll.Audits;

/// <summary>What would move the support of a claim, and by how much.</summary>
/// <param name="What">In words.</param>
/// <param name="Gain">Change of the expected share supported.</param>
public sealed record AuditMove(Phrase What, double Gain);

/// <summary>A paper with its weight.</summary>
/// <param name="Paper">As the file states it.</param>
/// <param name="Counted">What of it counts, in the file's unit.</param>
/// <param name="Cut">Why it counts for less than it says.</param>
/// <param name="Weight">Share of what counts that comes true on average.</param>
/// <param name="Rate">The base rate of its firmness, with the cases behind it; that of a bare claim for a paper within one group.</param>
public sealed record AuditedPaper(
    AuditPaper Paper,
    double Counted,
    Cut Cut,
    double Weight,
    BaseRate Rate
);

/// <summary>A claim audited.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Support">How much of it is supported.</param>
/// <param name="Papers">Its papers, as the file lists them.</param>
/// <param name="Questions">What to ask, most telling first.</param>
/// <param name="Moves">What would move the support most, largest first.</param>
/// <param name="Subsidy">The subsidy designed to the odds; null when none is asked for.</param>
public sealed record AuditedClaim(
    AuditClaim Claim,
    ClaimSupport Support,
    IReadOnlyList<AuditedPaper> Papers,
    IReadOnlyList<Phrase> Questions,
    IReadOnlyList<AuditMove> Moves,
    SubsidyDesign? Subsidy
);

/// <summary>An audit's answer.</summary>
/// <param name="File">What was asked.</param>
/// <param name="TooFew">True when fewer than <see cref="PooledRates.Enough"/> sourced cases were known: figures are shown and nothing is claimed of them.</param>
/// <param name="Known">Cases whose outcome was known at the decision, those not counted included.</param>
/// <param name="Claims">Each claim.</param>
public sealed record AuditResult(
    AuditFile File,
    bool TooFew,
    IReadOnlyList<BaseRateCase> Known,
    IReadOnlyList<AuditedClaim> Claims
)
{
    /// <summary>Cases that entered the rates.</summary>
    public int Counted => Known.Count(c => c.Counted);
}
