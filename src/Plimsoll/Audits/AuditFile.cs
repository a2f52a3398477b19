using Plimsoll.Quantities;

namespace Plimsoll.Audits;

/// <summary>A claim of an audit file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="By">Who claims it.</param>
/// <param name="Group">Group that controls them.</param>
/// <param name="Amount">What is claimed, in the file's unit.</param>
/// <param name="Months">For how long.</param>
/// <param name="Subsidy">Asked for on its strength, money; 0 for none.</param>
public sealed record AuditClaim(
    string Name,
    string By,
    string Group,
    double Amount,
    int Months,
    double Subsidy
)
{
    /// <summary>What the place can take of it in all, in the file's unit; infinite where the file does not tell.</summary>
    public double Market { get; init; } = double.PositiveInfinity;
}

/// <summary>A paper of an audit file.</summary>
/// <param name="Claim">Number of the claim, from 0.</param>
/// <param name="Kind">Kind of evidence.</param>
/// <param name="Tenant">Who is to pay, as written.</param>
/// <param name="Named">False when the file does not say who.</param>
/// <param name="Group">Group that controls the tenant; the tenant itself when none is known.</param>
/// <param name="Amount">What it speaks of.</param>
/// <param name="Capacity">What it rests on; empty when not named.</param>
/// <param name="Additional">It speaks of another need of the tenant.</param>
/// <param name="NamesChip">It names the accelerator.</param>
/// <param name="NamesDate">It names a delivery date.</param>
/// <param name="Prepaid">Share paid in advance.</param>
/// <param name="Fee">The tenant owes a fee when it walks away.</param>
/// <param name="Related">Tenant and claimant belong to one group.</param>
public sealed record AuditPaper(
    int Claim,
    string Kind,
    string Tenant,
    bool Named,
    string Group,
    double Amount,
    string Capacity,
    bool Additional,
    bool NamesChip,
    bool NamesDate,
    double Prepaid,
    bool Fee,
    bool Related
);

/// <summary>An audit as its file states it.</summary>
public sealed record AuditFile
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What is asked.</summary>
    public required string Explanation { get; init; }

    /// <summary>Month of the decision.</summary>
    public required Month Decided { get; init; }

    /// <summary>True when one who lends asks, false when one who grants.</summary>
    public required bool ForLender { get; init; }

    /// <summary>Where.</summary>
    public required string Country { get; init; }

    /// <summary>What is claimed.</summary>
    public required string Asset { get; init; }

    /// <summary>Unit of every amount.</summary>
    public required string Unit { get; init; }

    /// <summary>Currency of the subsidies.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Share of a clawback that is got back.</summary>
    public required double Recovery { get; init; }

    /// <summary>Draws.</summary>
    public required int Draws { get; init; }

    /// <summary>Seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The claims.</summary>
    public required IReadOnlyList<AuditClaim> Claims { get; init; }

    /// <summary>The papers.</summary>
    public required IReadOnlyList<AuditPaper> Papers { get; init; }

    /// <summary>What a group of tenants is known to need in all.</summary>
    public required IReadOnlyDictionary<string, double> Needs { get; init; }

    /// <summary>What a capacity is in all.</summary>
    public required IReadOnlyDictionary<string, double> Capacities { get; init; }
}
