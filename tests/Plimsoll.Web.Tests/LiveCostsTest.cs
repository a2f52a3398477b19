using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Studies;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Live;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>Costs of the site and the floor against dark, moved on kept draws, beside a run of the changed study.</summary>
public sealed class LiveCostsTest
{
    private const int Draws = 40;

    [Theory]
    [InlineData("zhengzhou-2025")]
    [InlineData("zhengzhou-2024")]
    public async Task What_is_only_money_equals_a_run_of_the_changed_study(string name)
    {
        await using var server = await WorkbenchServer.Start();
        var live = (LiveTerms)server.Services.GetService(typeof(LiveTerms))!;
        var text = ShippedStudies.Text(name)!;
        var exact = TermChoice
            .Of(HeldStudies.Values(text))
            .Where(t => t is { Group: "site" or "tax", Exact: true })
            .ToDictionary(t => t.Path, t => t.Now + (20 * t.Step), StringComparer.Ordinal);
        Assert.Contains("site.colocation", exact.Keys);
        Assert.Contains("site.standing_service", exact.Keys);
        Assert.Contains("site.escalation", exact.Keys);
        Assert.Contains("finance.state_tax", exact.Keys);
        var changes = exact.ToDictionary(
            e => e.Key,
            e => FormattableString.Invariant($"{e.Value:0.######}")
        );
        var (plan, floors) = await Priced(live, text, changes);
        var (before, _) = await Priced(live, text, []);
        var run = Run(LiveTerms.Changed(text, changes));
        AssertSame(run.Options[0], plan);
        Assert.NotEqual(before.MeanEquityNpv, plan.MeanEquityNpv);
        AssertSame(run.Floors, floors);
    }

    [Fact]
    public async Task The_floor_against_dark_is_that_of_a_run_whatever_power_costs_and_dearer_power_is_worth_less()
    {
        await using var server = await WorkbenchServer.Start();
        var live = (LiveTerms)server.Services.GetService(typeof(LiveTerms))!;
        var text = ShippedStudies.Text("zhengzhou-2025")!;
        var changes = new Dictionary<string, string>
        {
            ["site.tariff"] = "0.9",
            ["site.lit_service"] = "9000",
        };
        var (before, floorsBefore) = await Priced(live, text, []);
        var (plan, floors) = await Priced(live, text, changes);
        var run = Run(LiveTerms.Changed(text, changes));
        Assert.NotEmpty(floors);
        Assert.Equal(run.Floors.Select(f => f.AgainstDark), floors.Select(f => f.AgainstDark));
        Assert.All(
            floors.Zip(floorsBefore),
            f => Assert.True(f.First.AgainstDark > f.Second.AgainstDark)
        );
        Assert.True(plan.MeanEquityNpv < before.MeanEquityNpv);
        Assert.Equal(before.Fill, plan.Fill);
        // What the market makes of dearer power is not seen here; it is small beside the cost itself.
        Assert.InRange(
            (run.Options[0].MeanEquityNpv - plan.MeanEquityNpv)
                / (before.MeanEquityNpv - plan.MeanEquityNpv),
            -0.2,
            0.2
        );
    }

    /// <summary>A number that the file gives with a range is held at what a slider says, as a run of the changed study holds it.</summary>
    [Fact]
    public async Task A_moved_number_loses_its_range()
    {
        await using var server = await WorkbenchServer.Start();
        var live = (LiveTerms)server.Services.GetService(typeof(LiveTerms))!;
        var text = YamlEdit.Set(
            ShippedStudies.Text("zhengzhou-2024")!,
            "finance.margin",
            "0.03",
            words: false
        );
        text = YamlEdit.Set(text, "finance.margin.low", "0.01", words: false);
        text = YamlEdit.Set(text, "finance.margin.high", "0.06", words: false);
        Assert.True(StudyDocument.Of(text).Sound);
        var changes = new Dictionary<string, string> { ["finance.margin"] = "0.05" };
        var (plan, _) = await Priced(live, text, changes);
        AssertSame(Run(LiveTerms.Changed(text, changes)).Options[0], plan);
    }

    [Fact]
    public async Task A_slide_on_few_draws_names_the_floors_of_the_answer_in_its_order()
    {
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        var study = await WorkbenchServer.Begin(client, ShippedStudies.Text("zhengzhou-2025")!);
        var run = await WorkbenchServer.Run(client, study["id"]!.ToString(), 60);
        var page = await client.GetStringAsync($"/runs/{run["id"]}/terms");
        var result = JsonNode.Parse(
            await client.GetStringAsync($"/api/runs/{run["id"]}/files/result.json")
        )!;
        var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            client,
            $"/api/runs/{run["id"]}/terms",
            new { changes = new Dictionary<string, string> { ["site.tariff"] = "0.8" }, draws = 30 }
        );
        var priced = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var floors = result["floors"]!.AsArray();
        Assert.Equal(
            floors.Select(f => $"{f!["product"]} {f["server"]} {f["tenorMonths"]}"),
            priced["floors"]!
                .AsArray()
                .Select(f => $"{f!["product"]} {f["server"]} {f["tenorMonths"]}")
        );
        for (var i = 0; i < floors.Count; i++)
        {
            Assert.Contains($"data-floor-row=\"{i}\"", page, StringComparison.Ordinal);
        }
        Assert.Contains("name=\"site.tariff\"", page, StringComparison.Ordinal);
    }

    private static async Task<(Decisions.OptionResult, IReadOnlyList<Decisions.PriceFloor>)> Priced(
        LiveTerms live,
        string text,
        Dictionary<string, string> changes
    )
    {
        var price = await live.Price(
            text,
            Draws,
            changes,
            Draws,
            TestContext.Current.CancellationToken
        );
        return (price.Plan, price.Floors);
    }

    private static StudyResult Run(string text) =>
        StudyRun
            .Of(
                HeldStudies.Values(text),
                FactCatalog.Shipped(),
                new StudySettings { Draws = Draws, Threads = 2 }
            )
            .Result;

    private static void AssertSame(Decisions.OptionResult run, Decisions.OptionResult live)
    {
        Assert.Equal(run.Breach, live.Breach);
        Assert.Equal(run.Default, live.Default);
        Assert.Equal(run.MinimumCover, live.MinimumCover);
        Assert.Equal(run.EquityNpv, live.EquityNpv);
        Assert.Equal(run.Fill, live.Fill);
        Assert.Equal(run.MeanEquityNpv, live.MeanEquityNpv);
        Assert.Equal(run.MeanLenderValue, live.MeanLenderValue);
    }

    private static void AssertSame(
        IReadOnlyList<Decisions.PriceFloor> run,
        IReadOnlyList<Decisions.PriceFloor> live
    ) =>
        Assert.Equal(
            run.Select(f => (f.Product, f.Server, f.AgainstDark, f.AgainstWaiting, f.AgainstSale)),
            live.Select(f => (f.Product, f.Server, f.AgainstDark, f.AgainstWaiting, f.AgainstSale))
        );
}
