namespace Plimsoll.Outlooks;

/// <summary>One running cost, split by what going dark would save.</summary>
/// <param name="Name">What it is: energy, staff, bandwidth, colocation minimum.</param>
/// <param name="Avoidable">Money a month that stops when the capacity is dark; one entry a month, 0 or more.</param>
/// <param name="Unavoidable">Money a month that runs on; one entry a month, 0 or more.</param>
public sealed record CostSplit(string Name, double[] Avoidable, double[] Unavoidable);
