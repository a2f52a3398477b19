using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Portfolios;

namespace Plimsoll.Cli.Portfolio;

/// <summary>Reads a portfolio from a file, or a shipped one by its name.</summary>
internal static class PortfolioFile
{
    /// <summary>The portfolio and what its report must warn of.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InputException">It is not sound.</exception>
    public static (Portfolios.Portfolio Portfolio, IReadOnlyList<LocatedFinding> Warnings) Read(
        InputFile file
    )
    {
        var root = InputFiles.Written(file, out var table, PortfolioInputs.Kind);
        if (root is InputMapping mapping)
        {
            var (read, renamed) = FileVersion.Read(mapping, table, file.Name);
            var (portfolio, warnings) = PortfolioReader.Read(
                read,
                FactCatalog.Shipped(),
                file.Name,
                InputFiles.FolderOf(file.Name)
            );
            return (portfolio, [.. renamed, .. warnings]);
        }
        throw new InputException([
            new LocatedFinding(
                file.Name,
                root.Line,
                root.Column,
                new Finding(
                    InputPath.Root,
                    "not-a-mapping",
                    "no keys",
                    "keys with values",
                    "Begin the file with 'kind: portfolio'."
                )
            ),
        ]);
    }
}
