using Plimsoll.Performance;
using Plimsoll.Serving.Offload;
using Plimsoll.Serving.Prefix;
using Plimsoll.Serving.Recording;
using Plimsoll.Serving.Routing;
using Plimsoll.Serving.Scaling;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Simulation;

/// <summary>What the runs of an open and of a closed loop share: the engines, and the way of a request between them.</summary>
internal abstract partial class ServingRun : IScaledReplicas
{
    private readonly long _overhead;
    private readonly int _blockShift;
    private readonly SpanArena<PathPiece> _paths = new();
    private readonly SpanArena<ulong> _chains = new();
    private readonly List<int> _failed = [];
    private readonly Router _router;
    private readonly Router _decodeRouter;
    private readonly OffloadedKv? _offload;
    private long _number;

    protected ServingRun(IStepLaw law, IStepLaw decodeLaw, ServingConfig config)
    {
        Config = config;
        Recorder = new SimulationRecorder(config);
        _overhead = IntegerStep.ToPicoseconds(law.RequestOverheadSeconds);
        _blockShift = System.Numerics.BitOperations.Log2((uint)config.KvBlockTokens);
        Engines = Build(
            law,
            config.Autoscaling?.MaxReplicas ?? config.Replicas,
            0,
            decodesOnly: false
        );
        Decoders = Build(
            decodeLaw,
            config.Disaggregation?.DecodeReplicas ?? 0,
            config.Replicas,
            decodesOnly: true
        );
        _router = new Router(config, 0, Engines);
        _decodeRouter = new Router(config, 1, Decoders);
        _offload =
            config.Offload.Count > 0
                ? new OffloadedKv(config.Offload, Engines.Length, _blockShift)
                : null;
        if (config.Autoscaling is { } scaling)
        {
            Fleet = new ScaledFleet(scaling, config.Replicas, this);
            _router.Serve(Fleet.Serving);
        }
        Totals.Accelerators =
            (Engines.Length * law.Accelerators) + (Decoders.Length * decodeLaw.Accelerators);
    }

    public ServingConfig Config { get; }
    public SlotPool Pool { get; } = new();
    public SimulationRecorder Recorder { get; }

    /// <summary>Sums over all engines, added to as they go.</summary>
    public ReplicaTotals Totals;

    protected Engine[] Engines { get; }
    protected Engine[] Decoders { get; }

    /// <summary>Which engines take requests under autoscaling; null when all do.</summary>
    protected ScaledFleet? Fleet { get; }

    /// <summary>KV caches on their way to a decode replica.</summary>
    protected PriorityQueue<int, (long Ready, long Number)> Transfers { get; } = new();

    /// <summary>A request is done; a closed loop sends the next.</summary>
    protected virtual void Follow(long now) { }

    /// <summary>Makes a slot of a request that arrives.</summary>
    /// <returns>Its index; it is ready at its arrival plus the overhead.</returns>
    protected int Arrive(in Request request, ReadOnlySpan<PrefixPiece> pieces, long arrival)
    {
        Recorder.Read(request, arrival);
        Fleet?.Begin(arrival);
        Totals.Overheads += _overhead;
        var index = Pool.Rent();
        ref var slot = ref Pool.Items[index];
        slot = default;
        slot.Number = _number++;
        slot.Arrival = arrival;
        slot.Input = request.InputTokens;
        slot.Output = request.OutputTokens;
        slot.Stored = Math.Min(request.StoredTokens, request.InputTokens - 1);
        slot.Client = request.Client;
        slot.Priority = request.Priority;
        slot.Cached = -1;
        slot.CacheHandle = -1;
        slot.WalkedStep = -1;
        slot.EachBlock = 1;
        if (pieces.Length == 0)
        {
            return index;
        }
        if (Config.PrefixCache != PrefixCacheMode.None || _offload is { HoldsContent: true })
        {
            slot.PathRented = pieces.Length;
            (slot.PathStart, slot.PathCount) = PromptPath.Rent(
                _paths,
                pieces,
                request.InputTokens,
                _blockShift
            );
            slot.PathBlocks =
                slot.PathCount == 0
                    ? 0
                    : _paths.Items[slot.PathStart + slot.PathCount - 1].EndBlock;
        }
        if (Config.Routing == RoutingPolicy.PrefixAware)
        {
            Span<ulong> chains = stackalloc ulong[RouteChains.Most];
            slot.RouteCount = RouteChains.Of(pieces, chains);
            slot.RouteStart = _chains.Rent(slot.RouteCount);
            chains[..slot.RouteCount].CopyTo(_chains.Items.AsSpan(slot.RouteStart));
        }
        return index;
    }

