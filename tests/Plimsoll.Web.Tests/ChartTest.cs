using System.Text.Json.Nodes;
using Bunit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Web.Charts;
using Plimsoll.Web.Pages;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>Charts draw what they are given and leave open what has no value.</summary>
public sealed class ChartTest
{
    private static BunitContext Page()
    {
        var page = new BunitContext();
        page.Services.AddSingleton<IHttpContextAccessor>(
            new HttpContextAccessor { HttpContext = new DefaultHttpContext() }
        );
        page.Services.AddScoped<Reader>();
        page.Services.AddSingleton(new BaseMap(new WorkbenchSettings()));
        return page;
    }

    [Fact]
    public void A_frontier_has_a_point_a_budget_and_says_what_is_done()
    {
        using var page = Page();
        var points = JsonNode
            .Parse(
                """
                [
                  {"budget":0,"plan":{"value":{"p10":-5,"p50":1,"p90":4}},"actions":{"keep":2}},
                  {"budget":10,"plan":{"value":{"p10":-4,"p50":2,"p90":6}},"actions":{"keep":1,"hand-over":1}},
                  {"budget":20,"plan":{"value":{"p10":null,"p50":null,"p90":null}},"actions":{}}
                ]
                """
            )!
            .AsArray()
            .OfType<JsonNode>()
            .ToList();
        var drawn = page.Render<FrontierView>(p =>
            p.Add(f => f.Points, points).Add(f => f.Currency, "CNY")
        );
        Assert.Equal(2, drawn.FindAll(".point").Count);
        Assert.Contains(
            "hand over 1",
            drawn.FindAll(".spot")[1].GetAttribute("data-tip"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_market_with_a_forecast_has_fans_in_order()
    {
        Assert.Equal(["china", "europe", "us"], RentForecasts.Markets);
        foreach (var market in RentForecasts.Markets)
        {
            var fans = RentForecasts.Of(market, "H100 SXM5");
            Assert.NotEmpty(fans);
            Assert.All(
                fans.SelectMany(f => f.Points),
                p => Assert.True(p.Low <= p.Middle && p.Middle <= p.High && p.Low > 0)
            );
            Assert.All(fans, f => Assert.Equal("2025-12", f.Points[0].Month));
        }
        Assert.Empty(RentForecasts.Of("china", "no such chip"));
        Assert.Null(RentForecasts.Csv("../china"));
    }

    [Fact]
    public void A_fan_has_a_spot_a_month_with_a_value_and_breaks_where_there_is_none()
    {
        using var page = Page();
        var fan = JsonNode.Parse(
            """{"name":"fill","unit":"fraction","p10":[null,0.9,0.8,null,0.7],"p50":[null,0.5,0.4,null,0.3],"p90":[null,0.1,0.2,null,0.1],"medianDraw":[null,0.6,0.5,null,0.2]}"""
        )!;
        var drawn = page.Render<FanView>(p => p.Add(f => f.Fan, fan).Add(f => f.Start, "2024-04"));
        Assert.Equal(3, drawn.FindAll(".spot").Count);
        Assert.Equal(2, drawn.FindAll(".band").Count);
        Assert.Equal(2, drawn.Find(".line").GetAttribute("d")!.Count(c => c == 'M'));
        Assert.Contains(
            "2024-05",
            drawn.FindAll(".spot")[0].GetAttribute("data-tip"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "50 %",
            drawn.FindAll(".spot")[0].GetAttribute("data-tip"),
            StringComparison.Ordinal
        );
        Assert.NotEmpty(drawn.Find("svg").GetAttribute("aria-label")!);
        Assert.Equal("0", drawn.Find("svg").GetAttribute("tabindex"));
    }

    [Fact]
    public void Cover_below_the_covenant_is_marked()
    {
        using var page = Page();
        JsonNode[] years =
        [
            .. JsonNode
                .Parse(
                    """[{"year":2024,"p90":null,"p50":null,"p10":null},{"year":2025,"p90":0.5,"p50":1.1,"p10":2},{"year":2026,"p90":1.3,"p50":1.6,"p10":2}]"""
                )!
                .AsArray()
                .OfType<JsonNode>(),
        ];
        var drawn = page.Render<CoverView>(p =>
            p.Add(c => c.Years, years).Add(c => c.Covenant, 1.2)
        );
        Assert.Equal(2, drawn.FindAll(".spot").Count);
        Assert.Single(drawn.FindAll(".line.bad"));
        Assert.Single(drawn.FindAll(".limit"));
    }

    [Fact]
    public void Words_of_a_result_cannot_become_markup()
    {
        using var page = Page();
        JsonNode[] bars =
        [
            .. JsonNode
                .Parse(
                    """[{"input":"<script>x</script>","unit":"1","atLow":-1,"atHigh":2,"grade":"D"}]"""
                )!
                .AsArray()
                .OfType<JsonNode>(),
        ];
        var drawn = page.Render<TornadoView>(p => p.Add(t => t.Bars, bars));
        Assert.Empty(drawn.FindAll("script"));
        Assert.Single(drawn.FindAll(".bar.weak"));
    }

    [Fact]
    public void Outlines_of_land_stay_on_the_map()
    {
        var numbers = Land
            .Path.Split(['M', 'L', 'Z', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        Assert.True(numbers.Count > 2000);
        Assert.All(numbers.Where((_, i) => i % 2 == 0), x => Assert.InRange(x, 0, 360));
        Assert.All(numbers.Where((_, i) => i % 2 == 1), y => Assert.InRange(y, 0, 180));
        // No line runs round the back of the world.
        foreach (var ring in Land.Path.Split('M', StringSplitOptions.RemoveEmptyEntries))
        {
            var x = ring.TrimEnd('Z')
                .Split('L')
                .Select(p =>
                    double.Parse(p.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)
                )
                .ToList();
            Assert.All(x.Skip(1).Zip(x), p => Assert.True(Math.Abs(p.First - p.Second) <= 180));
        }
    }
}
