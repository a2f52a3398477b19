using System.Text.Json.Nodes;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Live;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>The terms offered are those that concern who asks.</summary>
public sealed class TermsTest
{
    [Theory]
    [InlineData("zhengzhou-2025", "")]
    [InlineData("zhengzhou-2025", "finance.existing_debt")]
    [InlineData("zhengzhou-2024", "")]
    public async Task A_term_that_is_not_offered_would_move_nothing_and_most_that_are_do(
        string name,
        string without
    )
    {
        await using var server = await WorkbenchServer.Start();
        var live = (LiveTerms)server.Services.GetService(typeof(LiveTerms))!;
        var text = ShippedStudies.Text(name)!;
        text = without.Length > 0 ? YamlEdit.Set(text, without, null, words: false) : text;
        Assert.True(StudyDocument.Of(text).Sound);
        var stop = TestContext.Current.CancellationToken;
        async Task<string> Priced(Dictionary<string, string> changes) =>
            LiveTerms.Document(await live.Price(text, 40, changes, 40, stop), 40).ToJsonString();
        var before = await Priced([]);
        async Task<bool> Moves(string path, params double[] values)
        {
            foreach (var value in values)
            {
                try
                {
                    if (
                        await Priced(new() { [path] = FormattableString.Invariant($"{value}") })
                        != before
                    )
                    {
                        return true;
                    }
                }
                catch (LiveTerms.RefusedException)
                {
                    // One value may break a rule of the file; the others do not.
                }
            }
            return false;
        }
        var offered = TermChoice.Of(HeldStudies.Values(text));
        var still = new List<string>();
        foreach (var term in offered)
        {
            if (
                !await Moves(
                    term.Path,
                    term.Low,
                    term.High,
                    term.Low + (Math.Round((term.High - term.Low) / term.Step / 2) * term.Step)
                )
            )
            {
                still.Add(term.Path);
            }
        }
        // A limit that is loosened is never harsher: the same tests, none failed that was not.
        var least = JsonNode.Parse(before)!["tests"]!.AsArray();
        foreach (
            var limit in offered.Where(t =>
                t.Path.StartsWith("decision.max_", StringComparison.Ordinal)
            )
        )
        {
            var loose = JsonNode.Parse(
                await Priced(new() { [limit.Path] = FormattableString.Invariant($"{limit.High}") })
            )!["tests"]!.AsArray();
            Assert.Equal(
                least.Select(t => t!["name"]!.ToString()),
                loose.Select(t => t!["name"]!.ToString())
            );
            Assert.True(Failed(loose) <= Failed(least), limit.Path);
        }
        // Where no draw has free cash, a sweep of it moves nothing.
        Assert.True(still.Count <= 2, string.Join(", ", still));
        foreach (
            var (path, values) in new[]
            {
                ("finance.gearing", new[] { 0.1, 0.9 }),
                ("finance.grace", [0, 12]),
                ("finance.upfront_fee", [0, 0.04]),
            }
        )
        {
            if (offered.All(t => t.Path != path))
            {
                Assert.False(await Moves(path, values), path);
            }
        }
    }

    /// <summary>Whoever reads a stored text reads its names as a run does: each spelling that the check accepts is the catalogue's name.</summary>
    [Fact]
    public async Task Each_spelling_of_a_place_chip_or_model_gives_the_same_figures()
    {
        await using var server = await WorkbenchServer.Start();
        var live = (LiveTerms)server.Services.GetService(typeof(LiveTerms))!;
        var stop = TestContext.Current.CancellationToken;
        async Task<string> Priced(string text) =>
            LiveTerms
                .Document(
                    await live.Price(text, 30, new Dictionary<string, string>(), 30, stop),
                    30
                )
                .ToJsonString();
        var text = ShippedStudies.Text("zhengzhou-2025")!;
        var before = await Priced(text);
        foreach (
            var (path, spelling) in new[]
            {
                ("site.name", "郑州"),
                ("site.name", "郑州市"),
                ("fleet[0].server", "8×H800"),
            }
        )
        {
            var other = YamlEdit.Set(text, path, spelling, words: true);
            Assert.True(StudyDocument.Of(other).Sound, spelling);
            Assert.Equal(before, await Priced(other));
        }
    }

