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

    /// <summary>A store; its folder is made when first written to.</summary>
    /// <param name="folder">Its folder, for nothing else.</param>
    /// <param name="extension">Ending of its files, without the point.</param>
    /// <param name="version">Version of what is kept; another version's entries are not believed.</param>
    /// <param name="kept">Most entries kept; the oldest go first.</param>
    public PrivateStore(string folder, string extension, string version, int kept) =>
        (_folder, _extension, _version, _kept) = (folder, extension, version, kept);

    /// <summary>The content of an entry; null when there is none that can be believed.</summary>
    /// <param name="name">Its name: letters, digits, points and dashes.</param>
    public byte[]? Read(string name)
    {
        try
        {
            if (!PosixCalls.IsPrivate(_folder) || Key(make: false) is not { } key)
            {
                return null;
            }
            var bytes = InputFile.Read(PathOf(name), MostBytes).Bytes;
            if (bytes.Length < SealBytes)
            {
                return null;
            }
            var content = bytes[..^SealBytes];
            return CryptographicOperations.FixedTimeEquals(
                Seal(key, name, content),
                bytes.AsSpan(content.Length)
            )
                ? content
                : null;
        }
        catch (Exception e)
            when (e is FileRefusedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps an entry in place of one of the same name.</summary>
    /// <param name="name">Its name: letters, digits, points and dashes.</param>
    /// <param name="content">What is kept, below 64 MB.</param>
    public void Write(string name, byte[] content)
    {
        try
        {
            MakeFolder();
            if (!PosixCalls.IsPrivate(_folder) || Key(make: true) is not { } key)
            {
                return;
            }
            OutputFile.Write(
                PathOf(name),
                stream =>
                {
                    stream.Write(content);
                    stream.Write(Seal(key, name, content));
                }
            );
            var files = new DirectoryInfo(_folder).GetFiles($"*.{_extension}");
            foreach (var file in files.OrderByDescending(f => f.LastWriteTimeUtc).Skip(_kept))
            {
                file.Delete();
            }
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

    private byte[] Seal(byte[] key, string name, byte[] content)
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
