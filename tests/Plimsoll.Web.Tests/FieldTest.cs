using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Plimsoll.Decisions;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Pages;
using Plimsoll.Web.Words;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>What is wrong stands where it was written, in the reader's language, and says what a reader of pages can do.</summary>
public sealed class FieldTest
{
    private const string Field = "fleet[0].capex_per_server";

    [Theory]
    [InlineData("value", "210万")]
    [InlineData("value", "2.1百万")]
    [InlineData("low", "x")]
    [InlineData("value", "1")]
    public async Task What_is_wrong_with_a_number_that_has_a_range_stands_at_its_field(
        string part,
        string written
    )
    {
        await using var server = await WorkbenchServer.Start();
        using var client = LanguageTest.Reader(server, "zh");
        var text = YamlEdit.Set(
            WorkbenchServer.QuickStudy,
            $"{Field}.{part}",
            written,
            words: true
        );
        var found = StudyDocument.Of(text).Findings;
        Assert.NotEmpty(FieldView.At(Field, found));
        var study = (await WorkbenchServer.Begin(client, text))["id"]!.ToString();
        var page = await new HtmlParser().ParseDocumentAsync(
            await client.GetStringAsync($"/parts/studies/{study}/form")
        );
        Assert.NotEqual("", page.QuerySelector($".finding[data-for='{Field}']")!.TextContent);
        var input = page.QuerySelector(
            $"[data-path='{(part == "value" ? Field : $"{Field}.{part}")}']"
        )!;
        Assert.NotNull(input.Closest(".field.wrong"));
    }

    [Fact]
    public void No_remedy_on_a_page_is_a_command()
    {
        foreach (
            var (path, written) in new[]
            {
                ("site.name", "Nowhere at all"),
                ("fleet[0].server", "abacus"),
                ("centre.voucher_scheme", "none of these"),
                ("serving.model", "no model"),
            }
        )
        {
            var found = StudyDocument
                .Of(
                    YamlEdit.Set(ShippedStudies.Text("zhengzhou-2025")!, path, written, words: true)
                )
                .Findings;
            Assert.NotEmpty(found);
            foreach (var code in Language.Codes)
            {
                foreach (var f in found)
                {
                    var said = FindingSentence.Of(f.Finding, Language.Of(code));
                    Assert.DoesNotContain("plimsoll", said, StringComparison.Ordinal);
                    Assert.True(said.Length > 4, said);
                }
            }
        }
    }

    [Fact]
    public async Task A_term_that_is_refused_says_why_in_the_language_of_the_page()
    {
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        var study = (await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy))[
            "id"
        ]!.ToString();
        var run = (await WorkbenchServer.Run(client, study, 30))["id"]!.ToString();
        var answer = await client.PostAsJsonAsync(
            $"/api/runs/{run}/terms",
            new { changes = new Dictionary<string, string> { ["finance.tenor"] = "400" } }
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        var errors = problem["findings"]!
            .AsArray()
            .Where(f => f!["severity"]!.ToString() == "error");
        Assert.NotEmpty(errors);
        foreach (var finding in errors)
        {
            foreach (var language in PhraseBook.Languages)
            {
                Assert.NotEqual("", finding!["says"]![language]!.ToString());
            }
        }
        using var chinese = LanguageTest.Reader(server, "zh");
        var page = await new HtmlParser().ParseDocumentAsync(
            await chinese.GetStringAsync($"/runs/{run}/terms")
        );
        Assert.Equal(
            Language.Of("zh")["terms.refused"],
            page.QuerySelector("[data-terms]")!.GetAttribute("data-refused")
        );
        // The days that a link holds are chosen where it is made.
        var answered = await new HtmlParser().ParseDocumentAsync(
            await chinese.GetStringAsync($"/runs/{run}")
        );
        Assert.Equal(
            ["1", "7", "30", "90", "365"],
            answered
                .QuerySelectorAll("[data-link-days] option")
                .Select(o => o.GetAttribute("value"))
        );
    }

    [Fact]
    public async Task Courses_of_two_runs_stand_beside_each_other_whichever_the_answers_name()
    {
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        async Task<string> Run(string text)
        {
            var study = (await WorkbenchServer.Begin(client, text))["id"]!.ToString();
            return (await WorkbenchServer.Run(client, study, 30))["id"]!.ToString();
        }
        var one = await Run(WorkbenchServer.QuickStudy);
        var other = await Run(
            YamlEdit.Set(WorkbenchServer.QuickStudy, "centre.voucher_scheme", null, words: false)
        );
        using var chinese = LanguageTest.Reader(server, "zh");
        var page = await new HtmlParser().ParseDocumentAsync(
            await chinese.GetStringAsync($"/compare?runs={one},{other}")
        );
        var rows = page.QuerySelectorAll("table.courses tbody tr");
        Assert.True(rows.Length > 1);
        Assert.All(rows, r => Assert.Contains("±", r.TextContent, StringComparison.Ordinal));
        Assert.Contains(
            Label.At(Language.Of("zh"), "centre.voucher_scheme"),
            page.Body!.TextContent,
            StringComparison.Ordinal
        );
    }
}
