using Plimsoll.Workloads.Traces;

namespace Plimsoll.Workloads;

/// <summary>How a workload is cut and stretched before it is served.</summary>
/// <param name="FromSeconds">Requests that arrive earlier are left out, and this becomes time zero.</param>
/// <param name="UntilSeconds">Requests that arrive at or after this are left out; infinity for none.</param>
/// <param name="Requests">At most so many; <see cref="long.MaxValue"/> for all.</param>
/// <param name="RateScale">Times are divided by it: 2 gives twice the rate. Greater than 0.</param>
/// <param name="InputScale">Prompt lengths, and the lengths of shared pieces, are multiplied by it. Greater than 0.</param>
/// <param name="OutputScale">Answer lengths are multiplied by it. Greater than 0.</param>
/// <param name="StoredShare">Share of every prompt, at least, that an outside store hands over, 0 to 1; a request's own stored tokens stand when they are more.</param>
/// <param name="MostOutputTokens">Longer answers are cut to this; 1 leaves the prompts only.</param>
/// <param name="MostTokens">Prompt and answer together are cut to this, 2 or more: a model's window, for lengths that are drawn and not recorded.</param>
public sealed record WorkloadShape(
    double FromSeconds = 0,
    double UntilSeconds = double.PositiveInfinity,
    long Requests = long.MaxValue,
    double RateScale = 1,
    double InputScale = 1,
    double OutputScale = 1,
    double StoredShare = 0,
    int MostOutputTokens = int.MaxValue,
    int MostTokens = int.MaxValue
)
{
    /// <summary>True when nothing is changed.</summary>
    public bool IsPlain => this == new WorkloadShape();
}

/// <summary>A source cut in time and number, with its rate and its lengths scaled; streams like the source inside.</summary>
public sealed class ShapedRequests : IRequestSource
{
    private const long PicosecondsPerSecond = 1_000_000_000_000;
    private readonly IRequestSource _inner;
    private readonly WorkloadShape _shape;
    private readonly Request[] _read = new Request[1024];
    private readonly List<PrefixPiece> _pieces = [];
    private readonly Int128 _from;
    private readonly Int128 _until;
    private EpochClock _clock;
    private int _next;
    private int _count;
    private long _left;

    /// <summary>Wraps a source.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A scale is not greater than 0, or the cut is empty.</exception>
    public ShapedRequests(IRequestSource inner, WorkloadShape shape)
    {
        if (
            !(shape.RateScale > 0 && shape.InputScale > 0 && shape.OutputScale > 0)
            || !(shape.FromSeconds >= 0 && shape.UntilSeconds > shape.FromSeconds)
            || shape.Requests < 0
            || !(shape.StoredShare is >= 0 and <= 1 && shape.MostOutputTokens >= 1)
            || shape.MostTokens < 2
        )
        {
            throw new ArgumentOutOfRangeException(
                nameof(shape),
                $"{shape}: scales are greater than 0, and the end lies after the start."
            );
        }
        _inner = inner;
        _shape = shape;
        _left = shape.Requests;
        _from = (Int128)Math.Round(shape.FromSeconds * PicosecondsPerSecond);
        _until = double.IsInfinity(shape.UntilSeconds)
            ? Int128.MaxValue
            : (Int128)Math.Round(shape.UntilSeconds * PicosecondsPerSecond);
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
        while (count < buffer.Length && _left > 0 && Fetch())
        {
            var request = _read[_next];
            var time = Time(request);
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
            _next++;
            _left--;
            var input = Math.Min(
                _shape.MostTokens - 1,
                Scaled(request.InputTokens, _shape.InputScale)
            );
            buffer[count++] = request with
            {
                ArrivalPicoseconds = _clock.Relative(time),
                InputTokens = input,
                OutputTokens = Math.Min(
                    Math.Min(_shape.MostOutputTokens, _shape.MostTokens - input),
                    Scaled(request.OutputTokens, _shape.OutputScale)
                ),
                StoredTokens = Math.Max(
                    Math.Min(input, (int)Math.Round(request.StoredTokens * _shape.InputScale)),
                    (int)(input * _shape.StoredShare)
                ),
                PrefixStart = _pieces.Count,
                PrefixCount = Shared(request, input),
            };
        }
        return count;
    }

    /// <summary>Makes the next request inside the cut stand at the head of the batch.</summary>
    private bool Fetch()
    {
        while (true)
        {
            if (_next == _count)
            {
                _next = 0;
                _count = _inner.Read(_read);
                if (_count == 0)
                {
                    return false;
                }
            }
            var time = Raw(_read[_next]);
            if (time >= _until)
            {
                return false;
            }
            if (time >= _from)
            {
                return true;
            }
            _next++;
        }
    }

    /// <summary>Adds a request's pieces, as many as its cut prompt still holds whole.</summary>
    private int Shared(in Request request, int input)
    {
        var kept = 0;
        long held = 0;
        foreach (var piece in _inner.Prefixes.Slice(request.PrefixStart, request.PrefixCount))
        {
            var tokens = Scaled(piece.Tokens, _shape.InputScale);
            held += tokens;
            if (_shape.MostTokens < int.MaxValue && held > input)
            {
                break;
            }
            _pieces.Add(piece with { Tokens = tokens });
            kept++;
        }
        return kept;
    }

    private Int128 Raw(in Request request) =>
        ((Int128)_inner.EpochSeconds * PicosecondsPerSecond) + request.ArrivalPicoseconds;

    private Int128 Time(in Request request)
    {
        var time = Raw(request) - _from;
        return _shape.RateScale == 1 ? time : (Int128)Math.Round((double)time / _shape.RateScale);
    }

    private static int Scaled(int tokens, double scale) =>
        scale == 1 ? tokens : Math.Max(1, (int)Math.Round(tokens * scale));
}
