using Plimsoll.Outlooks;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Contracts of the outlook, one row each, and what they come to by month.</summary>
internal sealed class LeaseSheet
{
    private readonly Column _start;
    private readonly Column _end;
    private readonly Column _rent;
    private readonly Column _stop;
    private readonly Column _breached;
    private readonly Column _accelerators;
    private readonly Column _paid;
    private readonly Column _term;
    private readonly Column _earning;
    private readonly Column _lost;
    private readonly Column _prepaid;

    /// <summary>Writes the contracts.</summary>
    public LeaseSheet(Book book, MonthlyOutlook o, Sensitivities sens)
    {
        var leases = o.Leases;
        var sheet = book.Add(
            "Leases",
            "Contracts of the outlook",
            "Constants of one draw; months count from 0. The columns in use follow the sensitivities for rent and delay."
        );
        string[] columns =
        [
            "tenant",
            "product",
            "accelerators",
            "price per GPU-hour",
            "start",
            "tenor",
            "take-or-pay",
            "months prepaid",
            "really ended",
            "broken",
            "start in use",
            "end in use",
            "term in use",
            "rent an hour",
            "prepaid in use",
            "paid at signing",
            "months that earn it",
            "stops in",
            "lost in",
        ];
        for (var c = 0; c < columns.Length; c++)
        {
            sheet.Put(4, c + 1, columns[c], Look.Columns);
            sheet.Widths[c + 1] = c == 0 ? 30 : 15;
        }
        sheet.Frozen = (5, 2);
        const int First = 5;
        Column Of(int column) => new(sheet, column, First, leases.Count);
        var (price, start, tenor, pre, ended) = (Of(4), Of(5), Of(6), Of(8), Of(9));
        (
            _accelerators,
            _breached,
            _start,
            _end,
            _term,
            _rent,
            _prepaid,
            _paid,
            _earning,
            _stop,
            _lost
        ) = (Of(3), Of(10), Of(11), Of(12), Of(13), Of(14), Of(15), Of(16), Of(17), Of(18), Of(19));
        var take = Of(7);
        for (var i = 0; i < leases.Count; i++)
        {
            var lease = leases[i];
            sheet.Put(First + i, 1, lease.Tenant);
            sheet.Put(First + i, 2, Names.Of(lease.Product));
            _accelerators.Enter(i, lease.Accelerators);
            price.Enter(i, lease.PricePerGpuHour);
            start.Enter(i, lease.StartMonth);
            tenor.Enter(i, lease.TenorMonths);
            take.Enter(i, lease.TakeOrPayShare, Look.InputPercent);
            pre.Enter(i, lease.PrepaidMonths);
            ended.Enter(i, lease.EndedMonth);
            _breached.Enter(i, lease.Breached ? 1 : 0);
            _start.Set(i, start[i] + sens.Delay, Look.Whole);
            _end.Set(i, Fn.Min(ended[i], start[i] + tenor[i]) + sens.Delay, Look.Whole);
            _term.Set(i, start[i] + tenor[i] + sens.Delay, Look.Whole);
            _rent.Set(i, _accelerators[i] * price[i] * sens.Rent, Look.Money);
            _prepaid.Set(i, Fn.Flag(Fn.And(pre[i] > 0, start[i] >= 0)), Look.Whole);
            _paid.Set(i, pre[i] * _rent[i] * o.PrepaidHours, Look.Money);
            _earning.Set(i, Fn.Max(1, Fn.Min(tenor[i], Fn.RoundUp(pre[i]))), Look.Whole);
            _stop.Set(i, Fn.If(_breached[i].Is(1), _end[i], _term[i]), Look.Whole);
            _lost.Set(
                i,
                Fn.If(Fn.And(_breached[i].Is(1), ended[i] >= 0), ended[i] + sens.Delay, -1),
                Look.Whole
            );
        }
    }

    /// <summary>Rent an hour of the contracts that run in a month.</summary>
    public Expr RentAt(Expr month) =>
        _rent.Products(
            $"({_start.All}<={month.Text})*({_end.All}>{month.Text})*{_rent.All}",
            i =>
                _start.Values[i] <= month.Value && _end.Values[i] > month.Value
                    ? _rent.Values[i]
                    : 0
        );

    /// <summary>Accelerators of contracts broken in a month.</summary>
    public Expr LostAt(Expr month) =>
        _accelerators.Products(
            $"({_lost.All}={month.Text})*{_accelerators.All}",
            i => _lost.Values[i] == month.Value ? _accelerators.Values[i] : 0
        );

    /// <summary>Rent prepaid and not yet earned at the end of a month.</summary>
    public Expr DepositAt(Expr month)
    {
        var m = month.Text;
        var earned = $"({m}-{_term.All}+{_earning.All}+1)";
        return _paid.Products(
            $"{_prepaid.All}*({_start.All}<={m})*({_stop.All}>{m})*{_paid.All}*(1-({earned}>0)*{earned}/{_earning.All})",
            i =>
                _prepaid.Values[i] == 1
                && _start.Values[i] <= month.Value
                && _stop.Values[i] > month.Value
                    ? Left(i, month.Value)
                    : 0
        );
    }

    /// <summary>Prepaid rent that a tenant leaves behind in the month in which the contract is broken.</summary>
    public Expr ForfeitAt(Expr month)
    {
        var m = month.Text;
        var earned = $"({m}-{_term.All}+{_earning.All})";
        return _paid.Products(
            $"{_prepaid.All}*{_breached.All}*({_stop.All}={m})*({_start.All}<{m})*{_paid.All}*(1-({earned}>0)*{earned}/{_earning.All})",
            i =>
                _prepaid.Values[i] == 1
                && _breached.Values[i] == 1
                && _stop.Values[i] == month.Value
                && _start.Values[i] < month.Value
                    ? Left(i, month.Value - 1)
                    : 0
        );
    }

    private double Left(int i, double month)
    {
        var earned = Math.Max(0, month - _term.Values[i] + _earning.Values[i] + 1);
        return _paid.Values[i] * (1 - (earned / _earning.Values[i]));
    }
}
