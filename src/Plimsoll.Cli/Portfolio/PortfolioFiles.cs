using System.Reflection;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Portfolios;
using Plimsoll.Reports.Portfolios;

namespace Plimsoll.Cli.Portfolio;

/// <summary>The files that a run of a portfolio writes.</summary>
internal static class PortfolioFiles
{
    private const string Result = "portfolio.json";
    private const string Report = "report.html";
    private const string Sheets = "workbook.xlsx";

    /// <summary>Names of all of them but the manifest.</summary>
    public static IReadOnlyList<string> Names { get; } = [Result, Report, Sheets];

    /// <summary>Drafts all of them.</summary>
    /// <param name="output">Where.</param>
    /// <param name="result">The answer.</param>
    /// <param name="document">Its published document.</param>
    /// <param name="book">Language of report and workbook.</param>
    public static void Write(
        OutputFolder output,
        PortfolioResult result,
        JsonNode document,
        PhraseBook book
    )
    {
        output.Write(Result, JsonOutput.Text(document));
        output.Write(Report, stream => PortfolioReport.Write(result, stream, book));
        output.Write(Sheets, stream => PortfolioWorkbook.Write(result, stream, book));
    }

    /// <summary>What a result was made from: enough to make the same bytes again.</summary>
    public static JsonObject Manifest(
        PortfolioResult result,
        FactCatalog catalog,
        InputFile file
    ) =>
        new()
        {
            ["plimsoll"] = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
            ["commit"] = Study.Manifest.Commit,
            ["dotnet"] = Environment.Version.ToString(),
            ["resultVersion"] = PortfolioDocument.Version,
            ["fileSha256"] = file.Sha256,
            ["catalogSha256"] = catalog.Hash,
            ["seed"] = result.Seed,
            ["draws"] = result.Draws,
            ["vintage"] = result.Market,
            ["decided"] = result.Portfolio.Decided.ToString(),
        };
}
