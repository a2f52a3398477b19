using Plimsoll.Quantities;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>Every number the answer rests on, with source, date, range and grade.</summary>
internal static class AssumptionsSection
{
    /// <summary>The section; null without assumptions.</summary>
    public static PageSection? Of(StudyResult result, Figures figures) =>
        result.Assumptions.Count == 0
            ? null
            : new PageSection(
                "assumptions",
                figures.Say("report.assumptions.short"),
                figures.Say("report.assumptions"),
                page =>
                {
                    var all = result.Assumptions;
                    var low = all.Count(a => a.Grade == Grade.D);
                    page.Raw(
                        $"<p>{figures.Say("report.assumptions.own", low, all.Count, (double)low / all.Count, "<span class=\"grade D\">D</span>", Counts(all, figures))}</p>"
                    );
                    page.Text("p", figures.Say("report.assumptions.grades"), "soft");
                    Table(page, figures.Say("report.assumptions.all"), Sorted(all), figures);
                }
            );

    /// <summary>A table of assumptions.</summary>
    public static void Table(
        Markup page,
        string caption,
        IEnumerable<Assumption> assumptions,
        Figures figures
    ) =>
        page.Table(
            caption,
            [
                figures.Say("report.flips.number"),
                figures.Say("report.value"),
                figures.Say("report.range"),
                figures.Say("report.grade"),
                figures.Say("report.source"),
                figures.Say("report.dated"),
                figures.Say("report.place"),
            ],
            assumptions.Select(a =>
                (
                    a.Grade == Grade.D ? "low" : "",
                    (IReadOnlyList<Cell>)
                        [
                            figures.Label(a.Name),
                            new Cell(Markup.Encode(Unit(a.Value, a.Unit, figures)), true),
                            a.Range.Length == 0
                                ? new Cell(figures.Say("report.exact"), true)
                                : new Cell(
                                    Markup.Encode(Unit(Range(a.Range, figures), a.Unit, figures)),
                                    true
                                ),
                            Mark(a.Grade),
                            new Cell(Source(a.Source, figures), false),
                            a.Dated.Length == 0 ? figures.Say("report.dated.study") : a.Dated,
                            figures.Book.Say(a.Stands),
                        ]
                )
            )
        );

    /// <summary>A grade as a mark; low grades stand out.</summary>
    public static Cell Mark(Grade grade) =>
        new($"<span class=\"grade {grade}\">{grade}</span>", false);

    private static IEnumerable<Assumption> Sorted(IEnumerable<Assumption> all) =>
        all.OrderByDescending(a => a.Grade)
            .ThenBy(a => a.Name, StringComparer.Ordinal)
            .ThenBy(a => a.Place, StringComparer.Ordinal);

    private static string Counts(IReadOnlyList<Assumption> all, Figures figures) =>
        figures.Book.Row(
            all.GroupBy(a => a.Grade)
                .OrderBy(g => g.Key)
                .Where(g => g.Key != Grade.D)
                .Select(g => figures.Say("report.assumptions.count", g.Count(), $"{g.Key}"))
        )
            is { Length: > 0 } text
            ? figures.Say("report.sentence", text)
            : "";

    private static string Unit(string value, string unit, Figures figures) =>
        unit is "" or "1" or "text" || value.EndsWith(unit, StringComparison.Ordinal)
            ? value
            : figures.Say("report.assumptions.unit", value, figures.Book.Unit(unit));

    /// <summary>A range as printed, in the words of the language.</summary>
    private static string Range(string range, Figures figures) =>
        range.Split(" to ") is [var low, var high] ? figures.Say("range", low, high) : range;

    /// <summary>A source; a web address can be followed, nothing is loaded from it.</summary>
    public static string Source(string source, Figures figures)
    {
        var text = Markup.Encode(SourceWords.Of(source, figures.Book));
        return
            Uri.TryCreate(source, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            ? $"<a href=\"{Markup.Encode(address.AbsoluteUri)}\" rel=\"noopener noreferrer\">{text}</a>"
            : text;
    }
}
