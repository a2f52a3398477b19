using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies;

namespace Plimsoll.Portfolios;

/// <summary>What the actions, plans and unknowns of an answer are called in a language, and sentences on what it does not know.</summary>
public static class PortfolioWords
{
    private const string ActionKey = "portfolio.action.";

    /// <summary>An action by its key or its kind; whom it names stays as named.</summary>
    /// <param name="key">Such as <c>keep</c>, <c>hand over to NAME</c>, or the kind <c>hand-over</c>.</param>
    /// <param name="book">The language.</param>
    public static string Action(string key, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(book);
        // A kind by itself is written with a hyphen: hand-over.
        var words = key.Contains(' ', StringComparison.Ordinal) ? key : key.Replace('-', ' ');
        var known = book
            .Keys.Where(k => k.StartsWith(ActionKey, StringComparison.Ordinal))
            .Select(k => k[ActionKey.Length..])
            .Where(k => words == k || words.StartsWith(k + " ", StringComparison.Ordinal))
            .MaxBy(k => k.Length);
        return known is null ? key
            : words == known ? book.Say(ActionKey + known)
            : book.Say(ActionKey + known, words[(known.Length + 1)..]);
    }

    /// <summary>A plan or simple rule by its English name.</summary>
    /// <param name="name">Its name in a result.</param>
    /// <param name="book">The language.</param>
    public static string Plan(string name, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        return book.Name("portfolio.plan", name);
    }

    /// <summary>What is unknown, by its name in a language: the label of an input before its key, as in other answers.</summary>
    /// <param name="unknown">What is unknown.</param>
    /// <param name="book">The language.</param>
    public static string Named(UnknownWorth unknown, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(unknown);
        ArgumentNullException.ThrowIfNull(book);
        return unknown.Title is { } title ? book.Say(title)
            : book.Language != PhraseBook.English.Language
            && InputLabels.Of(book.Language, unknown.Name) is { } label
                ? book.Say("report.named", label, unknown.Name)
            : unknown.Name;
    }

    /// <summary>The limits of an answer.</summary>
    internal static IReadOnlyList<Phrase> Limits(
        Portfolio portfolio,
        PortfolioDraws draws,
        IReadOnlyList<LocatedFinding> warnings
    )
    {
        var limits = new List<Phrase>
        {
            Phrase.Of("portfolio.limit.rest"),
            Phrase.Of(
                portfolio.PoolServers is null
                    ? "portfolio.limit.pool.prior"
                    : "portfolio.limit.pool",
                draws.Pool.Most[0],
                draws.Pool.Most[1],
                draws.Pool.Most[2]
            ),
            Phrase.Of("portfolio.limit.alike"),
        };
        if (portfolio.Scenario.Market == "china")
        {
            limits.Add(Phrase.Of("portfolio.limit.narrow"));
        }
        if (!draws.Market.Ensemble.Fitted)
        {
            limits.Add(Phrase.Of("portfolio.limit.unfitted"));
        }
        var stylised = portfolio.Centres.Count(c => c.Stylised);
        if (stylised > 0)
        {
            limits.Add(Phrase.Of("portfolio.limit.stylised", stylised, portfolio.Centres.Count));
        }
        limits.AddRange(
            portfolio
                .Centres.Where(c => c.Unknown.Count > 0)
                .Select(c =>
                    Phrase.Of(
                        "portfolio.limit.unknown",
                        InputText.Cut(c.Name),
                        c.Unknown.Select(u => Phrase.Of("portfolio.taken", u.Path, u.Prior))
                            .Aggregate((before, next) => Phrase.Of("list.semicolon", before, next))
                    )
                )
        );
        limits.AddRange(warnings.Select(FindingWords.Warning));
        return limits;
    }
}
