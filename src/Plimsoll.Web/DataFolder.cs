namespace Plimsoll.Web;

/// <summary>The folder in which the workbench of one person keeps its database, and every one its keys of cookies.</summary>
internal static class DataFolder
{
    /// <summary>The folder, made where it is missing and readable by its owner alone.</summary>
    public static string Path(WorkbenchSettings settings)
    {
        var folder =
            settings.Folder.Length > 0
                ? settings.Folder
                : System.IO.Path.Combine(
                    Environment.GetFolderPath(
                        Environment.SpecialFolder.LocalApplicationData,
                        Environment.SpecialFolderOption.Create
                    ),
                    "plimsoll"
                );
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
        return folder;
    }

    /// <summary>A file of the folder that only its owner reads, whoever made the folder; an empty one is made where it is missing.</summary>
    public static string Private(WorkbenchSettings settings, string name)
    {
        var file = System.IO.Path.Combine(Path(settings), name);
        if (!OperatingSystem.IsWindows())
        {
            // One that is there is not opened: closing it would end the locks that this process holds on it.
            if (!File.Exists(file))
            {
                File.Create(file).Dispose();
            }
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return file;
    }
}
