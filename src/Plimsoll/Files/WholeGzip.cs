using System.Buffers.Binary;
using System.IO.Compression;

namespace Plimsoll.Files;

/// <summary>Unpacks a gzip file and refuses one that is damaged or ends before its end: the library's own reader takes half of a file for a whole one.</summary>
/// <remarks>The last four bytes of a member hold its length modulo 2^32 (RFC 1952). Of a file of several members only the damage that the library sees is seen.</remarks>
internal sealed class WholeGzip : Stream
{
    private static readonly byte[] _member = [0x1F, 0x8B, 8];
    private readonly FileStream _file;
    private readonly GZipStream _gzip;
    private readonly string _name;
    private readonly uint _length;
    private uint _read;

    private WholeGzip(FileStream file, string name)
    {
        (_file, _name) = (file, name);
        if (file.Length < 18)
        {
            throw Refusal("a file of a few bytes");
        }
        Span<byte> tail = stackalloc byte[4];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        _length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        file.Position = 0;
        _gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>The bytes of a file, unpacked where it begins like a gzip file.</summary>
    /// <param name="file">The file, at its beginning; given to the stream.</param>
    /// <param name="name">Name for messages, as the user wrote it.</param>
    /// <exception cref="FileRefusedException">Damaged or cut short; reading may throw it too.</exception>
    public static Stream Open(FileStream file, string name)
    {
        Span<byte> magic = stackalloc byte[2];
        var read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && magic.SequenceEqual(_member.AsSpan(0, 2))
            ? new WholeGzip(file, name)
            : file;
    }

    /// <summary>The bytes of a file that must be a gzip file, unpacked.</summary>
    /// <param name="file">The file, at its beginning; given to the stream.</param>
    /// <param name="name">Name for messages, as the user wrote it.</param>
    /// <exception cref="FileRefusedException">No gzip file, damaged or cut short; reading may throw it too.</exception>
    public static Stream Of(FileStream file, string name) => new WholeGzip(file, name);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _gzip.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw Refusal("a damaged file, or one that is no gzip file");
        }
        _read += (uint)read;
        if (read == 0 && buffer.Length > 0 && _read != _length && !HasSeveralMembers())
        {
            throw Refusal("a gzip file that ends before its end");
        }
        return read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
            _file.Dispose();
        }
        base.Dispose(disposing);
    }

    private FileRefusedException Refusal(string found) =>
        new(
            _name,
            "not-whole",
            "a whole gzip file",
            "Fetch or copy it again; 'gzip -t' tells when it is whole.",
            found
        );

    /// <summary>True when another member's head stands after the first: its method, flags, and what made it, which chance does not write.</summary>
    private bool HasSeveralMembers()
    {
        var buffer = new byte[1 << 16];
        const int Head = 10;
        var held = 0;
        _file.Position = 1;
        while (true)
        {
            var read = _file.Read(buffer, held, buffer.Length - held);
            if (read == 0)
            {
                return false;
            }
            held += read;
            for (var from = 0; ; from++)
            {
                var at = buffer.AsSpan(from, held - from).IndexOf(_member);
                if (at < 0 || from + at + Head > held)
                {
                    break;
                }
                from += at;
                if (
                    buffer[from + 3] < 0x20
                    && buffer[from + 8] is 0 or 2 or 4
                    && buffer[from + 9] is <= 13 or 255
                )
                {
                    return true;
                }
            }
            var kept = Math.Min(held, Head - 1);
            buffer.AsSpan(held - kept, kept).CopyTo(buffer);
            held = kept;
        }
    }
}
