namespace Plimsoll.Workloads.Traces;

/// <summary>Replays a trace file: Azure, Mooncake, a vLLM request log or plain CSV, gzip or not, found by its first line.</summary>
/// <remarks>
/// Rows are streamed: memory does not grow with the file. A broken row (unreadable, of impossible length, or earlier than the one before) is left out,
/// counted and listed with its line; when more than the stated share of rows is broken the source throws.
/// </remarks>
public sealed class TraceSource : IRequestSource, IDisposable
{
    private const int RowsBeforeShareCounts = 1000;
    private readonly string _path;
    private readonly double _brokenShare;
    private readonly ByteLines _lines;
    private readonly TraceFormat _format;
    private readonly List<PrefixPiece> _pieces = [];
    private readonly List<PrefixPiece> _pending = [];
    private EpochClock _clock;
    private TraceRow _row;
    private bool _hasRow;
    private bool _started;
    private Int128 _zero;
    private Int128 _latest;

    private TraceSource(string path, double brokenShare, string name)
    {
        _path = name;
        _brokenShare = brokenShare;
        _lines = ByteLines.Open(path);
        if (!_lines.TryRead(out var first))
        {
            _lines.Dispose();
            throw new InvalidDataException($"{name}: the file is empty; expected a trace.");
        }
        _format = TraceFormat.Of(first, name);
        if (!_format.HasHeader)
        {
            Take(first);
        }
        Advance();
    }

    /// <summary>Opens a trace.</summary>
    /// <param name="path">The file.</param>
    /// <param name="brokenShare">Share of broken rows beyond which reading stops, 0 to 1.</param>
    /// <param name="name">Its name for messages; the path when left out.</param>
    /// <exception cref="InvalidDataException">The format is none of the known ones, or too many rows are broken.</exception>
    /// <exception cref="Files.FileRefusedException">It is missing, no regular file, or too large.</exception>
    public static TraceSource Open(string path, double brokenShare = 0.01, string? name = null) =>
        new(path, brokenShare, name ?? path);

    /// <summary>The format found: azure, mooncake, vllm, philly or csv.</summary>
    public string Format => _format.Name;

    /// <summary>What was wrong so far; complete after the last read.</summary>
    public TraceFaults Faults { get; } = new();

    /// <summary>Names of the clients by their number; empty when the trace does not tell them apart.</summary>
    public IReadOnlyList<string> Clients => _format.Clients;

    /// <inheritdoc/>
    public ReadOnlySpan<PrefixPiece> Prefixes =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pieces);

    /// <inheritdoc/>
    public long EpochSeconds => _clock.Seconds;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">Too many rows are broken, or the trace is silent for more than 50 days.</exception>
    public int Read(Span<Request> buffer)
    {
        _pieces.Clear();
        if (!_hasRow)
        {
            return 0;
        }
        if (!_clock.Open(_row.Picoseconds))
        {
            throw new InvalidDataException(
                $"{_path}:{_lines.Number}: more than 50 days pass without a request; expected a trace of one service. Cut it in two."
            );
        }
        var count = 0;
        while (count < buffer.Length && _hasRow && _clock.Holds(_row.Picoseconds))
        {
            buffer[count++] = new Request(
                _clock.Relative(_row.Picoseconds),
                _row.Input,
                _row.Output,
                _row.Client,
                _row.Priority,
                _pieces.Count,
                _pending.Count,
                _row.Stored
            );
            _pieces.AddRange(_pending);
            Advance();
        }
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    /// <summary>Goes on to the next sound row.</summary>
    private void Advance()
    {
        if (_started && !_hasRow)
        {
            return;
        }
        if (!_started && _hasRow)
        {
            _started = true;
            return;
        }
        _started = true;
        _hasRow = false;
        while (!_hasRow && _lines.TryRead(out var line))
        {
            Take(line);
        }
        if (!_hasRow)
        {
            CheckShare(atEnd: true);
        }
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        if (line.Trim((byte)' ').Length == 0)
        {
            return;
        }
        Faults.Rows++;
        _pending.Clear();
        _row = default;
        var fault = _format.Parse(line, ref _row, _pending);
        if (fault is null && _zero == 0 && Faults.Rows - Faults.Broken == 1)
        {
            _zero = _row.Picoseconds;
        }
        _row.Picoseconds -= _zero;
        if (fault is null && _row.Picoseconds < _latest)
        {
            fault =
                $"found a time {(double)(_latest - _row.Picoseconds) / 1e12:G4} s before the row ahead; expected rows in order of arrival";
        }
        if (fault is null)
        {
            _latest = _row.Picoseconds;
            _hasRow = true;
            return;
        }
        Faults.Add(_lines.Number, fault);
        CheckShare(atEnd: false);
    }

    private void CheckShare(bool atEnd)
    {
        if (
            Faults.Broken <= _brokenShare * Faults.Rows
            || (!atEnd && Faults.Rows < RowsBeforeShareCounts)
        )
        {
            return;
        }
        var first = string.Join(
            Environment.NewLine,
            Faults.First.Select(b => $"{_path}:{b.Line}: {b.Reason}")
        );
        throw new InvalidDataException(
            $"{_path}: {Faults.Broken} of {Faults.Rows} rows are broken, more than the share of {_brokenShare:P1} allowed. The first are:{Environment.NewLine}{first}"
        );
    }
}
