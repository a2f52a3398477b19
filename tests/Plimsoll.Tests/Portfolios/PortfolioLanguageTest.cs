using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Plimsoll.Cli.Portfolio;
using Plimsoll.Decisions;
using Plimsoll.Portfolios;
using Plimsoll.Reports.Portfolios;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Portfolios;

/// <summary>Report, screen, workbook and stages of a portfolio in Chinese, and in a book whose every text stands between brackets.</summary>
public sealed partial class PortfolioLanguageTest
{
    /// <summary>Words that the file itself gives.</summary>
    private const string Head = """
        kind: portfolio
        name: 河南
        decided: 2024-12
        horizon: 36
        market:
          name: china
        budget:
          amount: 20000000

        """;

    private static readonly Lazy<PortfolioResult> _result = new(() =>
        PortfolioRun.Of(
            SmallPortfolio.Read(Whole),
            new PortfolioSettings { Draws = 30, SearchDraws = 16 },
            SmallPortfolio.Context
        )
    );

    private static string Whole =>
        SmallPortfolio.Of(
            Head,
            SmallPortfolio.Centre(
                "甲",
                servers: 32,
                let: "unknown",
                more: "    province: Henan\n    operator_class: state\n"
            ),
            SmallPortfolio.Centre("乙", "Wuhan", servers: 64, capability: 0.8),
            """
              - name: 丙
                state: standing
                stylised: true
                site:
                  name: Zhengzhou
                fleet:
                  - server: unknown
                    servers: unknown
                    online: 2024-06
                    capex_per_server: unknown
                today:
                  let: 0.2
                  load: 0.4

            """.ReplaceLineEndings("\n"),
            """
              - name: 丁
                state: planned
                site:
                  name: Zhengzhou
                fleet:
                  - server: 8xH800
                    servers: 64
                    online: 2025-09
                    capex_per_server: 2600000

            """.ReplaceLineEndings("\n")
        );

    private static string Screen(PhraseBook book, int width = 200)
    {
        var written = new StringWriter();
        PortfolioScreen.Write(written, _result.Value, "out", width, book);
        return written.ToString();
    }

    private static string Sheets(PhraseBook book)
    {
        using var stream = new MemoryStream();
        PortfolioWorkbook.Write(_result.Value, stream, book);
        using var zip = new ZipArchive(stream);
        var text = zip
            .Entries.Where(e =>
                e.FullName.EndsWith(".xml", StringComparison.Ordinal)
                && (
                    e.FullName.Contains("sheet", StringComparison.OrdinalIgnoreCase)
                    || e.FullName.Contains("haredStrings", StringComparison.Ordinal)
                    || e.FullName.EndsWith("workbook.xml", StringComparison.Ordinal)
                )
            )
            .Select(e =>
            {
                using var reader = new StreamReader(e.Open());
                return reader.ReadToEnd();
            });
        return string.Join('\n', text);
    }

    [Fact]
    public void A_report_in_Chinese_holds_no_English_sentence()
    {
        var html = PortfolioReport.Html(_result.Value, PhraseBook.Chinese);
        Assert.Contains("<html lang=\"zh\"", html, StringComparison.Ordinal);
        foreach (
            Match m in TextNode().Matches(Style().Replace(html, "")).Concat(Spoken().Matches(html))
        )
        {
            NoEnglish(WebUtility.HtmlDecode(m.Groups["text"].Value));
        }
    }

    [Fact]
    public void A_screen_in_Chinese_holds_no_English_sentence()
    {
        foreach (var line in Screen(PhraseBook.Chinese).Split('\n'))
        {
            NoEnglish(line);
        }
    }

    [Fact]
    public void A_workbook_in_Chinese_has_Chinese_sheets_and_headings()
    {
        var book = Sheets(PhraseBook.Chinese);
        Assert.Contains("name=\"方案\"", book, StringComparison.Ordinal);
        Assert.Contains("name=\"中心001\"", book, StringComparison.Ordinal);
        foreach (Match m in TextNode().Matches(book))
        {
            NoEnglish(WebUtility.HtmlDecode(m.Groups["text"].Value));
        }
        Assert.Contains("name=\"Plan\"", Sheets(PhraseBook.English), StringComparison.Ordinal);
    }

