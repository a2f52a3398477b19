namespace Plimsoll.Reports.Workbooks;

/// <summary>Income tax by calendar year: capitalised interest, and losses by the year they come from, used oldest first and lost when they expire.</summary>
internal sealed class TaxSheet
{
    private readonly Inputs _x;
    private readonly OperationsSheet _o;
    private readonly Line _accrued;
    private readonly Line _pool;
    private readonly Line _step;
    private readonly Line _poolEnd;
    private readonly Line _toDate;
    private readonly Line _room;
    private readonly Line _accruedTax;
    private readonly Line _paid;
    private readonly Line[] _limited = [];
    private readonly List<Line> _used = [];
    private readonly List<Line> _left = [];

    /// <summary>Lays out the rows.</summary>
    /// <param name="x">What it is made from.</param>
    /// <param name="o">Operations.</param>
    /// <param name="name">Name of the sheet.</param>
    /// <param name="title">Its title.</param>
    public TaxSheet(Inputs x, OperationsSheet o, string name, string title)
    {
        (_x, _o) = (x, o);
        var book = x.Book;
        var sheet = book.Monthly(
            name,
            title,
            "The tax year is the calendar year; instalments on the year so far are settled in its last month. Losses are used oldest first."
        );
        Line Row(string name, Look look = Look.Money, string unit = "") =>
            book.Line(sheet, name, unit.Length > 0 ? unit : x.Currency, look);
        Book.Heading(sheet, "Interest and fees");
        _accrued = Row("interest and fees accrued");
        Capitalised = Row("of it capitalised, before the first fleet is online");
        _pool = Row("capitalised, before write-off");
        _step = Row("write-off a month");
        Off = Row("written off");
        _poolEnd = Row("capitalised, at month end");
        if (x.Given.Tax.InterestLimit is not null)
        {
            _limited =
            [
                Row("carried from years before"),
                Row("interest of the year to date"),
                Row("income before interest of the year to date"),
                Row("of it deducted in the year to date"),
                Row("interest deducted in the month"),
            ];
        }
        Book.Heading(sheet, "Taxable income");
        Taxable = Row("taxable income of the month", Look.MoneySum);
        _toDate = Row("taxable income of the year to date");
        _room = Row("income that losses may offset");
        var years = (x.Month.Start + (x.Count - 1)).Year - x.Month.Start.Year + 1;
        Book.Heading(sheet, "Losses by the year they come from");
        for (var y = 0; y < years; y++)
        {
            _used.Add(Row($"{x.Month.Start.Year + y}: used"));
            _left.Add(Row($"{x.Month.Start.Year + y}: left, at month end"));
        }
        Carried = Row("losses that may still be used");
        Book.Heading(sheet, "Tax");
        _accruedTax = Row("tax on the year to date");
        _paid = Row("instalments paid for the year so far");
        Tax = Row("income tax paid", Look.MoneySum);
        Provision = Row("accrued and not yet paid");
        BookValue = Row("book value with capitalised interest, at month end");
        WriteOff = Row("written off, capitalised interest included");
    }

    public Line Capitalised { get; }
    public Line Off { get; }
    public Line Taxable { get; }
    public Line Carried { get; }
    public Line Tax { get; }

    /// <summary>Income tax accrued and not yet paid.</summary>
    public Line Provision { get; }

    /// <summary>Assets not yet written off.</summary>
    public Line BookValue { get; }
    public Line WriteOff { get; }

