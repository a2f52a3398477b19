namespace Plimsoll.Finance;

/// <summary>What a centre that stands brings with it when the outlook begins: assets half written off, rent not yet collected, bills not yet paid, accounts already filled.</summary>
public sealed record OpeningPosition
{
    /// <summary>What was bought before and is not yet written off for tax.</summary>
    public IReadOnlyList<OpeningAsset> Assets { get; init; } = [];

    /// <summary>Revenue a month of the months before, tax excluded, by which what is not yet collected is reckoned; null for that of the first month.</summary>
    public double? Revenue { get; init; }

    /// <summary>Running cost a month of the months before, by which what is not yet paid is reckoned; null for that of the first month.</summary>
    public double? RunningCost { get; init; }

    /// <summary>True when the liquidity and the debt service reserve stand in their accounts already; false when equity pays them in as for a new loan.</summary>
    public bool AccountsFunded { get; init; } = true;
}

/// <summary>An asset bought before the outlook; sold with the accelerators.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Cost">What it cost, tax excluded; insured at this.</param>
/// <param name="Book">Of it what is not yet written off, 0 or more.</param>
/// <param name="FromMonth">Month (from 0) from which that is written off: 0 unless it comes later.</param>
/// <param name="MonthsLeft">Months over which it is written off evenly, at least 1.</param>
public sealed record OpeningAsset(
    string Name,
    double Cost,
    double Book,
    int FromMonth,
    int MonthsLeft
)
{
    /// <summary>An asset of some age, written off in a straight line after what was deducted at once.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="cost">What it cost, tax excluded.</param>
    /// <param name="age">Months since it came, up to the start of the outlook; below 0 for one that comes later.</param>
    /// <param name="lifeYears">Straight-line life for tax, years.</param>
    /// <param name="immediateShare">Share deducted when it came, 0 to 1.</param>
    public static OpeningAsset Aged(
        string name,
        double cost,
        int age,
        double lifeYears,
        double immediateShare
    )
    {
        var life = Math.Max(1, (int)Math.Round(lifeYears * 12));
        var left = Math.Clamp(life - age, 0, life);
        return new OpeningAsset(
            name,
            cost,
            cost * (1 - immediateShare) * left / life,
            Math.Max(0, -age),
            Math.Max(1, left)
        );
    }
}
