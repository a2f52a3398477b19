using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sampling;

namespace Plimsoll.Market;

/// <summary>One centre cleared against the market of one draw, contract by contract.</summary>
/// <remarks>
/// The centre takes the market's rent as given and competes for the contracts signed each month; a centre large against its tier is
/// outside what this supports, and its share of the tier is reported for that reason.
/// </remarks>
internal sealed partial class CentreClearing
{
    private const double HoursPerMonth = 730;
    private const double RepairShare = 0.02;
    private readonly CentrePlan _plan;
    private readonly IPolicy _policy;
    private readonly MarketScenario _scenario;
    private readonly MarketPath _path;
    private readonly double[] _p;
    private readonly RentLaw _law;
    private readonly int _offset;
    private readonly Currency _currency;
    private readonly IReadOnlyList<Pool> _pools;
    private readonly double _tokenPrice;
    private readonly VoucherTerms? _voucher;
    private readonly ulong _seed;
    private readonly int _draw;
    private readonly EntityId _entity;
    private readonly double _taste;
    private readonly List<Contract> _contracts = [];
    private readonly List<Lease> _leases = [];
    private readonly double[] _quoteHistory;
    private readonly CentreSeries _s;
    private double _capability;
    private double _voucherLeft;
    private double _soldShare;
    private double _tokenLoad;

    public CentreClearing(
        CentrePlan plan,
        IPolicy policy,
        MarketScenario scenario,
        MarketPath path,
        Member member,
        int offset,
        ulong seed,
        int draw,
        Currency currency,
        IReadOnlyList<Pool> pools,
        double tokenPrice,
        VoucherTerms? voucher
    )
    {
        (_plan, _policy, _scenario, _path, _p, _law, _offset) = (
            plan,
            policy,
            scenario,
            path,
            member.Values,
            member.Law,
            offset
        );
        (_currency, _pools, _tokenPrice, _voucher, _seed, _draw) = (
            currency,
            pools,
            tokenPrice,
            voucher,
            seed,
            draw
        );
        _entity = EntityId.Of("centre");
        var stream = RandomStream.Keyed(seed, draw, _entity, Purpose.Inputs);
        _taste = new Gaussian(0, 0.9).Draw(ref stream);
        _capability = plan.OperatorCapability;
        _s = new CentreSeries(plan.Months);
        _quoteHistory = new double[plan.Months + 1];
    }

    public CentreOutlook Run()
    {
        var state = First();
        for (var m = 0; m < _plan.Months; m++)
        {
            var action = _policy.Decide(in state);
            _capability = action.HandOver
                ? Math.Max(_capability, _plan.TakeoverCapability)
                : _capability;
            if ((_plan.Start + m).MonthOfYear == 1 || m == 0)
            {
                _voucherLeft = _voucher?.BudgetPerYear ?? 0;
            }
            for (var i = 0; i < _pools.Count; i++)
            {
                Clear(i, m, action);
            }
            _s.Quote[m] = PerGpuHour(_path.Quote[_pools[0].Tier][_offset + m]);
            _quoteHistory[m + 1] = _s.Quote[m];
            state = Observe(m);
        }
        return Outlook();
    }

    private static double PerGpuHour(double perServerMonth) => perServerMonth / (8 * HoursPerMonth);

    private ObservedState First()
    {
        _quoteHistory[0] = PerGpuHour(_path.Quote[_pools[0].Tier][Math.Max(0, _offset - 1)]);
        return new ObservedState(
            _plan.Start + -1,
            -1,
            0,
            0,
            0,
            _quoteHistory.AsMemory(0, 1),
            _plan.AvoidableCostPerAcceleratorMonth / HoursPerMonth,
            Resale(0, 0),
            TokenValue(0)
        );
    }

    private ObservedState Observe(int m)
    {
        var hours = _s.LeaseHours[m] + _s.SpotHours[m] + _s.TokenHours[m];
        var money = _s.LeaseMoney[m] + _s.SpotMoney[m] + _s.TokenMoney[m];
        var installed = _s.Installed[m] * (_plan.Start + m).Hours;
        return new ObservedState(
            _plan.Start + m,
            m,
            _s.Installed[m],
            installed > 0 ? hours / installed : 0,
            hours > 0 ? money / hours : 0,
            _quoteHistory.AsMemory(0, m + 2),
            _plan.AvoidableCostPerAcceleratorMonth / HoursPerMonth,
            _s.Resale[m],
            TokenValue(m)
        );
    }

