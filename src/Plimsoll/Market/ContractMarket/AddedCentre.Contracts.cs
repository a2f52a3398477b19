using Plimsoll.Contracts;
using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <content>Its contracts: signed, renewed, renegotiated, broken, ended; vouchers of its tenants.</content>
internal sealed partial class AddedCentre
{
    private readonly List<Contract> _contracts = [];
    private readonly List<Lease> _leases = [];
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
                displaces,
                buyer.Key
            )
        );
    }

    /// <summary>Share paid whether used or not in a training lease; own prior.</summary>
    private const double LongTakeOrPay = 0.8;

    /// <summary>The same in a small lease; own prior.</summary>
    private const double ShortTakeOrPay = 0.5;

    private void Begin(in Contract c)
    {
        _contracts.Add(c);
        var equivalent = c.Accelerators * _pools[c.Pool].Quality;
        _held[c.Cell] += equivalent;
        _displaced[c.Cell] += c.Displaces ? equivalent : 0;
        _pools[c.Pool].Hold(c.Accelerators, false);
    }

    private void Drop(int i, LeaseEnd reason)
    {
        var c = _contracts[i];
        _leases.Add(c.Close(_month, reason, FleetOf(c)));
        var equivalent = c.Accelerators * _pools[c.Pool].Quality;
        _held[c.Cell] = Math.Max(0, _held[c.Cell] - equivalent);
        _displaced[c.Cell] = Math.Max(0, _displaced[c.Cell] - (c.Displaces ? equivalent : 0));
        _pools[c.Pool].Release(c.Accelerators, false);
        _contracts[i] = _contracts[^1];
        _contracts.RemoveAt(_contracts.Count - 1);
    }

    private string FleetOf(in Contract c) => _pools[c.Pool].Fleets is [var only] ? only.Name : "";

    /// <summary>The contracts of a month's start, by the same rules as everybody's; those signed before the decision by their own terms.</summary>
    private void Settle(int m, MarketMoment market)
    {
        _month = m;
        _moving.Clear();
        for (var i = _contracts.Count - 1; i >= 0; i--)
        {
            var c = _contracts[i];
            var month = m + _f.Offset;
            var luck = KeyedDraws.At(c.Key, 1000 + (2 * month));
            if (c.End <= m)
            {
                AtEnd(i, c, luck, market, month);
            }
            else if (m > c.Begin)
            {
                Underway(i, c, luck, Rent(c, market));
            }
        }
        StepSigned(m, market);
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
        var better = pool.PaysBetter(c.Accelerators, pool.SigningPrice(stock, rent));
        if (
            !pool.Keeps(c.Accelerators, true)
            || better
            || luck < drop
            || pool.TooDear(stock, rent)
            || KeyedDraws.At(c.Key, 1001 + (2 * month))
                >= TenancyRules.Stay(_terms, pool.Capability, pool.LogAsk(stock))
        )
        {
            Drop(i, LeaseEnd.Expired);
            if (luck >= drop && (better || !pool.Keeps(c.Accelerators, false)))
            {
                Move(c.Cell, c.Accelerators * pool.Quality, c.Displaces, c.Key);
            }
            return;
        }
        Drop(i, LeaseEnd.Renewed);
        Renew(c, rent, drop < 1 ? (luck - drop) / (1 - drop) : luck);
    }

    /// <summary>A tenant stays at the market's price.</summary>
    private void Renew(in Contract c, double rent, double luck)
    {
        var stock = c.Cell / Needs;
        Begin(
            c with
            {
                Begin = _month,
                End = _month + Buyer.Tenor(luck, c.Cell % Needs, _terms, _f.P),
                Price = CentreFrame.PerHour(_pools[c.Pool].SigningPrice(stock, rent)),
                TakeOrPay = c.Product == Product.TrainingLease ? LongTakeOrPay : ShortTakeOrPay,
            }
        );
    }

    private void Underway(int i, in Contract c, double luck, double rent)
    {
        var logPrice = CentreFrame.LogServerMonth(c.Price);
        var gap = Math.Max(0, logPrice - rent);
        var breach = TenancyRules.Breach(_terms, _terms.BreachBase, gap);
        if (luck < breach)
        {
            Drop(i, LeaseEnd.Breached);
        }
        else if (luck < breach + TenancyRules.Renegotiation(_terms, gap))
        {
            // A new price is a new lease in the books: finance sees what was agreed when.
            var agreed = Math.Max(rent + (0.5 * gap), Math.Min(logPrice, _pools[c.Pool].LogFloor));
            if (c.Begin < _month)
            {
                _leases.Add(c.Close(_month, LeaseEnd.Repriced, FleetOf(c)));
            }
            _contracts[i] = c with { Begin = _month, Price = CentreFrame.PerHour(agreed) };
        }
    }

    /// <summary>When a fleet shrinks the youngest contracts of the market are cut.</summary>
    private void Trim(int k)
    {
        var pool = _pools[k];
        while (pool.Let > Math.Max(pool.Open, pool.Firm) + Crumb)
        {
            var youngest = -1;
            for (var i = 0; i < _contracts.Count; i++)
            {
                var c = _contracts[i];
                if (
                    c.Pool == k
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
                return;
            }
            Cut(youngest, pool.Let - Math.Max(pool.Open, pool.Firm));
        }
    }

    private void Cut(int i, double over)
    {
        var c = _contracts[i];
        Drop(i, LeaseEnd.Withdrawn);
        Move(c.Cell, Math.Min(over, c.Accelerators) * _pools[c.Pool].Quality, c.Displaces, c.Key);
        if (over < c.Accelerators - 1e-9)
        {
            Begin(c with { Accelerators = c.Accelerators - over, Begin = _month });
        }
    }

    private readonly List<MovingTenant> _moving = [];

    /// <summary>Tenants of this month who would have stayed and for whom nothing is left here.</summary>
    public IReadOnlyList<MovingTenant> Moving => _moving;

    private void Move(int cell, double accelerators, bool displaces, ulong key) =>
        _moving.Add(new MovingTenant(cell, accelerators, displaces, key));

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

    /// <summary>A voucher pays its share of the first year's rent to the centre in the tenant's place, month by month as the rent falls due; it is granted, and leaves the budget, when the contract is signed.</summary>
    private void Pay(double accelerators, double price, int tenor)
    {
        PaidLast = 0;
        if (_of.Voucher is not { } voucher)
        {
            return;
        }
        var months = Math.Min(12, tenor);
        var rent = accelerators * price * CentreFrame.HoursPerMonth * months;
        var paid = Math.Min(Math.Min(rent * voucher.Share, voucher.CapPerUser), _voucherLeft);
        PaidLast = paid;
        _voucherLeft -= paid;
        PaidThisYear += paid;
        for (var m = _month; m < Math.Min(_month + months, _s.Subsidy.Length); m++)
        {
            _s.Subsidy[m] += paid / months;
        }
    }
}

/// <summary>A tenant who has to move because its servers are sold or switched off.</summary>
/// <param name="Cell">Segment in which it was counted.</param>
/// <param name="Accelerators">Accelerators that it had, in the reference chip.</param>
/// <param name="Displaces">True when it would else have signed elsewhere in the market as it was.</param>
/// <param name="Key">Key of its luck.</param>
internal readonly record struct MovingTenant(
    int Cell,
    double Accelerators,
    bool Displaces,
    ulong Key
);
