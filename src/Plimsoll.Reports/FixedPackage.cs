using System.IO.Compression;

namespace Plimsoll.Reports;

/// <summary>An office file (xlsx, docx) without anything of the moment in it: the same parts give the same bytes.</summary>
/// <remarks>
/// Parts must have ids of their own choice, not drawn ones: give one to every AddNewPart, and to the root part by ChangeIdOfPart.
/// </remarks>
internal static class FixedPackage
{
    private static readonly DateTimeOffset _epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes the package and packs its parts anew with a fixed time, in the order of their names.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="make">Writes the package into a stream that stays open.</param>
    public static void Write(Stream to, Action<Stream> make)
    {
        using var from = new MemoryStream();
        make(from);
        from.Position = 0;
        using var source = new ZipArchive(from, ZipArchiveMode.Read, true);
        using var target = new ZipArchive(to, ZipArchiveMode.Create, true);
        foreach (
            var entry in source
                .Entries.OrderBy(e => e.FullName != "[Content_Types].xml")
                .ThenBy(e => e.FullName, StringComparer.Ordinal)
        )
        {
            var copy = target.CreateEntry(entry.FullName, CompressionLevel.Optimal);
            copy.LastWriteTime = _epoch;
            using var input = entry.Open();
            using var output = copy.Open();
            input.CopyTo(output);
        }
    }
}
