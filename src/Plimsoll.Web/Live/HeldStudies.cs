using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Plimsoll.Web.Documents;

namespace Plimsoll.Web.Live;

/// <summary>Studies whose draws are held in memory: few, shared by all who look at them, the least used given up first.</summary>
internal sealed class HeldStudies(WorkbenchSettings settings, ContentStore markets) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    // One is prepared at a time: each takes all threads of a run and its memory.
    private readonly SemaphoreSlim _making = new(1);
    private long _uses;

    private sealed class Entry(Lazy<Task<HeldStudy>> study)
    {
        public Lazy<Task<HeldStudy>> Study => study;
        public long LastUse { get; set; }
    }

    /// <summary>True when the draws of a text are held and can be priced at once.</summary>
    public bool Ready(string text, int draws)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(Key(text, draws), out var entry)
                && entry.Study is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };
        }
    }

    /// <summary>The held draws of a text, computed when they are not there.</summary>
    /// <param name="text">A sound study.</param>
    /// <param name="draws">Draws to hold.</param>
    public async Task<HeldStudy> Of(string text, int draws)
    {
        var key = Key(text, draws);
        Entry? entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out entry))
            {
                entry = new Entry(new Lazy<Task<HeldStudy>>(() => Make(text, draws)));
                _entries[key] = entry;
                while (_entries.Count > settings.HeldStudies)
                {
                    _entries.Remove(
                        _entries.Where(e => e.Key != key).MinBy(e => e.Value.LastUse).Key
                    );
                }
            }
            entry.LastUse = ++_uses;
        }
        try
        {
            return await entry.Study.Value;
        }
        catch
        {
            lock (_lock)
            {
                _entries.Remove(key);
            }
            throw;
        }
    }

    private async Task<HeldStudy> Make(string text, int draws)
    {
        await _making.WaitAsync();
        try
        {
            return await Task.Run(() =>
                HeldStudy.Of(
                    Values(text),
                    FactCatalog.Shipped(),
                    new StudySettings
                    {
                        Draws = draws,
                        Threads = settings.Threads,
                        Store = markets,
                    }
                )
            );
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>The values of a sound text, its names those of the catalogue.</summary>
    public static InputValues Values(string text) =>
        new(StudyDocument.Table, StudyDocument.Named(text)!);

    private static string Key(string text, int draws) => $"{StudyDocument.Hash(text)}-{draws}";

    public void Dispose() => _making.Dispose();
}
