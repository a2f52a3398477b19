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

    /// <summary>A choice as files and results write it.</summary>
    /// <param name="question">Whose question it is.</param>
    public static string Word(PortfolioQuestion question) => PortfolioDocument.Word(question);

    /// <summary>A kind of action.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="book">The language.</param>
    public static string Action(ActionKind kind, PhraseBook book) =>
        Action(PortfolioDocument.Word(kind), book);

    /// <summary>Whether an applicant's hours in real use are worth what carries it.</summary>
    /// <param name="applicant">The applicant.</param>
    /// <param name="book">The language.</param>
    public static string Support(CrowdingOut applicant, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(applicant);
        ArgumentNullException.ThrowIfNull(book);
        return book.Say(
            applicant.Shortfall <= 0 ? "portfolio.support.needed.not"
            : applicant.WorthSupporting ? "portfolio.support.use"
            : "portfolio.support.no"
        );
    }

    /// <summary>How many applicants are not told of who takes what from whom; empty where all are.</summary>
    /// <param name="result">What the portfolio came to.</param>
    /// <param name="book">The language.</param>
    public static string MoreApplicants(PortfolioResult result, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(book);
        var (told, all) = (
            result.Crowding.Count,
            result.Centres.Count(c => c.Centre.Stage == CentreStage.Planned)
        );
        return told == 0 || told >= all
            ? ""
            : book.Say("portfolio.crowding.more", told, all, all - told);
    }

    /// <summary>What is done on the way to an answer, by the English word in which it is reported.</summary>
    /// <param name="stage">As reported.</param>
    /// <param name="book">The language.</param>
    public static string Stage(string stage, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        return book.Name("portfolio.stage", stage);
    }

    /// <summary>A key of a centre by its name in a language, the key beside it.</summary>
    /// <param name="path">The key below the centre.</param>
    /// <param name="book">The language.</param>
    public static string Path(string path, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(book);
        return book.Name("portfolio.path", path);
    }

    /// <summary>Chips of a centre; those it may have where they are unknown.</summary>
    /// <param name="centre">The centre.</param>
    /// <param name="book">The language.</param>
    public static string Chips(PortfolioCentre centre, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(centre);
        ArgumentNullException.ThrowIfNull(book);
        var ways = centre.ChipWays;
        return ways.Count == 1
            ? ways[0]
            : book.Say(
                "portfolio.chips.unknown",
                ways.Aggregate((before, next) => book.Say("list.or", before, next))
            );
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
        return Named(unknown.Name, unknown.Title, book);
    }

    /// <summary>What decides between the action of a centre and the next best, in a language; empty for nothing.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="book">The language.</param>
    public static string Decides(ChoiceOdds choice, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(book);
        return choice.Decides.Length == 0 ? "" : Named(choice.Decides, choice.Title, book);
    }

    /// <summary>What would change the action of a centre, in a language; empty where nothing tried does.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="book">The language.</param>
    public static string Turns(ChoiceOdds choice, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(book);
        return choice.Turn is not { } turn
            ? choice.Turns
            : book.Say(
                turn.Below ? "portfolio.turns.below" : "portfolio.turns.above",
                Decides(choice, book),
                turn.Level,
                Action(choice.RunnerUp, book)
            );
    }

    /// <summary>A key by its label; one of another centre, such as the host of a merger, with whose it is.</summary>
    private static string Named(string name, Phrase? title, PhraseBook book)
    {
        if (title is not null)
        {
            return book.Say(title);
        }
        if (book.Language == PhraseBook.English.Language)
        {
            return name;
        }
        if (InputLabels.Of(book.Language, name) is { } label)
        {
            return book.Say("report.named", label, name);
        }
        var of = name.LastIndexOf(": ", StringComparison.Ordinal);
        return of > 0
            ? book.Say("portfolio.of", name[..of], Named(name[(of + 2)..], null, book))
            : name;
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
                        c.Unknown.Select(u =>
                                Phrase.Of(
                                    "portfolio.taken",
                                    Words.Named("portfolio.path", u.Path),
                                    u.Prior
                                )
                            )
                            .Aggregate((before, next) => Phrase.Of("list.semicolon", before, next))
                    )
                )
        );
        limits.AddRange(warnings.Select(w => Warned(w, portfolio.Table)));
        return limits;
    }

    /// <summary>A warning as it stands among the limits: of a table with its file, row and column.</summary>
    private static Phrase Warned(LocatedFinding found, string? table) =>
        found.File != table
            ? FindingWords.Warning(found)
            : Phrase.Of(
                "portfolio.limit.warning",
                InputText.Cut(found.File),
                found.Line,
                found.Column,
                found.Finding.Path.ToString(),
                FindingWords.Of(found.Finding.Found),
                FindingWords.Of(found.Finding.Expected),
                FindingWords.Of(found.Finding.Remedy)
            );
}
