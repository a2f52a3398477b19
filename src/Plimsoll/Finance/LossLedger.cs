namespace Plimsoll.Finance;

/// <summary>Income tax by calendar year with losses carried forward, oldest first, and lost when they expire.</summary>
internal struct LossLedger(TaxTerms terms, int years)
{
    private readonly double[] _losses = new double[years + 1];
    private double _income = 0;

    /// <summary>Adds a month's taxable income, negative for a loss.</summary>
    public void Add(double income) => _income += income;

    /// <summary>Closes a year and returns the tax due.</summary>
    /// <param name="year">From 0.</param>
    public double Close(int year)
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
        return income * terms.IncomeRate;
    }

    /// <summary>Losses that a later year may still use.</summary>
    /// <param name="year">The year just closed.</param>
    public readonly double Left(int year)
    {
        double sum = 0;
        for (var y = Math.Max(0, year + 1 - terms.LossYears); y <= year; y++)
        {
            sum += _losses[y];
        }
        return sum;
    }
}
