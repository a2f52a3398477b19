using Plimsoll.Files;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Outlooks;

namespace Plimsoll.Market.Store;

/// <summary>Brings the national markets of a request: those kept from the store, the others by running them.</summary>
/// <remarks>
/// Worlds are kept in blocks, so that a run of few draws, its stresses and a run of many share what they have in common. A world depends on its number
/// and not on how many there are, so a block that was begun is continued.
/// </remarks>
internal sealed class WorldStore(WorldFacts facts, RunContext context)
{
    /// <summary>Worlds kept together; a multiple of six, as <see cref="MarketRun.MostWorlds"/> is.</summary>
    public const int BlockWorlds = 12;

    private readonly WorldCodec _codec = new(facts);

    /// <summary>The first worlds.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public PreparedWorld[] First(int count)
    {
        if (context.Store is not { } store)
        {
            return Complete(new PreparedWorld?[count]);
        }
        var key = WorldKey.Of(facts);
        lock (store.Maker(key))
        {
            return First(store, key, count);
        }
    }

    private PreparedWorld[] First(ContentStore store, string key, int count)
    {
        var worlds = new PreparedWorld?[count];
        var blocks = (count + BlockWorlds - 1) / BlockWorlds;
        var wanting = new bool[blocks];
        Parallel.For(
            0,
            blocks,
            Options,
            block =>
            {
                var first = block * BlockWorlds;
                var kept = store.Find(Name(key, block), b => _codec.Read(b, first), Bytes) ?? [];
                var room = Math.Min(BlockWorlds, count - first);
                Array.Copy(kept, 0, worlds, first, Math.Min(kept.Length, room));
                wanting[block] = kept.Length < room;
            }
        );
        var complete = Complete(worlds);
        Parallel.For(
            0,
            blocks,
            Options,
            block =>
            {
                if (wanting[block])
                {
                    var first = block * BlockWorlds;
                    var made = complete[first..Math.Min(count, first + BlockWorlds)];
                    store.Keep(Name(key, block), made, Bytes(made), _codec.Write);
                }
            }
        );
        return complete;
    }

    /// <summary>Runs the worlds that are wanting.</summary>
    private PreparedWorld[] Complete(PreparedWorld?[] worlds)
    {
        int[] wanting = [.. Enumerable.Range(0, worlds.Length).Where(i => worlds[i] is null)];
        var done = worlds.Length - wanting.Length;
        try
        {
            Parallel.For(
                0,
                wanting.Length,
                Options,
                () => new ContractEngine(),
                (i, _, engine) =>
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    worlds[wanting[i]] = Run(engine, wanting[i]);
                    context.Report(
                        "national markets",
                        (double)Interlocked.Increment(ref done) / worlds.Length
                    );
                    return engine;
                },
                _ => { }
            );
        }
        catch (AggregateException e)
            when (e.Flatten().InnerExceptions.OfType<UnanswerableException>().FirstOrDefault()
                    is { } reason
            )
        {
            // A market that its facts contradict is an answer with a reason, whichever thread met it.
            throw new UnanswerableException(reason.Message);
        }
        return [.. worlds.Select(w => w!)];
    }

    private PreparedWorld Run(ContractEngine engine, int number)
    {
        var (scenario, givens) = (facts.Scenario, facts.Givens);
        var draw = facts.Ensemble.Draw(givens, scenario, facts.Seed, number, facts.Months);
        var market = facts.World(
            MarketForcing.Of(givens, draw.Backdrop, draw.Member.Values, scenario.Off),
            draw.Member,
            number
        );
        return new PreparedWorld(market, engine.Run(market));
    }

    private ParallelOptions Options =>
        new()
        {
            MaxDegreeOfParallelism = context.Threads,
            CancellationToken = context.Cancellation,
        };

    private static string Name(string key, int block) => $"{key}-{block}";

    private long Bytes(PreparedWorld[] worlds) =>
        worlds.Sum(w => 4L * w.Record.FirstBuyer.Length * 4) + worlds.Length * 300L * facts.Months;
}
