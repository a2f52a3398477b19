namespace Plimsoll.Contracts;

/// <summary>The contracts of one centre, made ready once and drawn from many times.</summary>
public sealed class CentreContracts
{
    private readonly IReadOnlyList<LeaseTerms> _leases;
    private readonly CounterpartyOdds[] _tenants;
    private readonly CounterpartyOdds? _operator;
    private readonly CounterpartyOdds? _buyer;

    private CentreContracts(
        IReadOnlyList<LeaseTerms> leases,
        OperatorTerms? run,
        CapacityBackstop? backstop
    )
    {
        _leases = leases;
        _tenants = [.. leases.Select(l => CounterpartyOdds.Of(l.Tenant))];
        _operator = run is null ? null : CounterpartyOdds.Of(run.Operator);
        _buyer = backstop is null ? null : CounterpartyOdds.Of(backstop.Buyer);
    }

    /// <summary>Makes ready.</summary>
    /// <param name="leases">Its contracts, in any order.</param>
    /// <param name="run">Its operator; null for one that never fails.</param>
    /// <param name="backstop">Who buys unsold hours; null for nobody.</param>
    public static CentreContracts Of(
        IReadOnlyList<LeaseTerms> leases,
        OperatorTerms? run,
        CapacityBackstop? backstop
    ) => new(leases, run, backstop);

    /// <summary>What becomes of everybody in one draw; a company that stands behind several centres has one path in all.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">Number of the draw.</param>
    /// <param name="factor">Credit factor of the draw.</param>
    /// <param name="months">Months of the outlook.</param>
    public CentreFate Draw(ulong seed, int draw, CreditFactor factor, int months)
    {
        var run =
            _operator?.Draw(seed, draw, factor, months) ?? CounterpartyPath.Sound("the operator");
        var fates = new LeaseFate[_leases.Count];
        for (var i = 0; i < fates.Length; i++)
        {
            fates[i] = new LeaseFate(
                _tenants[i].Draw(seed, draw, factor, months),
                run,
                LeaseLuck.Of(seed, draw, _leases[i].Tenant.Name)
            );
        }
        return new CentreFate(
            fates,
            run,
            _buyer?.Draw(seed, draw, factor, months) ?? CounterpartyPath.Sound("nobody")
        );
    }
}

/// <summary>What becomes of a centre's counterparties in one draw.</summary>
/// <param name="Leases">One a contract, in the order given.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Buyer">Who buys unsold hours.</param>
public sealed record CentreFate(
    LeaseFate[] Leases,
    CounterpartyPath Operator,
    CounterpartyPath Buyer
);