    /// <summary>The same without computing: every further name of every entry of the kinds that a study names.</summary>
    [Fact]
    public void A_name_in_any_accepted_spelling_is_read_as_the_catalogue_has_it()
    {
        var view = Catalog.FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31));
        var names = new Catalog.CatalogNames(view);
        var text = ShippedStudies.Text("zhengzhou-2025")!;
        var tried = 0;
        foreach (
            var (path, kind) in new[]
            {
                ("site.name", "sites"),
                ("fleet[0].server", "servers"),
                ("serving.model", "models"),
            }
        )
        {
            foreach (var entry in view.Entries(kind))
            {
                foreach (
                    var spelling in new[] { "name_zh", "also" }
                        .Select(entry.TextOrNull)
                        .OfType<string>()
                        .SelectMany(t => t.Split(';', StringSplitOptions.TrimEntries))
                        .Where(t => names.Find(kind, t) is not null)
                )
                {
                    var values = HeldStudies.Values(
                        YamlEdit.Set(text, path, spelling, words: true)
                    );
                    Assert.Equal(
                        entry.Name,
                        path == "fleet[0].server"
                            ? values.Items("fleet")[0].Text("server")
                            : values.Text(path)
                    );
                    tried++;
                }
            }
        }
        Assert.True(tried > 20, $"{tried}");
    }

    [Fact]
    public void An_owner_is_not_offered_a_loan_that_is_already_made()
    {
        var owner = Paths(ShippedStudies.Text("zhengzhou-2025")!);
        Assert.DoesNotContain("finance.gearing", owner);
        Assert.DoesNotContain("finance.upfront_fee", owner);
        Assert.DoesNotContain("finance.grace", owner);
        Assert.Contains("finance.existing_debt", owner);
        Assert.Contains("finance.gearing", Paths(ShippedStudies.Text("zhengzhou-2024")!));

        // Without debt there is no term of one, nor a test of a lender.
        var free = Paths(
            YamlEdit.Set(
                ShippedStudies.Text("zhengzhou-2025")!,
                "finance.existing_debt",
                null,
                words: false
            )
        );
        Assert.DoesNotContain(
            free,
            p => p.StartsWith("finance.", StringComparison.Ordinal) && p != "finance.state_tax"
        );
        Assert.Equal(
            ["decision.equity_hurdle"],
            free.Where(p => p.StartsWith("decision.", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_lender_is_offered_the_limits_that_are_in_force_and_no_other()
    {
        string[] chances = ["decision.max_breach_probability", "decision.max_default_probability"];
        var lenders = ShippedStudies
            .Names.Select(n => ShippedStudies.Text(n)!)
            .Where(t => HeldStudies.Values(t).Text("question") == "lender")
            .ToList();
        Assert.NotEmpty(lenders);
        foreach (var text in lenders)
        {
            foreach (var limit in chances)
            {
                var silent = YamlEdit.Set(text, limit, null, words: false);
                Assert.DoesNotContain(limit, Paths(silent));
                Assert.Contains(limit, Paths(YamlEdit.Set(silent, limit, "0.07", words: false)));
            }
            Assert.Contains("decision.target_cover", Paths(text));
            Assert.Contains("decision.downside_cover", Paths(text));
        }
        // Of a plan for all others they are always in force, and covers of a lender's rule never.
        var sponsor = Paths(ShippedStudies.Text("zhengzhou-2024")!);
        Assert.Empty(chances.Except(sponsor));
        Assert.DoesNotContain("decision.target_cover", sponsor);
    }

    private static int Failed(JsonArray tests) =>
        tests.Count(t => t!["outcome"]!.ToString() == "Fails");

    private static List<string> Paths(string text) =>
        [.. TermChoice.Of(HeldStudies.Values(text)).Select(t => t.Path)];
}
