using System.Collections.Concurrent;

namespace Plimsoll.Files;

/// <summary>What is dear to make and depends on nothing but its key: kept in memory for the runs of a process, and in a folder for runs to come.</summary>
/// <remarks>
/// Safe for many threads and processes; what is found is what was made, so a store costs or saves time and changes no figure. Memory and folder are bounded; what
/// was not used for longest goes first. An entry that was cut, altered or written by another version is made again, and <see cref="Notes"/> says so.
/// </remarks>
public sealed class ContentStore
{
    /// <summary>Bytes kept in memory unless said otherwise.</summary>
    public const long UsualMemory = 256L << 20;

    /// <summary>Bytes kept in the folder: some ten markets.</summary>
    private const long MostOnDisk = 2L << 30;

    private const int MostEntries = 5000;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(
        StringComparer.Ordinal
    );
    private readonly LinkedList<Entry> _byUse = [];
    private readonly ConcurrentDictionary<string, Lock> _makers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _notes = new(StringComparer.Ordinal);
    private readonly PrivateStore? _disk;
    private readonly long _most;
    private long _held;

    private ContentStore(PrivateStore? disk, long memory) => (_disk, _most) = (disk, memory);

    /// <summary>Keeps in memory alone.</summary>
    /// <param name="memory">Most bytes, at least 0.</param>
    public static ContentStore InMemory(long memory = UsualMemory) => new(null, memory);

    /// <summary>Keeps in memory and in a folder, which is made when first written to.</summary>
    /// <param name="folder">A folder of the user's own.</param>
    /// <param name="memory">Most bytes in memory, at least 0.</param>
    public static ContentStore In(string folder, long memory = UsualMemory) =>
        new(
            new PrivateStore(
                Path.Combine(folder, "markets"),
                "worlds",
                "worlds 1",
                MostEntries,
                MostOnDisk
            ),
            memory
        );

    /// <summary>Keeps in the folder named by PLIMSOLL_CACHE, else in a folder of the user's local application data; in memory alone when PLIMSOLL_CACHE is "off" or there is no such folder.</summary>
    public static ContentStore Default() =>
        CacheFolder.Default() is { } folder ? In(folder) : InMemory();

    /// <summary>What the user should know of the store: entries that were not believed, a folder that cannot be written.</summary>
    public IReadOnlyList<string> Notes => [.. _notes.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The lock under which what belongs to a key is made, so that two threads do not make the same.</summary>
    /// <param name="key">Letters, digits, points and dashes.</param>
    internal Lock Maker(string key) => _makers.GetOrAdd(key, _ => new Lock());

    /// <summary>What is kept under a key; null when nothing is.</summary>
    /// <param name="key">Letters, digits, points and dashes.</param>
    /// <param name="read">Makes it of the bytes in the folder; null when they are no such thing.</param>
    /// <param name="bytes">Its size in memory.</param>
    internal T? Find<T>(string key, Func<ReadOnlyMemory<byte>, T?> read, Func<T, long> bytes)
        where T : class
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return (T)node.Value.Content;
            }
        }
        if (_disk?.Find(key) is not { } found)
        {
            return null;
        }
        var content = found.Content is { } kept ? read(kept) : null;
        if (content is not null)
        {
            Hold(key, content, bytes(content));
        }
        else if (found.Doubtful || found.Content is not null)
        {
            _notes.TryAdd(
                "A stored market was cut, altered or written by another version or user; it was not used and is prepared again.",
                true
            );
        }
        return content;
    }

    /// <summary>Keeps what was made.</summary>
    /// <param name="key">Letters, digits, points and dashes.</param>
    /// <param name="content">What was made; nobody changes it from now on.</param>
    /// <param name="bytes">Its size in memory.</param>
    /// <param name="write">Its bytes for the folder.</param>
    internal void Keep<T>(string key, T content, long bytes, Func<T, byte[]> write)
        where T : class
    {
        Hold(key, content, bytes);
        if (_disk is not null && !_disk.Write(key, write(content)))
        {
            _notes.TryAdd(
                "Prepared markets could not be stored: the folder is full, read-only or not the user's own. The answer is not touched; the next run prepares them again.",
                true
            );
        }
    }

    private void Hold(string key, object content, long bytes)
    {
        lock (_gate)
        {
            if (_entries.Remove(key, out var old))
            {
                _byUse.Remove(old);
                _held -= old.Value.Bytes;
            }
            _entries[key] = _byUse.AddFirst(new Entry(key, content, bytes));
            _held += bytes;
            while (_held > _most && _byUse.Last is { } last)
            {
                _byUse.RemoveLast();
                _entries.Remove(last.Value.Key);
                _held -= last.Value.Bytes;
            }
        }
    }

    private sealed record Entry(string Key, object Content, long Bytes);
}
