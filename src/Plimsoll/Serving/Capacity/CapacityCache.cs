using System.Security.Cryptography;

namespace Plimsoll.Serving.Capacity;

/// <summary>Where simulated capacity curves are kept between runs: one file a deployment, named by the hash of all it depends on.</summary>
/// <remarks>A file that is cut, altered or of another version is ignored and written anew. Writers do not wait for each other; the last one stands.</remarks>
public sealed class CapacityCache
{
    private const int Version = 1;
    private const int FilesKept = 200;
    private readonly string? _folder;

    private CapacityCache(string? folder) => _folder = folder;

    /// <summary>Keeps nothing.</summary>
    public static CapacityCache None { get; } = new(null);

    /// <summary>The folder named by PLIMSOLL_CACHE, else a folder of the user's local application data; nothing is kept when PLIMSOLL_CACHE is "off".</summary>
    public static CapacityCache Default()
    {
        var folder = Environment.GetEnvironmentVariable("PLIMSOLL_CACHE");
        if (folder == "off")
        {
            return None;
        }
        if (string.IsNullOrEmpty(folder))
        {
            var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            if (data.Length == 0)
            {
                return None;
            }
            folder = Path.Combine(data, "plimsoll");
        }
        return In(folder);
    }

    /// <summary>A folder; it is made when first written to.</summary>
    public static CapacityCache In(string folder) => new(Path.Combine(folder, "capacity"));

    internal List<ShapeCurve> Load(string key)
    {
        var curves = new List<ShapeCurve>();
        if (_folder is null || !File.Exists(FileOf(key)))
        {
            return curves;
        }
        try
        {
            var bytes = File.ReadAllBytes(FileOf(key));
            var body = bytes.AsSpan(0, Math.Max(0, bytes.Length - 32));
            if (!SHA256.HashData(body).AsSpan().SequenceEqual(bytes.AsSpan(body.Length)))
            {
                return curves;
            }
            using var reader = new BinaryReader(new MemoryStream(bytes, 0, body.Length));
            if (reader.ReadInt32() != Version)
            {
                return curves;
            }
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                curves.Add(Read(reader));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            curves.Clear();
        }
        return curves;
    }

    internal void Save(string key, IEnumerable<ShapeCurve> curves)
    {
        if (_folder is null)
        {
            return;
        }
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Version);
        List<ShapeCurve> all = [.. curves];
        writer.Write(all.Count);
        foreach (var curve in all)
        {
            Write(writer, curve);
        }
        writer.Flush();
        writer.Write(SHA256.HashData(bytes.ToArray()));
        writer.Flush();
        try
        {
            Directory.CreateDirectory(_folder);
            var draft = Path.Combine(_folder, $"{key}.{Environment.ProcessId}.tmp");
            File.WriteAllBytes(draft, bytes.ToArray());
            File.Move(draft, FileOf(key), overwrite: true);
            Prune();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that cannot be written costs time, not results.
        }
    }

    private string FileOf(string key) => Path.Combine(_folder!, key + ".curves");

    private void Prune()
    {
        var files = new DirectoryInfo(_folder!).GetFiles("*.curves");
        foreach (var file in files.OrderByDescending(f => f.LastWriteTimeUtc).Skip(FilesKept))
        {
            file.Delete();
        }
    }

    private static void Write(BinaryWriter writer, ShapeCurve curve)
    {
        writer.Write(curve.Shape.InputTokens);
        writer.Write(curve.Shape.OutputTokens);
        writer.Write(curve.Shape.CacheHitShare);
        writer.Write(curve.Shape.ArrivalCv);
        writer.Write(curve.SaturationRate);
        writer.Write(curve.OutputTokens);
        writer.Write(curve.Loads.Length);
        for (var i = 0; i < curve.Loads.Length; i++)
        {
            writer.Write(curve.Loads[i]);
            writer.Write(curve.Tables[i].Requests);
            var counts = curve.Tables[i].Counts;
            writer.Write(counts.Length - counts.Count((ushort)0));
            for (var bin = 0; bin < counts.Length; bin++)
            {
                if (counts[bin] > 0)
                {
                    writer.Write((ushort)bin);
                    writer.Write(counts[bin]);
                }
            }
        }
    }

    private static ShapeCurve Read(BinaryReader reader)
    {
        var shape = new RequestShape(
            reader.ReadDouble(),
            reader.ReadDouble(),
            reader.ReadDouble(),
            reader.ReadDouble()
        );
        var saturation = reader.ReadDouble();
        var output = reader.ReadDouble();
        var loads = new double[reader.ReadInt32()];
        var tables = new LatencyTable[loads.Length];
        for (var i = 0; i < loads.Length; i++)
        {
            loads[i] = reader.ReadDouble();
            var requests = reader.ReadInt64();
            var counts = new ushort[LatencyTable.Bins * LatencyTable.Bins];
            for (var filled = reader.ReadInt32(); filled > 0; filled--)
            {
                var bin = reader.ReadUInt16();
                counts[bin] = reader.ReadUInt16();
            }
            tables[i] = new LatencyTable(counts, requests);
        }
        return new ShapeCurve(shape, saturation, output, loads, tables);
    }
}
