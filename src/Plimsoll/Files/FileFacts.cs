namespace Plimsoll.Files;

/// <summary>What stands under a path.</summary>
public enum FileKind
{
    /// <summary>Nothing, or nothing that may be seen.</summary>
    Absent,

    /// <summary>A file of bytes.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link, not followed.</summary>
    Link,

    /// <summary>A device, a pipe or a socket: reading it may never end.</summary>
    Other,
}

/// <summary>Kind and size of what stands under a path, learned without opening it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Bytes; 0 for what is no regular file.</param>
public readonly record struct FileFacts(FileKind Kind, long Size)
{
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;
    private const int Link = 0xA000;

    /// <summary>Looks at a path; a link at its end is not followed.</summary>
    public static FileFacts Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return PosixCalls.Facts(path) is not { } facts ? default
                : facts.Kind == Regular ? new FileFacts(FileKind.Regular, facts.Size)
                : facts.Kind == Folder ? new FileFacts(FileKind.Folder, 0)
                : facts.Kind == Link ? new FileFacts(FileKind.Link, 0)
                : new FileFacts(FileKind.Other, 0);
        }
        var file = new FileInfo(path);
        return file.LinkTarget is not null ? new FileFacts(FileKind.Link, 0)
            : Directory.Exists(path) ? new FileFacts(FileKind.Folder, 0)
            : !file.Exists ? default
            : file.Attributes.HasFlag(FileAttributes.Device) ? new FileFacts(FileKind.Other, 0)
            : new FileFacts(FileKind.Regular, file.Length);
    }
}
