namespace Plimsoll.Decisions.BaseRates;

/// <summary>A piece of evidence for a claim.</summary>
/// <param name="Claim">Number of the claim it stands for, from 0.</param>
/// <param name="Kind">Kind of evidence, one of <see cref="EvidenceKind.Words"/>.</param>
/// <param name="Tenant">Who is to pay, by the group that controls them; empty when not named.</param>
/// <param name="Amount">What it speaks of, in the claim's unit.</param>
/// <param name="Prepaid">Share of it paid in advance, 0 to 1.</param>
/// <param name="Related">True when the tenant belongs to the group of the one who claims.</param>
/// <param name="Capacity">Hall, line or megawatts it rests on; empty when not named.</param>
/// <param name="Additional">True when it speaks of another need of the tenant than its other papers.</param>
public sealed record Paper(
    int Claim,
    string Kind,
    string Tenant,
    double Amount,
    double Prepaid = 0,
    bool Related = false,
    string Capacity = "",
    bool Additional = false
)
{
    /// <summary>Its firmness; a promise within one group is worth no more than the claim itself.</summary>
    public Firmness Firmness => Related ? Firmness.Bare : EvidenceKind.Of(Kind);

    /// <summary>Share of the amount that counts as secured because it was paid for; nothing of a paper within one group.</summary>
    public double Secured => Related || Firmness == Firmness.Bare ? 0 : Prepaid;
}

/// <summary>Why a paper counts for less than it says.</summary>
public enum Cut
{
    /// <summary>It counts whole.</summary>
    None,

    /// <summary>It is worth no more than the claim itself, and covers nothing of it.</summary>
    Bare,

    /// <summary>Its tenant's need is counted already by another paper.</summary>
    Tenant,

    /// <summary>The capacity it rests on is counted already.</summary>
    Capacity,

    /// <summary>The claim is covered already by firmer papers.</summary>
    Claim,
}

/// <summary>A paper as it counts.</summary>
/// <param name="Paper">The paper.</param>
/// <param name="Counted">What of its amount counts.</param>
/// <param name="Rate">Share of what counts that comes true on average.</param>
/// <param name="Cut">What cut it most; none when it counts whole.</param>
public sealed record CountedPaper(Paper Paper, double Counted, double Rate, Cut Cut);