    /// <summary>Every word comes from the book, the file or the catalogue.</summary>
    [Fact]
    public void No_word_is_written_into_report_screen_or_workbook()
    {
        var html = PortfolioReport.Html(_result.Value, PhraseBook.Bracketed);
        var body = Markup()
            .Replace(
                Style().Replace(html[html.IndexOf("<body", StringComparison.Ordinal)..], ""),
                "\n"
            );
        Bare(WebUtility.HtmlDecode(body));
        foreach (Match said in Spoken().Matches(html))
        {
            Bare(WebUtility.HtmlDecode(said.Groups["text"].Value));
        }
        Bare(Screen(PhraseBook.Bracketed, 4000));
        foreach (Match m in TextNode().Matches(Sheets(PhraseBook.Bracketed)))
        {
            Bare(WebUtility.HtmlDecode(m.Groups["text"].Value));
        }
    }

    [Fact]
    public void Figures_are_the_same_in_every_language() =>
        Assert.Equal(
            Values(PortfolioReport.Html(_result.Value)),
            Values(PortfolioReport.Html(_result.Value, PhraseBook.Chinese))
        );

    [Fact]
    public void Every_stage_of_a_run_has_a_name_in_Chinese()
    {
        var stages = new HashSet<string>(StringComparer.Ordinal);
        PortfolioRun.Of(
            SmallPortfolio.Read(Whole),
            new PortfolioSettings { Draws = 30, SearchDraws = 8 },
            SmallPortfolio.Context with
            {
                Progress = (stage, _) =>
                {
                    lock (stages)
                    {
                        stages.Add(stage);
                    }
                },
            }
        );
        Assert.True(stages.Count > 5, string.Join(", ", stages));
        Assert.All(
            stages,
            s =>
                Assert.DoesNotContain(
                    PortfolioWords.Stage(s, PhraseBook.Chinese),
                    char.IsAsciiLetter
                )
        );
    }

    /// <summary>The command in Chinese: findings, screen, report and workbook, and a document that programs read as before.</summary>
    [Fact]
    public void The_command_speaks_the_language_that_is_asked_for()
    {
        using var temp = new TempFolder();
        var file = temp.File("portfolio.yaml", Whole);
        var (exit, screen, error) = CommandLine.Run(
            "portfolio",
            "run",
            file,
            "--keep",
            "--draws",
            "30",
            "--language",
            "zh",
            "--out",
            temp.In("out")
        );
        Assert.Equal((0, ""), (exit, CommandLine.Complaints(error)));
        Assert.Contains("联合模拟30次", screen, StringComparison.Ordinal);
        Assert.Contains(
            "<html lang=\"zh\"",
            File.ReadAllText(Path.Combine(temp.In("out"), "report.html")),
            StringComparison.Ordinal
        );
        var english = CommandLine.Run(
            "portfolio",
            "run",
            file,
            "--keep",
            "--draws",
            "30",
            "--json"
        );
        Assert.Equal(
            english.Out.Trim(),
            File.ReadAllText(Path.Combine(temp.In("out"), "portfolio.json")).Trim()
        );
        var wrong = temp.File("wrong.yaml", Whole.Replace("丁", "甲", StringComparison.Ordinal));
        var refused = CommandLine.Run("portfolio", "run", wrong, "--language", "zh");
        Assert.Equal(2, refused.Exit);
        Assert.Contains("互不相同的名称", refused.Error, StringComparison.Ordinal);
    }

    /// <summary>A number that the file does not state is marked wherever it is printed; one that it states is not.</summary>
    [Fact]
    public void A_size_that_is_assumed_is_marked()
    {
        Assert.Equal(
            [false, false, true, false],
            _result.Value.Centres.Select(c => c.Centre.SizeAssumed)
        );
        Assert.Equal(2, PortfolioReport.Html(_result.Value).Split("(number assumed)").Length - 1);
        Assert.Single(
            Screen(PhraseBook.English).Split('\n'),
            l => l.Contains("? number of accelerators assumed", StringComparison.Ordinal)
        );
        Assert.Contains(
            "数量为假设",
            PortfolioReport.Html(_result.Value, PhraseBook.Chinese),
            StringComparison.Ordinal
        );
        Assert.Contains(">假设<", Sheets(PhraseBook.Chinese), StringComparison.Ordinal);
    }

    /// <summary>An amount that rounds up to the next scale is told in it, and one below half a cent is nothing.</summary>
    [Fact]
    public void Amounts_are_told_in_their_scale()
    {
        Assert.Equal("-1亿", PhraseBook.Chinese.Amount(-99_970_000));
        Assert.Equal("9900万", PhraseBook.Chinese.Amount(99_000_000));
        Assert.Equal("1 billion", PhraseBook.English.Amount(999_700_000));
        Assert.DoesNotContain("0.00", Screen(PhraseBook.English), StringComparison.Ordinal);
    }

