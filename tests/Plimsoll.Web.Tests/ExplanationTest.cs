using System.Text.Json.Nodes;
using Plimsoll.Web.Runs;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>A figure opened leads to the numbers that it rests on, each with its value, unit, range and place.</summary>
public sealed class ExplanationTest
{
    [Fact]
    public void Every_bar_leads_to_the_number_that_it_moves()
    {
        (string Bar, string Input)[] pairs =
        [
            ("standing service", "site.standing_service"),
            ("capex per server", "fleet[8xH100].capex_per_server"),
            ("monthly breach hazard, a lab", "signed[a lab].monthly_breach_hazard"),
            (
                "monthly breach hazard, a firm, and its parent",
                "signed[a firm, and its parent].monthly_breach_hazard"
            ),
        ];
        var result = new JsonObject
        {
            ["draws"] = 100,
            ["options"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "as asked",
                    ["minimumCover"] = new JsonObject { ["p50"] = 1.4 },
                }
            ),
            ["whyOf"] = "as asked",
            ["tornado"] = new JsonArray([
                .. pairs.Select(
                    (p, i) =>
                        new JsonObject
                        {
                            ["input"] = p.Bar,
                            ["unit"] = "1",
                            ["lowInput"] = i,
                            ["highInput"] = i + 2,
                        }
                ),
            ]),
            ["assumptions"] = new JsonArray([
                .. pairs
                    .Reverse()
                    .Select(p => new JsonObject
                    {
                        ["name"] = p.Input,
                        ["value"] = "of " + p.Input,
                        ["range"] = "",
                        ["unit"] = "USD/" + p.Input,
                        ["source"] = "a contract",
                        ["place"] = "study file: " + p.Input,
                    }),
            ]),
        };
        var rests = Explanation.Of(result, "options[0].minimumCover.p50")!["restsOn"]!.AsArray();
        Assert.Equal(pairs.Length, rests.Count);
        foreach (var (source, i) in rests.Select((s, i) => (s!, i)))
        {
            Assert.Equal("of " + pairs[i].Input, source["value"]!.ToString());
            Assert.Equal("USD/" + pairs[i].Input, source["unit"]!.ToString());
            Assert.Equal($"{i} to {i + 2}", source["range"]!.ToString());
            Assert.Equal("study file: " + pairs[i].Input, source["place"]!.ToString());
        }
    }
}
