using Plimsoll.Jobs;

namespace Plimsoll.Cluster.Grains;

/// <summary>Whose turn it is.</summary>
internal static class Fairness
{
    /// <summary>The next job for a free worker.</summary>
    /// <param name="open">Jobs with runs to be handed out, the oldest first.</param>
    /// <param name="busy">Workers that each workspace has now.</param>
    /// <param name="warm">Jobs whose markets the worker's silo has prepared.</param>
    /// <returns>Null when there is none.</returns>
    public static JobOrder? Next(
        IReadOnlyList<JobOrder> open,
        IReadOnlyDictionary<string, int> busy,
        IReadOnlyCollection<string> warm
    ) =>
        open.Select((job, age) => (job, age))
            .OrderByDescending(o => o.job.Priority)
            .ThenBy(o => busy.GetValueOrDefault(o.job.Workspace))
            .ThenBy(o => o.job.Workspace, StringComparer.Ordinal)
            .ThenBy(o => warm.Contains(o.job.Id) ? 0 : 1)
            .ThenBy(o => o.age)
            .Select(o => o.job)
            .FirstOrDefault();
}
