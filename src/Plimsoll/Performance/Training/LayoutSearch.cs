using Plimsoll.Inputs;

namespace Plimsoll.Performance.Training;

/// <summary>Searches the layouts in which a job fits a fleet for the fastest ones.</summary>
/// <remarks>Every layout of powers of two (and the divisors of the depth as stages) is checked and timed: some ten thousand in well under a second.</remarks>
public static class LayoutSearch
{
    private static readonly int[] _micro = [1, 2, 4, 8, 16];

    private static readonly Recomputation[] _recomputations =
    [
        Recomputation.None,
        Recomputation.Selective,
        Recomputation.Full,
    ];

    /// <summary>The fastest feasible layouts, best first.</summary>
    /// <param name="calibration">Coefficients.</param>
    /// <param name="job">What is trained.</param>
    /// <param name="fleet">On what; a part of it may stay unused when the batch does not divide.</param>
    /// <param name="plain">What is not searched: sharding, schedule, software and its habits.</param>
    /// <param name="count">How many to return; 1 or more.</param>
    /// <returns>Empty when nothing fits.</returns>
    public static IReadOnlyList<TrainingEstimate> Best(
        TrainingCalibration calibration,
        TrainingJob job,
        TrainingFleet fleet,
        TrainingLayout plain,
        int count
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var best = new PriorityQueue<TrainingRun, double>();
        TrainingCoefficients? coefficients = null;
        foreach (var layout in Layouts(job, fleet, plain))
        {
            var run = new TrainingRun(job, fleet, layout);
            if (TrainingCheck.Of(run, InputPath.Root).Count > 0)
            {
                continue;
            }
            coefficients ??= calibration.CoefficientsOf(run, TrainingCalibration.Stated);
            var seconds = IterationLaw.Of(IterationTerms.Of(run), coefficients.Value).Seconds;
            best.Enqueue(run, -seconds);
            if (best.Count > count)
            {
                best.Dequeue();
            }
        }
        return
        [
            .. best
                .UnorderedItems.OrderByDescending(i => i.Priority)
                .Select(i => TrainingEstimate.Of(calibration, i.Element)),
        ];
    }

    /// <summary>Why nothing fits: the layout that comes nearest, with what is wrong with it.</summary>
    public static IReadOnlyList<Finding> Nearest(
        TrainingJob job,
        TrainingFleet fleet,
        TrainingLayout plain,
        InputPath path
    )
    {
        TrainingRun? nearest = null;
        var least = double.PositiveInfinity;
        foreach (var layout in Layouts(job, fleet, plain))
        {
            var run = new TrainingRun(job, fleet, layout);
            var findings = TrainingCheck.Of(run, InputPath.Root);
            if (findings.Count > 0 && findings.All(f => f.Rule == "memory"))
            {
                var missing = TrainingMemory.Of(run).Shortfall.Count;
                if (missing < least)
                {
                    (nearest, least) = (run, missing);
                }
            }
        }
        if (nearest is null && TrainingCheck.OfJob(job, fleet, path) is { Count: > 0 } whatever)
        {
            // No layout mends what is wrong with the job itself.
            return whatever;
        }
        return nearest is null
            ?
            [
                new Finding(
                    path.Key("fleet").Key("accelerators"),
                    "layout",
                    $"{fleet.Accelerators} accelerators and {job.GlobalBatch} sequences",
                    "numbers that tensor, pipeline and data-parallel groups divide",
                    "Choose a fleet and a batch that are multiples of one another."
                ),
            ]
            : TrainingCheck.Of(nearest, path);
    }

    private static IEnumerable<TrainingLayout> Layouts(
        TrainingJob job,
        TrainingFleet fleet,
        TrainingLayout plain
    )
    {
        var model = job.Model;
        var experts = Powers(model.Experts > 0 ? Math.Min(256, model.Experts) : 1).ToArray();
        foreach (var tp in Powers(Math.Min(fleet.PerNode, fleet.Accelerators)))
        {
            foreach (var cp in Powers(Math.Min(16, Math.Max(1, job.SequenceLength / 1024))))
            {
                foreach (var pp in Stages(model.Layers, fleet.Accelerators / (tp * cp)))
                {
                    if (fleet.Accelerators % (tp * cp * pp) != 0)
                    {
                        continue;
                    }
                    foreach (var ep in experts)
                    {
                        foreach (var layout in Fine(job, plain, tp, cp, pp, ep))
                        {
                            yield return layout;
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<TrainingLayout> Fine(
        TrainingJob job,
        TrainingLayout plain,
        int tp,
        int cp,
        int pp,
        int ep
    )
    {
        var most =
            pp > 1 && plain.Schedule == PipelineSchedule.OneForwardOneBackward
                ? Math.Min(8, job.Model.Layers / pp)
                : 1;
        foreach (var v in Powers(most))
        {
            foreach (var micro in _micro)
            {
                foreach (var recomputation in _recomputations)
                {
                    yield return plain with
                    {
                        TensorParallel = tp,
                        ContextParallel = cp,
                        PipelineParallel = pp,
                        ExpertParallel = ep,
                        VirtualStages = v,
                        MicroBatch = micro,
                        Recomputation = recomputation,
                    };
                }
            }
        }
    }

    private static IEnumerable<int> Powers(int most)
    {
        for (var n = 1; n <= most; n *= 2)
        {
            yield return n;
        }
    }

    // Powers of two, and divisors of the depth: stages of one depth.
    private static IEnumerable<int> Stages(int layers, int most)
    {
        for (var p = 1; p <= Math.Min(layers, most); p++)
        {
            if ((p & (p - 1)) == 0 || layers % p == 0)
            {
                yield return p;
            }
        }
    }
}
