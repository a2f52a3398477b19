using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>Stress cases by name.</summary>
internal static class StressSection
{
    /// <summary>The section; null without stress cases.</summary>
    public static PageSection? Of(StudyResult result, Figures figures) =>
        result.Stresses.Count == 0
            ? null
            : new PageSection(
                "stress",
                figures.Say("report.stress.short"),
                figures.Say("report.stress"),
                page =>
                    page.Table(
                        figures.Say("report.stress.table"),
                        [
                            figures.Say("report.stress.name"),
                            figures.Say("report.stress.assumed"),
                            figures.Say("report.fill.middle"),
                            figures.Say("report.cover.middle"),
                            figures.Say("report.cover.below", result.Rule.CovenantCover),
                            figures.Say("report.default"),
                            figures.Say("report.stress.npv"),
                        ],
                        result.Stresses.Select((s, i) => ("", Row(s, $"stresses[{i}].", figures)))
                    )
            );

    private static IReadOnlyList<Cell> Row(StressCase stress, string of, Figures figures)
    {
        var debt = double.IsFinite(stress.MinimumCover);
        return
        [
            figures.Book.Name("stress", stress.Name),
            figures.Book.Name("stressed", stress.Description),
            figures.Share(stress.Fill, of + "fill"),
            debt
                ? figures.Times(stress.MinimumCover, of + "minimumCover")
                : new Cell(figures.Say("report.debt.none"), true),
            debt
                ? figures.Odds(stress.Breach, of + "breach")
                : new Cell(figures.Say("report.debt.none"), true),
            debt
                ? figures.Odds(stress.Default, of + "default")
                : new Cell(figures.Say("report.debt.none"), true),
            figures.Money(stress.EquityNpv, of + "equityNpv"),
        ];
    }
}
