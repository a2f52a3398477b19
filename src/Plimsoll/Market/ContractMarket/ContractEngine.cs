using Plimsoll.Sampling;

namespace Plimsoll.Market.ContractMarket;

/// <summary>The market with every centre and every contract: search, choice, renewal, breach, rent, building, darkness, exit and takeover.</summary>
/// <remarks>
/// Holds its working arrays from run to run, so an engine belongs to one thread; results do not depend on which.
/// Every buyer, contract and project draws from its own key, so that one more centre shifts nobody else's luck.
/// Demand, rent laws, orders, prices and exits are those of the mean field; equations and literature: docs/model/market.md.
/// </remarks>
public sealed partial class ContractEngine
{
    private const int Stocks = Segment.Stocks;
    private const int Needs = Segment.Needs;
    private const int Cells = Segment.Count;

    /// <summary>Accelerators of a server.</summary>
    internal const double PerServer = 8;

    private readonly double[] _let = new double[Cells];
    private readonly double[] _demand = new double[Cells];
    private readonly double[] _moved = new double[Cells];
    private readonly double[] _logRent = new double[Stocks];
    private readonly double[] _logQuote = new double[Stocks];
    private readonly double[] _logSpot = new double[Segment.Tiers];
    private readonly double[] _logReference = new double[Segment.Tiers];
    private readonly double[] _offered = new double[Stocks];
    private readonly double[] _eligible = new double[Stocks];
    private readonly double[] _signed = new double[Stocks];
    private readonly double[] _signedMoney = new double[Stocks];
    private readonly MarketMoment _moment = new();
    private ContractTerms _terms = ContractTerms.Shipped;
    private QuantileTable[] _sizes = [];
    private MarketWorld _world = null!;
    private MarketForcing _forcing = null!;
    private MarketRecord _record = null!;
    private AddedCentres? _added;
    private RentStep _rents = null!;
    private double[] _p = [];
    private ulong _key;
    private double _natural;
    private double _gap;
    private int _months;
    private DemandLevels _levels;

    /// <summary>Runs a market.</summary>
    /// <param name="world">All that fixes its path.</param>
    /// <param name="ledger">True to keep every centre's months and every contract, for tests and reports; slower.</param>
    public MarketRecord Run(MarketWorld world, bool ledger = false) => Run(world, null, ledger);

    internal MarketRecord Run(MarketWorld world, AddedCentres? added, bool ledger = false)
    {
        Begin(world, added, ledger);
        for (var m = 0; m < _months; m++)
        {
            BeginMonth(m);
            for (var s = 0; s < _terms.SubSteps; s++)
            {
                Step(m, s);
            }
            EndMonth(m);
        }
        Finish();
        return _record;
    }

    private double P(Parameter parameter) => _p[(int)parameter];

    private bool On(Mechanisms mechanism) => !_world.Off.Has(mechanism);

    private void Begin(MarketWorld world, AddedCentres? added, bool ledger)
    {
        (_world, _forcing, _added, _p) = (world, world.Forcing, added, world.Member.Values);
        if (!ReferenceEquals(_terms, world.Terms) || _sizes.Length == 0)
        {
            _terms = world.Terms;
            _sizes = [.. _terms.SizeDeviation.Select(QuantileTable.LogNormal)];
            _projectSizes = QuantileTable.LogNormal(_terms.ProjectDeviation);
        }
        _months = _forcing.Months;
        _natural = P(Parameter.NaturalVacancy);
        _rents = new RentStep(world, 1.0 / _terms.SubSteps);
        _key = WorldKey(world);
        _record = new MarketRecord(_months, _terms.SubSteps, world.Vouchers.Count);
        Array.Clear(_let);
        Array.Clear(_moved);
        Array.Clear(_offered);
        SetReference(0);
        for (var k = 0; k < Stocks; k++)
        {
            _logRent[k] =
                Math.Log(P(Parameter.RentStart)) + _logReference[k / 2] - _logReference[0];
            _logQuote[k] = _logRent[k];
        }
        for (var k = 0; k < Segment.Tiers; k++)
        {
            _expected[k] = _logRent[2 * k];
            _logSpot[k] = _logRent[2 * k] - P(Parameter.SpotDiscount);
        }
        _gap = _expected[0] - _logReference[0];
        BeginSearch();
        BeginTenancy();
        BeginBuilding();
        BeginLedger(ledger);
    }

    /// <summary>The key from which every buyer of a world draws.</summary>
    internal static ulong WorldKey(MarketWorld world)
    {
        var stream = RandomStream.Keyed(
            world.Seed,
            world.Draw,
            EntityId.Of("contract market"),
            Purpose.Arrivals
        );
        return stream.NextBits();
    }

    private void SetReference(int m)
    {
        _logReference[0] = _forcing.LogReference[m];
        _logReference[1] = _logReference[0] + Math.Log(P(Parameter.TierRentA));
        _logReference[2] = _logReference[0] + Math.Log(P(Parameter.TierRentD));
    }

    private void BeginMonth(int m)
    {
        Array.Clear(_signed);
        Array.Clear(_signedMoney);
        SetReference(m);
        _gap = _expected[0] - _logReference[0];
        _rents.Begin(m, _gap);
        Build(m);
        RenewVouchers(m);
        SetLevels(m);
        for (var k = 0; k < Stocks; k++)
        {
            Ask(k);
            Offer(k);
        }
        SetDemand(m);
        if (m == 0)
        {
            LetAtStart();
        }
        else
        {
            Settle(m);
        }
        _added?.BeginMonth(m, Moment(m));
    }

