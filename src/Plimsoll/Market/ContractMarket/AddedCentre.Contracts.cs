using Plimsoll.Outlooks;
using Plimsoll.Sampling;

namespace Plimsoll.Market.ContractMarket;

/// <content>Its contracts: signed, renewed, renegotiated, broken, ended; vouchers of its tenants.</content>
internal sealed partial class AddedCentre
{
    private readonly List<Contract> _contracts = [];
    private readonly List<Lease> _leases = [];
    private readonly SignedPart[] _signed;
    private double _voucherLeft;
    private int _month;

    /// <summary>Vouchers paid to its tenants since January.</summary>
    public double PaidThisYear { get; private set; }

    /// <summary>Voucher paid with the last contract signed.</summary>
    public double PaidLast { get; private set; }

    /// <summary>Index in the world of its voucher scheme; -1 for none or one of its own.</summary>
    public int Scheme => _of.Scheme;

    /// <summary>Says what the other centres' tenants have left of the scheme's budget.</summary>
    public void ShareBudget(double left) =>
        _voucherLeft = Math.Min(_voucherLeft, Math.Max(0, left));

    /// <summary>Accelerators whose contract comes to its end in a month, by segment, in the reference chip.</summary>
    public double Ending(int cell, int month)
    {
        double sum = 0;
        foreach (var c in _contracts)
        {
            sum +=
                c.Cell == cell && c.End + _f.Offset == month
                    ? c.Accelerators * _pools[c.Pool].Quality
                    : 0;
        }
        return sum;
    }

    private void Sign(
        int pool,
        int cell,
        double accelerators,
        double logPrice,
        in Buyer buyer,
        bool displaces
    )
    {
        var price = CentreFrame.PerHour(logPrice);
        Pay(accelerators, price, buyer.TenorMonths);
        var training = cell % Needs == (int)Need.Training;
        Begin(
            new Contract(
                pool,
                cell,
                $"{(Need)(cell % Needs)} {buyer.Key:x16}",
                $"{(Need)(cell % Needs)} {buyer.Key:x16}",
                training ? Product.TrainingLease : Product.SmallLease,
                _month,
                _month + buyer.TenorMonths,
                accelerators,
                price,
                training ? LongTakeOrPay : ShortTakeOrPay,
                0,
                _terms.BreachBase,
                OfMarket,
                false,
                displaces,
                buyer.Key
            )
        );
    }

    /// <summary>Share paid whether used or not in a training lease; own prior.</summary>
    private const double LongTakeOrPay = 0.8;

    /// <summary>The same in a small lease; own prior.</summary>
    private const double ShortTakeOrPay = 0.5;

    /// <summary>What a falling market does to the contracts that the market itself brings.</summary>
    private MarketPressure OfMarket => new(_terms.BreachSlope, _terms.RenegotiationSlope);

    private void Begin(in Contract c)
    {
        _contracts.Add(c);
        var equivalent = c.Accelerators * _pools[c.Pool].Quality;
        _held[c.Cell] += equivalent;
        _displaced[c.Cell] += c.Displaces ? equivalent : 0;
        _pools[c.Pool].Hold(c.Accelerators, c.Signed);
    }

    private void Drop(int i, LeaseEnd reason)
    {
        var c = _contracts[i];
        _leases.Add(c.Close(_month, reason, FleetOf(c)));
        var equivalent = c.Accelerators * _pools[c.Pool].Quality;
        _held[c.Cell] = Math.Max(0, _held[c.Cell] - equivalent);
        _displaced[c.Cell] = Math.Max(0, _displaced[c.Cell] - (c.Displaces ? equivalent : 0));
        _pools[c.Pool].Release(c.Accelerators, c.Signed);
        _contracts[i] = _contracts[^1];
        _contracts.RemoveAt(_contracts.Count - 1);
    }

    private string FleetOf(in Contract c) => _pools[c.Pool].Fleets is [var only] ? only.Name : "";

    /// <summary>The contracts of a month's start, by the same rules as everybody's; those signed before the decision by their own terms.</summary>
    private void Settle(int m, MarketMoment market)
    {
        _month = m;
        for (var i = _contracts.Count - 1; i >= 0; i--)
        {
            var c = _contracts[i];
            var month = m + _f.Offset;
            var luck = KeyedDraws.At(c.Key, 1000 + (2 * month));
            if (c.Signed && _of.Scenario.AnchorDefaultMonth == m)
            {
                Drop(i, LeaseEnd.Defaulted);
            }
            else if (c.End <= m)
            {
                AtEnd(i, c, luck, market, month);
            }
            else if (m > c.Begin)
            {
                Underway(i, c, luck, Rent(c, market));
            }
        }
        BeginSigned(m);
        for (var k = 0; k < _pools.Length; k++)
        {
            Trim(k);
        }
    }

