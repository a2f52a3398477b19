using Plimsoll.Catalog;
using Plimsoll.Cli.Study;
using Plimsoll.Files;
using Plimsoll.Sweeps;

namespace Plimsoll.Cli.Sweep;

/// <summary>Reads a sweep file with its studies.</summary>
internal static class SweepFile
{
    /// <summary>The sweep, checked together with its studies.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Inputs.InputException">Anything wrong, all at once.</exception>
    public static Sweeps.Sweep Read(string path)
    {
        var values = InputFiles.Read(path, "sweep");
        var folder = InputFiles.FolderOf(path);
        var reader = new SweepReader(values, path, name => Open(folder, name));
        var sweep = reader.Read();
        reader.Check(sweep, FactCatalog.Shipped());
        return sweep;
    }

    /// <summary>A file below the folder; a bare name without one is that of a shipped study.</summary>
    private static InputFile Open(StudyFolder folder, string name)
    {
        try
        {
            return folder.Read(name, FileBounds.Yaml);
        }
        catch (FileRefusedException) when (ShippedStudies.Names.Contains(name))
        {
            return ShippedStudies.Open(name);
        }
    }
}
