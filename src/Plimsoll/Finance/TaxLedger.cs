namespace Plimsoll.Finance;

/// <summary>Income tax by calendar year with losses carried forward, oldest first, and lost when they expire.</summary>
internal struct TaxLedger(TaxTerms terms, int years)
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
        if (income <= 0)
        {
            _losses[year] = -income;
            return 0;
        }
        var room = income * terms.LossLimit;
        for (var y = Math.Max(0, year - terms.LossYears); y < year && room > 0; y++)
        {
            var used = Math.Min(room, _losses[y]);
            _losses[y] -= used;
            room -= used;
            income -= used;
        }
        return income * terms.IncomeRate;
    }
}
