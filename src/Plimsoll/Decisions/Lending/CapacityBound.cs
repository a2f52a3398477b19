using Plimsoll.Quantities;

namespace Plimsoll.Decisions.Lending;

/// <summary>What keeps a contracted debt capacity from being larger.</summary>
/// <param name="NextAmount">The next larger loan tried, money; it does not pass.</param>
/// <param name="Test">The test that it fails or straddles, at that amount.</param>
/// <param name="AtEstimate">Largest loan whose every test holds by its estimate alone, the sampling error left out; money, at least the capacity.</param>
/// <param name="Draws">Draws of the study.</param>
public sealed record CapacityBound(double NextAmount, RuleTest Test, double AtEstimate, int Draws)
{
    /// <summary>Draws below which the upper end of a test of 10 % lies more than two and a half points above it: 1.96 (0.1 x 0.9 / n)^0.5.</summary>
    public const int FewDraws = 500;

    /// <summary>Share of draws in which the next larger loan ends by a margin call that is not met, 0 to 1; NaN without a borrowing base.</summary>
    public double MarginCalls { get; init; } = double.NaN;

    /// <summary>Largest loan that passes with the borrowing base struck out of its terms, money; NaN without one.</summary>
    public double WithoutBase { get; init; } = double.NaN;

    /// <summary>Largest loan whose every test holds by its estimate alone without sweeping all free cash, money; NaN where it was not sought.</summary>
    public double UnsweptAtEstimate { get; init; } = double.NaN;

    /// <summary>True when the next larger loan would pass by its estimate: the number of draws binds, not the risk.</summary>
    public bool BySampling => Test.Value <= Test.Limit;

    /// <summary>The test that binds, the amount at the point estimate, and a warning where draws are few.</summary>
    public Phrase Said
    {
        get
        {
            var said = Phrase.Of(
                Test.Because.Key == "reason.laws" ? "capacity.laws"
                    : BySampling ? "capacity.sampling"
                    : "capacity.binds",
                NextAmount,
                Test.Title,
                Test.Value,
                Test.High,
                Test.Limit,
                AtEstimate,
                Draws,
                Test.Because
            );
            if (!double.IsNaN(WithoutBase))
            {
                said =
                    MarginCalls > 0
                        ? Phrase.Of("capacity.base", said, MarginCalls, WithoutBase)
                        : Phrase.Of("capacity.base.out", said, WithoutBase);
            }
            // Odds are counted in draws; a mean cost is not.
            if (
                Draws < FewDraws
                && !Test.Title.Key.StartsWith("test.margin", StringComparison.Ordinal)
            )
            {
                said = Phrase.Of("capacity.draw", said, Math.Round(Test.Value * Draws));
            }
            return Draws < FewDraws ? Phrase.Of("capacity.few", said, Draws, FewDraws) : said;
        }
    }
}
