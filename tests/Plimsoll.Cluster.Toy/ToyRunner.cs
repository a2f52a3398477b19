using System.Text;
using Plimsoll.Jobs;
using Plimsoll.Outlooks;

namespace Plimsoll.Cluster.Toy;

/// <summary>Answers at once what depends on the order alone; what the study says makes it fail, throw or take long.</summary>
public sealed class ToyRunner(int milliseconds = 0, string engine = "toy 1") : IStudyRunner
{
    public EngineVersion Version { get; } = new(engine, "none");

    /// <summary>Names of the orders computed, with repetition.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Computed { get; } = [];

    public RunResult Run(RunOrder order, RunContext context)
    {
        switch (order.Study)
        {
            case "unanswerable":
                throw new InvalidOperationException("no draw could be computed");
            case "crash":
                throw new NotSupportedException("a fault");
            case "endless":
                context.Progress?.Invoke("waiting", 0.5);
                context.Cancellation.WaitHandle.WaitOne();
                context.Cancellation.ThrowIfCancellationRequested();
                break;
            default:
                break;
        }
        if (milliseconds > 0)
        {
            context.Cancellation.WaitHandle.WaitOne(milliseconds);
            context.Cancellation.ThrowIfCancellationRequested();
        }
        Computed.Enqueue(order.Key(Version));
        return RunResult.Whole(
            Encoding.UTF8.GetBytes($"{order.Study} {order.Changes} {order.Seed} {order.Draws}")
        );
    }

    /// <summary>Studies that differ in nothing but their seed.</summary>
    public static IEnumerable<RunOrder> Orders(int count, string study = "a study") =>
        Enumerable
            .Range(0, count)
            .Select(i => new RunOrder
            {
                Study = study,
                Seed = (ulong)i,
                Draws = 30,
            });
}
