namespace Plimsoll.Market;

/// <summary>The national market as coupled means: the twin of the contract engine, fast enough to be fitted.</summary>
/// <remarks>
/// Three tiers x two reaches are stocks with a rent each; three needs compete for them. Monthly, in sub-steps. Allocates nothing.
/// Every equation is one of the shared ones (<see cref="Market.Demand"/>, <see cref="DemandSplit"/>, <see cref="Matching"/>,
/// <see cref="RentLaws"/>, <see cref="DarkOffer"/>, <see cref="Orders"/>, <see cref="ServerPrices"/>): docs/model/market.md.
/// </remarks>
public sealed class MeanField(TierTerms tiers, MarketScenario scenario)
{
    /// <summary>Sub-steps a month, 4 or more; four keeps log rents within 0.05 of sixty-four in half of the fitted members and 0.15 in nineteen of twenty.</summary>
    public int SubSteps { get; init; } = 4;

    /// <summary>Runs a market.</summary>
    /// <param name="law">Rent law.</param>
    /// <param name="worldLink">Whether the top tier's rent is drawn to the world's.</param>
    /// <param name="values">Parameters, by <see cref="Parameter"/>.</param>
    /// <param name="backdrop">The series of the draw.</param>
    /// <param name="path">Where the result goes; as many months are run as it has room for.</param>
    /// <exception cref="ArgumentException">The backdrop is shorter than the path.</exception>
    public void Run(
        RentLaw law,
        bool worldLink,
        ReadOnlySpan<double> values,
        MarketBackdrop backdrop,
        MarketPath path
    )
    {
        if (backdrop.Months < path.Months)
        {
            throw new ArgumentException(
                $"The backdrop has {backdrop.Months} months, the path {path.Months}.",
                nameof(backdrop)
            );
        }
        var p = new Parameters(values);
        var state = new MeanFieldState(
            p,
            tiers,
            scenario.Off,
            SubSteps,
            stackalloc double[MeanFieldState.Room]
        );
        path.Compute = tiers.Compute;
        for (var m = 0; m < path.Months; m++)
        {
            state.Begin(backdrop, m);
            for (var s = 0; s < SubSteps; s++)
            {
                state.Step(law, worldLink, backdrop, m, s == 0 && m == 0, path);
            }
            state.Close(backdrop, m, path, scenario.RentFactor);
        }
    }
}
