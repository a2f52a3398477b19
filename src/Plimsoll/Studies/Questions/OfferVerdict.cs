using Plimsoll.Decisions;
using Plimsoll.Quantities;

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
            : gain > 0 && offer.PricePerGpuHour < offer.FloorPerGpuHour
                ? (
                    VerdictKind.Counter,
                    Phrase.Of("said.counter.dark", offer.FloorPerGpuHour, offer.PricePerGpuHour)
                )
            : gain > 0 ? (VerdictKind.Sign, Phrase.Of("said.sign", gain))
            : double.IsNaN(offer.FloorPerGpuHour)
                ? (VerdictKind.Refuse, Phrase.Of("said.refuse", -gain))
            : (
                VerdictKind.Counter,
                Phrase.Of("said.counter", offer.FloorPerGpuHour, offer.PricePerGpuHour, -gain)
            );
        return Verdict.Of(
            kind,
            headline,
            kind == VerdictKind.Sign ? signed.Name
                : kind == VerdictKind.Refuse ? refused.Name
                : "",
            Grounds(signed, refused, offer),
            kind == VerdictKind.Unresolved
                ? [Phrase.Of(fitted ? "unknown.gain" : "unknown.floor")]
                : [],
            [.. signed.Credit, .. signed.Equity]
        ) with
        {
            TestsOf = signed.Name,
        };
    }

    private static (VerdictKind, Phrase) Open(
        OptionResult signed,
        double gain,
        double error,
        bool fitted
    ) =>
        (
            VerdictKind.Unresolved,
            fitted
                ? Phrase.Of("said.offer.open", signed.Title, gain, error)
                : Phrase.Of("said.unfitted.offer", signed.Title, gain)
        );

    private static List<Phrase> Grounds(
        OptionResult signed,
        OptionResult refused,
        OfferAnswer offer
    )
    {
        var grounds = new List<Phrase>
        {
            double.IsNaN(offer.FloorPerGpuHour)
                ? Phrase.Of("ground.offer.none")
                : Phrase.Of("ground.offer", offer.FloorPerGpuHour, offer.PricePerGpuHour),
            Phrase.Of("ground.offer.fill", signed.Fill.P50, refused.Fill.P50),
            Phrase.Of(
                signed.Credit.Count > 0 ? "ground.offer.equity" : "ground.offer.equity.free",
                signed.MeanEquityNpv,
                refused.MeanEquityNpv,
                signed.Default.Value,
                refused.Default.Value
            ),
        };
        if (!double.IsNaN(offer.CapacityIfSigned))
        {
            grounds.Add(
                Phrase.Of("ground.offer.debt", offer.CapacityIfSigned, offer.CapacityIfRefused)
            );
        }
        return grounds;
    }
}
