using Plimsoll.Sampling;
using Plimsoll.Serving.Simulation;

namespace Plimsoll.Serving.Routing;

/// <summary>Chooses the replica of a request, and advances to its time no more replicas than it has to see.</summary>
internal sealed class Router
{
    private const int PlaceBits = 16;
    private static readonly Comparer<Engine> _byPlace = Comparer<Engine>.Create(
        (a, b) => a.Place.CompareTo(b.Place)
    );
    private readonly Engine[] _engines;
    private readonly RoutingPolicy _policy;
    private readonly (ulong Chain, int Engine)[] _places;
    private readonly long[] _next;

    /// <summary>Those that take requests, in order of their places: all of a fixed fleet.</summary>
    private Engine[] _serving;
    private RandomStream _stream;
    private int _last = -1;
    private int _lowerLoad;

    public Router(ServingConfig config, int pool, Engine[] engines)
    {
        _engines = engines;
        _serving = engines;
        _policy = config.Routing;
        _next = new long[engines.Length];
        _stream = RandomStream.Keyed(config.Seed, 0, new EntityId((ulong)pool), Purpose.Choices);
        _places = _policy == RoutingPolicy.PrefixAware ? new (ulong, int)[1 << PlaceBits] : [];
        Array.Fill(_places, (0UL, -1));
    }

    /// <summary>Advances all engines that can have done something by now; the others are not touched.</summary>
    public void AdvanceAll(long now)
    {
        var next = _next;
        for (var i = 0; i < next.Length; i++)
        {
            if (next[i] <= now)
            {
                _engines[i].AdvanceTo(now);
                next[i] = _engines[i].NextTime;
            }
        }
    }

    /// <summary>Gives requests to these places only from now on.</summary>
    public void Serve(int[] places) => _serving = Array.ConvertAll(places, p => _engines[p]);

    /// <summary>Queues a request on the engine of its choice, advanced to the present.</summary>
    public void Give(int index, ReadOnlySpan<ulong> chains, long now) =>
        Queue(Choose(chains, now), index, now);

    /// <summary>Queues a request on an engine advanced to the present.</summary>
    public void Queue(Engine engine, int index, long now)
    {
        engine.Queue(index, now);
        _next[engine.Place] = Math.Min(_next[engine.Place], engine.NextTime);
    }

    /// <summary>Chooses the engine of a request, advanced to the present.</summary>
    /// <param name="chains">Of its prompt, the shortest first; only prefix-aware routing reads them.</param>
    /// <param name="now">The present.</param>
    public Engine Choose(ReadOnlySpan<ulong> chains, long now)
    {
        var chosen = _policy switch
        {
            RoutingPolicy.RoundRobin => Next(now),
            RoutingPolicy.LeastLoaded => Least(now),
            RoutingPolicy.PowerOfTwo => Two(now),
            _ => ByPrefix(chains, now),
        };
        chosen.AdvanceTo(now);
        return chosen;
    }

    /// <summary>Moves the zero of the clock.</summary>
    public void Rebase() => Array.Fill(_next, long.MinValue);

    private Engine Next(long now)
    {
        // The places after the last in turn, those that do not serve left out.
        var after = 0;
        while (after < _serving.Length && _serving[after].Place <= _last)
        {
            after++;
        }
        for (var i = 0; i < _serving.Length; i++)
        {
            var engine = _serving[(after + i) % _serving.Length];
            engine.AdvanceTo(now);
            if (!engine.IsDown(now))
            {
                _last = engine.Place;
                return engine;
            }
        }
        var next = _serving[after % _serving.Length];
        _last = next.Place;
        return next;
    }

    private Engine Least(long now)
    {
        AdvanceAll(now);
        var least = _serving[0];
        foreach (var engine in _serving.AsSpan(1))
        {
            least = Better(engine, least, now) ? engine : least;
        }
        return least;
    }

    private Engine Two(long now)
    {
        if (_serving.Length == 1)
        {
            return _serving[0];
        }
        var first = _stream.NextInteger(_serving.Length);
        var second = _stream.NextInteger(_serving.Length - 1);
        second += second >= first ? 1 : 0;
        var a = _serving[first];
        var b = _serving[second];
        a.AdvanceTo(now);
        b.AdvanceTo(now);
        _lowerLoad = Math.Min(a.Load, b.Load);
        return Better(b, a, now) ? b : a;
    }

    private Engine ByPrefix(ReadOnlySpan<ulong> chains, long now)
    {
        var chosen = Two(now);
        for (var i = chains.Length - 1; i >= 0; i--)
        {
            var place = _places[chains[i] >> (64 - PlaceBits)];
            if (place.Chain != chains[i] || place.Engine < 0)
            {
                continue;
            }
            var known = _engines[place.Engine];
            known.AdvanceTo(now);
            var limit = _serving.Length == 1 ? int.MaxValue : (2 * _lowerLoad) + 8;
            if (!known.IsDown(now) && known.Load <= limit && Serves(known))
            {
                chosen = known;
            }
            break;
        }
        foreach (var chain in chains)
        {
            _places[chain >> (64 - PlaceBits)] = (chain, chosen.Place);
        }
        return chosen;
    }

    private bool Serves(Engine engine) =>
        _serving.Length == _engines.Length || Array.BinarySearch(_serving, engine, _byPlace) >= 0;

    private static bool Better(Engine a, Engine b, long now)
    {
        var (downA, downB) = (a.IsDown(now), b.IsDown(now));
        return downA == downB ? a.Load < b.Load : downB;
    }
}
