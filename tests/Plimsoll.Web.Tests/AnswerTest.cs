using System.Text.Json.Nodes;
using Bunit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Web.Charts;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Pages;
using Plimsoll.Web.Words;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>What the page of an answer says of the document it is made from.</summary>
public sealed class AnswerTest
{
    private static BunitContext Page(string language = "en")
    {
        var page = new BunitContext();
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = $"language={language}";
        page.Services.AddSingleton<IHttpContextAccessor>(
            new HttpContextAccessor { HttpContext = context }
        );
        page.Services.AddScoped<Reader>();
        return page;
    }

    /// <summary>A loan that passes on signed contracts alone, of which there is no option; the broken covenant of the rule is no test of a lender.</summary>
    private static JsonNode Lender(int draws) =>
        JsonNode.Parse(
            """
            {
              "study": "A loan", "question": "lender", "decided": "2025-07", "currency": "USD", "centre": "8192 accelerators in Texas",
              "draws": DRAWS, "debtCapacity": 437000000, "contractedCapacity": 330000000, "contractedAtEstimate": 350000000,
              "rule": { "covenantCover": 1.2, "maxBreach": 0.1, "maxDefault": 0.05 },
              "memo": { "blocks": [{ "sentences": ["Asked: 330 million USD over 54 months."] }] },
              "verdict": {
                "kind": "Lend", "headline": "Lend", "option": "as asked, on signed contracts alone",
                "tests": [{ "name": "cover below 1.10", "value": 0.02, "limit": 0.1, "low": 0.005, "high": 0.07, "outcome": "Passes" }]
              },
              "loss": { "defaults": 3, "lossGivenDefault": 0.2, "expectedLossPerYear": 0.01 },
              "loans": [
                { "name": "as asked", "amount": 330000000, "tenorMonths": 54, "amortisation": "equal payments", "contractedShare": 1, "reserveMonths": 3, "conditions": [], "outcome": "Fails",
                  "tests": [{ "name": "cover below 1.10", "value": 0.24, "limit": 0.1, "outcome": "Fails" }, { "name": "cover below 1.30", "value": 0.61, "limit": 0.5, "outcome": "Fails" }] },
                { "name": "as asked, on signed contracts alone", "amount": 329000000, "tenorMonths": 54, "amortisation": "equal payments", "contractedShare": 1, "reserveMonths": 3, "conditions": ["a hedge of the base rate"], "outcome": "Passes",
                  "tests": [{ "name": "cover below 1.10", "value": 0.02, "limit": 0.1, "outcome": "Passes" }] }
              ],
              "options": [
                { "name": "as asked", "kind": "Lend", "credit": [{}], "fill": { "p50": 0.9, "p90": 0.8 }, "minimumCover": { "p50": 1.4, "p90": 1.1 }, "equityNpv": { "p50": 5e7, "p90": -1e7 },
                  "breach": { "value": 0.24, "low": 0.17, "high": 0.33 }, "default": { "value": 0.03, "low": 0.01, "high": 0.09 } }
              ]
            }
            """.Replace(
                "DRAWS",
                draws.ToString(System.Globalization.CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            )
        )!;

    [Fact]
    public void Every_loan_that_was_tried_is_listed_with_its_tests_and_both_capacities()
    {
        using var page = Page();
        var result = Lender(2000);
        var drawn = page.Render<LoansView>(p => p.Add(l => l.Result, result));
        var rows = drawn.FindAll("tbody tr");
        Assert.Equal(2, rows.Count);
        Assert.Equal("chosen", rows[1].ClassName);
        Assert.Contains("a hedge of the base rate", rows[1].TextContent, StringComparison.Ordinal);
        // A limit that all loans share stands once, at the head.
        Assert.Contains("at most 50 %", drawn.Find("thead").TextContent, StringComparison.Ordinal);
        // One test of the second loan was never asked.
        Assert.Contains("not tested", rows[1].TextContent, StringComparison.Ordinal);
        var figures = drawn
            .FindAll("[data-figure]")
            .ToDictionary(f => f.GetAttribute("data-figure")!, f => f.TextContent);
        Assert.Equal("437 million USD", figures["debtCapacity"]);
        Assert.Equal("330 million USD", figures["contractedCapacity"]);
        Assert.Equal("329 million", figures["loans[1].amount"]);
        Assert.Equal("61 %", figures["loans[0].tests[1].value"]);
        Assert.Contains("350 million USD", drawn.Markup, StringComparison.Ordinal);
        // Without a loan there is no heading over nothing.
        Assert.Empty(
            page.Render<LoansView>(p =>
                    p.Add(l => l.Result, JsonNode.Parse("""{ "loans": [], "debtCapacity": 1 }""")!)
                )
                .Markup.Trim()
        );
    }

    [Theory]
    [InlineData(0.24, 0.1, 1)]
    [InlineData(0.24, 0.2, 0)]
    [InlineData(0.02, 0.1, 0)]
    public void A_limit_stands_beside_a_chance_only_where_the_verdict_tested_it(
        double tested,
        double limit,
        int shown
    )
    {
        using var page = Page();
        var result = Lender(60);
        result["verdict"]!["tests"]![0]!["value"] = tested;
        result["verdict"]!["tests"]![0]!["limit"] = limit;
        var drawn = page.Render<AnswerHero>(p => p.Add(a => a.Result, result));
        Assert.Equal(
            shown,
            drawn
                .FindAll("dd")
                .Count(d => d.TextContent.Contains("at most", StringComparison.Ordinal))
        );
        var words = drawn.Markup;
        Assert.Contains("17 to 33 %", words, StringComparison.Ordinal);
        Assert.Contains("A trial run of 60 draws", words, StringComparison.Ordinal);
        Assert.Contains("up to 13 points", words, StringComparison.Ordinal);
        Assert.Contains("8192 accelerators in Texas", words, StringComparison.Ordinal);
        Assert.Contains("Asked: 330 million USD over 54 months.", words, StringComparison.Ordinal);
        // Whose figures they are, and that the verdict is on another loan.
        Assert.Equal("as asked", drawn.Find("strong").TextContent);
        Assert.Equal(
            "as asked, on signed contracts alone",
            drawn.Find("a[href='#loans']").TextContent
        );
        Assert.DoesNotContain(
            "trial",
            page.Render<AnswerHero>(p => p.Add(a => a.Result, Lender(2000))).Markup,
            StringComparison.Ordinal
        );
    }

    /// <summary>A grant of eighteen that is clawed back nets to nothing, and stays: without it the lines above a sum do not come to it.</summary>
    [Fact]
    public void A_line_of_money_stays_when_any_year_of_it_is_not_nothing()
    {
        using var page = Page();
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            double[][] years =
            [
                .. Enumerable
                    .Range(0, 4)
                    .Select(_ =>
                        Enumerable.Range(0, 6).Select(_ => (double)random.Next(-1, 2)).ToArray()
                    ),
            ];
            JsonNode[] document =
            [
                .. years.Select(y =>
                    JsonNode.Parse(
                        $$"""{"lines":[{{string.Join(',', y.Select((v, i) => $$"""{"name":"line {{i}}","amount":{{v}}}"""))}}]}"""
                    )!
                ),
            ];
            var drawn = page.Render<WaterfallView>(p => p.Add(w => w.Years, document));
            Assert.Equal(
                Enumerable
                    .Range(0, 6)
                    .Where(i => years.Any(y => y[i] != 0))
                    .Select(i => $"line {i}"),
                drawn.FindAll(".name").Select(n => n.ChildNodes[0].TextContent)
            );
        }
    }

    [Fact]
    public void A_number_that_swings_the_answer_is_called_as_the_form_calls_it()
    {
        Assert.Equal("出租负载", Label.Named(Language.Of("zh"), "let load"));
        Assert.Equal("Load while let", Label.Named(Language.Of("en"), "let load"));
        // Keys that several inputs share, and what is no input, stay as they are.
        Assert.Equal("tenor", Label.Named(Language.Of("zh"), "tenor"));
        Assert.Equal("goodput 8xH800", Label.Named(Language.Of("en"), "goodput 8xH800"));
    }

    [Fact]
    public void A_shipped_study_begun_in_Chinese_bears_a_Chinese_name_and_is_sound()
    {
        foreach (var name in ShippedStudies.Names.Concat(ShippedStudies.Portfolios))
        {
            var document = StudyDocument.Of(ShippedStudies.In(name, Language.Of("zh"))!);
            Assert.True(document.Sound, name);
            Assert.Equal(Language.Of("zh")[$"shipped.{name}"], document.Name);
            Assert.Equal(ShippedStudies.Text(name), ShippedStudies.In(name, Language.Of("en")));
        }
    }
}
