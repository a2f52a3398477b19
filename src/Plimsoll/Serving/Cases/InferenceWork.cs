using Plimsoll.Quantities;

namespace Plimsoll.Serving.Cases;

/// <summary>What a simulation will take, from its requests.</summary>
public static class InferenceWork
{
    // Measured: 100,000 requests in a quarter of a second on a cold start, a twentieth on a warm one; the plain twin takes every step by itself.
    private const double FixedSeconds = 1;
    private const double SecondsARequest = 2e-6;

    // Measured: clients that are drawn and left out because they come before 'from'.
    private const double SecondsASkipped = 5e-7;
    private const double StepwiseFactor = 200;
    private const double FixedBytes = 200e6;
    private const double BytesAKeptRequest = 64;

    // A trace tells its length only when it is read; a row is some 40 bytes.
    private const double BytesARow = 40;

    /// <summary>The estimate.</summary>
    /// <param name="installation">The case.</param>
    /// <param name="stepwise">Whether the plain twin is run.</param>
    public static WorkEstimate Of(InferenceCase installation, bool stepwise = false)
    {
        var workload = installation.Workload;
        var shape = workload.Shape;
        var rate = (workload.Mixture?.RequestsPerSecond ?? 0) * shape.RateScale * workload.Copies;
        var most =
            workload.Trace is { } trace ? Files.FileFacts.Of(trace).Size / BytesARow
            : double.IsFinite(shape.UntilSeconds) ? rate * (shape.UntilSeconds - shape.FromSeconds)
            : double.PositiveInfinity;
        var requests = Math.Min(workload.Expected ?? double.PositiveInfinity, most);
        // Clients have no beginning but time zero: what they send until 'from' is drawn all the same.
        var skipped = rate * shape.FromSeconds;
        return new WorkEstimate(
            FixedSeconds
                + (SecondsASkipped * skipped)
                + (SecondsARequest * requests * (stepwise ? StepwiseFactor : 1)),
            FixedBytes + (installation.Config.KeepOutcomes ? BytesAKeptRequest * requests : 0)
        );
    }
}
