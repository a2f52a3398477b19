using Plimsoll.Decisions;

namespace Plimsoll.Studies.Questions;

/// <summary>The verdict on a lease that is offered: signed when it is clearly worth more than the market, answered with its floor when that is dearer, refused when no price searched would do.</summary>
internal static class OfferVerdict
{
    /// <summary>Judges the offer.</summary>
    /// <param name="signed">The centre with the lease.</param>
    /// <param name="refused">The centre without it.</param>
    /// <param name="gain">Mean gain of signing on the same draws, money.</param>
    /// <param name="error">Half-width of its 95 % interval, money.</param>
    /// <param name="offer">The offer with its floor.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior.</param>
    public static Verdict Of(
        OptionResult signed,
        OptionResult refused,
        double gain,
        double error,
        OfferAnswer offer,
        bool fitted
    )
    {
        var (kind, headline) =
            !fitted || Math.Abs(gain) <= error || double.IsNaN(gain)
                ? Open(signed, gain, error, fitted)
            : gain > 0
                ? (
                    VerdictKind.Sign,
                    $"Sign: on the same draws the lease is worth {Words.Amount(gain)} more than the market."
                )
            : double.IsNaN(offer.FloorPerGpuHour)
                ? (
                    VerdictKind.Refuse,
                    $"Refuse: the market is worth {Words.Amount(-gain)} more, and no price searched makes the lease worth it."
                )
            : (
                VerdictKind.Counter,
                $"Counter at {Words.Round(offer.FloorPerGpuHour, 3)} an accelerator-hour: at the {Words.Round(offer.PricePerGpuHour, 3)} offered the market is worth {Words.Amount(-gain)} more."
            );
        return new Verdict(
            kind,
            headline,
            kind switch
            {
                VerdictKind.Sign => signed.Name,
                VerdictKind.Refuse => refused.Name,
                _ => "",
            },
            Grounds(signed, refused, offer),
            kind == VerdictKind.Unresolved
                ?
                [
                    fitted
                        ? "The gain lies within its sampling error; more draws, or another price, would tell."
                        : "The market rests on an unfitted prior: read the floor, not the verdict.",
                ]
                : [],
            [.. signed.Credit, .. signed.Equity]
        )
        {
            TestsOf = signed.Name,
        };
    }

    private static (VerdictKind, string) Open(
        OptionResult signed,
        double gain,
        double error,
        bool fitted
    ) =>
        (
            VerdictKind.Unresolved,
            fitted
                ? $"Unresolved: '{signed.Name}' gains {Words.Amount(gain)} in the mean with an error of {Words.Amount(error)}."
                : $"Unresolved: '{signed.Name}' gains {Words.Amount(gain)} in the mean, but this market rests on an unfitted prior."
        );

    private static List<string> Grounds(
        OptionResult signed,
        OptionResult refused,
        OfferAnswer offer
    )
    {
        var grounds = new List<string>
        {
            double.IsNaN(offer.FloorPerGpuHour)
                ? "No price up to three times the offer is worth as much as the market."
                : $"Below {Words.Round(offer.FloorPerGpuHour, 3)} an accelerator-hour the market is worth more in the mean; {Words.Round(offer.PricePerGpuHour, 3)} is offered.",
            $"Fill in the middle: {Words.Percent(signed.Fill.P50)} signed, {Words.Percent(refused.Fill.P50)} in the market.",
        };
        if (!double.IsNaN(offer.CapacityIfSigned))
        {
            grounds.Add(
                $"Debt that passes the lender's tests: {Words.Amount(offer.CapacityIfSigned)} signed, {Words.Amount(offer.CapacityIfRefused)} without."
            );
        }
        return grounds;
    }
}
