namespace Plimsoll.Workloads.Traces;

/// <summary>Replays a trace file, gzip or not, found by its first line: Azure, BurstGPT, Mooncake and its like, a vLLM request log, the result of a serving benchmark, conversations, vidur's columns or plain CSV.</summary>
/// <remarks>
/// Rows are streamed: memory does not grow with the file, except for documents and sessions, which are held. A broken row (unreadable, of impossible length, or earlier than the one before) is left out,
/// counted and listed with its line; when more than the stated share of rows is broken the source throws.
/// </remarks>
public sealed class TraceSource : IRequestSource, IDisposable
{
    private const int RowsBeforeShareCounts = 1000;
    private readonly string _path;
    private readonly double _brokenShare;
    private readonly ByteLines? _lines;
    private readonly TraceFormat? _format;
    private readonly HeldRequests? _held;
    private readonly List<PrefixPiece> _pieces = [];
    private readonly List<PrefixPiece> _pending = [];
    private EpochClock _clock;
    private TraceRow _row;
    private bool _hasRow;
    private bool _hasZero;
    private Int128 _zero;
    private Int128 _latest;

    private TraceSource(string path, double brokenShare, DateOrder dates, string name)
    {
        _path = name;
        _brokenShare = brokenShare;
        _lines = ByteLines.Open(path);
        try
        {
            var text = FirstLine(name, out var first);
            (_format, _held) = FormatOf(text, path, name, dates);
            if (_held is { } held)
            {
                Faults.LeftOut = held.LeftOut;
                Faults.LeftOutReason = "requests that failed or hold no answer";
            }
            else if (!_format!.HasHeader)
            {
                Take(first);
            }
            if (!_hasRow)
            {
                Advance();
            }
        }
        catch
        {
            _lines.Dispose();
            throw;
        }
        if (_held is not null)
        {
            _lines.Dispose();
        }
    }

    /// <summary>Opens a trace.</summary>
    /// <param name="path">The file.</param>
    /// <param name="brokenShare">Share of broken rows beyond which reading stops, 0 to 1.</param>
    /// <param name="dates">Order of day and month in dates whose year stands last; such dates are refused unless it is stated.</param>
    /// <param name="name">Its name for messages; the path when left out.</param>
    /// <exception cref="InvalidDataException">The format is none of the known ones, or too many rows are broken.</exception>
    /// <exception cref="Files.FileRefusedException">It is missing, no regular file, or too large.</exception>
    public static TraceSource Open(
        string path,
        double brokenShare = 0.01,
        DateOrder dates = DateOrder.YearFirst,
        string? name = null
    ) => new(path, brokenShare, dates, name ?? path);

    /// <summary>The format found: azure, burstgpt, mooncake, vllm, benchmark, conversations, vidur, csv, or philly and helios for training jobs.</summary>
    public string Format => _held?.Format ?? _format!.Name;

    /// <summary>Whether the rows are training jobs, whose accelerators and seconds stand for tokens; no engine serves them.</summary>
    public bool IsJobs => _format?.IsJobs ?? false;

    /// <summary>What the reader had to assume, for the user to see; empty when nothing.</summary>
    public IReadOnlyList<string> Notes => _held?.Notes ?? [];

    /// <summary>What was measured when these requests were served; null when the file does not tell.</summary>
    public MeasuredLatency? Measured => _held?.Measured;

    /// <summary>What was wrong so far; complete after the last read.</summary>
    public TraceFaults Faults { get; } = new();

    /// <summary>Names of the clients by their number; empty when the trace does not tell them apart.</summary>
    public IReadOnlyList<string> Clients => _format?.Clients ?? [];

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
                $"{Place}: more than 50 days pass without a request; expected a trace of one service. Cut it in two."
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
    public void Dispose() => _lines?.Dispose();

    private string Place => _held is null ? $"{_path}:{_lines!.Number}" : _path;

    /// <summary>The first line that is not blank.</summary>
    private string FirstLine(string name, out ReadOnlySpan<byte> first)
    {
        while (_lines!.TryRead(out first) && first.Trim(" \t"u8).Length == 0) { }
        return first.Length > 0
            ? System.Text.Encoding.UTF8.GetString(first[..Math.Min(first.Length, 4096)])
            : throw new InvalidDataException($"{name}: the file is empty; expected a trace.");
    }

    private static (TraceFormat? Format, HeldRequests? Held) FormatOf(
        string text,
        string path,
        string name,
        DateOrder dates
    )
    {
        bool Names(string key) => text.Contains($"\"{key}\"", StringComparison.Ordinal);
        if (!text.TrimStart().StartsWith('{') && !text.TrimStart().StartsWith('['))
        {
            return (TraceFormat.Of(text, name, dates), null);
        }
        if (Names("arrival_time") && Names("input_toks"))
        {
            return (new VllmLogRows(), null);
        }
        if (!Names("input_length"))
        {
            return (null, TraceDocuments.Read(path, name));
        }
        var (blocks, hasDelays) = MooncakeSessions.Scan(path, name);
        return hasDelays
            ? (null, MooncakeSessions.Read(path, blocks, name))
            : (new MooncakeRows(blocks), null);
    }

    /// <summary>Goes on to the next sound row.</summary>
    private void Advance()
    {
        _hasRow = false;
        if (_held is not null)
        {
            _pending.Clear();
            if (_held.TryTake(out var row, _pending))
            {
                Faults.Rows++;
                Enter(row);
            }
            return;
        }
        while (!_hasRow && _lines!.TryRead(out var line))
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
        TraceRow row = default;
        string? fault;
        try
        {
            fault = _format!.Parse(line, ref row, _pending);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{Place}: {e.Message}.", e);
        }
        if (fault is null && row.LeftOut)
        {
            Faults.LeftOut++;
            Faults.LeftOutReason = _format.LeftOutReason;
            return;
        }
        if (fault is null && _hasZero && row.Picoseconds - _zero < _latest)
        {
            fault =
                $"found a time {(double)(_latest + _zero - row.Picoseconds) / 1e12:G4} s before the row ahead; expected rows in order of arrival";
        }
        if (fault is null)
        {
            Enter(row);
            return;
        }
        Faults.Add(_lines!.Number, fault);
        CheckShare(atEnd: false);
    }

    private void Enter(TraceRow row)
    {
        if (!_hasZero)
        {
            _hasZero = true;
            _zero = row.Picoseconds;
        }
        row.Picoseconds -= _zero;
        _row = row;
        _latest = row.Picoseconds;
        _hasRow = true;
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
