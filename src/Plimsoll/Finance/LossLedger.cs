namespace Plimsoll.Finance;

/// <summary>Income tax by calendar year: accrued month by month on the income of the year so far, with losses carried forward, oldest first, and lost when they expire.</summary>
internal sealed class LossLedger(TaxTerms terms, int years)
{
    private readonly double[] _losses = new double[years + 1];
    private double _income;
    private double _available;
    private double _paid;

    /// <summary>Tax accrued in the year so far and not yet paid, 0 or more.</summary>
    public double Provision { get; private set; }

    /// <summary>Losses that may still be used.</summary>
    public double Available => _available;

    /// <summary>Adds a month's taxable income, negative for a loss, and returns the tax paid in the month; negative when the year's instalments were too high.</summary>
    /// <param name="income">Taxable income of the month.</param>
    /// <param name="year">From 0.</param>
    /// <param name="pays">True in months of an instalment.</param>
    /// <param name="closes">True in the last month of a year.</param>
    public double Add(double income, int year, bool pays, bool closes)
    {
        if (terms.LossesAsTheyArise)
        {
            return AsItArises(income);
        }
        _income += income;
        double tax = 0;
        if (closes)
        {
            tax = Close(year) - _paid;
            _paid = 0;
            Provision = 0;
            return tax;
        }
        var positive = Math.Max(0, _income);
        var accrued =
            (positive - Math.Min(positive * terms.LossLimit, _available)) * terms.IncomeRate;
        if (pays)
        {
            tax = Math.Max(0, accrued - _paid);
            _paid += tax;
        }
        Provision = Math.Max(0, accrued - _paid);
        return tax;
    }

    private double AsItArises(double income)
    {
        var positive = Math.Max(0, income);
        var used = Math.Min(positive * terms.LossLimit, _available);
        _available = _available - used + Math.Max(0, -income);
        return (positive - used) * terms.IncomeRate;
    }

    private double Close(int year)
    {
        var income = _income;
        _income = 0;
        _losses[year] = Math.Max(0, -income);
        income = Math.Max(0, income);
        var room = income * terms.LossLimit;
        for (var y = Math.Max(0, year - terms.LossYears); y < year; y++)
        {
            var used = Math.Min(room, _losses[y]);
            _losses[y] -= used;
            room -= used;
            income -= used;
        }
        _available = 0;
        for (var y = Math.Max(0, year + 1 - terms.LossYears); y <= year; y++)
        {
            _available += _losses[y];
        }
        return income * terms.IncomeRate;
    }
}
