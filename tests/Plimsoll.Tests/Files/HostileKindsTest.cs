using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Plimsoll.Cli;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Portfolios;
using Plimsoll.Reports.Portfolios;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Input;
using Plimsoll.Tests.Portfolios;
using Plimsoll.Tests.Reports;
using Plimsoll.Tests.Studies;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Files;

/// <summary>Hostile words in every text key of every kind of file stay words on the screen and in every file written.</summary>
/// <remarks>PLIMSOLL_OFFICE=all also opens every workbook, memo and page by LibreOffice.</remarks>
public sealed partial class HostileKindsTest
{
    /// <summary>Keys that name files, catalogue versions or parts of an archive, and are refused where they mean nothing.</summary>
    private static readonly string[] _named =
    [
        "version",
        "currency",
        "market",
        "centres[].name of a voucher",
        "price_curve",
        "outlook.csv",
        "workload.trace",
        "workload.mixture",
        "workload.service",
        "model_file",
        "calibration",
        "engine_version",
        "decode_engine_version",
        "table.file",
        "table.columns[].key",
        "defaults.site.country",
        "centres[].site.country",
        "debt[].funds",
        "size.currency",
    ];

    [Theory]
    [InlineData("finance run", "finance/neocloud-tenant-lost.yaml", "--out")]
    [InlineData("finance run", "finance/henan-centre.yaml", "--out")]
    [InlineData("market run", "market/two-halls.yaml", "--csv")]
    [InlineData("audit", "audit/five-applicants.yaml", "--out")]
    [InlineData("audit", "audit/zhengzhou-claim.yaml", "--out")]
    [InlineData("book", "book/twelve-loans.yaml", "--out")]
    [InlineData("voucher", "voucher/province.yaml", "--out")]
    [InlineData("inference simulate", "inference/disaggregated-failures.yaml", "--requests-out")]
    public void Words_of_a_file_stay_words(string command, string example, string output)
    {
        var kind = command.Split(' ')[0];
        var source = Path.Combine(TestData.Repository(), "examples", example);
        using var folder = new TempFolder();
        ExtremeBases.Accompany(kind, folder);
        var (text, set) = Hostile(kind, Fewer(File.ReadAllText(source)), source);
        Assert.True(set > 0);
        var file = folder.File("x.yaml", text);
        var target = folder.In(output == "--requests-out" ? "out.csv" : "out");
        string[] arguments = [.. command.Split(' '), file];
        string[] asked = output.Length > 0 ? [output, target] : [];
        var run = CommandLine.Run([.. arguments, .. asked]);
        Assert.True(run.Exit == 0, run.Error + text);
        HostileTextTest.Clean(run.Out);
        HostileTextTest.Clean(run.Error);
        var json = CommandLine.Run([.. arguments, "--json"]);
        Assert.True(json.Exit == 0, json.Error);
        HostileTextTest.Clean(json.Out);
        _ = JsonNode.Parse(json.Out);
        if (Directory.Exists(target))
        {
            CleanFolder(target);
        }
    }

    [Fact]
    public void Words_of_a_portfolio_stay_words()
    {
        using var folder = new TempFolder();
        var (text, set) = Hostile(
            "portfolio",
            SmallPortfolio.Of(
                SmallPortfolio.Head
                    + "explanation: words\ntakers:\n  - { name: a cloud, capability: 0.8, share: 0.35, price_per_server: -40000, least_servers: 16 }\n",
                SmallPortfolio.Centre(
                    "a",
                    more: "    owner: words\n    province: words\n    source: words"
                ),
                SmallPortfolio.Centre("b", "Ulanqab", more: "    owner: words\n    province: words")
            ),
            "small.yaml"
        );
        Assert.True(set > 10);
        var (portfolio, warnings) = PortfolioReader.Read(
            (InputMapping)YamlInput.Read(text, "x.yaml"),
            TestMarket.Catalogue,
            "x.yaml",
            Plimsoll.Files.StudyFolder.None
        );
        var result = PortfolioRun.Of(
            portfolio,
            new PortfolioSettings { Draws = 30, SearchDraws = 8 },
            new RunContext { Threads = 1 },
            warnings
        );
        var (_, screen, _) = CommandLine.Run(() =>
        {
            Plimsoll.Cli.Portfolio.PortfolioScreen.Print(
                result,
                "out",
                Plimsoll.Decisions.PhraseBook.English
            );
            return 0;
        });
        HostileTextTest.Clean(screen);
        folder.File("out/portfolio.json", PortfolioDocument.Of(result).ToJsonString());
        using (var page = File.Create(folder.In("out/report.html")))
        {
            PortfolioReport.Write(result, page);
        }
        using (var sheets = File.Create(folder.In("out/workbook.xlsx")))
        {
            PortfolioWorkbook.Write(result, sheets);
        }
        CleanFolder(folder.In("out"));
    }

