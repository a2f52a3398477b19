using Plimsoll.Inputs;

namespace Plimsoll.Sweeps;

/// <summary>The inputs of a sweep file: studies, what is varied in them, and what is kept.</summary>
public static class SweepInputs
{
    /// <summary>Most runs of a sweep.</summary>
    public const int MostRuns = 1_000_000;

    /// <summary>The table of <c>kind: sweep</c>.</summary>
    public static InputTable Table() =>
        new(
            "sweep",
            "A sweep: one study or many, run over a grid or a sample of their inputs.",
            [.. Head(), .. Studies(), .. Axes(), .. Outputs(), .. Reports()]
        );

    private static IEnumerable<InputRow> Head() =>
        [
            new("name", InputType.Text, "Name of the sweep, used in titles.") { Required = true },
            new("explanation", InputType.Text, "What the sweep is to show.") { MaxLength = 32_000 },
            new(
                "draws",
                InputType.Integer,
                "Joint draws of the world in every run; fewer than a study has, as many runs are compared."
            )
            {
                Default = "300",
                Min = 30,
                Max = 100_000,
                Unit = "draws",
            },
            new(
                "seed",
                InputType.Integer,
                "Seed of every run in place of the study's own, so that runs differ by what is varied and not by luck; it also places the points of a sample."
            )
            {
                Default = "1",
                Min = 0,
                Max = 2_147_483_647,
                Unit = "1",
            },
        ];

    private static IEnumerable<InputRow> Studies() =>
        [
            new(
                "study",
                InputType.Text,
                "The study varied: a file below the folder of this one, or the name of a shipped study. Give this or 'studies'."
            ),
            new(
                "studies",
                InputType.List,
                "Several studies, each run at every point; without axes each is run once."
            )
            {
                Max = 100_000,
            },
            new(
                "studies[].file",
                InputType.Text,
                "A file below the folder of this one, or the name of a shipped study."
            )
            {
                Required = true,
            },
            new(
                "studies[].name",
                InputType.Text,
                "What the study is called in tables; the name of its file when left out."
            ),
        ];

    private static IEnumerable<InputRow> Axes() =>
        [
            new(
                "design",
                InputType.Choice,
                "A grid runs every combination of the axes' values; a sample runs points of a Latin hypercube, which covers many axes with few runs."
            )
            {
                Default = "grid",
                Choices = ["grid", "sample"],
            },
            new("points", InputType.Integer, "Points of a sample.")
            {
                Default = "200",
                Min = 2,
                Max = MostRuns,
                Unit = "points",
            },
            new(
                "axes",
                InputType.List,
                "What is varied. Give each axis values, words, or low and high."
            )
            {
                Max = 50,
            },
            new(
                "axes[].path",
                InputType.Text,
                "Where in the study: keys joined by points, items of a list by number from 0, for example finance.gearing or fleet[0].servers."
            )
            {
                Required = true,
            },
            new(
                "axes[].name",
                InputType.Text,
                "What the axis is called in tables and titles; its path when left out."
            ),
            new("axes[].values", InputType.NumberList, "The values it takes.")
            {
                Max = 1000,
                Unit = "1",
            },
            new("axes[].words", InputType.Text, "The words it takes, parted by semicolons.")
            {
                MaxLength = 10_000,
            },
            new("axes[].low", InputType.Number, "Lowest value of a range.")
            {
                Unit = "1",
                OneValue = true,
            },
            new("axes[].high", InputType.Number, "Highest value of a range.")
            {
                Unit = "1",
                OneValue = true,
            },
            new(
                "axes[].count",
                InputType.Integer,
                "Values of a range in a grid, both ends included."
            )
            {
                Default = "5",
                Min = 2,
                Max = 1000,
                Unit = "1",
            },
            new(
                "axes[].scale",
                InputType.Choice,
                "Whether a range is parted by equal steps or by equal ratios."
            )
            {
                Default = "linear",
                Choices = ["linear", "log"],
            },
            new(
                "axes[].whole",
                InputType.Boolean,
                "Whether values of a range are rounded to whole numbers."
            )
            {
                Default = "false",
            },
        ];

    private static IEnumerable<InputRow> Outputs() =>
        [
            new("outputs", InputType.List, "Figures kept of every run beside the standard ones.")
            {
                Max = 200,
            },
            new("outputs[].name", InputType.Text, "Name of its column.") { Required = true },
            new(
                "outputs[].path",
                InputType.Text,
                "Where it stands in result.json: keys joined by points, items of a list by number, for example options[1].fill.p50."
            )
            {
                Required = true,
            },
            new("outputs[].type", InputType.Choice, "What its column holds.")
            {
                Default = "number",
                Choices = ["number", "words"],
            },
        ];

    private static IEnumerable<InputRow> Reports() =>
        [
            new(
                "map_across",
                InputType.Text,
                "Path of the axis across the map of verdicts; the first when left out."
            ),
            new(
                "map_up",
                InputType.Text,
                "Path of the axis up the map of verdicts; the second when left out."
            ),
        ];
}
