using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Portfolios;

/// <summary>What a plan comes to in a few sentences: what is gained, how surely, and what is lost for it.</summary>
/// <param name="Grade">How it may be shown: a gain that is sure and costs no use, a gain that costs something, or no plan.</param>
/// <param name="Head">The plan in a few words.</param>
/// <param name="Sentences">Gain with its interval, what is lost, and how the worth of a useful hour was counted.</param>
public sealed record PlanVerdict(PlanGrade Grade, string Head, IReadOnlyList<string> Sentences)
{
    /// <summary>A fall of useful hours of which is said that it is one.</summary>
    private const double Loss = 0.02;

    private const string Refused = "refuse";

    /// <summary>Head and sentences.</summary>
    public IEnumerable<string> Lines => Head.Length > 0 ? [Head, .. Sentences] : [];

    /// <summary>The verdict on a result in English; empty where no plan was searched.</summary>
    public static PlanVerdict Of(PortfolioResult r) => Of(r, PhraseBook.English);

    /// <summary>The verdict on a result in a language; empty where no plan was searched.</summary>
    /// <param name="r">What the portfolio came to.</param>
    /// <param name="book">The language.</param>
    public static PlanVerdict Of(PortfolioResult r, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(r);
        ArgumentNullException.ThrowIfNull(book);
        if (r.Plan is not { } plan || r.Search is not { } search)
        {
            return new PlanVerdict(PlanGrade.None, "", []);
        }
        var asked = r.Centres.Count(c => c.Centre.Stage == CentreStage.Planned);
        var begun = r.Centres.Count(c =>
            c.Centre.Stage == CentreStage.Planned && c.Planned.Action != Refused
        );
        var there = r.Centres.Count - asked;
        var moved = r.Centres.Count(c =>
            c.Centre.Stage != CentreStage.Planned && c.Planned.Action != c.Kept.Action
        );
        var changed = moved + begun;
        var gain = search.Idle;
        var (before, after) = (gain.Rule.UsefulHours.Mean, plan.UsefulHours.Mean);
        var change = before > 0 ? (after / before) - 1 : 0;
        var said = new List<Phrase>
        {
            changed == 0
                ? Phrase.Of("portfolio.verdict.none")
                : Phrase.Of("portfolio.verdict.actions", Actions(r, book)),
        };
        if (changed > 0)
        {
            said.Add(Gained(gain, Currency(r), asked));
            said.Add(
                change < -Loss ? Phrase.Of("portfolio.verdict.use.falls", before, after, change)
                : change > Loss ? Phrase.Of("portfolio.verdict.use.rises", before, after, change)
                : Phrase.Of("portfolio.verdict.use.stays", after)
            );
            said.Add(
                Phrase.Of(
                    "portfolio.verdict.lenders",
                    plan.LenderLoss.Mean,
                    gain.Rule.LenderLoss.Mean,
                    plan.Cost,
                    plan.PublicMoney.Mean,
                    gain.Rule.PublicMoney.Mean,
                    r.Portfolio.Value.PublicMoney
                )
            );
        }
        if (search.TakenBack.Count > 0)
        {
            said.Add(Phrase.Of("portfolio.verdict.taken", search.TakenBack.Count, search.Held));
        }
        if (search.Unknowns is [var first, ..])
        {
            said.Add(
                Phrase.Of(
                    "portfolio.verdict.unknown",
                    first.Centre.Length > 0
                        ? Phrase.Of("portfolio.of", first.Centre, PortfolioWords.Named(first, book))
                        : PortfolioWords.Named(first, book),
                    first.KnownSaid,
                    first.Worth,
                    Currency(r)
                )
            );
        }
        said.Add(Use(r));
        return new PlanVerdict(
            changed == 0 || gain.Low <= 0 ? PlanGrade.Open
                : change < -Loss ? PlanGrade.Loses
                : PlanGrade.Gains,
            book.Say(Title(there, moved, asked, begun)),
            [.. said.Select(book.Say)]
        );
    }

    private static Phrase Gained(RuleGain gain, Phrase code, int asked) =>
        Phrase.Of(
            gain.Low > 0 ? "portfolio.verdict.gain" : "portfolio.verdict.gain.open",
            gain.Gain,
            code,
            Phrase.Of(asked > 0 ? "portfolio.idle.planned" : "portfolio.idle"),
            gain.Low,
            gain.High,
            gain.Better,
            gain.Draws
        );

    private static Phrase Currency(PortfolioResult r) =>
        Words.Named("measure", r.Portfolio.Currency.Code);

    private static Phrase Title(int there, int moved, int asked, int begun)
    {
        var standing =
            moved == 0
                ? Phrase.Of("portfolio.title.leave", there)
                : Phrase.Of("portfolio.title.change", moved, there);
        var applicants =
            begun == 0
                ? Phrase.Of("portfolio.title.none", asked)
                : Phrase.Of("portfolio.title.begin", begun, asked);
        return asked == 0 ? standing
            : there == 0 ? Phrase.Of("portfolio.title.alone", applicants)
            : Phrase.Of("portfolio.title.both", standing, applicants);
    }

    private static Phrase Use(PortfolioResult r)
    {
        var (low, high) = (r.UsefulHour.Min(), r.UsefulHour.Max());
        var code = Currency(r);
        var worth =
            low == high
                ? Phrase.Of("portfolio.hour", low, code)
                : Phrase.Of("portfolio.hours", low, high, code);
        return r.Portfolio.Value.UsefulGpuHour is not null
                ? Phrase.Of("portfolio.verdict.hour.stated", worth)
            : high > 0
                ? Phrase.Of(
                    "portfolio.verdict.hour.prior",
                    worth,
                    r.Portfolio.Value.UsefulShareOfRent
                )
            : Phrase.Of("portfolio.verdict.hour.none");
    }

    private static string Actions(PortfolioResult r, PhraseBook book) =>
        book.Row(
            r.Centres.GroupBy(c => c.Planned.Action)
                .OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g =>
                    book.Say("portfolio.count", PortfolioWords.Action(g.Key, book), g.Count())
                )
        );
}

/// <summary>How a plan may be shown.</summary>
public enum PlanGrade
{
    /// <summary>No plan was searched.</summary>
    None,

    /// <summary>Nothing is changed, or the gain cannot be told from none.</summary>
    Open,

    /// <summary>A gain that costs no use.</summary>
    Gains,

    /// <summary>A gain paid for with hours of real use.</summary>
    Loses,
}
