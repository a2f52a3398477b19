using Plimsoll.Outlooks;
using Plimsoll.Sampling;

namespace Plimsoll.Market.ContractMarket;

/// <content>Its contracts: signed, renewed, renegotiated, broken, ended; vouchers of its tenants.</content>
internal sealed partial class AddedCentre
{
    private readonly List<Contract> _contracts = [];
    private readonly List<Lease> _leases = [];
    private double _voucherLeft;

    /// <summary>Vouchers paid to its tenants since January.</summary>
    public double PaidThisYear { get; private set; }

    /// <summary>Index in the world of its voucher scheme; -1 for none or one of its own.</summary>
    public int Scheme => _of.Scheme;

    /// <summary>Says what the other centres' tenants have left of the scheme's budget.</summary>
    public void ShareBudget(double left) =>
        _voucherLeft = Math.Min(_voucherLeft, Math.Max(0, left));

    private bool _begun;

    /// <summary>Accelerators whose contract comes to its end in a month, by segment.</summary>
    public double Ending(int cell, int month)
    {
        double sum = 0;
        foreach (var c in _contracts)
        {
            sum += c.Cell == cell && c.End + _offset == month ? c.Accelerators : 0;
        }
        return sum;
    }

    private void Sign(
        int tier,
        int cell,
        double accelerators,
        double logPrice,
        in Buyer buyer,
        bool displaces
    )
    {
        var price = Math.Exp(logPrice) / PerServer / HoursPerMonth;
        Pay(accelerators, price, buyer.TenorMonths);
        var training = cell % Needs == (int)Need.Training;
        Add(
            new Contract(
                tier,
                cell,
                $"{(Need)(cell % Needs)} {buyer.Key:x16}",
                training ? Product.TrainingLease : Product.SmallLease,
                _month,
                _month + buyer.TenorMonths,
                accelerators,
                price,
                training ? LongTakeOrPay : ShortTakeOrPay,
                0,
                _terms.BreachBase,
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

    private int _month;

    private void Add(in Contract c)
    {
        _contracts.Add(c);
        _held[c.Cell] += c.Accelerators;
        _displaced[c.Cell] += c.Displaces ? c.Accelerators : 0;
        _pools[c.Tier].Let += c.Accelerators;
    }

    private void Drop(int i, bool breached)
    {
        var c = _contracts[i];
        _leases.Add(c.Close(_month, breached));
        _held[c.Cell] = Math.Max(0, _held[c.Cell] - c.Accelerators);
        _displaced[c.Cell] = Math.Max(0, _displaced[c.Cell] - (c.Displaces ? c.Accelerators : 0));
        _pools[c.Tier].Let = Math.Max(0, _pools[c.Tier].Let - c.Accelerators);
        _contracts[i] = _contracts[^1];
        _contracts.RemoveAt(_contracts.Count - 1);
    }

    /// <summary>The contracts of a month's start, by the same rules as everybody's.</summary>
    private void Settle(int m, MarketMoment market)
    {
        _month = m;
        BeginSigned(m);
        for (var i = _contracts.Count - 1; i >= 0; i--)
        {
            var c = _contracts[i];
            var rent = market.LogRent[c.Cell / Needs] + _logFactor;
            var logPrice = Math.Log(c.Price * PerServer * HoursPerMonth);
            var month = m + _offset;
            var luck = KeyedDraws.At(c.Key, 1000 + (2 * month));
            if (c.Signed && _of.Scenario.AnchorDefaultMonth == m)
            {
                Drop(i, true);
            }
            else if (c.End <= m)
            {
                AtEnd(i, c, luck, rent, market.DropChance[c.Cell], month);
            }
            else if (m > c.Begin)
            {
                Underway(i, c, luck, rent, logPrice);
            }
        }
        for (var k = 0; k < Segment.Tiers; k++)
        {
            Trim(k);
        }
    }

    private void AtEnd(int i, in Contract c, double luck, double rent, double drop, int month)
    {
        var logAsk = _logAsk[c.Cell / Needs];
        if (
            luck < drop
            || TooDear(c.Cell / Needs, rent - _logFactor)
            || KeyedDraws.At(c.Key, 1001 + (2 * month))
                >= TenancyRules.Stay(_terms, _capability, logAsk)
        )
        {
            Drop(i, false);
            return;
        }
        var tenor = Buyer.Tenor(
            drop < 1 ? (luck - drop) / (1 - drop) : luck,
            c.Cell % Needs,
            _terms,
            _p
        );
        _leases.Add(c.Close(_month, false));
        _contracts[i] = c with
        {
            Begin = _month,
            End = _month + tenor,
            Price = Math.Exp(SigningPrice(c.Cell / Needs, rent)) / PerServer / HoursPerMonth,
            Signed = false,
            Prepaid = 0,
            Hazard = _terms.BreachBase,
        };
    }

    private void Underway(int i, in Contract c, double luck, double rent, double logPrice)
    {
        var gap = Math.Max(0, logPrice - rent);
        var breach = TenancyRules.Breach(_terms, c.Hazard, gap);
        if (luck < breach)
        {
            Drop(i, true);
        }
        else if (luck < breach + TenancyRules.Renegotiation(_terms, gap))
        {
            // A new price is a new lease in the books: finance sees what was agreed when.
            var agreed = Math.Max(rent + (0.5 * gap), Math.Min(logPrice, _logFloor));
            if (c.Begin < _month)
            {
                _leases.Add(c.Close(_month, false));
            }
            _contracts[i] = c with
            {
                Begin = _month,
                Prepaid = 0,
                Price = Math.Exp(agreed) / PerServer / HoursPerMonth,
            };
        }
    }

    /// <summary>Contracts signed before the decision begin when the main fleet is there.</summary>
    private void BeginSigned(int m)
    {
        if (_begun || _pools[Main].Installed <= 0)
        {
            return;
        }
        _begun = true;
        var near = _plan.ReachableShare >= 0.5;
        var stock = Segment.Stock(Main, (int)(near ? Reach.Near : Reach.Remote));
        foreach (var lease in _plan.Signed)
        {
            Add(
                new Contract(
                    Main,
                    Segment.Of(stock, (int)Need.Training),
                    lease.Tenant,
                    Product.TrainingLease,
                    m,
                    m + lease.TenorMonths,
                    lease.Accelerators,
                    lease.PricePerGpuHour,
                    lease.TakeOrPayShare,
                    lease.PrepaidMonths,
                    lease.MonthlyBreachHazard,
                    true,
                    false,
                    KeyedDraws.Combine(EntityId.Of(lease.Tenant).Value, _of.Seed ^ (ulong)_of.Draw)
                )
            );
        }
    }

    /// <summary>When a fleet shrinks, its youngest contracts are cut.</summary>
    private void Trim(int k)
    {
        var most = _pools[k].Open;
        for (var i = _contracts.Count - 1; i >= 0 && _pools[k].Let > most + 1e-9; i--)
        {
            var c = _contracts[i];
            if (c.Tier != k)
            {
                continue;
            }
            var over = _pools[k].Let - most;
            Drop(i, false);
            if (over < c.Accelerators - 1e-9)
            {
                Add(c with { Accelerators = c.Accelerators - over, Begin = _month, Prepaid = 0 });
            }
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
        var year = _terms.MeanAccelerators[need] / PerServer * 12 * Math.Exp(logRent);
        var share = Math.Min(0.95, Math.Min(voucher.Share, voucher.CapPerUser / year));
        return Math.Pow(1 - share, -_terms.PriceWeight);
    }

    /// <summary>A voucher pays its share of the first year's rent to the centre in the tenant's place.</summary>
    private void Pay(double accelerators, double price, int tenor)
    {
        if (_of.Voucher is not { } voucher)
        {
            return;
        }
        var rent = accelerators * price * HoursPerMonth * Math.Min(12, tenor);
        var paid = Math.Min(Math.Min(rent * voucher.Share, voucher.CapPerUser), _voucherLeft);
        _voucherLeft -= paid;
        PaidThisYear += paid;
        _s.Subsidy[_month] += paid;
    }
}
