using Plimsoll.Sampling;

namespace Plimsoll.Market.ContractMarket;

/// <content>Projects are begun, cancelled and finished; idle centres sell up or are taken over.</content>
public sealed partial class ContractEngine
{
    private readonly double[] _installed = new double[Segment.Tiers];
    private readonly double[] _installedIn = new double[Stocks];
    private readonly double[] _saleFlow = new double[Segment.Tiers];
    private readonly double[] _newShares = new double[Segment.Tiers];
    private readonly double[] _logCost = new double[Segment.Tiers];
    private readonly double[] _eligibleOdds = new double[Segment.Tiers];
    private CentreState[] _centres = new CentreState[1024];
    private QuantileTable _projectSizes = QuantileTable.LogNormal(0);
    private int _count;
    private int _underWay;
    private int _completed;
    private int _cancelled;
    private int _named;
    private int _credit;
    private double _recent;
    private double _begun;

    private void BeginBuilding()
    {
        _count = _underWay = _cancelled = _named = _credit = 0;
        Array.Clear(_installed);
        Array.Clear(_installedIn);
        Array.Clear(_saleFlow);
        _recent = P(Parameter.BaseOrders);
        for (var k = 0; k < Segment.Tiers; k++)
        {
            _logCost[k] = Math.Log(
                DarkOffer.Cost(P(Parameter.AvoidableCost), _forcing.Tiers.Power[k])
            );
            _eligibleOdds[k] = Eligibility.Location(EligibleMean(k));
        }
        _completed = (int)((0.4 * P(Parameter.ProjectsStart)) + 0.5);
        Orders.TierShares(_p, 0, _world.Off, _newShares);
        DealStartingCapacity();
        DealPipeline();
    }

    private double EligibleMean(int tier) =>
        !On(Mechanisms.Eligibility) ? 1
        : tier == (int)Tier.D ? P(Parameter.EligibleShareDomestic)
        : P(Parameter.EligibleShare);

    /// <summary>The capacity of the start stands in as many centres as there are finished projects, of drawn sizes.</summary>
    private void DealStartingCapacity()
    {
        var centres = Math.Max(1, _completed);
        for (var k = 0; k < Segment.Tiers; k++)
        {
            var servers = P(Parameter.CapacityStart) * _newShares[k] / _forcing.Tiers.Compute[k];
            var mean = servers / Math.Max(1, Math.Round(centres * _newShares[k]));
            var left = (int)(servers + 0.5);
            for (var i = 0; left > 0; i++)
            {
                var key = KeyedDraws.Combine(_key ^ 0xCAFE, (ulong)((k * 4096) + i));
                var size = Math.Clamp(
                    (int)((mean * _projectSizes.At(KeyedDraws.At(key, 0))) + 0.5),
                    1,
                    left
                );
                left -= size;
                ref var c = ref NewCentre(key, k, size * (int)PerServer);
                c.Online = 0;
                c.Stage = CentreStage.Building;
            }
        }
        _underWay = 0;
    }

    private void DealPipeline()
    {
        var each = 0.2 * P(Parameter.ProjectsStart);
        var index = 0;
        for (var stage = 0; stage < 3 && On(Mechanisms.NewBuild); stage++)
        {
            for (var i = 0; i < (int)(each + 0.5); i++)
            {
                Start(KeyedDraws.Combine(_key ^ 0xBEAD, (ulong)index++), 0, stage, 1);
            }
        }
    }

