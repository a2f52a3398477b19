using System.Text;

namespace Plimsoll.Files;

/// <summary>A single file of output that appears whole or not at all.</summary>
public static class OutputFile
{
    /// <summary>Writes a text as UTF-8 in place of what stood there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="OutputException">The disk is full, read-only or failing; the old file stands.</exception>
    public static void Write(string path, string text) =>
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes a file in place of what stood there.</summary>
    /// <param name="path">The file; its folder is made when it is not there.</param>
    /// <param name="content">Writes it.</param>
    /// <param name="fresh">Refuse a file that is there already.</param>
    /// <exception cref="OutputException">The disk is full, read-only or failing; the old file stands.</exception>
    public static void Write(string path, Action<Stream> content, bool fresh = false)
    {
        // A draft of one's own: two writers do not share it, and the last one stands.
        var draft = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.draft";
        try
        {
            if (FileFacts.Of(path).Kind is FileKind.Folder or FileKind.Other)
            {
                throw new OutputException(
                    OutputFault.CannotWrite,
                    $"'{Inputs.InputText.Cut(path)}' is no file; give another name."
                );
            }
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.ReadWrite))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(draft, path, overwrite: !fresh);
            PosixCalls.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (fresh)
            {
                MustBeFresh(path);
            }
            throw OutputException.Of(path, e);
        }
        finally
        {
            Remove(draft);
        }
    }

    /// <summary>Refuses a name that is taken, before long work for it is begun.</summary>
    /// <param name="path">The file to be written.</param>
    /// <exception cref="OutputException">Something stands there already.</exception>
    public static void MustBeFresh(string path)
    {
        if (Path.Exists(path))
        {
            throw new OutputException(
                OutputFault.HoldsAnother,
                $"'{Inputs.InputText.Cut(path)}' exists already; give another name."
            );
        }
    }

    /// <summary>Makes the folder of a file that a library of others will write.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OutputException">It cannot be made.</exception>
    public static void MakeFolderOf(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Of(path, e);
        }
    }

    private static void Remove(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A draft left behind does no harm; the exception above says what failed.
        }
    }
}
