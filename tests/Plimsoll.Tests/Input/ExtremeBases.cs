using System.Text.RegularExpressions;
using Plimsoll.Inputs;
using Plimsoll.Tests.Files;
using Plimsoll.Tests.Portfolios;
using Plimsoll.Yaml;

namespace Plimsoll.Tests.Input;

/// <summary>Sound files of a kind, from which extremes are made: those that ship, and small ones that use every section.</summary>
internal static partial class ExtremeBases
{
    /// <summary>The files.</summary>
    /// <param name="kind">Their kind.</param>
    /// <param name="command">The command they are for: only a file that names chips to compare is sized.</param>
    public static List<InputMapping> Of(string kind, string command) =>
        [
            .. kind is "study" or "portfolio" ? [] : Shipped(kind, command),
            .. kind switch
            {
                "study" => Shipped(kind, command).Concat(Read(RichStudies.All)),
                "portfolio" => Read(Portfolios),
                _ => [],
            },
        ];

    /// <summary>Copies the tables, traces and files that the bases name.</summary>
    public static void Accompany(string kind, TempFolder folder)
    {
        foreach (
            var file in Directory.EnumerateFiles(Folder(kind), "*", SearchOption.AllDirectories)
        )
        {
            if (kind == "voucher" || !file.EndsWith(".yaml", StringComparison.Ordinal))
            {
                File.Copy(
                    file,
                    folder.File(Path.GetRelativePath(Folder(kind), file)),
                    overwrite: true
                );
            }
        }
    }

    private static IEnumerable<InputMapping> Shipped(string kind, string command) =>
        Directory
            .EnumerateFiles(Folder(kind), "*.yaml")
            .Order(StringComparer.Ordinal)
            // A search tries hundreds of layouts; its rows are met through the others.
            .Where(f =>
                kind != "inference"
                || command.Contains("size", StringComparison.Ordinal)
                    == Path.GetFileName(f).StartsWith("size", StringComparison.Ordinal)
            )
            .Where(f =>
                kind != "inference"
                || !Path.GetFileName(f).StartsWith("search", StringComparison.Ordinal)
            )
            .Select(f => (InputMapping)YamlInput.Read(Fewer(kind, File.ReadAllText(f)), f))
            // Portfolios are shipped beside the studies, markets beside the vouchers.
            .Where(root => root.Find("kind")?.Value is InputScalar { Text: var of } && of == kind);

    /// <summary>Few draws, so that many files can be tried; the row of draws meets its own ends.</summary>
    private static string Fewer(string kind, string text) =>
        kind switch
        {
            "book" => text + "\ndraws: 60\n",
            "market" or "voucher" => Draws().Replace(text, "draws: 20"),
            _ => text,
        };

    [GeneratedRegex("\\bdraws: [0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Draws();

    private static IEnumerable<InputMapping> Read(IEnumerable<string> texts) =>
        texts.Select(t => (InputMapping)YamlInput.Read(t.ReplaceLineEndings("\n"), "rich"));

    private static string Folder(string kind) =>
        kind is "study" or "portfolio"
            ? Path.Combine(TestData.Repository(), "studies")
            : Path.Combine(TestData.Repository(), "examples", kind);

    private static IReadOnlyList<string> Portfolios { get; } =
    [
        SmallPortfolio.Of(
            SmallPortfolio.Head,
            SmallPortfolio.Centre("a"),
            SmallPortfolio.Centre("b", "Ulanqab", servers: 32, let: "0.8")
        ),
        SmallPortfolio.Of(
            SmallPortfolio.Head
                + """
                budget:
                  amount: 20000000
                value:
                  discount_rate: 0.05
                takers:
                  - { name: a cloud, capability: 0.8, share: 0.35, price_per_server: -40000, least_servers: 16 }
                defaults:
                  finance:
                    base_rate: 0.03
                    margin: 0.025

                """.ReplaceLineEndings("\n"),
            SmallPortfolio.Centre("a", server: "unknown", let: "unknown"),
            SmallPortfolio.Centre("b", "Ulanqab", "8xA800", 16)
        ),
    ];
}
