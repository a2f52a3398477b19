using Plimsoll.Catalog;
using Plimsoll.Cli.Study;
using Plimsoll.Files;
using Plimsoll.Sweeps;

namespace Plimsoll.Cli.Sweep;

/// <summary>Sweeps whose studies are files, or stand in the program.</summary>
internal static class SweepStudies
{
    /// <summary>The sweep, checked together with its studies.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Inputs.InputException">Anything wrong, all at once.</exception>
    public static Sweeps.Sweep Read(string path)
    {
        _ = InputFiles.Written(InputFiles.Open(path), out _, "sweep");
        return SweepFile.Read(path, FactCatalog.Shipped(), InputFiles.FurtherFolders, Shipped);
    }

    private static InputFile? Shipped(string name) =>
        ShippedStudies.Names.Contains(name) ? ShippedStudies.Open(name) : null;
}