    private void Clear(int pool, int m, CentreAction action)
    {
        var tier = _pools[pool].Tier;
        var g = _offset + m;
        var planned = 0.0;
        foreach (var fleet in _pools[pool].Fleets)
        {
            planned +=
                fleet.Online + _scenario.DelayMonths <= _plan.Start + m ? fleet.Accelerators : 0;
        }
        if (planned > 0 && action.SellShare > 0 && pool == 0)
        {
            _s.Proceeds[m] += planned * (1 - _soldShare) * action.SellShare * Resale(m, tier) * 0.9;
            _soldShare += (1 - _soldShare) * action.SellShare;
        }
        var installed = planned * (1 - _soldShare);
        _s.Resale[m] = pool == 0 ? Resale(m, tier) : _s.Resale[m];
        _s.MonthsToSell[m] = Math.Max(
            _s.MonthsToSell[m],
            Math.Clamp(installed / 8 / Math.Max(1, 0.02 * _path.Capacity[tier][g]), 1, 24)
        );
        if (installed <= 0)
        {
            EndAll(pool, m);
            return;
        }
        BeginSigned(pool, m);
        var hours = (_plan.Start + m).Hours;
        var quote = PerGpuHour(_path.Quote[tier][g]);
        var floor = _plan.AvoidableCostPerAcceleratorMonth / HoursPerMonth;
        var ask = Math.Max(quote * action.PriceOverQuote, floor);
        var usable = installed * (1 - RepairShare) * (1 - _plan.CaptiveShare);
        Settle(pool, m, quote, ask);
        TrimTo(pool, m, usable);
        var held = Held(pool);
        var vacant = Math.Max(0, usable - held);
        var dark = vacant * Math.Clamp(action.DarkShare, 0, 1);
        var offered = vacant - dark;
        offered -= Sign(pool, m, offered, quote, ask);
        var tokens =
            Sells(Product.Inference) || action.InferenceShare > 0
                ? offered * (action.InferenceShare > 0 ? action.InferenceShare : 1)
                : 0;
        tokens = TokenValue(m) > floor ? tokens : 0;
        var load = TokenLoad(m, tier, tokens);
        var spotRoom = offered - (tokens * load);
        var spot =
            Sells(Product.Spot) && quote * SpotDiscount > floor ? spotRoom * SpotLoad(tier, g) : 0;
        held = Held(pool);
        Book(pool, m, hours, tokens * load, spot, quote);
        _s.Installed[m] += installed;
        _s.Repair[m] += installed * RepairShare;
        _s.Dark[m] += dark;
        _s.Idle[m] += Math.Max(0, usable - held - dark - (tokens * load) - spot);
        Explain(m, tier, g, held);
    }

    /// <summary>Spot goes at a discount on contract quotes; own prior, spot quotes of 2024 lie 10 to 25 % below.</summary>
    private const double SpotDiscount = 0.82;

    private bool Sells(Product product) => _plan.Products.Contains(product);

    private double Held(int pool)
    {
        double held = 0;
        foreach (var contract in _contracts)
        {
            held += contract.Pool == pool ? contract.Accelerators : 0;
        }
        return held;
    }

    private void BeginSigned(int pool, int m)
    {
        if (pool != 0 || _s.Begun)
        {
            return;
        }
        _s.Begun = true;
        foreach (var lease in _plan.Signed)
        {
            _contracts.Add(
                new Contract(
                    0,
                    lease.Tenant,
                    Product.TrainingLease,
                    m,
                    m + lease.TenorMonths,
                    lease.Accelerators,
                    lease.PricePerGpuHour,
                    lease.TakeOrPayShare,
                    lease.PrepaidMonths,
                    lease.MonthlyBreachHazard,
                    true
                )
            );
        }
    }

    /// <summary>Contracts come by chance: their mean number is the centre's share of what the tier signs this month. Returns accelerators let.</summary>
    private double Sign(int pool, int m, double offered, double quote, double ask)
    {
        var tier = _pools[pool].Tier;
        var g = _offset + m;
        if (offered < 1 || quote <= 0)
        {
            return 0;
        }
        var relief = _voucher is null || _voucherLeft <= 0 ? 0 : _voucher.Share * 0.7;
        var utility =
            (3 * (_capability - 0.5)) - (4 * Math.Log(ask * (1 - relief) / quote)) + _taste;
        var draw = offered * Math.Exp(utility);
        var rivals =
            Math.Max(0.01 * _path.Capacity[tier][g], _path.Capacity[tier][g] - _path.Let[tier][g])
            * 8;
        var share = draw / (draw + rivals);
        var market = _path.Signed[tier][g] * 8 * share;
        var left = offered;
        var training = _path.TrainingShare[g];
        var fabric = _pools[pool].Fleets.Any(f => f.TrainingFabric) ? 1 : 0.15;
        if (Sells(Product.TrainingLease))
        {
            left -= Arrive(
                pool,
                m,
                Product.TrainingLease,
                market * training * 0.7 * fabric,
                160,
                left,
                ask * 0.95,
                1.0
            );
        }
        if (Sells(Product.SmallLease))
        {
            var small = market * ((training * 0.3) + ((1 - training) * _plan.ReachableShare));
            left -= Arrive(pool, m, Product.SmallLease, small, 16, left, ask, 0.5);
        }
        return offered - left;
    }

