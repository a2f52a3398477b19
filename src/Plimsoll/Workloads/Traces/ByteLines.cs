using Plimsoll.Files;

namespace Plimsoll.Workloads.Traces;

/// <summary>The lines of a file, gzip or plain, without a string for each.</summary>
internal sealed class ByteLines : IDisposable
{
    // A request of a million tokens in blocks of 16 has 62,500 hashes, some 700 kB; a longer line is another kind of file.
    private const int LongestLine = 1 << 24;
    private readonly Stream _stream;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    public ByteLines(Stream stream) => _stream = stream;

    /// <summary>Opens a file; gzip is known by its first two bytes.</summary>
    public static ByteLines Open(string path) => new(OpenStream(path));

    /// <summary>The bytes of a file, unpacked.</summary>
    public static Stream OpenStream(string path) =>
        WholeGzip.Open(InputFile.Open(path, FileBounds.Trace), Path.GetFileName(path));

    /// <summary>Lines read so far: the number of the latest line.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end; false at the end of the file. The span lives until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var looked = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = Trim(_buffer.AsSpan(_start, looked + found));
                _start += looked + found + 1;
                Number++;
                return true;
            }
            looked = _end - _start;
            if (_ended)
            {
                line = Trim(_buffer.AsSpan(_start, looked));
                _start = _end;
                Number += looked > 0 ? 1 : 0;
                return looked > 0;
            }
            Fill();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestLine)
            {
                throw new InvalidDataException(
                    $"Line {Number + 1} is longer than 16 MB; this is no trace of requests."
                );
            }
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        if (line.Length > 0 && line[^1] == (byte)'\r')
        {
            line = line[..^1];
        }
        // A byte order mark stands before the first line only and is not part of any trace's text.
        return line.StartsWith("\uFEFF"u8) ? line[3..] : line;
    }
}
