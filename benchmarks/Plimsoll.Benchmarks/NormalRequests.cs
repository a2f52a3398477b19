using Plimsoll.Sampling;
using Plimsoll.Workloads;

namespace Plimsoll.Benchmarks;

/// <summary>Poisson arrivals with normal lengths cut at 1, and if wanted a shared prefix: one of many system prompts and one of its own conversations.</summary>
public sealed class NormalRequests(
    long count,
    double requestsPerSecond,
    bool prefixes = false,
    (double Mean, double Deviation)? input = null,
    (double Mean, double Deviation)? output = null
) : IRequestSource
{
    private const long EpochPicoseconds = 4_000_000_000_000_000_000;
    private readonly (double Mean, double Deviation) _input = input ?? (512, 256);
    private readonly (double Mean, double Deviation) _output = output ?? (512, 256);
    private PrefixPiece[] _pieces = [];
    private RandomStream _arrivals = RandomStream.Keyed(1, 0, EntityId.Single, Purpose.Arrivals);
    private RandomStream _sizes = RandomStream.Keyed(1, 0, EntityId.Single, Purpose.Sizes);
    private long _left = count;
    private double _time;
    private double _spare = double.NaN;

    public ReadOnlySpan<PrefixPiece> Prefixes => _pieces;

    public long EpochSeconds { get; private set; }

    public int Read(Span<Request> buffer)
    {
        var read = (int)Math.Min(buffer.Length, _left);
        _left -= read;
        if (prefixes && _pieces.Length < 2 * read)
        {
            _pieces = new PrefixPiece[2 * read];
        }
        if (_time > EpochPicoseconds)
        {
            _time -= EpochPicoseconds;
            EpochSeconds += EpochPicoseconds / 1_000_000_000_000;
        }
        for (var i = 0; i < read; i++)
        {
            _time -= Math.Log(_arrivals.NextOpenUniform()) / requestsPerSecond * 1e12;
            var prompt = Length(_input);
            var pieces = 0;
            if (prefixes)
            {
                var conversation = _sizes.NextInteger(5000);
                var system = new PrefixPiece(conversation % 50, 128 + (conversation % 50 % 7 * 32));
                var history = new PrefixPiece(1000 + conversation, 192);
                _pieces[2 * i] = system;
                _pieces[(2 * i) + 1] = history;
                pieces =
                    prompt > system.Tokens + history.Tokens ? 2
                    : prompt > system.Tokens ? 1
                    : 0;
            }
            buffer[i] = new Request(
                (long)_time,
                prompt,
                Length(_output),
                i & 63,
                0,
                pieces > 0 ? 2 * i : 0,
                pieces
            );
        }
        return read;
    }

    private int Length((double Mean, double Deviation) shape) =>
        Math.Max(1, (int)Math.Round(shape.Mean + (shape.Deviation * Normal())));

    private double Normal()
    {
        if (!double.IsNaN(_spare))
        {
            var kept = _spare;
            _spare = double.NaN;
            return kept;
        }
        double u;
        double v;
        double s;
        do
        {
            u = (2 * _sizes.NextOpenUniform()) - 1;
            v = (2 * _sizes.NextOpenUniform()) - 1;
            s = (u * u) + (v * v);
        } while (s >= 1);
        var scale = Math.Sqrt(-2 * Math.Log(s) / s);
        _spare = v * scale;
        return u * scale;
    }
}