    /// <summary>A number of another centre, as of the host of a merger, is named with whose it is.</summary>
    [Fact]
    public void A_key_of_another_centre_has_its_label() =>
        Assert.Equal(
            "乙的设计PUE（site.design_pue）",
            PortfolioWords.Named(
                new UnknownWorth("乙: site.design_pue", "", 1, 1, ""),
                PhraseBook.Chinese
            )
        );

    /// <summary>The state in which all is kept and built has a word of its own: keeping is an action.</summary>
    [Fact]
    public void The_baseline_is_no_action()
    {
        foreach (var book in (PhraseBook[])[PhraseBook.English, PhraseBook.Chinese])
        {
            var keep = PortfolioWords.Action("keep", book);
            foreach (
                var key in book.Keys.Where(k =>
                    k.Contains("base", StringComparison.Ordinal)
                    && k.StartsWith("portfolio.", StringComparison.Ordinal)
                    && k != "portfolio.report.baseline"
                )
            )
            {
                Assert.DoesNotContain(keep, book.Text(key), StringComparison.Ordinal);
            }
        }
        var html = PortfolioReport.Html(_result.Value);
        Assert.DoesNotContain(">kept<", html, StringComparison.Ordinal);
        Assert.DoesNotContain("all kept<", html, StringComparison.Ordinal);
    }

    /// <summary>A mean says whether it is plain or robust, in every heading that speaks of gains.</summary>
    [Fact]
    public void A_mean_says_which_it_is()
    {
        foreach (
            var (book, robust, plain) in new[]
            {
                (PhraseBook.English, "robust mean", "plain mean"),
                (PhraseBook.Chinese, "截尾均值", "算术均值"),
            }
        )
        {
            foreach (
                var key in (string[])
                    [
                        "portfolio.rules.gain",
                        "portfolio.report.gain",
                        "portfolio.search.gain",
                        "portfolio.screen.gain",
                        "portfolio.crowding.worth",
                    ]
            )
            {
                Assert.Contains(robust, book.Text(key), StringComparison.Ordinal);
            }
            Assert.Contains(plain, book.Text("portfolio.rules.mean"), StringComparison.Ordinal);
        }
    }

    private static IReadOnlyList<(string, string)> Values(string html) =>
        [.. Figure().Matches(html).Select(m => (m.Groups["of"].Value, m.Groups["value"].Value))];

    private static void NoEnglish(string text) =>
        Assert.False(
            Sentence().IsMatch(Given(text)),
            $"'{Sentence().Match(Given(text)).Value}' in {text}"
        );

    /// <summary>What file and catalogue give stands as it is.</summary>
    private static string Given(string text) =>
        new[]
        {
            "docs/validation/market-replay.md",
            "value.useful_gpu_hour",
            "portfolio.json",
            "Natural Earth",
            "world-atlas",
        }.Aggregate(text, (t, g) => t.Replace(g, " · ", StringComparison.Ordinal));

    private static void Bare(string text)
    {
        var outside = new System.Text.StringBuilder();
        var depth = 0;
        foreach (var c in text)
        {
            depth += c == '⟦' ? 1 : 0;
            if (depth == 0)
            {
                outside.Append(c);
            }
            depth -= c == '⟧' ? 1 : 0;
        }
        var left = Known().Replace(outside.ToString(), " ");
        if (Word().Match(left) is { Success: true } found)
        {
            var from = Math.Max(0, found.Index - 60);
            var near = left[from..Math.Min(left.Length, found.Index + 60)];
            Assert.Fail($"'{found.Value}' in {near.ReplaceLineEndings(" ")}");
        }
    }

    [GeneratedRegex("[A-Za-z]{2,}[ ,;:]+[A-Za-z]{2,}", RegexOptions.None, 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex("[A-Za-z]{3,}", RegexOptions.None, 1000)]
    private static partial Regex Word();

    /// <summary>Places, chips, keys, scales and the unknown numbers' keys: from the catalogue, the file or a figure.</summary>
    [GeneratedRegex(
        @"\b(?:Zhengzhou|Wuhan|Henan|Hubei|SXM[0-9]*|billion|million|thousand|under|over|none|all|no figure|[a-z_]+(?:\.[a-z_\[\]]+)+|capability|unknown|standing|out)\b",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Known();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline, 1000)]
    private static partial Regex Style();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Markup();

    [GeneratedRegex(">(?<text>[^<]+)<", RegexOptions.None, 1000)]
    private static partial Regex TextNode();

    [GeneratedRegex("(?:aria-label|data-name)=\"(?<text>[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Spoken();

    [GeneratedRegex(
        "data-of=\"(?<of>[^\"]*)\" value=\"(?<value>[^\"]*)\"",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Figure();
}