    private void Step(int m, int s)
    {
        var dt = 1.0 / _terms.SubSteps;
        var step = (m * _terms.SubSteps) + s;
        for (var k = 0; k < Stocks; k++)
        {
            _record.LogRent[(step * Stocks) + k] = _logRent[k];
            Offer(k);
        }
        SetDemand(m);
        for (var cell = 0; cell < Cells; cell++)
        {
            var held = _let[cell] + (_added?.Held(cell) ?? 0);
            Search(step, cell, _demand[cell] + _moved[cell] - held, _rents.Search);
        }
        MoveRents(m, step, dt);
    }

    private void EndMonth(int m)
    {
        for (var k = 0; k < Segment.Tiers; k++)
        {
            SellByTheHour(k, m);
        }
        Write(m);
        Enter(m);
        Leave(m);
        _added?.EndMonth(m, Moment(m));
    }

    /// <summary>Accelerators wanted by segment at the rents of now.</summary>
    private void SetDemand(int m)
    {
        SegmentDemand.Fill(
            _p,
            _levels,
            _forcing.Tiers,
            _forcing.TokenElasticity[m],
            _logRent,
            _logReference,
            _installedIn,
            _offered,
            On(Mechanisms.LatencyReach),
            _demand
        );
        for (var cell = 0; cell < Cells; cell++)
        {
            _demand[cell] *= PerServer;
        }
        if (_added is not null)
        {
            GoOn(_added);
        }
    }

    /// <summary>Who goes on from full stocks because of what the added centres offer.</summary>
    private void GoOn(AddedCentres added)
    {
        Parameters p = _p;
        Span<double> without = stackalloc double[Stocks];
        Span<double> own = stackalloc double[Stocks];
        Span<double> gap = stackalloc double[Segment.Tiers];
        Span<double> preference = stackalloc double[Segment.Tiers];
        Span<double> odds = stackalloc double[Needs * Segment.Tiers];
        Span<double> perH = stackalloc double[Needs * Segment.Tiers];
        Span<bool> present = stackalloc bool[Segment.Tiers];
        for (var k = 0; k < Stocks; k++)
        {
            own[k] = added.OfferedIn(k);
            without[k] = _offered[k] - own[k];
        }
        for (var k = 0; k < Segment.Tiers; k++)
        {
            present[k] = _installedIn[2 * k] + _installedIn[(2 * k) + 1] > 0;
            gap[k] = Mean(_logRent, 2 * k) - _logReference[k];
        }
        for (var j = 0; j < Needs; j++)
        {
            DemandSplit.Preference(p, (Need)j, preference);
            DemandSplit.Tiers(
                p[Parameter.TierSensitivity],
                preference,
                gap,
                present,
                odds.Slice(j * Segment.Tiers, Segment.Tiers)
            );
            for (var k = 0; k < Segment.Tiers; k++)
            {
                perH[(j * Segment.Tiers) + k] = DemandSplit.ServersPerH(
                    p,
                    _forcing.Tiers,
                    (Need)j,
                    k
                );
            }
        }
        var bound = On(Mechanisms.LatencyReach) ? p[Parameter.LatencyBound] : 0;
        Substitution.Added(_demand, without, own, new Choice(odds, perH, bound), _moved);
    }

    /// <summary>The month's demand at reference rents, with what vouchers call forth.</summary>
    private void SetLevels(int m)
    {
        _levels = _forcing.Demand[m];
        if (On(Mechanisms.Vouchers) && _forcing.VoucherBudget[m] > 0)
        {
            _levels = _levels with
            {
                Small =
                    _levels.Small
                    + Vouchers.Added(
                        _levels.Small,
                        Math.Exp(_logRent[0]),
                        // What the cap leaves of the face value of a mean contract: who is paid nothing asks for no more.
                        Math.Min(_forcing.VoucherFace, _forcing.VoucherCap / MeanYear(Need.Small)),
                        _forcing.VoucherBudget[m],
                        P(Parameter.Elasticity),
                        P(Parameter.VoucherPass)
                    ),
            };
        }
    }

    private static double OfStock(double[] cells, int k) =>
        cells[k * Needs] + cells[(k * Needs) + 1] + cells[(k * Needs) + 2];

    /// <summary>What an added centre sees of the market now.</summary>
    private MarketMoment Moment(int m)
    {
        for (var k = 0; k < Stocks; k++)
        {
            _moment.LogRent[k] = _logRent[k];
            _moment.Offered[k] = _offered[k];
            _moment.Let[k] = OfStock(_let, k);
        }
        _demand.CopyTo(_moment.Demand, 0);
        _record.DropChance.AsSpan(m * Cells, Cells).CopyTo(_moment.DropChance);
        _moment.LogReference = _logReference[0];
        _moment.VoucherLeft = _voucherLeft;
        for (var k = 0; k < Segment.Tiers; k++)
        {
            _moment.Expected[k] = _expected[k];
            _moment.LogQuote[k] = Mean(_logQuote, 2 * k);
            _moment.SpotPrice[k] = Math.Exp(_logSpot[k]);
            _moment.SpotUse[k] = _record.SpotUse[k][m];
            _moment.SaleFlow[k] = _record.Path.SaleFlow[k][m];
            _moment.Installed[k] = _installed[k];
        }
        return _moment;
    }

    private void Finish()
    {
        _record.Attempts = _attempts.AsSpan(0, _attemptCount).ToArray();
        _record.Running = _rowCount;
        _record.VoucherPaid = [.. _voucherPaid];
        FinishLedger();
    }
}
