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
}
