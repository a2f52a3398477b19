using Plimsoll.Quantities;

namespace Plimsoll.Books;

/// <summary>A book's answer in phrases, said in any language by those who print it.</summary>
public static class BookWords
{
    private const int MostOfTrait = 5;

    /// <summary>Everything, headings first in each group.</summary>
    public static IReadOnlyList<(bool Item, Phrase Said)> Lines(BookResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (book, loss) = (result.Book, result.Loss);
        var code = book.Currency.Code;
        return
        [
            (
                false,
                Phrase.Of(
                    "book.heading",
                    book.Name,
                    book.Loans.Count,
                    book.Outstanding,
                    code,
                    book.Decided
                )
            ),
            (
                false,
                Phrase.Of("book.loss", loss.Mean, code, loss.Error, loss.P90, loss.P99, loss.Tail)
            ),
            (false, Phrase.Of("book.odds", loss.OddsOfAny, loss.OddsOfTenth, book.Draws)),
            (
                false,
                Phrase.Of(
                    Shared(result) ? "book.shared" : "book.apart",
                    result.Independent.Mean,
                    result.Independent.Error,
                    result.Independent.Tail,
                    result.Alone.Mean,
                    result.Alone.Tail
                )
            ),
            (
                false,
                result.FireSaleDraws > 0
                    ? Phrase.Of(
                        "book.firesale",
                        result.FireSaleDraws,
                        result.FireSaleDiscount,
                        loss.Mean - result.Alone.Mean
                    )
                    : Phrase.Of("book.firesale.none")
            ),
            (false, Phrase.Of("book.loans")),
            .. result.Loans.Select(l =>
                (
                    true,
                    Phrase.Of(
                        "book.loan.line",
                        l.Loan.Name,
                        l.Loan.Outstanding,
                        l.Default,
                        l.Loss,
                        l.LossGivenDefault,
                        l.TailLoss
                    )
                )
            ),
            (false, Phrase.Of("book.concentration")),
            .. result
                .Concentrations.GroupBy(c => c.Trait, StringComparer.Ordinal)
                .SelectMany(Largest),
            (false, Phrase.Of("book.contagion")),
            .. result.Contagion.Select(c =>
                (
                    true,
                    Phrase.Of(
                        "book.contagion.line",
                        c.Name,
                        c.Loans,
                        c.Outstanding,
                        c.Odds,
                        book.FailureMonth,
                        c.MoreDefaults,
                        c.MoreLoss,
                        c.ElsewhereLoss
                    )
                )
            ),
            (false, Phrase.Of("book.limits")),
        ];
    }

    /// <summary>The largest of a trait, and how many are left out.</summary>
    private static IEnumerable<(bool Item, Phrase Said)> Largest(
        IGrouping<string, Concentration> of
    )
    {
        var trait = Phrase.Of($"book.trait.{of.Key}");
        foreach (var c in of.Take(MostOfTrait))
        {
            yield return (
                true,
                Phrase.Of("book.concentration.line", trait, c.Name, c.Loans, c.Share, c.LossShare)
            );
        }
        Concentration[] more = [.. of.Skip(MostOfTrait)];
        if (more.Length > 0)
        {
            yield return (
                true,
                Phrase.Of("book.concentration.more", trait, more.Length, more.Sum(c => c.Share))
            );
        }
    }

    /// <summary>True when a tenant, an operator or who stands behind them stands behind two loans or more.</summary>
    private static bool Shared(BookResult result) =>
        result.Contagion.Any(c => c.Loans > 1)
        || result.Concentrations.Any(c => c is { Trait: "tenant" or "operator", Loans: > 1 });
}
