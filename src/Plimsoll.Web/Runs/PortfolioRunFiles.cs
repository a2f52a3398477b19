using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Portfolios;
using Plimsoll.Reports.Portfolios;
using Plimsoll.Web.Documents;

namespace Plimsoll.Web.Runs;

/// <summary>The files that a run of a portfolio leaves: the same bytes as the command line writes.</summary>
internal static class PortfolioRunFiles
{
    /// <summary>The published result.</summary>
    public const string Result = "portfolio.json";

    private const string Verdict = "verdict.txt";

    /// <summary>Name of the file that says what the plan comes to in a language, one sentence a line.</summary>
    public static string VerdictIn(string language) => RunFiles.In(Verdict, language);

    /// <summary>What a list of answers calls a portfolio's, in place of a verdict's kind.</summary>
    public const string Kind = "Portfolio";

    /// <summary>All files of an answer.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="text">Text of the portfolio.</param>
    /// <param name="engine">Name and version of the program.</param>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Of(
        PortfolioResult result,
        string text,
        string engine
    )
    {
        var files = new List<(string Name, byte[] Bytes)>
        {
            (Result, RunFiles.Text(PortfolioDocument.Of(result))),
            (RunFiles.Report, RunFiles.Written(s => PortfolioReport.Write(result, s))),
            (RunFiles.Sheets, RunFiles.Written(s => PortfolioWorkbook.Write(result, s))),
            (RunFiles.Study, Encoding.UTF8.GetBytes(text)),
        };
        foreach (var book in PhraseBook.Languages.Select(PhraseBook.Of))
        {
            if (book.Language != PhraseBook.English.Language)
            {
                files.Add(
                    (
                        RunFiles.In(Result, book.Language),
                        RunFiles.Text(PortfolioDocument.Of(SpokenPortfolio.Of(result, book)))
                    )
                );
                files.Add(
                    (
                        RunFiles.In(RunFiles.Report, book.Language),
                        RunFiles.Written(s => PortfolioReport.Write(result, s, book))
                    )
                );
                files.Add(
                    (
                        RunFiles.In(RunFiles.Sheets, book.Language),
                        RunFiles.Written(s => PortfolioWorkbook.Write(result, s, book))
                    )
                );
            }
            files.Add(
                (
                    VerdictIn(book.Language),
                    Encoding.UTF8.GetBytes(string.Join('\n', PlanVerdict.Of(result, book).Lines))
                )
            );
        }
        files.Add(
            (
                RunFiles.Manifest,
                RunFiles.Text(
                    new JsonObject
                    {
                        ["kind"] = PortfolioInputs.Kind,
                        ["name"] = result.Portfolio.Name,
                        ["plimsoll"] = engine,
                        ["dotnet"] = Environment.Version.ToString(),
                        ["resultVersion"] = PortfolioDocument.Version,
                        ["fileSha256"] = StudyDocument.Hash(text),
                        ["catalogSha256"] = FactCatalog.Shipped().Hash,
                        ["seed"] = result.Seed,
                        ["draws"] = result.Draws,
                        ["vintage"] = result.Market,
                        ["decided"] = result.Portfolio.Decided.ToString(),
                        ["outputs"] = RunFiles.Hashes(files),
                    }
                )
            )
        );
        return files;
    }
}