    private ref CentreState NewCentre(ulong key, int tier, int accelerators)
    {
        if (_count == _centres.Length)
        {
            Array.Resize(ref _centres, _centres.Length * 2);
        }
        ref var c = ref _centres[_count++];
        c = new CentreState
        {
            Key = key,
            Tier = tier,
            Planned = accelerators,
            MinimumLot = _terms.Granule,
            Scheme = -1,
            Stands = 1,
        };
        var near = !On(Mechanisms.LatencyReach) || KeyedDraws.At(key, 10) < P(Parameter.NearShare);
        c.Stock = Segment.Stock(tier, (int)(near ? Reach.Near : Reach.Remote));
        var skill = KeyedNormal.At(key, 11);
        c.Capability = Eligibility.Capability(skill);
        c.EligibleShare = Eligibility.Share(_eligibleOdds[tier], skill, KeyedNormal.At(key, 12));
        c.Trust =
            (_terms.CapabilityWeight * (c.Capability - 0.5))
            + (_terms.TasteDeviation * KeyedNormal.At(key, 13));
        c.Markup = _terms.MarkupDeviation * KeyedNormal.At(key, 14);
        c.LogAvoidable =
            _logCost[tier] + (P(Parameter.DarkSpread) * Logistic(KeyedDraws.At(key, 15)));
        c.Fabric = 0.1 + (0.9 * KeyedDraws.At(key, 16));
        return ref c;
    }

    private static double Logistic(double uniform)
    {
        var u = Math.Clamp(uniform, 1e-6, 1 - 1e-6);
        return Math.Log(u / (1 - u));
    }

    /// <summary>A project of drawn tier, size and delay; those of the start stand in a later stage.</summary>
    private void Start(ulong key, int m, int stage, int stands)
    {
        var pick = KeyedDraws.At(key, 1);
        var tier =
            pick < _newShares[0] ? 0
            : pick < _newShares[0] + _newShares[1] ? 1
            : 2;
        var servers =
            P(Parameter.ProjectSize)
            / _forcing.Tiers.Compute[tier]
            * _projectSizes.At(KeyedDraws.At(key, 0));
        ref var c = ref NewCentre(
            key,
            tier,
            Math.Max(1, (int)((servers * stands) + 0.5)) * (int)PerServer
        );
        c.Stands = stands;
        Schedule(ref c, m, stage, int.MaxValue);
        _begun += stands;
    }

    private void Schedule(ref CentreState c, int m, int stage, int online)
    {
        var lag = P(Parameter.BuildLag) / 3;
        double until = 0,
            firm = 0;
        for (var s = stage; s < 3; s++)
        {
            until += lag * QuantileTable.Exponential.At(KeyedDraws.At(c.Key, 20 + s));
            firm = s < 2 ? until : firm;
        }
        c.Stage = CentreStage.Building;
        c.Online =
            online < int.MaxValue ? Math.Max(m, online) : m + Math.Max(1, (int)(until + 0.5));
        c.Firm = online < int.MaxValue ? m : m + (int)(firm + 0.5);
        _underWay += c.Stands;
    }

    /// <summary>A month of building: orders, cancellations, commissioning.</summary>
    private void Build(int m)
    {
        _begun = 0;
        Orders.TierShares(_p, _forcing.Rule[m], _world.Off, _newShares);
        Announce(m);
        if (m > 0)
        {
            Order(m);
        }
        var hazard = 1 - Math.Exp(-Orders.CancelHazard(_p, _gap));
        for (var i = 0; i < _count; i++)
        {
            ref var c = ref _centres[i];
            if (c.Stage != CentreStage.Building)
            {
                continue;
            }
            if (m > 0 && m < c.Firm && KeyedDraws.At(c.Key, 500 + m) < hazard)
            {
                c.Stage = CentreStage.Cancelled;
                _underWay -= c.Stands;
                _cancelled += c.Stands;
            }
            else if (c.Online <= m && IsPowered(c))
            {
                Commission(i, ref c, m);
            }
        }
        _record.Path.Begun[m] = _begun;
    }

    /// <summary>True when the energised power still feeds a centre; what is finished waits for it, in the order in which it was ordered.</summary>
    private bool IsPowered(in CentreState c)
    {
        if (double.IsPositiveInfinity(_forcing.Power))
        {
            return true;
        }
        var drawn = c.Planned * _forcing.Tiers.Power[c.Tier];
        for (var k = 0; k < Segment.Tiers; k++)
        {
            drawn += _installed[k] * _forcing.Tiers.Power[k];
        }
        return drawn <= _forcing.Power * PerServer;
    }