    /// <summary>The same words in the same places whatever stood there, so that names still refer to each other.</summary>
    private static (string Text, int Set) Hostile(string kind, string text, string name)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        var set = 0;
        var hostile = ExtremeFile.WithTexts(
            InputFiles.Kinds[kind],
            (InputMapping)YamlInput.Read(text.ReplaceLineEndings("\n"), name),
            (row, now) =>
            {
                if (
                    _named.Contains(row.Path)
                    || _named.Contains($"{row.Path} of a {kind}")
                    || (now is null && !Free(row))
                )
                {
                    return null;
                }
                set++;
                var legal = HostileTextTest.Legal;
                return now is null ? legal[set % legal.Length]
                    : words.TryGetValue(now, out var known) ? known
                    : words[now] =
                        legal[words.Count % legal.Length]
                        + (words.Count < legal.Length ? "" : $" {words.Count}");
            }
        );
        return (hostile, set);
    }

    /// <summary>Whether words that were not there refer to nothing.</summary>
    private static bool Free(InputRow row) =>
        row.Key is "explanation" or "note" or "source" or "owner" or "province" or "by";

    private static string Fewer(string text) =>
        DrawsOfAFile()
            .Replace(
                text,
                m =>
                    m.Groups[1].Value
                    + (text.Contains("kind: book", StringComparison.Ordinal) ? "50" : "20")
            );

    /// <summary>Every file of a folder is what it says it is, and holds no command.</summary>
    internal static void CleanFolder(string folder)
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            switch (Path.GetExtension(file))
            {
                case ".json":
                    _ = JsonNode.Parse(File.ReadAllText(file));
                    break;
                case ".yaml":
                    _ = YamlInput.ReadFile(file);
                    break;
                case ".html":
                    CleanPage(File.ReadAllText(file));
                    break;
                case ".csv":
                    CleanTable(File.ReadAllText(file), file);
                    break;
                case ".xlsx":
                    CleanWorkbook(file);
                    break;
                case ".docx":
                    CleanPaper(file);
                    break;
                default:
                    break;
            }
        }
        if (Environment.GetEnvironmentVariable("PLIMSOLL_OFFICE") == "all")
        {
            Opened(folder);
        }
    }

    private static void CleanPage(string page)
    {
        foreach (var mark in (string[])["<script", "<img", "<iframe", "<object", "javascript:"])
        {
            Assert.DoesNotContain(mark, page, StringComparison.OrdinalIgnoreCase);
        }
        Assert.DoesNotMatch(Handler(), page);
        HostileTextTest.Clean(page.Replace("\t", "", StringComparison.Ordinal));
    }

    private static void CleanTable(string text, string file)
    {
        var table = CsvTable.Parse(text, file);
        foreach (var cell in table.Rows.SelectMany(r => r.Cells).Concat(table.Header))
        {
            Assert.False(
                cell.TrimStart() is ['=' or '+' or '-' or '@', ..]
                    && !double.TryParse(
                        cell,
                        System.Globalization.CultureInfo.InvariantCulture,
                        out _
                    ),
                $"{file}: {cell}"
            );
        }
    }

    private static void CleanWorkbook(string file)
    {
        using var document = SpreadsheetDocument.Open(file, false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => e.Description));
        Assert.Empty(document.WorkbookPart!.ExternalWorkbookParts);
        foreach (var part in document.WorkbookPart.WorksheetParts)
        {
            Assert.Empty(part.HyperlinkRelationships);
            foreach (var cell in part.Worksheet!.Descendants<Cell>())
            {
                var formula = cell.CellFormula?.Text ?? "";
                Assert.DoesNotContain("cmd|", formula, StringComparison.Ordinal);
                Assert.DoesNotContain("HYPERLINK", formula, StringComparison.OrdinalIgnoreCase);
                Assert.InRange(cell.InnerText.Length, 0, 32_767 + 200);
            }
        }
    }

    private static void CleanPaper(string file)
    {
        using var document = WordprocessingDocument.Open(file, false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => e.Description));
        var main = document.MainDocumentPart!;
        Assert.Empty(main.HyperlinkRelationships);
        Assert.Empty(main.ExternalRelationships);
        Assert.DoesNotContain(
            main.Document!.Descendants<FieldCode>(),
            f => f.Text.Contains("DDE", StringComparison.Ordinal)
        );
    }

    /// <summary>An office program reads each file, finds text where text was, and computes nothing of it.</summary>
    private static void Opened(string folder)
    {
        string[] Of(params string[] endings) =>
            [.. Directory.GetFiles(folder).Where(f => endings.Contains(Path.GetExtension(f)))];
        if (LibreOffice.Program is null)
        {
            return;
        }
        using var opened = new TempFolder();
        foreach (var part in (string[][])[Of(".xlsx"), Of(".csv")])
        {
            if (part.Length == 0)
            {
                continue;
            }
            LibreOffice.Recalculate(part, opened.Path);
            foreach (
                var (cell, text) in part.SelectMany(f =>
                        LibreOffice
                            .Read(opened.In(Path.ChangeExtension(Path.GetFileName(f), "xlsx")))
                            .Values
                    )
                    .SelectMany(cells => cells)
            )
            {
                Assert.False(
                    text is ['#', ..] || text.StartsWith("Err:", StringComparison.Ordinal),
                    $"{cell}: {text}"
                );
            }
        }
        var papers = Of(".docx");
        if (papers.Length > 0)
        {
            LibreOffice.Convert(papers, opened.Path, "txt");
            HostileTextTest.Clean(
                File.ReadAllText(opened.In("memo.txt"))
                    .Replace("\t", "", StringComparison.Ordinal)
                    .Replace("\f", "", StringComparison.Ordinal)
            );
        }
    }

    [GeneratedRegex("(?<=\\bdraws: )[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex DrawsOfAFile();

    /// <summary>A handler of a tag; words within a quoted value are none.</summary>
    [GeneratedRegex("<(?:[^>\"]|\"[^\"]*\")*?\\son[a-z]+\\s*=", RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex Handler();
}
