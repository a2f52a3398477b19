using System.Runtime.CompilerServices;
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

    /// <summary>The root of the repository, from where this source file was compiled.</summary>
    public static string Repository([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(
            System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..")
        );
}
