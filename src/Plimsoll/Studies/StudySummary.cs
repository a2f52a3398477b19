using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies.Plans;

namespace Plimsoll.Studies;

/// <summary>An answer in a page of words, in any language of the phrase book: verdict, odds against the rule, floors, and the plan of use.</summary>
public static class StudySummary
{
    /// <summary>Shortest lease whose floor is told, months.</summary>
    private const int LeastTenor = 6;

    /// <summary>Doubts told; the report has them all. What would turn the answer whatever the draws comes first.</summary>
    private const int DoubtsTold = 5;

    /// <summary>Numbers told that would turn the answer.</summary>
    private const int FlipsTold = 3;

    /// <summary>The answer line by line.</summary>
    /// <param name="result">What the study came to.</param>
    /// <param name="book">The language.</param>
    public static IReadOnlyList<string> Lines(StudyResult result, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(book);
        return
        [
            result.Name,
            .. Said(result).Select(book.Say),
            .. PlanWords.Lines(result.PlanOfUse, book),
        ];
    }

    private static IEnumerable<Phrase> Said(StudyResult r)
    {
        yield return r.CentreSaid;
        yield return Phrase.Of(
            "summary.decided",
            r.Decided,
            Words.Named("measure", r.Currency.Code)
        );
        yield return Phrase.Of("summary.verdict", r.Verdict.Said);
        foreach (var doubt in r.Verdict.Doubts.Take(DoubtsTold))
        {
            yield return Phrase.Of("summary.doubt", doubt);
        }
        if (r.Verdict.Doubts.Count > DoubtsTold)
        {
            yield return Phrase.Of("summary.doubts", r.Verdict.Doubts.Count - DoubtsTold);
        }
        foreach (var told in r.Question == "owner" ? r.Verdict.Because.Where(Told) : [])
        {
            yield return told;
        }
        foreach (var fact in r.ToDate?.Said ?? [])
        {
            yield return fact;
        }
        foreach (var test in r.Verdict.Tests)
        {
            yield return Words.Said(test);
        }
        var shown = r.Options.FirstOrDefault(o => o.Name == r.Verdict.Option) ?? r.Options[0];
        yield return Phrase.Of("summary.fill", shown.Fill.P50, shown.Fill.P90);
        if (shown.Credit.Count > 0)
        {
            yield return Phrase.Of(
                "summary.breach",
                r.Rule.CovenantCover,
                shown.Breach.Value,
                r.Rule.MaxBreach
            );
            yield return Phrase.Of("summary.default", shown.Default.Value, r.Rule.MaxDefault);
            var cover = shown.MinimumCover;
            yield return cover.Defined < cover.Draws
                ? Phrase.Of("summary.cover.some", cover.P50, cover.P90, cover.Defined, cover.Draws)
                : Phrase.Of("summary.cover", cover.P50, cover.P90);
        }
        foreach (var option in r.Options.Count > 1 ? r.Options : [])
        {
            yield return r.Question == "owner"
                ? Owned(option)
                : Phrase.Of(
                    "summary.row",
                    option.Title,
                    option.Fill.P50,
                    option.Breach.Value,
                    option.Default.Value,
                    option.MeanEquityNpv
                );
        }
        foreach (var flip in r.Flips.Take(FlipsTold))
        {
            yield return flip.Said;
        }
        foreach (var at in r.BreakEvens.Where(b => double.IsFinite(b.Factor)).Take(FlipsTold))
        {
            yield return at.Said(r.Currency.Code);
        }
        if (double.IsFinite(r.DebtCapacity))
        {
            var contracted = r.ContractedCapacity == r.DebtCapacity;
            var capacity = Phrase.Of(
                !contracted ? "summary.capacity"
                    : r.ContractedLoan is { AtCeiling: true }
                        ? "summary.capacity.contracted.ceiling"
                    : "summary.capacity.contracted",
                r.DebtCapacity
            );
            yield return contracted && r.ContractedLoan is { SweepShare: > 0 and var swept }
                ? Phrase.Of("summary.capacity.swept", capacity, swept)
                : capacity;
        }
        if (r.Offer is { } offer)
        {
            yield return offer.Said;
            foreach (var said in offer.Beside)
            {
                yield return said;
            }
        }
        foreach (var said in r.Tokens?.Said(r.Currency.Code) ?? [])
        {
            yield return said;
        }
        if (double.IsFinite(r.MarketQuote))
        {
            yield return Phrase.Of("summary.quote", r.MarketQuote, Words.Measure(r.Currency.Code));
        }
        foreach (
            var floor in r.Question == "offer"
                ? r.Floors.DistinctBy(f => f.Server, StringComparer.Ordinal)
                : []
        )
        {
            yield return Phrase.Of(
                "summary.floor.offer",
                floor.Title,
                floor.AgainstDark,
                Words.Measure(r.Currency.Code)
            );
        }
        foreach (
            var floor in r.Question == "offer"
                ? []
                : r.Floors.Where(f => f.TenorMonths >= LeastTenor)
        )
        {
            yield return Phrase.Of(
                r.Question == "owner" ? "summary.floor.sale" : "summary.floor",
                floor.Title,
                floor.TenorMonths,
                floor.AgainstWaiting,
                floor.AgainstDark,
                Words.Measure(r.Currency.Code),
                floor.AgainstSale
            );
        }
    }

    /// <summary>What is told of the grounds besides the courses, which have rows of their own.</summary>
    private static bool Told(Phrase ground) =>
        ground.Key
            is "ground.owner.asgood"
                or "ground.owner.refused"
                or "ground.restructure"
                or "ground.owner.sale"
        || ground.Key.StartsWith("ground.ask.", StringComparison.Ordinal);

    private static Phrase Owned(OptionResult option)
    {
        var (mean, error) = option.RobustProjectNpv;
        return Phrase.Of(
            option.Credit.Count > 0 ? "summary.row.owner" : "summary.row.owner.free",
            option.Title,
            option.Fill.P50,
            option.Breach.Value,
            option.Default.Value,
            mean,
            1.96 * error,
            option.ProjectNpv.P50,
            option.ProjectNpv.P90
        );
    }
}
