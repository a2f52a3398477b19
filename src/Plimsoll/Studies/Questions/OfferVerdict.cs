using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Questions;

/// <summary>The verdict on a lease that is offered: signed when it is clearly worth more than the best without it, answered with its floor when that is dearer, refused when no price searched would do.</summary>
internal static class OfferVerdict
{
    /// <summary>Judges the offer.</summary>
    /// <param name="signed">The best course with the lease.</param>
    /// <param name="refused">The best course without it.</param>
    /// <param name="gain">Mean gain of signing on the same draws, money.</param>
    /// <param name="error">Half-width of its 95 % interval, money.</param>
    /// <param name="offer">The offer with its floor.</param>
    /// <param name="dark">True when an hour costs more to keep lit than is offered for it.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior.</param>
    public static Verdict Of(
        OptionResult signed,
        OptionResult refused,
        double gain,
        double error,
        OfferAnswer offer,
        bool dark,
        bool fitted
    )
    {
        // Where neither side does more than let what it has, the other side is the market.
        var of = Plain(signed) && Plain(refused) ? "" : ".course";
        var (kind, headline) =
            fitted && !(gain > error) && offer.Smaller is { } part
                ? (
                    VerdictKind.Counter,
                    Phrase.Of(
                        "said.counter.size",
                        part.Accelerators,
                        offer.PricePerGpuHour,
                        part.Gain,
                        refused.Title,
                        offer.Accelerators,
                        -gain
                    )
                )
            : !fitted || Math.Abs(gain) <= error || double.IsNaN(gain)
                ? Open(signed, refused, gain, error, fitted, of)
            : gain > 0 && dark
                ? (
                    VerdictKind.Counter,
                    Phrase.Of("said.counter.dark", offer.FloorPerGpuHour, offer.PricePerGpuHour)
                )
            : gain > 0
                ? (
                    VerdictKind.Sign,
                    Phrase.Of(
                        $"said.sign{of}",
                        gain,
                        offer.FloorPerGpuHour,
                        signed.Title,
                        refused.Title
                    )
                )
            : double.IsNaN(offer.FloorPerGpuHour)
                ? (
                    VerdictKind.Refuse,
                    Phrase.Of($"said.refuse{of}", -gain, signed.Title, refused.Title)
                )
            : (
                VerdictKind.Counter,
                Phrase.Of(
                    $"said.counter{of}",
                    offer.FloorPerGpuHour,
                    offer.PricePerGpuHour,
                    -gain,
                    signed.Title,
                    refused.Title
                )
            );
        return Verdict.Of(
            kind,
            headline,
            kind == VerdictKind.Sign ? signed.Name
                : kind == VerdictKind.Refuse ? refused.Name
                : "",
            Grounds(signed, refused, offer, of),
            kind == VerdictKind.Unresolved
                ? [Phrase.Of(fitted ? "unknown.gain" : "unknown.floor")]
                : [],
            [.. signed.Credit, .. signed.Equity]
        ) with
        {
            TestsOf = signed.Name,
            GoesOn = kind is VerdictKind.Counter or VerdictKind.Unresolved ? refused.Name : "",
        };
    }

    private static bool Plain(OptionResult result) =>
        result.Title.Key is "option.sign" or "option.refuse";

    private static (VerdictKind, Phrase) Open(
        OptionResult signed,
        OptionResult refused,
        double gain,
        double error,
        bool fitted,
        string of
    ) =>
        (
            VerdictKind.Unresolved,
            fitted
                ? Phrase.Of(
                    gain < 0 ? $"said.offer.open.less{of}" : $"said.offer.open{of}",
                    signed.Title,
                    Math.Abs(gain),
                    error,
                    refused.Title
                )
                : Phrase.Of(
                    gain < 0 ? "said.unfitted.offer.less" : "said.unfitted.offer",
                    signed.Title,
                    Math.Abs(gain)
                )
        );

    private static List<Phrase> Grounds(
        OptionResult signed,
        OptionResult refused,
        OfferAnswer offer,
        string of
    )
    {
        List<Phrase> grounds =
        [
            double.IsNaN(offer.FloorPerGpuHour)
                ? Phrase.Of($"ground.offer.none{of}", refused.Title)
                : Phrase.Of(
                    $"ground.offer{of}",
                    offer.FloorPerGpuHour,
                    offer.PricePerGpuHour,
                    refused.Title
                ),
            .. offer.Beside,
            .. offer.BeforeFinance
                ?
                [
                    Phrase.Of(
                        "ground.offer.centre",
                        signed.RobustProjectNpv.Mean,
                        refused.RobustProjectNpv.Mean
                    ),
                ]
                : Array.Empty<Phrase>(),
            Phrase.Of("ground.offer.fill", signed.Fill.P50, refused.Fill.P50),
            Phrase.Of(
                signed.Credit.Count > 0 ? "ground.offer.equity" : "ground.offer.equity.free",
                signed.MeanEquityNpv,
                refused.MeanEquityNpv,
                signed.Default.Value,
                refused.Default.Value
            ),
        ];
        if (!double.IsNaN(offer.CapacityIfSigned))
        {
            grounds.Add(
                Phrase.Of("ground.offer.debt", offer.CapacityIfSigned, offer.CapacityIfRefused)
            );
        }
        return grounds;
    }
}
