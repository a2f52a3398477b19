namespace Plimsoll.Contracts;

/// <summary>Who runs the centre, and what happens when that company fails apart from its tenants.</summary>
/// <param name="Operator">The company; with neither class nor hazard it never fails.</param>
public sealed record OperatorTerms(Counterparty Operator)
{
    /// <summary>True where the study says nothing of the operator as a credit: class and rights are assumed.</summary>
    public bool Assumed { get; init; }

    /// <summary>True when the lender or owner may put another operator in its place; else every contract ends with it.</summary>
    public bool StepIn { get; init; } = true;

    /// <summary>Months in which nothing runs while the operator is replaced, 0 or more.</summary>
    public int DarkMonths { get; init; } = 3;

    /// <summary>Share of the rent that the new operator keeps, 0 to 1.</summary>
    public double FeeShare { get; init; } = 0.1;

    /// <summary>Odds that a tenant stays through the dark months, 0 to 1.</summary>
    public double TenantStays { get; init; } = 0.7;
}
