using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Memos;

/// <summary>What would change the answer: stresses, flips, what is not known.</summary>
/// <param name="about">What the memo is written from.</param>
internal sealed class StressBlocks(MemoSubject about)
{
    public MemoDraftBlock? Stresses() =>
        about.Result.Stresses.Count == 0
            ? null
            : new MemoDraftBlock(Phrase.Of("memo.stresses"))
            {
                Columns =
                [
                    Phrase.Of("memo.stress"),
                    Phrase.Of("memo.stress.fill"),
                    Phrase.Of("memo.stress.cover"),
                    Phrase.Of("memo.stress.breach"),
                    Phrase.Of("memo.stress.default"),
                    Phrase.Of("memo.stress.loss"),
                ],
                Rows =
                [
                    .. about
                        .Result.Stresses.Where(s => s.Name != "none")
                        .OrderByDescending(s => s.Default)
                        .ThenByDescending(s => s.Breach)
                        .ThenBy(s => s.Name, StringComparer.Ordinal)
                        .Index()
                        .Where(s => s.Index < WorstStresses || _always.Contains(s.Item.Name))
                        .Select(s => s.Item)
                        .Select(s =>
                            (IReadOnlyList<MemoDraftCell>)
                                [
                                    Phrase.Of(
                                        "memo.stress.is",
                                        Words.Named("stress", s.Name),
                                        Words.Named("stressed", s.Description)
                                    ),
                                    about.Ended && double.IsNaN(s.Fill)
                                        ? Phrase.Of("memo.unlet")
                                        : MemoFigures.Share(s.Fill),
                                    // More than half in default: the middle draw is one of them.
                                    s.Default > 0.5
                                        ? Phrase.Of("memo.stress.defaults")
                                        : MemoFigures.Times(s.MinimumCover),
                                    MemoFigures.Odds(s.Breach),
                                    MemoFigures.Odds(s.Default),
                                    MemoFigures.Odds(s.Loss),
                                ]
                        ),
                ],
                Note = Phrase.Of("memo.stresses.note"),
            };

    /// <summary>Stresses told whatever they do, beside the worst.</summary>
    private static readonly string[] _always = ["rates +2 points", "power +50 %"];

    private const int WorstStresses = 3;

    public MemoDraftBlock? Flips()
    {
        var turning = about.Result.Flips.Where(f => double.IsFinite(f.AtFlip)).Take(3).ToList();
        return about.Result.Flips.Count == 0
            ? null
            : new MemoDraftBlock(Phrase.Of("memo.flips"))
            {
                Sentences =
                    turning.Count > 0
                        ? [.. turning.Select(f => Phrase.Of("memo.sentence", f.Said))]
                        : [Phrase.Of("memo.flips.none")],
            };
    }

    /// <summary>What the verdict leaves open, then the limits; that nothing was fitted is said once.</summary>
    public MemoDraftBlock Unknown()
    {
        var doubts = about.Result.Verdict.Doubts;
        var unfitted = doubts.Any(d =>
            d.Key.StartsWith("unknown.unfitted", StringComparison.Ordinal)
        );
        return new MemoDraftBlock(Phrase.Of("memo.unknowns"))
        {
            Sentences =
            [
                .. doubts
                    .Concat(
                        about.Result.LimitsSaid.Where(l => !unfitted || l.Key != "limit.unfitted")
                    )
                    .Take(6),
            ],
        };
    }
}
