using Plimsoll.Inputs;

namespace Plimsoll.Tests;

/// <summary>Small data files of the tests, copied beside the test program.</summary>
internal static class TestData
{
    /// <summary>Path of a file under Data.</summary>
    public static string Path(string name) =>
        System.IO.Path.Combine(AppContext.BaseDirectory, "Data", name);

    /// <summary>Text of a file under Data.</summary>
    public static string Text(string name) => File.ReadAllText(Path(name));

    /// <summary>A table of a CSV file under Data.</summary>
    public static CsvTable Table(string name) => CsvTable.Parse(Text(name), name);

    /// <summary>The root of the repository: the folder above the test program that holds the solution.</summary>
    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (
            folder is not null
            && !File.Exists(System.IO.Path.Combine(folder.FullName, "Plimsoll.slnx"))
        )
        {
            folder = folder.Parent;
        }
        return folder?.FullName
            ?? throw new DirectoryNotFoundException("Run the tests from within the repository.");
    }
}
