namespace Plimsoll.Files;

/// <summary>A path with every link in it resolved.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path without links; null when a link leads nowhere or round in circles. The last part may be absent.</summary>
    public static string? Of(string path)
    {
        var full = Path.GetFullPath(path);
        var start = Path.GetPathRoot(full)!;
        return Walk(start, full, _ => start);
    }

    /// <summary>Follows a path from a folder without links; each link must lead below a folder that is allowed.</summary>
    /// <param name="from">Folder to begin in, itself without links.</param>
    /// <param name="full">Absolute path below it.</param>
    /// <param name="allowed">The folder without links that an absolute path stands below, null for none: then nothing beyond is looked at.</param>
    public static string? Walk(string from, string full, Func<string, string?> allowed)
    {
        var at = from;
        var parts = Parts(from, full);
        var links = 0;
        while (parts.TryDequeue(out var part))
        {
            var next = Path.Combine(at, part);
            if (FileFacts.Of(next).Kind != FileKind.Link)
            {
                at = next;
                continue;
            }
            if (++links > MostLinks || new FileInfo(next).LinkTarget is not { } target)
            {
                return null;
            }
            var leads = Path.GetFullPath(Path.Combine([at, target, .. parts]));
            if (allowed(leads) is not { } root)
            {
                return null;
            }
            (at, parts) = (root, Parts(root, leads));
        }
        return at;
    }

    /// <summary>Whether an absolute path stands below a folder, or is it.</summary>
    public static bool Below(string full, string folder) =>
        full == folder
        || full.StartsWith(
            folder.EndsWith(Path.DirectorySeparatorChar)
                ? folder
                : folder + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );

    private static Queue<string> Parts(string from, string full) =>
        new(
            full[from.Length..]
                .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
        );
}
