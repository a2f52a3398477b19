using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Questions;

/// <summary>The verdict on a half-built centre: the course worth most to equity in the mean, if it is clearly that, or if those that may be better begin alike.</summary>
internal static class ConstructionVerdict
{
    /// <summary>Judges the courses.</summary>
    /// <param name="options">Courses, finishing first; what was spent counts in none.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior: then nothing ends in building on.</param>
    public static Verdict Of(IReadOnlyList<OptionResult> options, bool fitted)
    {
        var ranked = options.OrderByDescending(o => o.MeanEquityNpv).ToList();
        var best = ranked[0];
        var rivals = new List<OptionResult>();
        var doubts = new List<Phrase>();
        foreach (var rival in ranked.Skip(1))
        {
            var (gain, error) = best.Against(rival);
            if (!(gain > 1.96 * error))
            {
                rivals.Add(rival);
                doubts.Add(
                    Phrase.Of("unknown.interval", best.Title, rival.Title, gain, 1.96 * error)
                );
            }
        }
        var unfitted = best.Kind is VerdictKind.Finish or VerdictKind.Shrink && !fitted;
        if (unfitted)
        {
            doubts.Insert(0, Phrase.Of("unknown.unfitted.finish"));
        }
        var alike = rivals.Count > 0 && rivals.TrueForAll(r => r.BeginsLike(best));
        var open = unfitted || (rivals.Count > 0 && !alike);
        return Verdict.Of(
            open ? VerdictKind.Unresolved : best.Kind,
            open ? Phrase.Of("said.most", best.Title)
                : alike ? Alike(best, rivals)
                : Phrase.Of("said.finish", Words.Said(best.Kind), best.Title),
            best.Name,
            [
                .. ranked.Select(o =>
                    Phrase.Of("ground.construction", o.Title, o.MeanEquityNpv, o.Default.Value)
                ),
            ],
            doubts,
            [.. best.Credit, .. best.Equity]
        ) with
        {
            TestsOf = best.Name,
        };
    }

    private static Phrase Alike(OptionResult best, List<OptionResult> rivals) =>
        Phrase.Of(
            "said.alike",
            Words.Said(best.Kind),
            Phrase.Of($"begins.{best.Begins}"),
            rivals
                .Select(r => r.Title)
                .Prepend(best.Title)
                .Aggregate((before, next) => Phrase.Of("list", before, next))
        );
}
