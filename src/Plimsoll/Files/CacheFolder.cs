namespace Plimsoll.Files;

/// <summary>Where what is dear to make is kept between runs.</summary>
public static class CacheFolder
{
    /// <summary>The folder named by PLIMSOLL_CACHE, else a folder of the user's local application data; null when PLIMSOLL_CACHE is "off" or the user has no such folder.</summary>
    public static string? Default()
    {
        var folder = Environment.GetEnvironmentVariable("PLIMSOLL_CACHE");
        if (folder == "off")
        {
            return null;
        }
        if (!string.IsNullOrEmpty(folder))
        {
            return folder;
        }
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return data.Length == 0 ? null : Path.Combine(data, "plimsoll");
    }
}
