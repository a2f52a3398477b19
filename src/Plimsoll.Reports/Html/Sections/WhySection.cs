using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>The why-chain: from debt service cover back to demand, each step opening into what it rests on.</summary>
internal static class WhySection
{
    /// <summary>The section; null without a chain.</summary>
    public static PageSection? Of(StudyResult result) =>
        result.Why.Count == 0
            ? null
            : new PageSection(
                "why",
                "Why",
                "Why: from the answer down to the sources",
                page =>
                {
                    page.Text(
                        "p",
                        "Each figure opens into the step it follows from and the inputs it rests on. Means over the operating months of the median draw, with the spread over the draws.",
                        "soft"
                    );
                    for (var i = result.Why.Count - 1; i >= 0; i--)
                    {
                        Step(page, result, i);
                    }
                }
            );

    private static void Step(Markup page, StudyResult result, int index)
    {
        var step = result.Why[index];
        var of = $"why[{index}].";
        page.Raw(
            $"<details id=\"why-{index}\"><summary><span>{Markup.Encode(step.Name)}</span><b>{Figures.In(step.Value, step.Unit, of + "value").Html}</b></summary><div>"
        );
        page.Text("p", step.Meaning);
        if (double.IsFinite(step.P90) && double.IsFinite(step.P10))
        {
            page.Raw(
                $"<p>Over the draws: P90 {Figures.In(step.P90, step.Unit, of + "p90").Html}, P10 {Figures.In(step.P10, step.Unit, of + "p10").Html}.</p>"
            );
        }
        if (index > 0)
        {
            var below = result.Why[index - 1];
            page.Raw(
                $"<p>It follows from <a href=\"#why-{index - 1}\">{Markup.Encode(below.Name)}</a>, {Figures.In(below.Value, below.Unit, $"why[{index - 1}].value").Html}.</p>"
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
            AssumptionsSection.Table(page, "Inputs of this step", known);
        }
        page.Sentences(
            inputs
                .Where(i => i.Found is null)
                .Select(i => $"{i.name}: of the model, see Conventions.")
        );
        page.Raw("</div></details>");
    }
}
