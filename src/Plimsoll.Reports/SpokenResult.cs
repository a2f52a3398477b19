using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Reports.Html;
using Plimsoll.Studies;

namespace Plimsoll.Reports;

/// <summary>A result whose words are those of a language; its figures, and the places at which they stand, are the same.</summary>
/// <remarks>For programs the published result stays in English: names of options, tests and lines are what they match by.</remarks>
public static class SpokenResult
{
    /// <summary>The result in a language.</summary>
    /// <param name="result">What the study came to.</param>
    /// <param name="book">The language.</param>
    public static StudyResult Of(StudyResult result, PhraseBook book)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(book);
        if (book.Language == PhraseBook.English.Language)
        {
            return result;
        }
        var figures = new Figures(result.Currency, book);
        string Course(string name) =>
            result.Options.FirstOrDefault(o => o.Name == name)?.Title is { } option
                ? book.Say(option)
            : result.Loans.FirstOrDefault(l => l.Name == name)?.Title is { } loan ? book.Say(loan)
            : name;
        return result with
        {
            Centre = book.Say(result.CentreSaid),
            Market = book.Say(result.MarketSaid),
            Memo = result.MemoIn(book),
            DecisiveFigure = book.Name("decisive", result.DecisiveFigure),
            Verdict = result.Verdict with
            {
                Headline = book.Say(result.Verdict.Said),
                Option = Course(result.Verdict.Option),
                TestsOf = Course(result.Verdict.TestsOf),
                Grounds = Said(result.Verdict.Because, book),
                Unknown = Said(result.Verdict.Doubts, book),
                Tests = Tests(result.Verdict.Tests, book),
            },
            Options =
            [
                .. result.Options.Select(o =>
                    o with
                    {
                        Name = book.Say(o.Title),
                        Description = book.Say(o.Said),
                        Credit = Tests(o.Credit, book),
                        Equity = Tests(o.Equity, book),
                    }
                ),
            ],
            Loans =
            [
                .. result.Loans.Select(l =>
                    l with
                    {
                        Name = book.Say(l.Title),
                        Conditions = Said(l.Asked, book),
                        Amortisation = book.Say(l.Repaid),
                        Tests = Tests(l.Tests, book),
                    }
                ),
            ],
            Why =
            [
                .. result.Why.Select(w =>
                    w with
                    {
                        Name = book.Say(w.Title),
                        Unit = book.Unit(w.Unit),
                        Meaning = book.Say(w.Said),
                    }
                ),
            ],
            Fans =
            [
                .. result.Fans.Select(f =>
                    f with
                    {
                        Name = book.Name("fan", f.Name),
                        Unit = f.Unit == "fraction" ? f.Unit : book.Unit(f.Unit),
                    }
                ),
            ],
            Waterfall =
            [
                .. result.Waterfall.Select(y =>
                    y with
                    {
                        Lines = [.. y.Lines.Select(l => (book.Name("line", l.Name), l.Amount))],
                    }
                ),
            ],
            WaterfallSums = [.. result.WaterfallSums.Select(s => book.Name("line", s))],
            Tornado =
            [
                .. result.Tornado.Select(b =>
                    b with
                    {
                        Input =
                            b.Path.Length > 0
                                ? figures.Short(b.Path, b.Input)
                                : book.Name("factor", b.Input),
                        Unit = b.Unit is "fraction" or "1" or "" ? b.Unit : book.Unit(b.Unit),
                    }
                ),
            ],
            Stresses =
            [
                .. result.Stresses.Select(s =>
                    s with
                    {
                        Name = book.Name("stress", s.Name),
                        Description = book.Name("stressed", s.Description),
                    }
                ),
            ],
            Floors =
            [
                .. result.Floors.Select(f =>
                    f with
                    {
                        Product = book.Name("lease", f.Product),
                        Parts = [.. f.Parts.Select(p => p with { Name = book.Say(p.Title) })],
                    }
                ),
            ],
            Flips =
            [
                .. result.Flips.Select(f =>
                    f with
                    {
                        Input = book.Say(f.Title),
                        Meaning = book.Say(f.Said),
                    }
                ),
            ],
            Forecast = Forecast(result.Forecast, book),
            Assumptions =
            [
                .. result.Assumptions.Select(a =>
                    a with
                    {
                        Name = figures.Label(a.Name),
                        Unit = a.Unit is "1" or "" ? a.Unit : book.Unit(a.Unit),
                        Place = book.Say(a.Stands),
                    }
                ),
            ],
            Hubs = [.. result.Hubs.Select(h => h with { Hub = figures.Place(h.Hub) })],
            Conventions = Said(result.ConventionsSaid, book),
            Limits = Said(result.LimitsSaid, book),
        };
    }

    private static ForecastAudit? Forecast(ForecastAudit? audit, PhraseBook book) =>
        audit is null
            ? null
            : audit with
            {
                BaseRates = Said(audit.RatesSaid, book),
                Evidence =
                [
                    .. audit.Evidence.Select(e =>
                        e with
                        {
                            Kind = book.Name("evidence", e.Kind),
                            Why = book.Say(e.Because),
                        }
                    ),
                ],
            };

    private static IReadOnlyList<RuleTest> Tests(IReadOnlyList<RuleTest> tests, PhraseBook book) =>
        [.. tests.Select(t => t with { Name = book.Say(t.Title), Reason = book.Say(t.Because) })];

    private static string[] Said(IReadOnlyList<Phrase> phrases, PhraseBook book) =>
        [.. phrases.Select(book.Say)];
}
