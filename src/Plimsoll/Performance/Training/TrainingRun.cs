namespace Plimsoll.Performance.Training;

/// <summary>A job on a fleet in a layout.</summary>
/// <param name="Job">What is trained.</param>
/// <param name="Fleet">On what.</param>
/// <param name="Layout">How.</param>
public sealed record TrainingRun(TrainingJob Job, TrainingFleet Fleet, TrainingLayout Layout)
{
    /// <summary>Data-parallel ranks.</summary>
    public int DataParallel => Layout.DataParallel(Fleet);

    /// <summary>Micro-batches a rank computes in an iteration.</summary>
    public int MicroBatches => Layout.MicroBatches(Job, Fleet);
}
