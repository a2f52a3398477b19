using Plimsoll.Quantities;

namespace Plimsoll.Decisions;

/// <summary>What every verdict on an unfitted market must say.</summary>
internal static class Unfitted
{
    /// <summary>The verdict, saying first that its market is unfitted and that draws do not help; unchanged on a fitted market.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior.</param>
    /// <param name="what">What no number of draws can end in.</param>
    public static Verdict Said(Verdict verdict, bool fitted, Phrase what) =>
        fitted
            ? verdict
            : verdict.With([
                Phrase.Of("unknown.unfitted", what),
                .. verdict.Doubts.Select(WithoutMoreDraws),
            ]);

    /// <summary>The doubt without the advice to draw more often.</summary>
    private static Phrase WithoutMoreDraws(Phrase doubt) =>
        doubt with
        {
            Key = doubt.Key is "reason.error" or "unknown.interval"
                ? doubt.Key + ".bare"
                : doubt.Key,
            Arguments =
            [
                .. doubt.Arguments.Select(a => a is Phrase inner ? WithoutMoreDraws(inner) : a),
            ],
        };
}
