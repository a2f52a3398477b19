using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Files;

/// <summary>The content of a file, read once: what is parsed is what is hashed.</summary>
/// <param name="Name">Name for messages, as the user wrote it.</param>
/// <param name="Bytes">All of it.</param>
public sealed record InputFile(string Name, byte[] Bytes)
{
    /// <summary>SHA-256 of the bytes, lower-case hexadecimal.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <summary>How the bytes of a text are to be read, and written again: UTF-16 where they begin with its byte order mark, as spreadsheets save it, else UTF-8.</summary>
    /// <param name="bytes">The first bytes, or all.</param>
    /// <returns>An encoding that throws at bytes that are none of its own.</returns>
    public static Encoding EncodingOf(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [0xFF, 0xFE, ..] => new UnicodeEncoding(false, true, true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(true, true, true),
            _ => new UTF8Encoding(true, true),
        };

    /// <summary>The bytes as text without its byte order mark; UTF-8, or UTF-16 with the mark.</summary>
    /// <exception cref="FileRefusedException">They are no such text.</exception>
    public string Text()
    {
        try
        {
            return EncodingOf(Bytes).GetString(Bytes).TrimStart('\uFEFF');
        }
        catch (ArgumentException)
        {
            throw new FileRefusedException(
                Name,
                "not-text",
                "UTF-8 text",
                "Save the file as UTF-8.",
                "bytes that are not UTF-8"
            );
        }
    }

    /// <summary>Reads a file that the user names on the command line: anywhere, but a regular file of bounded size.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="mostBytes">Largest size read, bytes.</param>
    /// <exception cref="FileRefusedException">It is missing, no regular file, too large, or unreadable.</exception>
    public static InputFile Read(string path, long mostBytes)
    {
        using var stream = Open(path, mostBytes);
        return new InputFile(path, All(stream, path));
    }

    /// <summary>Opens a file that the user names on the command line for reading as a stream.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="mostBytes">Largest size read, bytes.</param>
    /// <exception cref="FileRefusedException">It is missing, no regular file, too large, or unreadable.</exception>
    public static FileStream Open(string path, long mostBytes) =>
        RealPath.Of(path) is { } real
            ? OpenRegular(real, path, mostBytes)
            : throw Missing(path, "Check the path.");

    /// <summary>Opens a path without links.</summary>
    internal static FileStream OpenRegular(string real, string name, long mostBytes)
    {
        var facts = FileFacts.Of(real);
        if (facts.Kind == FileKind.Absent)
        {
            throw Missing(name, "Check the path.");
        }
        if (facts.Kind != FileKind.Regular)
        {
            throw new FileRefusedException(
                name,
                "not-a-file",
                "a regular file",
                "Name a file, no folder, device or pipe."
            );
        }
        Bounded(facts.Size, name, mostBytes);
        try
        {
            // Sharing all takes no lock: a reader never stands in a writer's way.
            var stream = new FileStream(
                real,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            try
            {
                // What was opened may be another file than the one looked at.
                Bounded(stream.CanSeek ? stream.Length : long.MaxValue, name, mostBytes);
                return stream;
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileRefusedException(
                name,
                "unreadable",
                "a file that may be read",
                "Check its permissions."
            );
        }
    }

    /// <summary>All bytes that the file had when it was opened.</summary>
    internal static byte[] All(FileStream stream, string name)
    {
        var bytes = new byte[stream.Length];
        try
        {
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (IOException)
        {
            throw new FileRefusedException(
                name,
                "unreadable",
                "a file that may be read",
                "Check the disk."
            );
        }
    }

    internal static FileRefusedException Missing(string name, string remedy) =>
        new(name, "no-such-file", "a file that is there", remedy);

    private static void Bounded(long size, string name, long mostBytes)
    {
        if (size > mostBytes)
        {
            throw new FileRefusedException(
                name,
                "too-large",
                $"at most {FileBounds.Words(mostBytes)}",
                "Cut it, or take out what is not needed.",
                size == long.MaxValue
                    ? "a file without a size"
                    : $"a file of {FileBounds.Words(size)}"
            );
        }
    }
}
