using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Portfolios;
using Plimsoll.Yaml;

namespace Plimsoll.Tests.Portfolios;

/// <summary>Small portfolios to run in tests.</summary>
internal static class SmallPortfolio
{
    public const string Head = """
        kind: portfolio
        name: small
        decided: 2024-12
        horizon: 36
        market:
          name: china

        """;

    /// <summary>A standing centre as a list item.</summary>
    public static string Centre(
        string name,
        string site = "Zhengzhou",
        string server = "8xH800",
        int servers = 64,
        string let = "0.3",
        double capability = 0.5,
        string more = ""
    ) =>
        FormattableString
            .Invariant(
                $"""
                  - name: {name}
                    centre:
                      operator_capability: {capability}
                    site:
                      name: {site}
                    fleet:
                      - server: {server}
                        servers: {servers}
                        online: 2024-06
                        capex_per_server: 2600000
                    today:
                      let: {let}
                      months_left: 8
                    finance:
                      existing_debt: {servers * 1_000_000L}
                      tenor: 30
                {more}
                """
            )
            .ReplaceLineEndings("\n") + "\n";

    /// <summary>A portfolio of some centres.</summary>
    public static string Of(string head, params string[] centres) =>
        $"{head}centres:\n{string.Concat(centres)}";

    /// <summary>Reads one.</summary>
    public static Portfolio Read(string text, StudyFolder? folder = null) =>
        Whole(text, folder).Portfolio;

    /// <summary>What the report of one must warn of.</summary>
    public static IReadOnlyList<LocatedFinding> Warned(string text, StudyFolder? folder = null) =>
        Whole(text, folder).Warnings;

    private static (Portfolio Portfolio, IReadOnlyList<LocatedFinding> Warnings) Whole(
        string text,
        StudyFolder? folder
    ) =>
        PortfolioReader.Read(
            (InputMapping)YamlInput.Read(text.ReplaceLineEndings("\n"), "small.yaml"),
            FactCatalog.Shipped(),
            "small.yaml",
            folder ?? StudyFolder.None
        );

    /// <summary>The findings that prevent one from running.</summary>
    public static IReadOnlyList<LocatedFinding> Refused(string text, StudyFolder? folder = null)
    {
        try
        {
            Read(text, folder);
            return [];
        }
        catch (InputException e)
        {
            return e.Findings;
        }
    }

    public static RunContext Context { get; } = new() { Threads = 2 };

    /// <summary>Joint draws of one.</summary>
    public static PortfolioDraws Draws(string text, int draws = 12) =>
        Read(text) is var p ? PortfolioDraws.Prepare(p, draws, p.Seed, Context) : null!;
}
