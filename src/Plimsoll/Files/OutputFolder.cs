using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Plimsoll.Files;

/// <summary>A folder of outputs that appears whole or not at all: files are drafted beside it, and one step puts them in place of those before.</summary>
/// <remarks>
/// Open it before the computation: it takes the lock, finds out whether the place can be written, and refuses a folder that holds another study. A folder with nothing in it but
/// our own files is exchanged for the new one in one step of the file system. One with other files in it, the current folder and a mount keep their place: there the manifest goes
/// first and comes back last, so a folder with a manifest is whole, and an interrupted step is finished by the next run.
/// </remarks>
public sealed class OutputFolder : IDisposable
{
    private readonly string _shown;
    private readonly string _target;
    private readonly OutputOwner _owner;
    private readonly FolderLock _lock;
    private readonly bool _exchange;
    private readonly string _draft;
    private readonly IReadOnlyList<string> _before;
    private readonly Func<Stream, Stream> _through;
    private readonly JsonObject _written = [];
    private readonly Lock _step = new();
    private bool _closed;

    private OutputFolder(
        string shown,
        string target,
        OutputOwner owner,
        bool replace,
        Func<Stream, Stream> through
    )
    {
        (_shown, _target, _owner, _through) = (shown, target, owner, through);
        var work = PlaceOfWork(target);
        _lock =
            FolderLock.Take(work)
            ?? throw new OutputException(
                OutputFault.Busy,
                $"Another run is writing to '{Inputs.InputText.Cut(shown)}'; wait for it, or give another folder with --out."
            );
        try
        {
            Placing.Recover(target, work);
            var before = Directory.Exists(target) ? owner.MayWrite(target, shown, replace) : null;
            _before = before?.Files ?? [];
            _exchange = Placing.CanExchange(target, work, [.. _before, .. owner.Files]);
            _draft = _exchange
                ? Path.Combine(work, Placing.Drafts)
                : Path.Combine(target, Placing.Inside, Placing.Drafts);
            Directory.CreateDirectory(_draft);
            Probe();
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>Opens a folder for writing.</summary>
    /// <param name="path">The folder; it need not be there.</param>
    /// <param name="owner">Whose outputs they will be.</param>
    /// <param name="replace">Whether a folder that holds something else may be overwritten.</param>
    /// <exception cref="OutputException">Another run writes to it, it holds something else, or it cannot be written.</exception>
    public static OutputFolder Open(string path, OutputOwner owner, bool replace = false) =>
        Open(path, owner, replace, stream => stream);

    /// <summary>The same with every written byte going through a stream, for tests of failing disks.</summary>
    internal static OutputFolder Open(
        string path,
        OutputOwner owner,
        bool replace,
        Func<Stream, Stream> through
    )
    {
        try
        {
            var target =
                RealPath.Of(Path.TrimEndingDirectorySeparator(path))
                ?? throw new DirectoryNotFoundException();
            if (FileFacts.Of(target).Kind is FileKind.Regular or FileKind.Other)
            {
                throw new OutputException(
                    OutputFault.CannotWrite,
                    $"'{Inputs.InputText.Cut(path)}' is a file, no folder; give another with --out."
                );
            }
            return new OutputFolder(path, target, owner, replace, through);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Of(path, e);
        }
    }

    /// <summary>Drafts a file; nothing of it is seen before <see cref="Commit"/>.</summary>
    /// <param name="name">One of the owner's files.</param>
    /// <param name="content">Writes it; the stream can seek and read.</param>
    /// <exception cref="OutputException">The disk is full, read-only or failing.</exception>
    public void Write(string name, Action<Stream> content)
    {
        if (!_owner.Files.Contains(name) && name != OutputOwner.Manifest)
        {
            throw new ArgumentException(
                $"'{name}' is none of the files of this run.",
                nameof(name)
            );
        }
        try
        {
            using var file = new FileStream(
                Path.Combine(_draft, name),
                FileMode.Create,
                FileAccess.ReadWrite
            );
            using var stream = _through(file);
            content(stream);
            stream.Flush();
            file.Flush(flushToDisk: true);
            file.Position = 0;
            _written[name] = new JsonObject
            {
                ["bytes"] = file.Length,
                ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(file)),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Of(_shown, e);
        }
    }

    /// <summary>Drafts a text as UTF-8.</summary>
    /// <param name="name">One of the owner's files.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="OutputException">The disk is full, read-only or failing.</exception>
    public void Write(string name, string text) =>
        Write(name, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes the manifest, with the hash of every output, and puts all files in place.</summary>
    /// <param name="manifest">What the outputs were made from; kind, name and outputs are added.</param>
    /// <param name="text">Makes the text of a document.</param>
    /// <exception cref="OutputException">The disk is full, read-only or failing.</exception>
    public void Commit(JsonObject manifest, Func<JsonObject, string> text)
    {
        var whole = new JsonObject
        {
            ["schema"] = "plimsoll.manifest",
            ["version"] = 2,
            ["kind"] = _owner.Kind,
            ["study"] = _owner.Name,
        };
        foreach (var (key, value) in manifest)
        {
            whole[key] = value?.DeepClone();
        }
        whole["outputs"] = new JsonObject([
            .. _written
                .OrderBy(w => w.Key, StringComparer.Ordinal)
                .Select(w => KeyValuePair.Create(w.Key, w.Value?.DeepClone())),
        ]);
        Write(OutputOwner.Manifest, text(whole));
        try
        {
            lock (_step)
            {
                PosixCalls.Flush(_draft);
                if (_exchange)
                {
                    Placing.Exchange(_target, _draft);
                }
                else
                {
                    Placing.InPlace(_target, _draft, _before);
                }
                Close();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Of(_shown, e);
        }
    }

    /// <summary>Takes the drafts away and lets the folder go; without <see cref="Commit"/> all stays as it was.</summary>
    public void Dispose()
    {
        lock (_step)
        {
            Close();
        }
    }

    private void OnExit(object? sender, EventArgs e) => Dispose();

    private void Close()
    {
        if (_closed)
        {
            return;
        }
        _closed = true;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        if (!_exchange)
        {
            Placing.TakeAway(Path.Combine(_target, Placing.Inside));
        }
        _lock.Dispose();
    }

    /// <summary>A byte on the disk tells before the computation what would fail after it.</summary>
    private void Probe()
    {
        var path = Path.Combine(_draft, "probe");
        using (var file = new FileStream(path, FileMode.Create))
        {
            using var stream = _through(file);
            stream.WriteByte(1);
            stream.Flush();
            file.Flush(flushToDisk: true);
        }
        File.Delete(path);
    }

    /// <summary>Where lock and drafts stand: beside the folder, or in it when only it may be written.</summary>
    private static string PlaceOfWork(string target)
    {
        var parent = Path.GetDirectoryName(target);
        if (parent is not null)
        {
            var beside = Path.Combine(parent, $".{Path.GetFileName(target)}.plimsoll");
            try
            {
                Directory.CreateDirectory(beside);
                return beside;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (!Directory.Exists(target))
                {
                    throw;
                }
            }
        }
        return Path.Combine(target, Placing.Inside);
    }
}
