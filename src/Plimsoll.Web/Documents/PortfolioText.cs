using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Portfolios;
using Plimsoll.Yaml;

namespace Plimsoll.Web.Documents;

/// <summary>A portfolio read from its text as the command line reads it; it names no files, for a workspace has no folder.</summary>
internal static class PortfolioText
{
    private const string Name = "portfolio";

    /// <summary>True when a text says that it is one.</summary>
    /// <exception cref="InputException">It is no YAML.</exception>
    public static bool Is(string text) => Is(YamlInput.Read(text, Name) as InputMapping);

    /// <summary>True when nodes say that they are one.</summary>
    public static bool Is(InputMapping? root) =>
        (root?.Find("kind")?.Value as InputScalar)?.Text == PortfolioInputs.Kind;

    /// <summary>The portfolio and what its report must warn of.</summary>
    /// <param name="text">Its text.</param>
    /// <exception cref="InputException">It is not sound.</exception>
    public static (Portfolio Portfolio, IReadOnlyList<LocatedFinding> Warnings) Read(string text) =>
        YamlInput.Read(text, Name) is InputMapping root
            ? Read(root)
            : throw new InputException([
                new LocatedFinding(
                    Name,
                    1,
                    1,
                    new Finding(
                        InputPath.Root,
                        "not-a-mapping",
                        "no keys",
                        "keys with values",
                        "Begin the file with 'kind: portfolio'."
                    )
                ),
            ]);

    /// <summary>The same from its nodes.</summary>
    public static (Portfolio Portfolio, IReadOnlyList<LocatedFinding> Warnings) Read(
        InputMapping root
    )
    {
        if ((root.Find("table")?.Value as InputMapping)?.Find("file") is { } file)
        {
            throw new InputException([
                new LocatedFinding(
                    Name,
                    file.Value.Line,
                    file.Value.Column,
                    new Finding(
                        new InputPath("table.file"),
                        "no-folder",
                        "a table of centres",
                        "the centres in this text",
                        "A workspace has no folder from which a file could be read: write the centres under 'centres'."
                    )
                ),
            ]);
        }
        var (read, renamed) = FileVersion.Read(root, PortfolioInputs.Table(), Name);
        var (portfolio, warnings) = PortfolioReader.Read(
            read,
            FactCatalog.Shipped(),
            Name,
            StudyFolder.None
        );
        return (portfolio, [.. renamed, .. warnings]);
    }
}
