using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Words;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>Pages speak by their files of words alone.</summary>
public sealed partial class LanguageTest
{
    [Fact]
    public void Every_language_has_the_same_keys_and_arguments()
    {
        var english = Language.Of("en");
        foreach (var code in Language.Codes.Where(c => c != "en"))
        {
            var other = Language.Of(code);
            foreach (
                var key in english.Keys.Where(k =>
                    !k.StartsWith("input.", StringComparison.Ordinal)
                )
            )
            {
                Assert.Contains(key, other.Keys);
                for (var i = 0; i < 5; i++)
                {
                    Assert.Equal(
                        english[key].Contains($"{{{i}}}", StringComparison.Ordinal),
                        other[key].Contains($"{{{i}}}", StringComparison.Ordinal)
                    );
                }
            }
        }
    }

    [Fact]
    public void Inputs_have_names_in_Chinese()
    {
        // One that is new shows its key until somebody names it.
        var study = StudyDocument.Table.Rows.Select(r => r.Path).ToList();
        var rows = study
            .Concat(
                // Of a portfolio and a voucher design what no study has, and no file that a text cannot name.
                new[] { "portfolio", "voucher" }
                    .SelectMany(k => StudyDocument.TableOf(k).Rows)
                    .Select(r => r.Path)
                    .Where(p =>
                        !p.StartsWith("table", StringComparison.Ordinal)
                        && !p.StartsWith("defaults.", StringComparison.Ordinal)
                        && !(
                            p.StartsWith("centres[].", StringComparison.Ordinal)
                            && study.Contains(p["centres[].".Length..])
                        )
                    )
            )
            .Distinct(StringComparer.Ordinal)
            .Where(p => p is not ("kind" or "version"))
            .ToList();
        var without = rows.Where(p => !Language.Of("zh").Keys.Contains("input." + p)).ToList();
        Assert.True(without.Count < 0.1 * rows.Count, string.Join(", ", without));
        TestContext.Current.SendDiagnosticMessage(
            "Without a Chinese name: {0}",
            string.Join(", ", without)
        );
    }

    [Fact]
    public void Help_values_and_scores_speak_Chinese()
    {
        var chinese = Language.Of("zh");
        var rows = StudyDocument.Table.Rows;
        var without = rows.Where(r => !chinese.Keys.Contains("help." + r.Path)).ToList();
        Assert.True(
            without.Count < 0.1 * rows.Count,
            string.Join(", ", without.Select(r => r.Path))
        );
        // A help without an input is a key that was renamed or taken away.
        Assert.Empty(
            chinese
                .Keys.Where(k => k.StartsWith("help.", StringComparison.Ordinal))
                .Select(k => k["help.".Length..])
                .Except(rows.Select(r => r.Path))
                .Except(
                    new[] { "portfolio", "voucher" }.SelectMany(k =>
                        StudyDocument.TableOf(k).Rows.Select(r => r.Path)
                    )
                )
        );
        string[] same = ["bf16", "fp8", "fp4", "int8", "int4", "vllm", "sglang", "trtllm"];
        var values = rows.Where(r => r.Type == Plimsoll.Inputs.InputType.Choice)
            .SelectMany(r => r.Choices)
            .Distinct(StringComparer.Ordinal)
            .Where(c => !same.Contains(c) && !c.Contains('/', StringComparison.Ordinal))
            .Where(c => c is not ("study" or "portfolio"))
            .ToList();
        var english = values.Where(c => !chinese.Keys.Contains("choice." + c)).ToList();
        Assert.True(english.Count < 0.1 * values.Count, string.Join(", ", english));
        TestContext.Current.SendDiagnosticMessage(
            "Scores of the market in {0}; without Chinese: {1}",
            Pages.ReplayScores.In(chinese).Language,
            string.Join(", ", without.Select(r => r.Path).Concat(english))
        );
    }

