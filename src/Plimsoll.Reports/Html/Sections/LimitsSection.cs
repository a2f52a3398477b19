using System.Globalization;
using Plimsoll.Studies;

namespace Plimsoll.Reports.Html.Sections;

/// <summary>Conventions, limits and draws that failed.</summary>
internal static class LimitsSection
{
    /// <summary>The section.</summary>
    public static PageSection Of(StudyResult result) =>
        new(
            "limits",
            "Limits",
            "Conventions and limits",
            page =>
            {
                if (result.Conventions.Count > 0)
                {
                    page.Text("h3", "Conventions");
                    page.Sentences(result.Conventions);
                }
                page.Text("h3", "What this answer does not know");
                page.Sentences(result.Limits);
                page.Text("h3", "Draws");
                var failed = result.Failures.Values.Sum();
                page.Text(
                    "p",
                    failed == 0
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"All {result.Draws:N0} draws could be computed."
                        )
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"{failed:N0} of {result.Draws:N0} draws could not be computed; they are in no figure above:"
                        )
                );
                page.Sentences(
                    result
                        .Failures.OrderByDescending(f => f.Value)
                        .ThenBy(f => f.Key, StringComparer.Ordinal)
                        .Select(f =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{f.Value:N0} {(f.Value == 1 ? "draw" : "draws")}: {f.Key}"
                            )
                        )
                );
            }
        );
}
