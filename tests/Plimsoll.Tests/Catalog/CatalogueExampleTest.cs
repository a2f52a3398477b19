using System.Text.RegularExpressions;
using Plimsoll.Catalog;
using Plimsoll.Performance;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Xunit;

namespace Plimsoll.Tests.Catalog;

/// <summary>The rows printed in docs/catalogue.md, added to the shipped catalogue, are all that a chip, a server, a model and a site need.</summary>
public sealed partial class CatalogueExampleTest
{
    private static readonly FactCatalog _extended = Extended();

    [Fact]
    public void The_example_chip_server_model_and_site_work_once_published()
    {
        var view = _extended.AsOf(new Month(2024, 12));
        var chip = Accelerator.Of(view, "Example X1");
        Assert.Equal((800, "H"), (chip.Bf16.Value, chip.Tier));
        var power = ServerPower.Of(view, "8xExampleX1");
        Assert.Equal(8, power.Accelerators);
        var model = LanguageModel.Of(view, "Example 7B");
        var sizes = ModelSizes.Of(model);
        var weights =
            sizes.AttentionWeights
            + sizes.DenseWeights
            + sizes.OutputWeights
            + sizes.EmbeddingWeights;
        Assert.InRange(weights / 1e9 / model.PublishedParametersBillions, 0.98, 1.02);
        var site = new SiteModel(SiteTerms.Of(view, "Example Town"), power);
        var parts = ServerMonth.Of(site, new Month(2025, 1));
        Assert.InRange(parts.Sum(p => p.Let), 20_000, 45_000);
        Assert.NotEmpty(Latency.ToHubs(view, "Example Town"));
    }

    [Fact]
    public void Before_publication_nothing_of_them_is_seen()
    {
        var view = _extended.AsOf(new Month(2024, 4));
        Assert.Null(view.Find("accelerators", "Example X1"));
        Assert.Null(view.Find("models", "Example 7B"));
        Assert.NotNull(view.Find("sites", "Example Town"));
        Assert.Throws<KeyNotFoundException>(() => Accelerator.Of(view, "Example X1"));
    }

    private static FactCatalog Extended()
    {
        var page = File.ReadAllText(Path.Combine(TestData.Repository(), "docs", "catalogue.md"));
        var added = Blocks()
            .Matches(page)
            .ToDictionary(
                m => m.Groups["kind"].Value + ".csv",
                m => m.Groups["rows"].Value,
                StringComparer.Ordinal
            );
        Assert.Equal(
            ["accelerators.csv", "models.csv", "servers.csv", "sites.csv"],
            added.Keys.Order(StringComparer.Ordinal)
        );
        return FactCatalog.FromTexts(
            FactCatalog
                .ShippedFiles()
                .Select(f => (f.Path, f.Text + added.GetValueOrDefault(f.Path, "")))
        );
    }

    [GeneratedRegex("```csv (?<kind>[a-z-]+)\n(?<rows>[^`]+)```", RegexOptions.None, 1000)]
    private static partial Regex Blocks();
}
