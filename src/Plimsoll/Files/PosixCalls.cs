using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Files;

/// <summary>The few calls of the system that the platform's library does not offer: the kind of a file before it is opened, an exchange of two folders, and a folder made safe on disk.</summary>
/// <remarks>Linux only; elsewhere each answers that it cannot, and the caller takes its second way.</remarks>
internal static class PosixCalls
{
    private const int CurrentFolder = -100;
    private const int LinkItself = 0x100;
    private const uint KindAndSize = 0x1 | 0x200;
    private const int HandleItself = 0x1000;
    private const uint FileIdentity = 0x100;
    private const uint ModeAndOwner = 0x2 | 0x8;
    private const int FolderKind = 0x4000;
    private const uint MountIdentity = 0x1000;
    private const uint ExchangeBoth = 2;
    private const int KindMask = 0xF000;
    private const int SizeOfFacts = 256;

    // The layout of struct statx is the same on every processor (linux/stat.h), unlike that of struct stat.
    private const int OffsetOfOwner = 20;
    private const int OffsetOfMode = 28;
    private const int OffsetOfFile = 32;
    private const int OffsetOfSize = 40;
    private const int OffsetOfDevice = 136;
    private const int EndOfMount = 152;

    /// <summary>The kind bits and the size of a file, a link not followed; null when there is none, it may not be seen, or the system lacks the call.</summary>
    public static (int Kind, long Size)? Facts(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }
        var facts = new byte[SizeOfFacts];
        return statx(CurrentFolder, path, LinkItself, KindAndSize, facts) == 0
            ? (
                BitConverter.ToUInt16(facts, OffsetOfMode) & KindMask,
                BitConverter.ToInt64(facts, OffsetOfSize)
            )
            : null;
    }

    /// <summary>Whether two folders stand on one mount, so that one can take the other's place; true where the system cannot say.</summary>
    public static bool OneMount(string one, string other) =>
        !OperatingSystem.IsLinux() || Mount(one).SequenceEqual(Mount(other));

    /// <summary>Whether a path is a folder of the current user that nobody else may write; true where the system cannot say.</summary>
    public static bool IsPrivate(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Directory.Exists(folder);
        }
        const int OthersMayWrite = 0x12;
        var facts = new byte[SizeOfFacts];
        return statx(CurrentFolder, folder, LinkItself, KindAndSize | ModeAndOwner, facts) == 0
            && (BitConverter.ToUInt16(facts, OffsetOfMode) & KindMask) == FolderKind
            && (BitConverter.ToUInt16(facts, OffsetOfMode) & OthersMayWrite) == 0
            && BitConverter.ToUInt32(facts, OffsetOfOwner) == geteuid();
    }

    private static byte[] Mount(string path)
    {
        var facts = new byte[SizeOfFacts];
        return statx(CurrentFolder, path, LinkItself, MountIdentity, facts) == 0
            ? facts[OffsetOfDevice..EndOfMount]
            : [];
    }

    /// <summary>Whether a path still names the file that a handle holds open.</summary>
    public static bool Names(string path, SafeFileHandle open)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(path);
        }
        var (named, held) = (new byte[SizeOfFacts], new byte[SizeOfFacts]);
        return statx(CurrentFolder, path, LinkItself, FileIdentity, named) == 0
            && statx((int)open.DangerousGetHandle(), "", HandleItself, FileIdentity, held) == 0
            && named.AsSpan(OffsetOfFile, 8).SequenceEqual(held.AsSpan(OffsetOfFile, 8))
            && named.AsSpan(OffsetOfDevice, 8).SequenceEqual(held.AsSpan(OffsetOfDevice, 8));
    }

    /// <summary>Exchanges two folders of one file system in one step; false when the system cannot.</summary>
    public static bool Exchange(string one, string other)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }
        try
        {
            return renameat2(CurrentFolder, one, CurrentFolder, other, ExchangeBoth) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Waits until the names in a folder are on the disk; quiet where the system cannot.</summary>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        const int ReadOnlyCloseOnExec = 0x80000;
        var handle = open(folder, ReadOnlyCloseOnExec);
        if (handle >= 0)
        {
            _ = fsync(handle);
            _ = close(handle);
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(
        int folder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int flags,
        uint mask,
        [Out] byte[] facts
    );

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int renameat2(
        int oldFolder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string oldPath,
        int newFolder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string newPath,
        uint flags
    );

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int handle);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int handle);
}