    /// <summary>Log rent now of the chip that serves a contract, money a server-month.</summary>
    private double Rent(in Contract c, MarketMoment market) =>
        market.LogRent[c.Cell / Needs] + _pools[c.Pool].Shift(_month);

    private void AtEnd(int i, in Contract c, double luck, MarketMoment market, int month)
    {
        var pool = _pools[c.Pool];
        var stock = c.Cell / Needs;
        var drop = market.DropChance[c.Cell];
        var rent = Rent(c, market);
        if (
            luck < drop
            || pool.TooDear(stock, rent)
            || KeyedDraws.At(c.Key, 1001 + (2 * month))
                >= TenancyRules.Stay(_terms, pool.Capability, pool.LogAsk(stock))
        )
        {
            Drop(i, LeaseEnd.Expired);
            return;
        }
        var tenor = Buyer.Tenor(
            drop < 1 ? (luck - drop) / (1 - drop) : luck,
            c.Cell % Needs,
            _terms,
            _f.P
        );
        var renewed = c with
        {
            Begin = _month,
            End = _month + tenor,
            Price = CentreFrame.PerHour(pool.SigningPrice(stock, rent)),
            TakeOrPay = c.Product == Product.TrainingLease ? LongTakeOrPay : ShortTakeOrPay,
            Signed = false,
            Prepaid = 0,
            Hazard = _terms.BreachBase,
            Pressure = OfMarket,
        };
        Drop(i, LeaseEnd.Renewed);
        Begin(renewed);
    }

    private void Underway(int i, in Contract c, double luck, double rent)
    {
        var logPrice = CentreFrame.LogServerMonth(c.Price);
        var gap = Math.Max(0, logPrice - rent);
        var breach = c.Hazard + (c.Pressure.BreachPerLog * gap);
        if (luck < breach)
        {
            Drop(i, LeaseEnd.Breached);
        }
        else if (luck < breach + (c.Pressure.RepricePerLog * gap))
        {
            // A new price is a new lease in the books: finance sees what was agreed when.
            var agreed = Math.Max(rent + (0.5 * gap), Math.Min(logPrice, _pools[c.Pool].LogFloor));
            if (c.Begin < _month)
            {
                _leases.Add(c.Close(_month, LeaseEnd.Repriced, FleetOf(c)));
            }
            _contracts[i] = c with
            {
                Begin = _month,
                Prepaid = 0,
                Price = CentreFrame.PerHour(agreed),
            };
        }
    }

