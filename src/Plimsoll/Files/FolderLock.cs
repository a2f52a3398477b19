namespace Plimsoll.Files;

/// <summary>A lock on a folder, held by one run at a time and let go when its process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private const int WouldBlock = 11;
    private const int WouldBlockElsewhere = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
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
        // Taken away while still held, so that nobody locks a file that is about to go.
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left is taken away by the next run.
        }
        _file.Dispose();
    }
}
