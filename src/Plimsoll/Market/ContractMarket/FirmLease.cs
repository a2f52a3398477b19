using Plimsoll.Contracts;
using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <summary>A contract signed before the decision as it runs in one draw: its terms are applied by <see cref="ContractLedger"/> alone, the market only serves and re-lets.</summary>
internal sealed class FirmLease
{
    private readonly LeaseFate _fate;
    private readonly OperatorTerms? _operator;
    private readonly double[] _served;
    private readonly List<LeaseFlow> _flows = [];
    private LeaseState _state = LeaseState.Unbegun;
    private int _since;
    private double _price;

    public FirmLease(SignedLease lease, CentrePlan plan, PlanTerms of, int pools)
    {
        (Lease, Terms, _operator) = (lease, lease.Terms, plan.Operator);
        _served = new double[pools];
        _fate = new LeaseFate(
            Stressed(of.Counterparties.Of(Terms.Tenant), of.Scenario.AnchorDefaultMonth),
            _operator is { } run
                ? of.Counterparties.Of(run.Operator)
                : CounterpartyPath.Sound("the operator"),
            LeaseLuck.Of(of.Seed, of.Draw, Terms.Tenant.Name)
        );
    }

    /// <summary>The tenant fails in the month of the stress, if not before.</summary>
    private static CounterpartyPath Stressed(CounterpartyPath path, int month) =>
        month >= 0
            ? path with
            {
                FailedMonth = Math.Min(path.FailedMonth, month),
                DefaultMonth = Math.Min(path.DefaultMonth, month),
            }
            : path;

    public SignedLease Lease { get; }

    /// <summary>True for one that takes most of a site before it is built: demand of its own (hyperscalers, laboratories), which the merchants' buyers do not hold.</summary>
    public bool Apart { get; init; }
    public LeaseTerms Terms { get; }

    /// <summary>Money of a month gone through.</summary>
    public LeaseFlow Flow(int m) => m < _flows.Count ? _flows[m] : default;

    /// <summary>True while it has not ended.</summary>
    public bool Lives => _state.Ended == int.MaxValue;

    /// <summary>Why it ended.</summary>
    public LeaseEnd Reason => _state.Reason;

    /// <summary>Accelerators that still wait for their fleet.</summary>
    public double Waiting => Lives ? Math.Max(0, Terms.Accelerators - Served) : 0;

    /// <summary>Accelerators that serve it.</summary>
    public double Served => _served.Sum();

    /// <summary>Accelerators of a pool that serve it.</summary>
    public double ServedBy(int pool) => _served[pool];

    /// <summary>A pool gives it accelerators, or takes them back where negative.</summary>
    public void Serve(int pool, double accelerators) =>
        _served[pool] = Math.Max(0, _served[pool] + accelerators);

    /// <summary>Moves it through a month.</summary>
    /// <param name="m">Month of the outlook.</param>
    /// <param name="hours">Hours of the month.</param>
    /// <param name="soundShare">Share of what serves it that is in working order, spares counted, 0 to 1.</param>
    /// <param name="marketPrice">Market's price of the same accelerator-hour; 0 for none.</param>
    /// <returns>Its record up to now, when a new price begins or it ended; null else.</returns>
    public Lease? Step(int m, double hours, double soundShare, double marketPrice)
    {
        var delivered = Served / Terms.Accelerators;
        // Without a promise of availability the rent is due whole: a machine under repair is replaced out of the centre's own.
        var available = delivered * (Terms.Availability is null ? 1 : soundShare);
        var before = _state;
        var now = ContractLedger.Step(
            Terms,
            _operator,
            _fate,
            new LeaseMonth(m, hours, delivered > 0, Math.Min(1, available), marketPrice),
            ref _state
        );
        _flows.Add(now);
        if (!before.Runs && _state.Runs)
        {
            (_since, _price) = (m, now.Price);
        }
        if (!Lives && before.Runs)
        {
            return Record(m, _state.Reason);
        }
        if (_state.Runs && now.Price != _price)
        {
            var record = _since < m ? Record(m, LeaseEnd.Repriced) : null;
            (_since, _price) = (m, now.Price);
            return record;
        }
        return null;
    }

    /// <summary>Its record at the horizon; null when it does not run.</summary>
    public Lease? AtHorizon() => _state.Runs ? Record(_state.TermEnd, LeaseEnd.Expired) : null;

    /// <summary>The contract from first to last month.</summary>
    public LeaseRun Run() => new(Terms, [.. _flows], _state);

    private Lease Record(int month, LeaseEnd reason) =>
        new(
            Lease.Tenant,
            Product.TrainingLease,
            _since,
            _state.TermEnd - _since,
            Served > 0 ? Served : Terms.Accelerators,
            _price,
            Terms.TakeOrPayShare,
            _since == Math.Max(0, _state.Began) && Terms.MonthsRun == 0 ? Terms.PrepaidMonths : 0,
            month,
            reason is LeaseEnd.Breached or LeaseEnd.Defaulted
        )
        {
            Id = Terms.Id,
            Signed = true,
            Reason = reason,
            Fleet = Lease.Fleet ?? "",
        };
}
