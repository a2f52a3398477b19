using Plimsoll.Sampling;
using Plimsoll.Workloads.Traces;

namespace Plimsoll.Workloads.Mixtures;

/// <summary>Draws the requests of a mixture in order of arrival, with no more memory than a few numbers a client.</summary>
/// <remarks>
/// In each window a client sends its rate times the window's length, the fraction left to chance; its gaps are drawn twice from the same random numbers,
/// first for their sum, then scaled to fill the window. So a day has the volume and the course that were measured, with bursts inside its windows.
/// </remarks>
internal sealed class MixtureRequests : IRequestSource
{
    private const double NanosecondsPerSecond = 1e9;
    private readonly ClientMixture _mixture;
    private readonly double _scale;
    private readonly State[] _states;
    private readonly int[] _heap;
    private readonly long _periodNanoseconds;
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

    /// <summary>Opens the client's next window.</summary>
    /// <returns>False when the end of time is near: 250 years.</returns>
    private bool Open(ref State state, MixtureClient client)
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
        if (state.PeriodStart > 8_000_000_000_000_000_000)
        {
            return false;
        }
        ref readonly var window = ref client.Windows[state.Window];
        state.WindowStart = state.PeriodStart + (long)(window.StartSeconds * NanosecondsPerSecond);
        var end =
            state.Window + 1 < client.Windows.Length
                ? client.Windows[state.Window + 1].StartSeconds
                : _mixture.PeriodSeconds;
        var length = end - window.StartSeconds;
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