    private void Commission(int i, ref CentreState c, int m)
    {
        c.Stage = CentreStage.Live;
        c.Lit = 1;
        Install(ref c, c.Planned);
        ref var live = ref _live[c.Stock];
        if (_liveCount[c.Stock] == live.Length)
        {
            Array.Resize(ref live, live.Length * 2);
            for (var j = 0; j < Needs; j++)
            {
                Array.Resize(ref _prefix[(c.Stock * Needs) + j], live.Length);
            }
        }
        live[_liveCount[c.Stock]++] = i;
        if (m > 0 || c.Firm > 0)
        {
            _underWay -= c.Stands;
            _completed += c.Stands;
        }
    }

    private void Install(ref CentreState c, int accelerators)
    {
        _installed[c.Tier] += accelerators - c.Installed;
        _installedIn[c.Stock] += accelerators - c.Installed;
        c.Installed = accelerators;
        var sound = accelerators - (int)((accelerators * _terms.RepairShare) + 0.5);
        c.Eligible = (int)((sound * c.EligibleShare) + 0.5);
    }

    /// <summary>Named projects enter when they are announced and take the place of drawn ones.</summary>
    private void Announce(int m)
    {
        for (; _named < _world.Centres.Count; _named++)
        {
            var seed = _world.Centres[_named];
            if (seed.Announced > m)
            {
                return;
            }
            var key = KeyedDraws.Combine(_key ^ 0xACED, EntityId.Of(seed.Name).Value);
            ref var c = ref NewCentre(key, (int)seed.Tier, SizeOf(seed));
            Dress(ref c, seed);
            Schedule(ref c, m, 0, seed.Online);
            if (m == 0 && seed.Online <= 0)
            {
                _underWay--;
                c.Firm = 0;
            }
            _credit += m > 0 ? 1 : 0;
            _begun += m > 0 ? 1 : 0;
        }
    }

    private int SizeOf(CentreSeed seed) =>
        seed.Accelerators > 0
            ? seed.Accelerators
            : Math.Max(
                1,
                (int)(
                    (
                        P(Parameter.ProjectSize)
                        / _forcing.Tiers.Compute[(int)seed.Tier]
                        * seed.RelativeSize
                    ) + 0.5
                )
            ) * (int)PerServer;

    private void Dress(ref CentreState c, CentreSeed seed)
    {
        c.MinimumLot = seed.MinimumLot;
        c.Scheme = seed.Scheme;
        c.Capability = double.IsNaN(seed.Capability) ? c.Capability : seed.Capability;
        var taste = double.IsNaN(seed.Taste)
            ? _terms.TasteDeviation * KeyedNormal.At(c.Key, 13)
            : seed.Taste;
        c.Trust = (_terms.CapabilityWeight * (c.Capability - 0.5)) + taste;
        c.Markup = double.IsNaN(seed.Markup) ? c.Markup : seed.Markup;
        c.Fabric = double.IsNaN(seed.Fabric) ? c.Fabric : seed.Fabric;
        c.EligibleShare = double.IsNaN(seed.Eligible)
            ? Eligibility.Share(
                _eligibleOdds[c.Tier],
                Eligibility.Skill(c.Capability),
                KeyedNormal.At(c.Key, 12)
            )
            : seed.Eligible;
        if (!double.IsNaN(seed.AvoidableCost))
        {
            c.LogAvoidable = Math.Log(seed.AvoidableCost);
        }
        if (!double.IsNaN(seed.Reach) && On(Mechanisms.LatencyReach))
        {
            c.Stock = Segment.Stock(c.Tier, (int)(seed.Reach >= 0.5 ? Reach.Near : Reach.Remote));
        }
    }

    /// <summary>Most projects drawn one by one in a month.</summary>
    private const double MostBegun = 60;

