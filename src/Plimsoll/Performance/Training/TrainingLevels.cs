namespace Plimsoll.Performance.Training;

/// <summary>The levels to which effects on the training coefficients belong.</summary>
public static class TrainingLevels
{
    /// <summary>The level of every run.</summary>
    public const string All = "all";

    /// <summary>Levels of a run, widest first.</summary>
    public static IReadOnlyList<string> Of(TrainingRun run) =>
        [
            All,
            Family(run),
            Software(run),
            $"software+family:{run.Layout.Software}|{ChipFamily.Of(run.Fleet.Accelerator)}",
        ];

    /// <summary>The chip family's level.</summary>
    public static string Family(TrainingRun run) =>
        $"family:{ChipFamily.Of(run.Fleet.Accelerator)}";

    /// <summary>The software's level.</summary>
    public static string Software(TrainingRun run) => $"software:{run.Layout.Software}";

    /// <summary>The model's size class, by which a calibration remembers what it saw: width and depth.</summary>
    public static string Size(TrainingRun run) =>
        $"size:{run.Job.Model.Hidden}x{run.Job.Model.Layers}";
}
