using Plimsoll.Sampling;
using Plimsoll.Serving.Simulation;

namespace Plimsoll.Serving.Routing;

/// <summary>Chooses the replica of a request, and advances to its time no more replicas than it has to see.</summary>
internal sealed class Router
{
    private const int PlaceBits = 16;
    private readonly Engine[] _engines;
    private readonly RoutingPolicy _policy;
    private readonly (ulong Chain, int Engine)[] _places;
    private readonly long[] _next;
    private RandomStream _stream;
    private int _last = -1;
    private int _lowerLoad;

    public Router(ServingConfig config, int pool, Engine[] engines)
    {
        _engines = engines;
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

    /// <summary>Queues a request on the engine of its choice, advanced to the present.</summary>
    /// <param name="index">Slot of the request.</param>
    /// <param name="chains">Of its prompt, the shortest first; only prefix-aware routing reads them.</param>
    /// <param name="now">The present.</param>
    public void Give(int index, ReadOnlySpan<ulong> chains, long now)
    {
        var chosen = _policy switch
        {
            RoutingPolicy.RoundRobin => Next(now),
            RoutingPolicy.LeastLoaded => Least(now),
            RoutingPolicy.PowerOfTwo => Two(now),
            _ => ByPrefix(chains, now),
        };
        chosen.AdvanceTo(now);
        chosen.Queue(index, now);
        _next[chosen.Place] = Math.Min(_next[chosen.Place], chosen.NextTime);
    }

    /// <summary>Moves the zero of the clock.</summary>
    public void Rebase() => Array.Fill(_next, long.MinValue);

    private Engine Next(long now)
    {
        for (var i = 0; i < _engines.Length; i++)
        {
            _last = _last + 1 == _engines.Length ? 0 : _last + 1;
            _engines[_last].AdvanceTo(now);
            if (!_engines[_last].IsDown(now))
            {
                return _engines[_last];
            }
        }
        _last = _last + 1 == _engines.Length ? 0 : _last + 1;
        return _engines[_last];
    }

    private Engine Least(long now)
    {
        AdvanceAll(now);
        var least = _engines[0];
        foreach (var engine in _engines.AsSpan(1))
        {
            least = Better(engine, least, now) ? engine : least;
        }
        return least;
    }

    private Engine Two(long now)
    {
        if (_engines.Length == 1)
        {
            return _engines[0];
        }
        var first = _stream.NextInteger(_engines.Length);
        var second = _stream.NextInteger(_engines.Length - 1);
        second += second >= first ? 1 : 0;
        var a = _engines[first];
        var b = _engines[second];
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
            var limit = _engines.Length == 1 ? int.MaxValue : (2 * _lowerLoad) + 8;
            if (!known.IsDown(now) && known.Load <= limit)
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

    private static bool Better(Engine a, Engine b, long now)
    {
        var (downA, downB) = (a.IsDown(now), b.IsDown(now));
        return downA == downB ? a.Load < b.Load : downB;
    }
}