    /// <summary>Projects begun by orders: a Poisson number with the mean field's rate, less the named ones.</summary>
    private void Order(int m)
    {
        var rate = Orders.Begun(_p, _forcing.Push[m], _gap, _recent, _world.Off);
        var key = KeyedDraws.Combine(_key ^ 0x0DE5, (ulong)m);
        // In a boom one drawn project stands for several, which bounds the work of a run.
        var stands = Math.Max(1, (int)Math.Ceiling(Math.Min(1e6, rate) / MostBegun));
        var count = 0;
        for (
            var at = QuantileTable.Exponential.At(KeyedDraws.At(key, 0));
            at < rate / stands;
            at += QuantileTable.Exponential.At(KeyedDraws.At(key, count))
        )
        {
            count++;
            if (_credit > 0)
            {
                _credit--;
                continue;
            }
            Start(KeyedDraws.Combine(key, (ulong)count), m, 0, stands);
        }
        _recent += (1 - Math.Exp(-1 / Orders.ExpectationMonths)) * (rate - _recent);
    }

    /// <summary>Second-hand prices, owners who sell their idle servers, operators who take idle centres over.</summary>
    private void Leave(int m)
    {
        var price = ServerPrices.New(_p, _gap, _forcing.LogReference[0] - _forcing.LogReference[m]);
        var path = _record.Path;
        path.NewPrice[m] = price;
        for (var k = 0; k < Segment.Tiers; k++)
        {
            var offered = path.Offered[k][m];
            path.SecondHand[k][m] =
                _installed[k] > 0
                    ? ServerPrices.SecondHand(
                        _p,
                        price * _forcing.Tiers.Price[k],
                        Math.Exp(_expected[k]),
                        offered > 0 ? path.Let[k][m] / offered : 0,
                        Math.Exp(_logCost[k]),
                        24,
                        _saleFlow[k]
                    )
                    : double.NaN;
            path.SaleFlow[k][m] = _saleFlow[k];
            double sold = 0;
            var before = _installed[k];
            sold += LeaveStock(2 * k, m, path.SecondHand[k][m]);
            sold += LeaveStock((2 * k) + 1, m, path.SecondHand[k][m]);
            _saleFlow[k] += ((before > 0 ? sold / before : 0) - _saleFlow[k]) / 3;
        }
    }

    private double LeaveStock(int stock, int m, double worth)
    {
        var live = _live[stock];
        var rent = Math.Exp(_expected[stock / 2]);
        var scrap = 2 * P(Parameter.ExitRate);
        double sold = 0;
        for (var i = _liveCount[stock] - 1; i >= 0; i--)
        {
            ref var c = ref _centres[live[i]];
            var idle = 1 - ((double)c.Let / c.Installed);
            var luck = KeyedDraws.At(c.Key, 2000 + m);
            if (On(Mechanisms.Takeover) && luck < ServerPrices.TakeoverHazard(_p, idle))
            {
                TakeOver(ref c);
                continue;
            }
            if (!On(Mechanisms.Resale) || idle <= 0)
            {
                continue;
            }
            if (1 - luck >= scrap)
            {
                continue;
            }
            var holding = Math.Max(0, (rent - Math.Exp(c.LogAvoidable)) * (1 - idle) * 36);
            if (1 - luck < Math.Min(0.5, ServerPrices.ExitHazard(_p, worth, holding)))
            {
                sold += c.Installed - c.Let;
                Shrink(ref c);
                if (c.Installed == 0)
                {
                    c.Stage = CentreStage.Closed;
                    live[i] = live[--_liveCount[stock]];
                }
            }
        }
        return sold;
    }

    /// <summary>Everything not under contract goes; what stays is wholly let.</summary>
    private void Shrink(ref CentreState c)
    {
        Install(ref c, c.Let);
    }

    /// <summary>A capable operator makes the whole centre fit to be let and is trusted with it.</summary>
    private void TakeOver(ref CentreState c)
    {
        if (c.EligibleShare >= 1)
        {
            return;
        }
        c.Trust += _terms.CapabilityWeight * Math.Max(0, _terms.TakeoverCapability - c.Capability);
        c.Capability = Math.Max(c.Capability, _terms.TakeoverCapability);
        c.EligibleShare = 1;
        Install(ref c, c.Installed);
    }
}
