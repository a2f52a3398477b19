namespace Plimsoll.Finance;

/// <summary>A limit of interest deducted for tax in a year, with what it refuses carried forward without end, as section 163(j) of the US Internal Revenue Code sets it.</summary>
/// <param name="Share">Share of the year's income before interest that interest may take, 0 to 1; 0.3 in that section.</param>
/// <param name="BeforeWriteOff">True when that income is before write-off too, as in that section until 2021 and from 2025; false for 2022 to 2024.</param>
public sealed record InterestLimit(double Share, bool BeforeWriteOff);

/// <summary>Interest deducted so far under a limit.</summary>
internal struct InterestLedger
{
    private double _interest;
    private double _base;
    private double _allowed;

    /// <summary>Interest refused so far, to be deducted later.</summary>
    public double Carried { get; private set; }

    /// <summary>Deducts a month's interest as far as the year so far allows.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="interest">Interest and fees of the month.</param>
    /// <param name="income">Income of the month before interest.</param>
    /// <param name="closes">True in the last month of a year.</param>
    /// <returns>What is deducted; negative when a poor month takes back what the year allowed before.</returns>
    public double Add(InterestLimit limit, double interest, double income, bool closes)
    {
        _interest += interest;
        _base += income;
        var open = _before + _interest;
        var allowed = Math.Min(open, limit.Share * Math.Max(0, _base));
        var deducted = allowed - _allowed;
        _allowed = allowed;
        Carried = open - allowed;
        if (closes)
        {
            (_before, _interest, _base, _allowed) = (Carried, 0, 0, 0);
        }
        return deducted;
    }

    private double _before;
}