    /// <summary>Writes a month, once its interest and fees are known.</summary>
    public void Month(int m, Expr accrued)
    {
        var (t, time) = (_x.Terms, _x.Book.Time);
        var online = _x.Capital.FirstOnline;
        _accrued.Set(m, accrued);
        Capitalised.Set(
            m,
            Fn.If(Fn.And(t.CapitaliseInterest.Is(1), time.Index[m] < online), _accrued[m], 0)
        );
        _pool.Set(m, _poolEnd[m - 1] + Capitalised[m]);
        _step.Set(
            m,
            Fn.If(
                time.Index[m].Is(online),
                _pool[m] / Fn.Max(1, Fn.Round(t.CapitalisedYears * 12)),
                _step[m - 1]
            )
        );
        Off.Set(m, Fn.If(time.Last[m].Is(1), _pool[m], Fn.Min(_pool[m], _step[m])));
        _poolEnd.Set(m, _pool[m] - Off[m]);
        Taxable.Set(
            m,
            _o.WriteOffs.Taxable[m]
                - (_limited.Length > 0 ? Limited(m) : _accrued[m] - Capitalised[m])
                - Off[m]
        );
        if (_x.Given.Tax.LossesAsTheyArise)
        {
            AsTheyArise(m);
            return;
        }
        _toDate.Set(m, (_toDate[m - 1] * (1 - time.Closing[m - 1])) + Taxable[m]);
        _room.Set(m, time.Closing[m] * Fn.Max(0, _toDate[m]) * t.LossLimit);
        for (var y = 0; y < _used.Count; y++)
        {
            var before = Fn.Total(_used.Take(y).Select(u => u[m]));
            _used[y]
                .Set(
                    m,
                    Fn.If(
                        Fn.And(
                            time.Closing[m].Is(1),
                            time.YearIndex[m] > y,
                            time.YearIndex[m] - t.LossYears <= y
                        ),
                        Fn.Min(_room[m] - before, _left[y][m - 1]),
                        0
                    )
                );
            _left[y]
                .Set(
                    m,
                    _left[y][m - 1]
                        - _used[y][m]
                        + Fn.If(
                            Fn.And(time.Closing[m].Is(1), time.YearIndex[m].Is(y)),
                            Fn.Max(0, -_toDate[m]),
                            0
                        )
                );
        }
        Carried.Set(
            m,
            Fn.If(
                time.Closing[m].Is(1),
                Fn.Total(
                    _left.Select(
                        (l, y) =>
                            Fn.If(
                                Fn.And(
                                    time.YearIndex[m] >= y,
                                    time.YearIndex[m] + 1 - t.LossYears <= y
                                ),
                                l[m],
                                0
                            )
                    )
                ),
                Carried[m - 1]
            )
        );
        _accruedTax.Set(
            m,
            (
                Fn.Max(0, _toDate[m])
                - Fn.If(
                    time.Closing[m].Is(1),
                    Fn.Total(_used.Select(u => u[m])),
                    Fn.Min(Fn.Max(0, _toDate[m]) * t.LossLimit, Carried[m - 1])
                )
            ) * t.IncomeRate
        );
        Tax.Set(
            m,
            Fn.If(
                time.Closing[m].Is(1),
                _accruedTax[m] - _paid[m - 1],
                Fn.If(
                    Fn.Mod(time.OfYear[m], Fn.Max(1, t.Instalments)).Is(0),
                    Fn.Max(0, _accruedTax[m] - _paid[m - 1]),
                    0
                )
            )
        );
        _paid.Set(m, (1 - time.Closing[m]) * (_paid[m - 1] + Tax[m]));
        Provision.Set(m, (1 - time.Closing[m]) * Fn.Max(0, _accruedTax[m] - _paid[m]));
        Books(m);
    }

    private void Books(int m)
    {
        BookValue.Set(m, _o.WriteOffs.BookValue[m] + _poolEnd[m]);
        WriteOff.Set(m, _o.WriteOffs.WriteOff[m] + Off[m]);
    }

    /// <summary>Interest deducted in the month under the limit of the year so far; what it refuses is carried into the next year.</summary>
    private Expr Limited(int m)
    {
        var (t, time) = (_x.Terms, _x.Book.Time);
        var (carried, interest, income, allowed, deducted) = (
            _limited[0],
            _limited[1],
            _limited[2],
            _limited[3],
            _limited[4]
        );
        var open = 1 - time.Closing[m - 1];
        carried.Set(m, carried[m - 1] + (time.Closing[m - 1] * (interest[m - 1] - allowed[m - 1])));
        interest.Set(m, (interest[m - 1] * open) + (_accrued[m] - Capitalised[m]));
        income.Set(
            m,
            (income[m - 1] * open)
                + _o.WriteOffs.Taxable[m]
                + (t.InterestLimitBeforeWriteOff * _o.WriteOffs.WriteOff[m])
        );
        allowed.Set(m, Fn.Min(carried[m] + interest[m], t.InterestLimit * Fn.Max(0, income[m])));
        return deducted.Set(m, allowed[m] - (allowed[m - 1] * open));
    }

    /// <summary>Every month a year of its own.</summary>
    private void AsTheyArise(int m)
    {
        var t = _x.Terms;
        _toDate.Set(m, Taxable[m]);
        _room.Set(m, Fn.Min(Fn.Max(0, Taxable[m]) * t.LossLimit, Carried[m - 1]));
        Carried.Set(m, Carried[m - 1] - _room[m] + Fn.Max(0, -Taxable[m]));
        _accruedTax.Set(m, (Fn.Max(0, Taxable[m]) - _room[m]) * t.IncomeRate);
        Tax.Set(m, _accruedTax[m]);
        _paid.Set(m, 0);
        Provision.Set(m, 0);
        for (var y = 0; y < _used.Count; y++)
        {
            _used[y].Set(m, 0);
            _left[y].Set(m, 0);
        }
        Books(m);
    }

    /// <summary>Writes totals.</summary>
    public void Totals()
    {
        foreach (var line in (Line[])[_accrued, Capitalised, Off, Taxable, Tax, WriteOff, .. _used])
        {
            line.Sum();
        }
    }
}
