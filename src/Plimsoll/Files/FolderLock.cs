namespace Plimsoll.Files;

/// <summary>A lock on a folder, held by one run at a time and let go when its process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private const int WouldBlock = 11;
    private const int WouldBlockElsewhere = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private const string Gone = ".gone-";
    private readonly string _folder;
    private readonly FileStream _file;

    private FolderLock(string folder, FileStream file) => (_folder, _file) = (folder, file);

    /// <summary>Takes the lock; null when another run holds it.</summary>
    /// <param name="folder">A folder of its own for the lock and the drafts; it is made, and goes with the lock.</param>
    public static FolderLock? Take(string folder)
    {
        var path = Path.Combine(folder, "lock");
        while (true)
        {
            try
            {
                Directory.CreateDirectory(folder);
                var file = new FileStream(
                    path,
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
                // Who held it before may have taken the file away between our opening and our locking it.
                if (PosixCalls.Names(path, file.SafeFileHandle))
                {
                    Clear(folder);
                    return new FolderLock(folder, file);
                }
                file.Dispose();
            }
            catch (DirectoryNotFoundException)
                when (Directory.Exists(Path.GetDirectoryName(folder)))
            {
                // The holder before took the folder away; make it anew.
            }
            catch (IOException e)
                when (e.HResult is WouldBlock or WouldBlockElsewhere or SharingViolation)
            {
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Taken away while still held, so that nobody locks a file that is about to go; renamed first, since the next run may make the
        // folder anew while this one is still emptying it.
        try
        {
            var gone = $"{_folder}{Gone}{Guid.NewGuid():N}";
            Directory.Move(_folder, gone);
            Directory.Delete(gone, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left is taken away by the next run.
        }
        _file.Dispose();
    }

    /// <summary>Takes away what runs left that were stopped while they let go.</summary>
    private static void Clear(string folder)
    {
        if (Path.GetDirectoryName(folder) is not { Length: > 0 } parent)
        {
            return;
        }
        foreach (
            var left in Directory.EnumerateDirectories(
                parent,
                Path.GetFileName(folder) + Gone + "*"
            )
        )
        {
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another run takes it away at this moment, or it is not ours to take.
            }
        }
    }
}
