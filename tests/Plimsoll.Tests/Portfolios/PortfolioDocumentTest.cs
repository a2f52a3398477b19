using System.Xml.Linq;
using NJsonSchema;
using Plimsoll.Portfolios;
using Plimsoll.Reports.Portfolios;
using Xunit;

namespace Plimsoll.Tests.Portfolios;

/// <summary>What is written of an answer.</summary>
public sealed class PortfolioDocumentTest
{
    private static readonly Lazy<PortfolioResult> _result = new(() =>
        PortfolioRun.Of(
            SmallPortfolio.Read(
                SmallPortfolio.Of(
                    SmallPortfolio.Head + "budget:\n  amount: 20000000\n",
                    SmallPortfolio.Centre("a <b> & c", servers: 32, let: "unknown"),
                    SmallPortfolio.Centre("b", "Wuhan", servers: 64, capability: 0.8)
                )
            ),
            new PortfolioSettings { Draws = 30, SearchDraws = 16 },
            SmallPortfolio.Context
        )
    );

    [Fact]
    public async Task The_document_follows_its_published_schema()
    {
        var schema = await JsonSchema.FromFileAsync(
            Path.Combine(TestData.Repository(), "docs", "portfolio-schema.json"),
            TestContext.Current.CancellationToken
        );
        var document = PortfolioDocument.Of(_result.Value).ToJsonString();
        Assert.Empty(schema.Validate(document));
        Assert.NotEmpty(
            schema.Validate(
                document.Replace("\"runnerUp\"", "\"runnerup\"", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void The_page_is_whole_and_loads_nothing()
    {
        var html = PortfolioReport.Html(_result.Value);
        var page = XDocument.Parse(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        Assert.Equal(2, page.Descendants().Count(e => e.Name.LocalName == "circle"));
        Assert.Contains("No boundaries are drawn", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b> &", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Equal(html, PortfolioReport.Html(_result.Value));
    }

    [Fact]
    public void The_workbook_has_a_sheet_for_the_plan_and_one_for_each_centre()
    {
        using var stream = new MemoryStream();
        PortfolioWorkbook.Write(_result.Value, stream);
        using var zip = new System.IO.Compression.ZipArchive(stream);
        Assert.Equal(
            3,
            zip.Entries.Count(e =>
                e.FullName.Contains("sheet", StringComparison.OrdinalIgnoreCase)
                && e.FullName.EndsWith(".xml", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void The_plan_stays_within_its_budget_and_is_scored_beside_four_rules()
    {
        var r = _result.Value;
        Assert.True(r.Plan!.Cost <= r.Portfolio.Free);
        Assert.Equal(
            ["keep all", "close the emptiest third", "hand all over", "newest chips only"],
            r.Search!.Rules.Select(g => g.Rule.Name)
        );
        Assert.All(r.Search.Frontier, f => Assert.True(f.Plan.Cost <= f.Budget + 1e-6));
        Assert.InRange(r.Search.Unknowns.Count, 0, 10);
    }
}
