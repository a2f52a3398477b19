using Plimsoll.Risk;

namespace Plimsoll.Decisions.Lending;

/// <summary>Odds of the four events of a loan, each counted while debt is outstanding.</summary>
/// <param name="LockUp">Distributions are stopped.</param>
/// <param name="Breach">The covenant is broken.</param>
/// <param name="Default">A payment is missed and not cured.</param>
/// <param name="Loss">The lender loses money.</param>
public sealed record CreditEvents(
    Proportion LockUp,
    Proportion Breach,
    Proportion Default,
    Proportion Loss
)
{
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
        );
    }
}