    [Fact]
    public async Task No_word_is_written_into_a_page_and_a_reader_of_Chinese_meets_no_English_sentence()
    {
        await using var server = await WorkbenchServer.Start();
        using var client = Reader(server, Language.Pseudo);
        using var chinese = Reader(server, "zh");
        var study = (await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy))[
            "id"
        ]!.ToString();
        var run = (await WorkbenchServer.Run(client, study, 30))["id"]!.ToString();
        foreach (
            var path in new[]
            {
                "/",
                $"/studies/{study}",
                $"/runs/{run}",
                $"/runs/{run}/terms",
                $"/runs/{run}/sensitivity",
                $"/compare?runs={run}",
                "/map",
                "/market",
                "/catalogue?kind=sites&name=Zhengzhou",
                "/audit",
                "/login",
                "/no-such-page",
                "/l/no-such-link",
                $"/parts/runs/{run}/explain?path=why[2]",
            }
        )
        {
            await Speaks(client, path);
            await NoEnglish(chinese, path);
        }
    }

    /// <summary>A browser that has chosen a language.</summary>
    internal static HttpClient Reader(WorkbenchServer server, string language)
    {
        var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        handler.CookieContainer.Add(server.Address, new Cookie("language", language));
        return new HttpClient(handler, true) { BaseAddress = server.Address };
    }

    /// <summary>No text of a page holds five English words in a row, but where it says that it is English: sources as they were published.</summary>
    /// <param name="client">A reader of Chinese.</param>
    /// <param name="path">The page.</param>
    internal static async Task NoEnglish(HttpClient client, string path)
    {
        var page = await new HtmlParser().ParseDocumentAsync(
            await (await client.GetAsync(path)).Content.ReadAsStringAsync()
        );
        foreach (var text in page.Body!.Descendants<IText>().Where(t => !Foreign(t)))
        {
            // What the study itself says is its writer's.
            foreach (
                var found in Sentence()
                    .Matches(text.Data)
                    .Select(m => m.Value)
                    .Where(w => !WorkbenchServer.QuickStudy.Contains(w, StringComparison.Ordinal))
            )
            {
                Assert.Fail($"{path}: '{found}' in '{text.Data.Trim()}'");
            }
        }
    }

    private static bool Foreign(IText text)
    {
        for (var e = text.ParentElement; e is not null; e = e.ParentElement)
        {
            if (
                e.GetAttribute("lang") is { } spoken
                || e.LocalName is "script" or "style" or "code" or "textarea"
            )
            {
                return e.GetAttribute("lang") is not ("zh" or "zh-CN");
            }
        }
        return false;
    }

    [GeneratedRegex(
        "[A-Za-z]{2,}(?:[ ,;:'-]+[A-Za-z]{2,}){4,}",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Sentence();

    /// <summary>No word of a page stands outside the marks of the pseudo-language.</summary>
    /// <param name="client">A reader of it.</param>
    /// <param name="path">The page.</param>
    internal static async Task Speaks(HttpClient client, string path)
    {
        var page = await new HtmlParser().ParseDocumentAsync(
            await (await client.GetAsync(path)).Content.ReadAsStringAsync()
        );
        foreach (
            var text in page.Body!.Descendants<IText>()
                .Where(t => t.Data.Any(char.IsLetter) && !Data(t))
        )
        {
            Assert.True(
                text.Data.Contains('⟦', StringComparison.Ordinal)
                    || text.Data.Contains('⟧', StringComparison.Ordinal),
                $"{path}: '{text.Data.Trim()}'"
            );
        }
    }

    /// <summary>What a study, a result or the catalogue says is no word of the page: it stands under translate="no", or in a chart.</summary>
    private static bool Data(IText text)
    {
        for (var e = text.ParentElement; e is not null; e = e.ParentElement)
        {
            if (
                e.GetAttribute("translate") == "no"
                || e.LocalName
                    is "svg"
                        or "script"
                        or "style"
                        or "code"
                        or "textarea"
                        or "time"
                        or "noscript"
            )
            {
                return true;
            }
        }
        return false;
    }
}
