using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The why-chain: from debt service cover back to demand, each step opening into what it rests on.</summary>
internal static class WhySection
{
    /// <summary>The section; null without a chain.</summary>
    public static PageSection? Of(StudyResult result, Figures figures) =>
        result.Why.Count == 0
            ? null
            : new PageSection(
                "why",
                figures.Say("report.why.short"),
                figures.Say("report.why"),
                page =>
                {
                    page.Text("p", figures.Say("report.why.note"), "soft");
                    for (var i = result.Why.Count - 1; i >= 0; i--)
                    {
                        Step(page, result, i, figures);
                    }
                }
            );

    private static void Step(Markup page, StudyResult result, int index, Figures figures)
    {
        var step = result.Why[index];
        var of = $"why[{index}].";
        page.Raw(
            $"<details id=\"why-{index}\"><summary><span>{Markup.Encode(figures.Book.Say(step.Title))}</span><b>{figures.Value(step.Value, step.Unit, of + "value").Html}</b></summary><div>"
        );
        page.Text("p", figures.Book.Say(step.Said));
        if (double.IsFinite(step.P90) && double.IsFinite(step.P10))
        {
            page.Raw(
                $"<p>{figures.Say("report.why.spread", figures.Value(step.P90, step.Unit, of + "p90").Html, figures.Value(step.P10, step.Unit, of + "p10").Html)}</p>"
            );
        }
        if (index > 0)
        {
            var below = result.Why[index - 1];
            page.Raw(
                $"<p>{figures.Say("report.why.follows", $"<a href=\"#why-{index - 1}\">{Markup.Encode(figures.Book.Say(below.Title))}</a>", figures.Value(below.Value, below.Unit, $"why[{index - 1}].value").Html)}</p>"
            );
        }
        var inputs = step
            .Inputs.Select(name =>
                (name, Found: result.Assumptions.FirstOrDefault(a => a.Name == name))
            )
            .ToList();
        var known = inputs.Where(i => i.Found is not null).Select(i => i.Found!).ToList();
        if (known.Count > 0)
        {
            AssumptionsSection.Table(page, figures.Say("report.why.inputs"), known, figures);
        }
        page.Sentences(
            inputs
                .Where(i => i.Found is null)
                .Select(i => figures.Say("report.why.model", figures.Label(i.name)))
        );
        page.Raw("</div></details>");
    }
}
