using Plimsoll.Inputs;

namespace Plimsoll.Studies;

/// <summary>The inputs of a study file, composed from the rows of the layers.</summary>
public static class StudyInputs
{
    /// <summary>The table of <c>kind: study</c>.</summary>
    public static InputTable Table() =>
        new("study", "One AI data centre and the question asked about it.", Rows());

    private static IEnumerable<InputRow> Rows() =>
        [
            new("name", InputType.Text, "Name of the study, used in titles.") { Required = true },
            new(
                "decided",
                InputType.Month,
                "Month of the decision; nothing published later is seen."
            )
            {
                Required = true,
            },
        ];
}