    private double Arrive(
        int pool,
        int m,
        Product product,
        double expected,
        double meanSize,
        double room,
        double price,
        double tenorScale
    )
    {
        var stream = Stream(m, (pool * 8) + (int)product + 100, Purpose.Arrivals);
        var left = room;
        var fits = Math.Exp(-_plan.MinimumLot / (4 * meanSize));
        var waiting = -Math.Log(stream.NextOpenUniform()) * meanSize;
        for (
            var come = waiting;
            come < expected * fits && left >= 1;
            come += -Math.Log(stream.NextOpenUniform()) * meanSize
        )
        {
            var size = Math.Max(
                _plan.MinimumLot,
                meanSize
                    * 0.6065
                    * Math.Exp(
                        MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, stream.NextOpenUniform())
                    )
            );
            size = Math.Min(Math.Ceiling(size / 8) * 8, left);
            var tenor = Math.Max(
                1,
                (int)
                    Math.Round(_p[(int)Parameter.Tenor] * tenorScale * (0.5 + stream.NextUniform()))
            );
            Pay(size, price, tenor, m);
            _contracts.Add(
                new Contract(
                    pool,
                    $"{product} {m}-{_contracts.Count}",
                    product,
                    m,
                    m + tenor,
                    size,
                    price,
                    product == Product.TrainingLease ? 0.8 : 0.5,
                    0,
                    BaseBreach,
                    false
                )
            );
            left -= size;
        }
        return room - left;
    }

    /// <summary>A voucher pays part of the tenant's rent, up to its cap and what is left of the year's budget; the centre gets the full price.</summary>
    private void Pay(double accelerators, double price, int tenor, int m)
    {
        if (_voucher is null)
        {
            return;
        }
        var rent = accelerators * price * HoursPerMonth * Math.Min(12, tenor);
        var paid = Math.Min(Math.Min(rent * _voucher.Share, _voucher.CapPerUser), _voucherLeft);
        _voucherLeft -= paid;
        _s.Subsidy[m] += paid;
    }

    private void Book(int pool, int m, double hours, double tokens, double spot, double quote)
    {
        foreach (var c in _contracts)
        {
            if (c.Pool == pool)
            {
                _s.LeaseHours[m] += c.Accelerators * hours;
                _s.LeaseMoney[m] += c.Accelerators * hours * c.Price;
            }
        }
        _s.SpotHours[m] += spot * hours;
        _s.SpotMoney[m] += spot * hours * quote * SpotDiscount;
        _s.TokenHours[m] += tokens * hours;
        _s.TokenMoney[m] += tokens * hours * TokenValue(m);
        _s.Tokens[m] += tokens * hours * 3600 * (_plan.Inference?.GoodputTokensPerSecond ?? 0);
    }

    private void Explain(int m, int tier, int g, double held)
    {
        var demand = _path.Demand[0][g] + _path.Demand[1][g] + _path.Demand[2][g];
        var training = _path.TrainingShare[g];
        var reachable = (training + ((1 - training) * _plan.ReachableShare)) * demand;
        var eligible = (training + ((1 - training) * _plan.ReachableShare)) * _path.Demand[tier][g];
        _s.Demand[m] = demand * 8;
        _s.Reachable[m] = reachable * 8;
        _s.Eligible[m] += eligible * 8;
        _s.Won[m] += held;
    }

    private RandomStream Stream(int month, int use, Purpose purpose) =>
        RandomStream.Keyed(
            _seed,
            _draw,
            new EntityId(_entity.Value + (ulong)(((_offset + month) * 1000) + use)),
            purpose
        );

    private CentreOutlook Outlook()
    {
        EndOfHorizon();
        var outlook = _s.ToOutlook(_plan.Start, _currency, _leases);
        var reasons = new FillReasons(_s.Demand, _s.Reachable, _s.Eligible, _s.Won, _s.Won, _s.Won);
        return new CentreOutlook(outlook, reasons, _s.Quote, _law.ToString());
    }

    private void EndOfHorizon()
    {
        foreach (var contract in _contracts)
        {
            _leases.Add(contract.Close(contract.End, false));
        }
    }
}
