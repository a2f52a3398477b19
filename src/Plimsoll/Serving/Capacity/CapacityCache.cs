using Plimsoll.Files;

namespace Plimsoll.Serving.Capacity;

/// <summary>Where simulated capacity curves are kept between runs: one file a deployment, named by the hash of all it depends on.</summary>
/// <remarks>A file that is cut, altered or of another version is ignored and written anew. Writers do not wait for each other; the last one stands.</remarks>
public sealed class CapacityCache
{
    private const string Version = "capacity 2";
    private const int FilesKept = 200;
    private const int MostCurves = 10_000;
    private const int MostLoads = 1000;
    private readonly PrivateStore? _store;
    private readonly PrivateStore? _answers;

    private CapacityCache(PrivateStore? store, PrivateStore? answers) =>
        (_store, _answers) = (store, answers);

    /// <summary>Keeps nothing.</summary>
    public static CapacityCache None { get; } = new(null, null);

    /// <summary>The folder named by PLIMSOLL_CACHE, else a folder of the user's local application data; nothing is kept when PLIMSOLL_CACHE is "off".</summary>
    public static CapacityCache Default() =>
        CacheFolder.Default() is { } folder ? In(folder) : None;

    /// <summary>A folder; it is made when first written to.</summary>
    public static CapacityCache In(string folder) =>
        new(
            new PrivateStore(Path.Combine(folder, "capacity"), "curves", Version, FilesKept),
            new PrivateStore(Path.Combine(folder, "goodput"), "answer", Version, 10 * FilesKept)
        );

    /// <summary>The place of the best fleet among those tried, its goodput and the relative half-width of that; null when not kept.</summary>
    internal (int Place, double Rate, double Width)? Answer(string key) =>
        _answers?.Read(key) is { Length: 20 } bytes
            ? (
                BitConverter.ToInt32(bytes),
                BitConverter.ToDouble(bytes, 4),
                BitConverter.ToDouble(bytes, 12)
            )
            : null;

    internal void Keep(string key, int place, double rate, double width) =>
        _answers?.Write(
            key,
            [
                .. BitConverter.GetBytes(place),
                .. BitConverter.GetBytes(rate),
                .. BitConverter.GetBytes(width),
            ]
        );

    internal List<ShapeCurve> Load(string key)
    {
        if (_store?.Read(key) is not { } bytes)
        {
            return [];
        }
        try
        {
            var curves = new List<ShapeCurve>();
            using var reader = new BinaryReader(new MemoryStream(bytes));
            for (var count = Bounded(reader.ReadInt32(), MostCurves); count > 0; count--)
            {
                curves.Add(Read(reader));
            }
            return curves;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ArgumentException)
        {
            return [];
        }
    }

    internal void Save(string key, IEnumerable<ShapeCurve> curves)
    {
        if (_store is null)
        {
            return;
        }
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        List<ShapeCurve> all = [.. curves];
        writer.Write(all.Count);
        foreach (var curve in all)
        {
            Write(writer, curve);
        }
        writer.Flush();
        _store.Write(key, bytes.ToArray());
    }

    private static int Bounded(int count, int most) =>
        count >= 0 && count <= most
            ? count
            : throw new InvalidDataException($"found {count}; expected 0 to {most}.");

    private static double Sound(double number) =>
        double.IsFinite(number) && number >= 0
            ? number
            : throw new InvalidDataException($"found {number}; expected a finite number.");

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
            Sound(reader.ReadDouble()),
            Sound(reader.ReadDouble()),
            Sound(reader.ReadDouble()),
            Sound(reader.ReadDouble())
        );
        var saturation = Sound(reader.ReadDouble());
        var output = Sound(reader.ReadDouble());
        var loads = new double[Bounded(reader.ReadInt32(), MostLoads)];
        var tables = new LatencyTable[loads.Length];
        for (var i = 0; i < loads.Length; i++)
        {
            loads[i] = Sound(reader.ReadDouble());
            var requests = reader.ReadInt64();
            var counts = new ushort[LatencyTable.Bins * LatencyTable.Bins];
            for (var filled = Bounded(reader.ReadInt32(), counts.Length); filled > 0; filled--)
            {
                var bin = Bounded(reader.ReadUInt16(), counts.Length - 1);
                counts[bin] = reader.ReadUInt16();
            }
            tables[i] = new LatencyTable(counts, requests);
        }
        return new ShapeCurve(shape, saturation, output, loads, tables);
    }
}
