namespace Plimsoll.Contracts;

/// <summary>What is drawn for one contract before its months are looked at.</summary>
/// <param name="Tenant">What becomes of its tenant.</param>
/// <param name="Operator">What becomes of the operator.</param>
/// <param name="Luck">Random numbers of its tenant's decisions.</param>
public readonly record struct LeaseFate(
    CounterpartyPath Tenant,
    CounterpartyPath Operator,
    LeaseLuck Luck
)
{
    /// <summary>Nobody fails.</summary>
    public static LeaseFate Sound(LeaseTerms terms) =>
        new(
            CounterpartyPath.Sound(terms.Tenant.Name),
            CounterpartyPath.Sound("the operator"),
            new LeaseLuck(0)
        );
}
