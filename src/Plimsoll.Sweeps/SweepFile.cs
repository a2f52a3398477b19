using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Yaml;

namespace Plimsoll.Sweeps;

/// <summary>Reads a sweep file with its studies.</summary>
public static class SweepFile
{
    /// <summary>The sweep, checked together with its studies.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="further">Further folders below which studies may stand.</param>
    /// <param name="shipped">Finds a study that stands in no file by its name; null when there are none.</param>
    /// <exception cref="InputException">Anything wrong, all at once.</exception>
    public static Sweep Read(
        string path,
        FactCatalog catalog,
        IReadOnlyList<string> further,
        Func<string, InputFile?>? shipped
    )
    {
        var table = SweepInputs.Table();
        var root = YamlInput.ReadFile(path);
        var findings = new InputCheck(
            table,
            catalog.AsOf(new DateOnly(9999, 12, 31)).Names,
            path
        ).Run(root);
        if (findings.Count > 0)
        {
            throw new InputException(findings);
        }
        var folder = StudyFolder.Of(path, further);
        var reader = new SweepReader(
            new InputValues(table, (InputMapping)root),
            path,
            name =>
            {
                try
                {
                    return folder.Read(name, FileBounds.Yaml);
                }
                catch (FileRefusedException) when (shipped?.Invoke(name) is { } study)
                {
                    return study;
                }
            }
        );
        var sweep = reader.Read();
        reader.Check(sweep, catalog);
        return sweep;
    }
}
