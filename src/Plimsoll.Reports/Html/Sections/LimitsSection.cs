using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>Conventions, limits and draws that failed.</summary>
internal static class LimitsSection
{
    /// <summary>The section.</summary>
    public static PageSection Of(StudyResult result, Figures figures) =>
        new(
            "limits",
            figures.Say("report.limits.short"),
            figures.Say("report.limits"),
            page =>
            {
                if (result.Conventions.Count > 0)
                {
                    page.Text("h3", figures.Say("report.conventions"));
                    page.Sentences(result.ConventionsSaid.Select(figures.Book.Say));
                }
                if (result.Tokens is { } tokens)
                {
                    page.Text("h3", figures.Say("report.tokens"));
                    page.Sentences(tokens.Said(result.Currency.Code).Select(figures.Book.Say));
                }
                page.Text("h3", figures.Say("report.limits.unknown"));
                page.Sentences(result.LimitsSaid.Select(figures.Book.Say));
                page.Text("h3", figures.Say("report.limits.draws"));
                var failed = result.Failures.Values.Sum();
                page.Text(
                    "p",
                    failed == 0
                        ? figures.Say("report.limits.sound", result.Draws)
                        : figures.Say("report.limits.failed", failed, result.Draws)
                );
                page.Sentences(
                    result
                        .Failures.OrderByDescending(f => f.Value)
                        .ThenBy(f => f.Key, StringComparer.Ordinal)
                        .Select(f =>
                            figures.Say(
                                f.Value == 1 ? "report.limits.draw" : "report.limits.some",
                                f.Value,
                                f.Key
                            )
                        )
                );
            }
        );
}
