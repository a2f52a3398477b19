using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Files;

/// <summary>Entries kept between runs in a folder that only its user may write; what another wrote, cut, renamed or altered is not believed.</summary>
/// <remarks>
/// Each entry is sealed by a code (HMAC-SHA-256) over version, name and content, with a key that lies in the folder and is readable to its user alone. A store that cannot
/// be used costs time, not results: reading then finds nothing and writing does nothing.
/// </remarks>
public sealed class PrivateStore
{
    private const int SealBytes = 32;
    private const string KeyName = "key";
    private const long MostBytes = 64_000_000;
    private readonly string _folder;
    private readonly string _extension;
    private readonly string _version;
    private readonly int _kept;
    private readonly long _bytes;
    private int _written;

    /// <summary>A store; its folder is made when first written to.</summary>
    /// <param name="folder">Its folder, for nothing else.</param>
    /// <param name="extension">Ending of its files, without the point.</param>
    /// <param name="version">Version of what is kept; another version's entries are not believed.</param>
    /// <param name="kept">Most entries kept; those not used for longest go first.</param>
    /// <param name="bytes">Most bytes of all entries together; those not used for longest go first.</param>
    public PrivateStore(
        string folder,
        string extension,
        string version,
        int kept,
        long bytes = long.MaxValue
    ) => (_folder, _extension, _version, _kept, _bytes) = (folder, extension, version, kept, bytes);

    /// <summary>The content of an entry; null when there is none that can be believed.</summary>
    /// <param name="name">Its name: letters, digits, points and dashes.</param>
    public byte[]? Read(string name) => Find(name).Content?.ToArray();

    /// <summary>The content of an entry, and whether one is there that cannot be believed.</summary>
    /// <param name="name">Its name: letters, digits, points and dashes.</param>
    public KeptEntry Find(string name)
    {
        var path = PathOf(name);
        try
        {
            if (!PosixCalls.IsPrivate(_folder) || FileFacts.Of(path).Kind == FileKind.Absent)
            {
                return KeptEntry.Absent;
            }
            if (Key(make: false) is not { } key)
            {
                return KeptEntry.Unbelievable;
            }
            var bytes = InputFile.Read(path, MostBytes).Bytes;
            if (bytes.Length < SealBytes)
            {
                return KeptEntry.Unbelievable;
            }
            var content = new ReadOnlyMemory<byte>(bytes, 0, bytes.Length - SealBytes);
            if (
                !CryptographicOperations.FixedTimeEquals(
                    Seal(key, name, content.Span),
                    bytes.AsSpan(content.Length)
                )
            )
            {
                return KeptEntry.Unbelievable;
            }
            Touch(path);
            return new KeptEntry(content, false);
        }
        catch (FileRefusedException e) when (e.Rule == "no-such-file")
        {
            // Another process made room a moment before.
            return KeptEntry.Absent;
        }
        catch (Exception e)
            when (e is FileRefusedException or IOException or UnauthorizedAccessException)
        {
            return KeptEntry.Unbelievable;
        }
    }

    /// <summary>Keeps an entry in place of one of the same name.</summary>
    /// <param name="name">Its name: letters, digits, points and dashes.</param>
    /// <param name="content">What is kept, below 64 MB.</param>
    /// <returns>False when nothing could be kept.</returns>
    public bool Write(string name, byte[] content)
    {
        try
        {
            MakeFolder();
            if (!PosixCalls.IsPrivate(_folder) || Key(make: true) is not { } key)
            {
                return false;
            }
            OutputFile.Write(
                PathOf(name),
                stream =>
                {
                    stream.Write(content);
                    stream.Write(Seal(key, name, content));
                }
            );
            // Looking at every entry costs more than writing one: a large store looks now and then, at its first write too.
            var written = Interlocked.Increment(ref _written);
            if (written == 1 || written % Math.Clamp(_kept / 50, 1, 64) == 0)
            {
                MakeRoom();
            }
            return true;
        }
        catch (Exception e)
            when (e
                    is OutputException
                        or FileRefusedException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            // A store that cannot be written costs time, not results.
            return false;
        }
    }

    /// <summary>Removes what was not used for longest until the rest is within bounds; what another process removes meanwhile is gone for both.</summary>
    private void MakeRoom()
    {
        var (kept, bytes) = (0, 0L);
        foreach (var (path, _, length) in Entries().OrderByDescending(e => e.Used))
        {
            kept++;
            bytes += length;
            if (kept > _kept || bytes > _bytes)
            {
                File.Delete(path);
            }
        }
    }

    private List<(string Path, DateTime Used, long Length)> Entries()
    {
        var entries = new List<(string, DateTime, long)>();
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles($"*.{_extension}"))
        {
            try
            {
                entries.Add((file.FullName, file.LastWriteTimeUtc, file.Length));
            }
            catch (FileNotFoundException)
            {
                // Another process made room a moment before.
            }
        }
        return entries;
    }

    /// <summary>Marks an entry as used, at most once an hour; quiet where the folder may only be read.</summary>
    private static void Touch(string path)
    {
        try
        {
            var now = DateTime.UtcNow;
            if (now - File.GetLastWriteTimeUtc(path) > TimeSpan.FromHours(1))
            {
                File.SetLastWriteTimeUtc(path, now);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only the order in which entries go depends on it.
        }
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(
                _folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }

    private byte[]? Key(bool make)
    {
        var path = Path.Combine(_folder, KeyName);
        if (FileFacts.Of(path).Kind == FileKind.Absent)
        {
            if (!make)
            {
                return null;
            }
            try
            {
                OutputFile.Write(
                    path,
                    stream => stream.Write(RandomNumberGenerator.GetBytes(SealBytes)),
                    fresh: true
                );
            }
            catch (OutputException e) when (e.Fault == OutputFault.HoldsAnother)
            {
                // Another process made the key a moment before; its key is ours too.
            }
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
        var key = InputFile.Read(path, SealBytes).Bytes;
        return key.Length == SealBytes ? key : null;
    }

    private byte[] Seal(byte[] key, string name, ReadOnlySpan<byte> content)
    {
        using var code = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        code.AppendData(Encoding.UTF8.GetBytes($"{_version}\n{name}\n"));
        code.AppendData(content);
        return code.GetHashAndReset();
    }

    private string PathOf(string name)
    {
        if (
            name.Length == 0
            || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-'))
        )
        {
            throw new ArgumentException($"'{name}' is no name of an entry.", nameof(name));
        }
        return Path.Combine(_folder, $"{name}.{_extension}");
    }
}