    /// <summary>Contracts signed before the decision begin as the fleets that serve them come; what comes is shared among them by what each still waits for.</summary>
    /// <remarks>Each asks its own fleet, or all in proportion to what is free; what one fleet cannot give is asked of the others in a next round.</remarks>
    private void BeginSigned(int m)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            double[] free = [.. _pools.Select(pool => Math.Max(0, pool.Installed - pool.Firm))];
            double[] waiting = [.. _signed.Select(part => part.Waiting)];
            var given = false;
            for (var k = 0; k < _pools.Length; k++)
            {
                var asked = 0.0;
                for (var i = 0; i < _signed.Length; i++)
                {
                    asked += Asked(i, k, free, waiting);
                }
                for (var i = 0; i < _signed.Length && asked > Crumb; i++)
                {
                    var own = Asked(i, k, free, waiting) * Math.Min(1, free[k] / asked);
                    if (own > Crumb)
                    {
                        Begin(_signed[i], k, own, m);
                        given = true;
                    }
                }
            }
            if (!given)
            {
                return;
            }
        }
    }

    /// <summary>Rounds in which contracts look for fleets in a month.</summary>
    private const int MostRounds = 4;

    /// <summary>Accelerators below which a remainder is rounding.</summary>
    private const double Crumb = 1e-9;

    private double Asked(int i, int k, double[] free, double[] waiting)
    {
        if (waiting[i] <= Crumb || free[k] <= Crumb)
        {
            return 0;
        }
        var all = 0.0;
        for (var j = 0; j < free.Length; j++)
        {
            all += Serves(j, _signed[i].Lease) ? free[j] : 0;
        }
        return Serves(k, _signed[i].Lease) ? waiting[i] * free[k] / all : 0;
    }

    private bool Serves(int pool, SignedLease lease) =>
        lease.Fleet is not { } fleet || _pools[pool].Holds(fleet);

    private void Begin(SignedPart part, int k, double accelerators, int m)
    {
        var lease = part.Lease;
        part.Waiting = Math.Max(0, part.Waiting - accelerators);
        Begin(
            new Contract(
                k,
                Segment.Of(_f.MainStock(_pools[k].Tier), (int)Need.Training),
                lease.Tenant,
                lease.Tenant,
                Product.TrainingLease,
                m,
                m + Math.Max(1, lease.TenorMonths - lease.MonthsRun),
                accelerators,
                lease.PricePerGpuHour,
                lease.TakeOrPayShare,
                lease.PrepaidMonths,
                lease.MonthlyBreachHazard,
                lease.Pressure,
                true,
                false,
                part.Key
            )
        );
    }

    /// <summary>When a fleet shrinks the youngest contracts of the market are cut; those signed beforehand last, and all by the same share.</summary>
    private void Trim(int k)
    {
        var pool = _pools[k];
        while (pool.Let > Math.Max(pool.Open, pool.Firm) + 1e-9)
        {
            var youngest = -1;
            for (var i = 0; i < _contracts.Count; i++)
            {
                var c = _contracts[i];
                if (
                    c.Pool == k
                    && !c.Signed
                    && (
                        youngest < 0
                        || (c.Begin, c.Key).CompareTo(
                            (_contracts[youngest].Begin, _contracts[youngest].Key)
                        ) > 0
                    )
                )
                {
                    youngest = i;
                }
            }
            if (youngest < 0)
            {
                break;
            }
            Cut(youngest, pool.Let - Math.Max(pool.Open, pool.Firm));
        }
        if (pool.Firm <= pool.Installed + 1e-9)
        {
            return;
        }
        var lost = 1 - (pool.Installed / pool.Firm);
        for (var i = _contracts.Count - 1; i >= 0; i--)
        {
            if (_contracts[i] is { Signed: true } c && c.Pool == k)
            {
                Cut(i, lost * c.Accelerators);
            }
        }
    }

    private void Cut(int i, double over)
    {
        var c = _contracts[i];
        Drop(i, LeaseEnd.Withdrawn);
        if (over < c.Accelerators - 1e-9)
        {
            Begin(c with { Accelerators = c.Accelerators - over, Begin = _month, Prepaid = 0 });
        }
    }

    private void RenewVoucher(int m)
    {
        if (_of.Voucher is { } voucher && (m == 0 || (_plan.Start + m).MonthOfYear == 1))
        {
            _voucherLeft = voucher.BudgetPerYear;
            PaidThisYear = 0;
        }
    }

    /// <summary>What a voucher makes of the odds of being chosen.</summary>
    private double Relief(int need, double logRent)
    {
        if (_of.Voucher is not { } voucher || _voucherLeft <= 0 || voucher.Share <= 0)
        {
            return 1;
        }
        var year =
            _terms.MeanAccelerators[need] / ContractEngine.PerServer * 12 * Math.Exp(logRent);
        var share = Math.Min(0.95, Math.Min(voucher.Share, voucher.CapPerUser / year));
        return Math.Pow(1 - share, -_terms.PriceWeight);
    }

    /// <summary>A voucher pays its share of the first year's rent to the centre in the tenant's place.</summary>
    private void Pay(double accelerators, double price, int tenor)
    {
        PaidLast = 0;
        if (_of.Voucher is not { } voucher)
        {
            return;
        }
        var rent = accelerators * price * CentreFrame.HoursPerMonth * Math.Min(12, tenor);
        var paid = Math.Min(Math.Min(rent * voucher.Share, voucher.CapPerUser), _voucherLeft);
        PaidLast = paid;
        _voucherLeft -= paid;
        PaidThisYear += paid;
        _s.Subsidy[_month] += paid;
    }

    /// <summary>A contract signed beforehand and how much of it still waits for its fleets.</summary>
    private sealed class SignedPart(SignedLease lease, PlanTerms of)
    {
        public SignedLease Lease => lease;

        /// <summary>Luck of the tenant: the same in all its contracts, wherever they stand in the list.</summary>
        public ulong Key { get; } =
            KeyedDraws.Combine(EntityId.Of(lease.Tenant).Value, of.Seed ^ (ulong)of.Draw);

        /// <summary>Accelerators that wait.</summary>
        public double Waiting { get; set; } = lease.Accelerators;
    }
}
