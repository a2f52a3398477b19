using Plimsoll.Sampling;
using Plimsoll.Workloads.Traces;

namespace Plimsoll.Workloads.Mixtures;

/// <summary>Draws the requests of a mixture in order of arrival, with no more memory than a few numbers a client.</summary>
/// <remarks>
/// In each window a client sends its rate times the window's length, the fraction left to chance; its gaps are drawn twice from the same random numbers,
/// first for their sum, then scaled to fill the window. So a day has the volume and the course that were measured, with bursts inside its windows.
/// Where the windows of all clients hold millions of requests they are cut into parts of their own volume, so that the first request does not wait for the last to be drawn.
/// </remarks>
internal sealed class MixtureRequests : IRequestSource
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Requests that the open windows of all clients hold together before they are cut: 50 a second over a day.</summary>
    private const double MostAhead = 1 << 22;

    /// <summary>Requests of a part at least.</summary>
    private const double LeastPart = 1024;
    private readonly ClientMixture _mixture;
    private readonly double _scale;
    private readonly State[] _states;
    private readonly int[] _heap;
    private readonly long _periodNanoseconds;
    private readonly double _mostOfAWindow;
    private readonly List<PrefixPiece> _pieces = [];
    private EpochClock _clock;
    private long _left;

    public MixtureRequests(
        ClientMixture mixture,
        ulong seed,
        long requests,
        double rateScale,
        int copies
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rateScale);
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        _mixture = mixture;
        _left = requests;
        _scale = rateScale / copies;
        _periodNanoseconds = (long)Math.Round(mixture.PeriodSeconds * NanosecondsPerSecond);
        _states = new State[mixture.Clients.Count * copies];
        var ahead = copies * mixture.Clients.Sum(Busiest);
        _mostOfAWindow =
            ahead > MostAhead
                ? Math.Max(LeastPart, MostAhead / _states.Length)
                : double.PositiveInfinity;
        for (var i = 0; i < _states.Length; i++)
        {
            var entity = new EntityId((ulong)i);
            ref var state = ref _states[i];
            state.Client = i % mixture.Clients.Count;
            state.Window = -1;
            state.Gaps = RandomStream.Keyed(seed, 0, entity, Purpose.Arrivals);
            state.Lengths = RandomStream.Keyed(seed, 0, entity, Purpose.Sizes);
            Advance(ref state);
        }
        _heap = [.. Enumerable.Range(0, _states.Length)];
        for (var i = (_heap.Length / 2) - 1; i >= 0; i--)
        {
            Sift(i);
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<PrefixPiece> Prefixes =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pieces);

    /// <inheritdoc/>
    public long EpochSeconds => _clock.Seconds;

    /// <inheritdoc/>
    public int Read(Span<Request> buffer)
    {
        _pieces.Clear();
        var count = 0;
        while (count < buffer.Length && _left > 0)
        {
            ref var state = ref _states[_heap[0]];
            if (state.Next == long.MaxValue)
            {
                break;
            }
            var time = (Int128)state.Next * 1000;
            if (count == 0 && !_clock.Open(time))
            {
                throw new InvalidDataException(
                    "More than 50 days pass without a request; expected the workload of one service."
                );
            }
            if (!_clock.Holds(time))
            {
                break;
            }
            buffer[count++] = Draw(ref state, _clock.Relative(time));
            _left--;
            Advance(ref state);
            Sift(0);
        }
        return count;
    }

    private Request Draw(ref State state, long arrival)
    {
        var client = _mixture.Clients[state.Client];
        var lengths = client.Lengths[state.LengthWindow];
        var input = Math.Max(1, lengths.Input.Draw(ref state.Lengths));
        var output = Math.Max(1, lengths.Output.Draw(ref state.Lengths));
        var start = _pieces.Count;
        if (client.Prefix is { } prefix)
        {
            AddPieces(prefix, state.Client, input, ref state.Lengths);
        }
        return new Request(
            arrival,
            input,
            output,
            state.Client,
            client.Priority,
            start,
            _pieces.Count - start
        );
    }

    private void AddPieces(SharedPrefix prefix, int client, int input, ref RandomStream stream)
    {
        var conversation = stream.NextInteger(prefix.Conversations);
        var left = input;
        if (prefix.SystemTokens > 0)
        {
            left -= Add(client, 0, conversation % prefix.SystemPrompts, prefix.SystemTokens, left);
        }
        if (prefix.HistoryTokens > 0 && (left < input || prefix.SystemTokens == 0))
        {
            Add(client, 1, conversation, prefix.HistoryTokens, left);
        }
    }

    /// <summary>Adds a piece if the prompt is longer; its length follows from its identity.</summary>
    private int Add(int client, int kind, int number, int mean, int left)
    {
        var id = ((((long)client << 1) + kind) << 32) + number;
        var mixed = PrefixChain.Extend(PrefixChain.Empty, new PrefixPiece(id, 0));
        var tokens = Math.Max(1, (int)(mean * (0.5 + ((mixed >> 11) * (1.0 / (1UL << 53))))));
        if (tokens >= left)
        {
            return 0;
        }
        _pieces.Add(new PrefixPiece(id, tokens));
        return tokens;
    }

    /// <summary>Finds the next arrival of a client.</summary>
    private void Advance(ref State state)
    {
        var client = _mixture.Clients[state.Client];
        while (state.Left == 0)
        {
            if (!Open(ref state, client))
            {
                state.Next = long.MaxValue;
                return;
            }
        }
        state.Left--;
        ref readonly var window = ref client.Windows[state.Window];
        state.Sum += Gaps.Draw(window.Family, window.Shape, ref state.Gaps);
        state.Next = state.WindowStart + (long)(state.Sum * state.Stretch);
        while (
            state.LengthWindow + 1 < client.Lengths.Length
            && state.Next - state.PeriodStart
                >= client.Lengths[state.LengthWindow + 1].StartSeconds * NanosecondsPerSecond
        )
        {
            state.LengthWindow++;
        }
    }

    /// <summary>Requests that a client sends in its busiest window.</summary>
    private double Busiest(MixtureClient client) =>
        client.Windows.Select((_, i) => Expected(client, i)).DefaultIfEmpty().Max();

    private double Expected(MixtureClient client, int window) =>
        client.Windows[window].RequestsPerSecond * _scale * Seconds(client, window);

    private double Seconds(MixtureClient client, int window) =>
        (
            window + 1 < client.Windows.Length
                ? client.Windows[window + 1].StartSeconds
                : _mixture.PeriodSeconds
        ) - client.Windows[window].StartSeconds;

    /// <summary>Opens the client's next window, or the next part of a long one.</summary>
    /// <returns>False when the end of time is near: 250 years.</returns>
    private bool Open(ref State state, MixtureClient client)
    {
        if (++state.Part >= state.Parts)
        {
            if (!Turn(ref state, client))
            {
                return false;
            }
            state.Part = 0;
            state.Parts = Math.Max(
                1,
                (long)Math.Ceiling(Expected(client, state.Window) / _mostOfAWindow)
            );
        }
        ref readonly var window = ref client.Windows[state.Window];
        var length = Seconds(client, state.Window) / state.Parts;
        state.WindowStart =
            state.PeriodStart
            + (long)((window.StartSeconds + (state.Part * length)) * NanosecondsPerSecond);
        var expected = window.RequestsPerSecond * _scale * length;
        if (expected == 0)
        {
            return true;
        }
        state.Left = (long)Math.Floor(expected + state.Gaps.NextUniform());
        state.Sent += state.Left;
        if (state.Left == 0)
        {
            return true;
        }
        var ahead = state.Gaps;
        var sum = 0.0;
        for (var i = 0L; i <= state.Left; i++)
        {
            sum += Gaps.Draw(window.Family, window.Shape, ref ahead);
        }
        // Gaps so uneven that all fall below the smallest number leave the requests at the window's start.
        state.Stretch = sum > 0 ? length * NanosecondsPerSecond / sum : 0;
        state.Sum = 0;
        return true;
    }

    /// <summary>Goes on to the client's next window.</summary>
    /// <returns>False when there is none.</returns>
    private bool Turn(ref State state, MixtureClient client)
    {
        if (++state.Window == client.Windows.Length)
        {
            state.Window = 0;
            state.LengthWindow = 0;
            state.PeriodStart += _periodNanoseconds;
            state.Silent = state.Sent == 0;
            state.Sent = 0;
            if (state.Silent && ClientMixture.Volume(client, _mixture.PeriodSeconds) == 0)
            {
                return false;
            }
        }
        return state.PeriodStart <= 8_000_000_000_000_000_000;
    }

    private void Sift(int hole)
    {
        var moved = _heap[hole];
        var key = _states[moved].Next;
        while (true)
        {
            var child = (2 * hole) + 1;
            if (child >= _heap.Length)
            {
                break;
            }
            if (child + 1 < _heap.Length && Before(_heap[child + 1], _heap[child]))
            {
                child++;
            }
            var other = _states[_heap[child]].Next;
            if (other > key || (other == key && _heap[child] > moved))
            {
                break;
            }
            _heap[hole] = _heap[child];
            hole = child;
        }
        _heap[hole] = moved;
    }

    private bool Before(int a, int b) =>
        _states[a].Next < _states[b].Next || (_states[a].Next == _states[b].Next && a < b);

    private struct State
    {
        public RandomStream Gaps;
        public RandomStream Lengths;
        public int Client;
        public int Window;
        public int LengthWindow;

        /// <summary>Which part of the window is open, of how many.</summary>
        public long Part;
        public long Parts;
        public long PeriodStart;
        public long WindowStart;
        public long Left;
        public long Sent;
        public bool Silent;
        public double Sum;
        public double Stretch;

        /// <summary>Nanoseconds from the start of the run to its next request.</summary>
        public long Next;
    }
}