    protected long Ready(int index) => Pool.Items[index].Arrival + _overhead;

    /// <summary>Brings all engines that take arrivals to the present, as they may hand over to any decode replica.</summary>
    protected void AdvancePrefill(long now) => _router.AdvanceAll(now);

    /// <summary>Rejects a request that is ready or gives it to a replica.</summary>
    protected void Route(int index, long now)
    {
        ref var slot = ref Pool.Items[index];
        var tokens = slot.Input + (slot.Output - 1L);
        var split = Decoders.Length > 0;
        if (Config.ContextTokens > 0 && tokens >= Config.ContextTokens)
        {
            Lose(index, RequestEnd.RejectedTooLongForContext, -1, now);
            return;
        }
        if (!Config.ChunkedPrefill && tokens > Config.TokensPerStep)
        {
            Lose(index, RequestEnd.RejectedTooLongForStep, -1, now);
            return;
        }
        if (
            !Engines[0].CanHold(split ? slot.Input : tokens)
            || (split && slot.Output > 1 && !Decoders[0].CanHold(tokens))
        )
        {
            Lose(index, RequestEnd.RejectedTooLongForKvCache, -1, now);
            return;
        }
        slot.Target = split ? 1 : slot.Output;
        if (_offload is null)
        {
            _router.Give(index, Chains(slot), now);
        }
        else
        {
            LoadOrQueue(index, now);
        }
    }

    /// <summary>Gives the transfers that arrive up to a time to decode replicas.</summary>
    protected void RouteTransfers(long until)
    {
        while (Transfers.TryPeek(out var index, out var due) && due.Ready <= until)
        {
            Transfers.Dequeue();
            _decodeRouter.Give(index, Chains(Pool.Items[index]), due.Ready);
        }
    }

    protected void RebaseAll(long shift)
    {
        Fleet?.Rebase(shift);
        RebaseLoads(shift);
        Pool.Rebase(shift);
        Recorder.Rebase(shift);
        foreach (var engine in Engines)
        {
            engine.Rebase(shift);
        }
        foreach (var engine in Decoders)
        {
            engine.Rebase(shift);
        }
        _router.Rebase();
        _decodeRouter.Rebase();
        var moved = Transfers.UnorderedItems.ToArray();
        Transfers.Clear();
        foreach (var (index, due) in moved)
        {
            Transfers.Enqueue(index, (due.Ready - shift, due.Number));
        }
    }

    private ReadOnlySpan<ulong> Chains(in Slot slot) =>
        _chains.Items.AsSpan(slot.RouteStart, slot.RouteCount);

    private Engine[] Build(IStepLaw law, int count, int firstIndex, bool decodesOnly)
    {
        var blocks = (int)((Config.KvCapacityTokens ?? law.KvCapacityTokens) >> _blockShift);
        var lines = new DecodeLines(law, Config.MaxSequences);
        var held = new SpanArena<int>();
        var engines = new Engine[count];
        for (var i = 0; i < count; i++)
        {
            PrefixCache? cache = decodesOnly
                ? null
                : Config.PrefixCache switch
                {
                    PrefixCacheMode.Segments => new SegmentCache(_paths, blocks),
                    PrefixCacheMode.Blocks => new BlockCache(_paths, held, blocks),
                    _ => null,
                };
            engines[i] = new Engine(this, firstIndex, i, law, lines, blocks, cache);
        }
        Totals.Blocks += (double)blocks * count;
        return engines;
    }
}
