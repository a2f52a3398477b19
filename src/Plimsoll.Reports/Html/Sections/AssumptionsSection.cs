using Plimsoll.Decisions;
using Plimsoll.Quantities;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>Every number the answer rests on, with source, date, range and grade.</summary>
internal static class AssumptionsSection
{
    /// <summary>The section; null without assumptions.</summary>
    public static PageSection? Of(StudyResult result) =>
        result.Assumptions.Count == 0
            ? null
            : new PageSection(
                "assumptions",
                "Assumptions",
                "Assumptions, with source and grade",
                page =>
                {
                    var all = result.Assumptions;
                    var low = all.Count(a => a.Grade == Grade.D);
                    page.Raw(
                        $"<p>{low} of {all.Count} numbers, {Words.Percent((double)low / all.Count)}, are of grade <span class=\"grade D\">D</span>: priors of our own, for which no source was found. {Counts(all)}</p>"
                    );
                    page.Text(
                        "p",
                        "A: filing, datasheet or official publication. B: named outlet with its own reporting. C: trade press, or a quote passed on. D: own prior or derivation.",
                        "soft"
                    );
                    Table(page, "All numbers, by grade and name", Sorted(all));
                }
            );

    /// <summary>A table of assumptions.</summary>
    public static void Table(Markup page, string caption, IEnumerable<Assumption> assumptions) =>
        page.Table(
            caption,
            ["number", "value", "range", "grade", "source", "dated", "stands in"],
            assumptions.Select(a =>
                (
                    a.Grade == Grade.D ? "low" : "",
                    (IReadOnlyList<Cell>)
                        [
                            a.Name,
                            new Cell(Markup.Encode(Unit(a.Value, a.Unit)), true),
                            a.Range.Length == 0
                                ? new Cell("exact", true)
                                : new Cell(Markup.Encode(Unit(a.Range, a.Unit)), true),
                            Mark(a.Grade),
                            new Cell(Source(a.Source), false),
                            a.Dated.Length == 0 ? "the study" : a.Dated,
                            a.Place,
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

    private static string Counts(IReadOnlyList<Assumption> all) =>
        string.Join(
            ", ",
            all.GroupBy(a => a.Grade)
                .OrderBy(g => g.Key)
                .Where(g => g.Key != Grade.D)
                .Select(g => $"{g.Count()} of grade {g.Key}")
        )
            is { Length: > 0 } text
            ? text + "."
            : "";

    private static string Unit(string value, string unit) =>
        unit is "" or "1" or "text" || value.EndsWith(unit, StringComparison.Ordinal)
            ? value
            : $"{value} {unit}";

    /// <summary>A source; a web address can be followed, nothing is loaded from it.</summary>
    private static string Source(string source)
    {
        var text = Markup.Encode(source);
        return
            Uri.TryCreate(source, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            ? $"<a href=\"{Markup.Encode(address.AbsoluteUri)}\" rel=\"noopener noreferrer\">{text}</a>"
            : text;
    }
}
