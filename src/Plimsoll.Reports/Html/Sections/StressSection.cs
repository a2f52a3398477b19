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
                "Stresses",
                "Stress cases",
                page =>
                    page.Table(
                        "Each stress laid over the same draws",
                        [
                            "stress",
                            "what is assumed",
                            "fill P50",
                            "lowest cover P50",
                            $"cover below {result.Rule.CovenantCover:0.00}×",
                            "default",
                            "value to equity P50",
                        ],
                        result.Stresses.Select((s, i) => ("", Row(s, $"stresses[{i}].", figures)))
                    )
            );

    private static IReadOnlyList<Cell> Row(StressCase stress, string of, Figures figures)
    {
        var debt = double.IsFinite(stress.MinimumCover);
        return
        [
            stress.Name,
            stress.Description,
            figures.Share(stress.Fill, of + "fill"),
            debt
                ? figures.Times(stress.MinimumCover, of + "minimumCover")
                : new Cell("no debt", true),
            debt ? figures.Odds(stress.Breach, of + "breach") : new Cell("no debt", true),
            debt ? figures.Odds(stress.Default, of + "default") : new Cell("no debt", true),
            figures.Money(stress.EquityNpv, of + "equityNpv"),
        ];
    }
}
