namespace Plimsoll.Files;

/// <summary>The step that puts drafted files in place of those before, and its completion after an interruption.</summary>
internal static class Placing
{
    /// <summary>Name of the working folder inside a folder that keeps its place.</summary>
    public const string Inside = ".plimsoll";

    /// <summary>Name of the folder of drafts.</summary>
    public const string Drafts = "new";

    private const string Aside = "old";
    private const string Begun = "commit";

    /// <summary>Whether a folder can be exchanged as one: it is absent, or holds nothing but our files, is not where we stand, and shares a file system with the drafts.</summary>
    public static bool CanExchange(string target, string work, IReadOnlyList<string> ours)
    {
        if (work == Path.Combine(target, Inside))
        {
            return false;
        }
        if (!Directory.Exists(target))
        {
            return true;
        }
        var here = RealPath.Of(Environment.CurrentDirectory) ?? "";
        var foreign = Directory
            .EnumerateFileSystemEntries(target)
            .Select(Path.GetFileName)
            .Any(name => name != OutputOwner.Manifest && !ours.Contains(name));
        return !foreign && !RealPath.Below(here, target) && PosixCalls.OneMount(target, work);
    }

    /// <summary>Puts the drafted folder in the place of the folder, which ends up where the draft was.</summary>
    public static void Exchange(string target, string draft)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(draft, target);
        }
        else if (!PosixCalls.Exchange(draft, WithModeOf(draft, target)))
        {
            // Two steps where the system has no exchange: between them the folder is absent, never mixed.
            var aside = Path.Combine(Path.GetDirectoryName(draft)!, Aside);
            Directory.Move(target, aside);
            Directory.Move(draft, target);
        }
        PosixCalls.Flush(Path.GetDirectoryName(target)!);
    }

    /// <summary>Puts the drafted files into the folder: its manifest goes first and the new one comes last.</summary>
    /// <param name="target">The folder.</param>
    /// <param name="draft">Where the drafts stand.</param>
    /// <param name="before">Files that the run before wrote; those not drafted again are taken away.</param>
    public static void InPlace(string target, string draft, IReadOnlyList<string> before)
    {
        var begun = Path.Combine(target, Inside, Begun);
        var gone = before.Where(name => !File.Exists(Path.Combine(draft, name)));
        File.WriteAllLines(begun + ".draft", gone);
        File.Move(begun + ".draft", begun, overwrite: true);
        PosixCalls.Flush(Path.Combine(target, Inside));
        Finish(target, draft, begun);
    }

    /// <summary>Completes or takes back what an interrupted run left.</summary>
    public static void Recover(string target, string work)
    {
        var aside = Path.Combine(work, Aside);
        if (Directory.Exists(aside) && !Directory.Exists(target))
        {
            Directory.Move(aside, target);
        }
        var inside = Path.Combine(target, Inside);
        var begun = Path.Combine(inside, Begun);
        if (File.Exists(begun))
        {
            Finish(target, Path.Combine(inside, Drafts), begun);
        }
        foreach (
            var left in (string[])
                [
                    aside,
                    Path.Combine(work, Drafts),
                    work == inside ? Path.Combine(inside, Drafts) : inside,
                ]
        )
        {
            if (Directory.Exists(left))
            {
                Directory.Delete(left, recursive: true);
            }
        }
    }

    /// <summary>Deletes a working folder; what cannot be deleted is left to the next run.</summary>
    public static void TakeAway(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The outputs are in place or untouched; a leftover does no harm.
        }
    }

    /// <summary>Gives a draft the permissions of the folder whose place it takes.</summary>
    private static string WithModeOf(string draft, string target)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(draft, File.GetUnixFileMode(target));
        }
        return target;
    }

    private static void Finish(string target, string draft, string begun)
    {
        var manifest = Path.Combine(draft, OutputOwner.Manifest);
        if (File.Exists(manifest))
        {
            File.Delete(Path.Combine(target, OutputOwner.Manifest));
            PosixCalls.Flush(target);
            foreach (var file in Directory.EnumerateFiles(draft).Where(f => f != manifest).ToList())
            {
                File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
            }
            // A file of the run before that this one does not write would be a stranger beside the new manifest.
            foreach (var name in File.ReadAllLines(begun).Where(OutputOwner.IsPlain))
            {
                File.Delete(Path.Combine(target, name));
            }
            PosixCalls.Flush(target);
            File.Move(manifest, Path.Combine(target, OutputOwner.Manifest));
            PosixCalls.Flush(target);
        }
        File.Delete(begun);
    }
}
