using Plimsoll.Risk;

namespace Plimsoll.Decisions.Lending;

/// <summary>Odds of the four events of a loan, each counted while debt is outstanding.</summary>
/// <param name="LockUp">Distributions are stopped.</param>
/// <param name="Breach">The covenant is broken.</param>
/// <param name="Default">A payment is missed and not cured, or a test of cover that is a default by the terms fails.</param>
/// <param name="Loss">The lender loses money.</param>
public sealed record CreditEvents(
    Proportion LockUp,
    Proportion Breach,
    Proportion Default,
    Proportion Loss
)
{
    /// <summary>The part of <see cref="Default"/> in which nothing is in arrears and a test of cover fails that is a default by the terms.</summary>
    public double DefaultByTest { get; init; }

    /// <summary>From the draws.</summary>
    /// <param name="draws">The loan; at least one draw recorded.</param>
    /// <param name="worlds">Number of the world of every draw.</param>
    public static CreditEvents Of(LenderDraws draws, IReadOnlyList<int> worlds)
    {
        var sound = draws.Sound;
        int[] of = [.. sound.Select(i => worlds[i])];
        Proportion Odds(bool[] flags) => Proportion.Of([.. sound.Select(i => flags[i])], of);
        return new CreditEvents(
            Odds(draws.LockUp),
            Odds(draws.Breach),
            Odds(draws.Default),
            Odds(draws.Lossy)
        )
        {
            DefaultByTest =
                sound.Length == 0 ? 0 : sound.Count(i => draws.ByTest[i]) / (double)sound.Length,
        };
    }
}
