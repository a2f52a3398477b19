namespace Plimsoll.Outlooks;

/// <summary>One running cost, split by what would stop it.</summary>
/// <param name="Name">What it is: energy, staff, bandwidth, colocation minimum.</param>
/// <param name="AvoidableWhenDark">Money a month that stops when the capacity is switched off; one entry a month, 0 or more.</param>
/// <param name="AvoidableOnClosing">Money a month that runs on in the dark and stops when the centre is closed for good; one entry a month, 0 or more.</param>
/// <param name="Sunk">Money a month that is owed whatever is done, to the end of the horizon; one entry a month, 0 or more.</param>
public sealed record CostSplit(
    string Name,
    double[] AvoidableWhenDark,
    double[] AvoidableOnClosing,
    double[] Sunk
)
{
    /// <summary>Money of a month, all three parts.</summary>
    public double Total(int month) =>
        AvoidableWhenDark[month] + AvoidableOnClosing[month] + Sunk[month];
}
