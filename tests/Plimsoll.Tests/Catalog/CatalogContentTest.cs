using System.Globalization;
using System.Text.RegularExpressions;
using Plimsoll.Catalog;
using Plimsoll.Performance;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Catalog;

/// <summary>What the catalogue must hold, and what it must not.</summary>
public sealed partial class CatalogContentTest
{
    private static readonly DateOnly _end = new(9999, 12, 31);
    private static readonly DateOnly _heldBack = new(2025, 12, 31);
    private static readonly CatalogView _all = FactCatalog.Shipped().AsOf(_end);

    [Fact]
    public void All_35_chips_of_the_collected_table_stand_with_its_figures()
    {
        var table = TestData.Table("Catalog/hardware.csv");
        Assert.Equal(35, table.Rows.Count);
        foreach (var row in table.Rows)
        {
            var name = table.Cell(row, "name");
            var chip = Accelerator.Of(_all, name);
            Same(name, "bf16", table.Cell(row, "bf16_dense_tflops"), chip.Bf16);
            // The table has one column for both; these multiply whole numbers.
            Same(
                name,
                "fp8 or int8",
                table.Cell(row, "fp8_or_int8_dense_tflops"),
                name is "TPU v5e" or "TPU v5p" or "TPU v6e" ? chip.Int8 : chip.Fp8
            );
            Same(name, "fp4", table.Cell(row, "fp4_dense_tflops"), chip.Fp4);
            Same(name, "memory", table.Cell(row, "memory_gb"), chip.Memory);
            Same(name, "bandwidth", table.Cell(row, "mem_bw_gbs"), chip.MemoryBandwidth);
            Same(name, "link", table.Cell(row, "scaleup_bw_gbs_bidir"), chip.ScaleUpBandwidth);
            Assert.Contains(chip.Tier, new[] { "H", "A", "D", "T" });
            if (table.Cell(row, "evidence") == "memory" && table.Cell(row, "grade") == "D")
            {
                Assert.True(chip.Bf16.Low < chip.Bf16.High, $"{name}: uncertain, so a range");
            }
        }
        Assert.All(
            (string[])["H800", "H20", "Ascend 910B", "Ascend 910C", "Cambricon", "Hygon", "Kunlun"],
            start => Assert.Contains(_all.Names("accelerators"), n => n.StartsWith(start))
        );
    }

    [Theory]
    [InlineData("H800 SXM5", "2023-09", "sold to China without licence")]
    [InlineData("H800 SXM5", "2023-11", "licence needed for China")]
    [InlineData("A800 SXM 80GB", "2023-09", "sold to China without licence")]
    [InlineData("A800 SXM 80GB", "2023-11", "licence needed for China")]
    [InlineData("H20 SXM", "2024-06", "sold to China without licence")]
    [InlineData("H20 SXM", "2025-05", "licence needed for China")]
    [InlineData("A100 SXM 80GB", "2022-11", "licence needed for China")]
    public void Export_rules_hold_by_date(string chip, string month, string rule) =>
        Assert.Equal(
            rule,
            FactCatalog
                .Shipped()
                .AsOf(Month.Parse(month))
                .Entry("accelerators", chip)
                .Text("export_rule")
        );

    [Fact]
    public void All_sites_stand_with_tariff_climate_pue_and_place()
    {
        var table = TestData.Table("Sites/sites.csv");
        Assert.Equal(28, table.Rows.Count);
        var chinese = _all.Entries("sites").Where(s => s.TextOrNull("country") == "CN").ToList();
        Assert.Equal(28, chinese.Count);
        foreach (var row in table.Rows)
        {
            double latitude = Parse(table.Cell(row, "lat")),
                longitude = Parse(table.Cell(row, "lon"));
            var site = Assert.Single(
                chinese,
                s =>
                    s.Number("latitude").Value == latitude
                    && s.Number("longitude").Value == longitude
            );
            Assert.Equal(
                Parse(table.Cell(row, "mean_temp_c")),
                site.Number("mean_temperature").Value
            );
            Assert.Equal(Parse(table.Cell(row, "design_pue")), site.Number("design_pue").Value);
        }
        string[] foreign =
        [
            "Ohio",
            "Northern Virginia",
            "Texas",
            "Phoenix",
            "Frankfurt",
            "Paris",
            "Stockholm",
            "Dublin",
            "London",
            "Mumbai",
            "Abu Dhabi",
            "Singapore",
            "Tokyo",
        ];
        Assert.All(foreign, name => Assert.NotNull(_all.Find("sites", name)));
        foreach (var site in _all.Entries("sites"))
        {
            Assert.InRange(site.Number("latitude").Value, -90, 90);
            Assert.InRange(site.Number("longitude").Value, -180, 180);
            Assert.InRange(site.Number("design_pue").Value, 1.03, 2);
            Assert.InRange(site.Number("temperature_amplitude").Value, 0, 25);
            Assert.InRange(site.Number("daily_amplitude").Value, 0, 12);
            var tariff = site.Number("tariff");
            Assert.True(tariff.Low < tariff.Value && tariff.Value < tariff.High, site.Name);
            Assert.EndsWith("/kWh", tariff.Unit, StringComparison.Ordinal);
            Assert.Equal(site.Text("currency"), tariff.Unit[..3]);
        }
    }

    [Fact]
    public void Every_market_has_demand_hubs_and_those_of_china_hold_all_its_demand()
    {
        var hubs = _all.Entries("sites")
            .Where(s => s.NumberOrNull("hub_weight") is not null)
            .GroupBy(s => s.Text("market"))
            .ToDictionary(g => g.Key, g => g.Sum(s => s.Number("hub_weight").Value));
        Assert.Equal(1, hubs["China"], 3);
        Assert.Equal(1, hubs["United States"], 3);
        Assert.All(
            _all.Entries("sites").Select(s => s.Text("market")).Distinct(),
            market => Assert.InRange(hubs[market], 0.1, 1.001)
        );
    }

    [Theory]
    [InlineData("Llama-3.1 8B")]
    [InlineData("Llama-3.1 70B")]
    [InlineData("Llama-3.1 405B")]
    [InlineData("Llama-2 7B")]
    [InlineData("Llama-2 70B")]
    [InlineData("Mixtral 8x7B")]
    [InlineData("Qwen3 8B")]
    [InlineData("Qwen3 32B")]
    [InlineData("Qwen3 30B-A3B")]
    [InlineData("Qwen3 235B-A22B")]
    [InlineData("Qwen3.5 397B-A17B")]
    [InlineData("DeepSeek-V3")]
    [InlineData("DeepSeek-R1")]
    [InlineData("DeepSeek-V3.1")]
    [InlineData("gpt-oss-120b")]
    [InlineData("Kimi-K2.5")]
    [InlineData("MiniMax-M2.5")]
    [InlineData("GLM-5")]
    [InlineData("GPT-3 175B")]
    public void The_architecture_of_a_model_gives_its_published_size(string name)
    {
        var model = LanguageModel.Of(_all, name);
        var sizes = ModelSizes.Of(model);
        var total =
            sizes.AttentionWeights
            + sizes.DenseWeights
            + sizes.ExpertWeights
            + sizes.OutputWeights
            + sizes.EmbeddingWeights;
        Assert.True(model.PublishedParametersBillions > 0);
        // Norms, biases, routers and prediction heads are outside the count.
        Assert.InRange(total / 1e9 / model.PublishedParametersBillions, 0.96, 1.02);
        Assert.True(model.MaxContext > 0 && model.Vocabulary > 0);
        if (model.Experts > 0)
        {
            Assert.True(model.ActiveExperts > 0 && model.ExpertFeedForward > 0, name);
            Assert.True(model.PublishedActiveBillions > 0, name);
        }
        if (model.Attention == AttentionKind.Latent)
        {
            Assert.True(model.KvLatentRank > 0 && model.RotaryHeadSize > 0, name);
        }
    }

    [Fact]
    public void Servers_name_known_chips_and_draw_more_when_busy()
    {
        foreach (var server in _all.Entries("servers"))
        {
            var chip = Accelerator.Of(_all, server.Text("accelerator"));
            double off = server.Number("power_off").Value,
                idle = server.Number("power_idle").Value,
                busy = server.Number("power_busy").Value,
                chips = server.Number("accelerators").Value;
            Assert.True(off < idle && idle < busy, server.Name);
            // Busy power of the whole server against the rated power of its chips.
            Assert.InRange(busy * 1000 / (chips * chip.BoardPower.Value), 0.95, 2.1);
            Assert.InRange(idle / busy, 0.1, 0.35);
        }
        Assert.NotNull(_all.Find("servers", "GB200 NVL72"));
    }

    [Theory]
    [InlineData("8xH100", "USD", "accelerator_board,host,server_margin", 0.15)]
    [InlineData("8xH800", "CNY", "accelerator_board,host,server_margin", 0.01)]
    [InlineData("8xA100", "USD", "accelerator_board,host,server_margin", 0.01)]
    [InlineData("8x910B", "CNY", "accelerator_board,host,server_margin", 0.01)]
    [InlineData("GB200 NVL72", "USD", "compute_trays,switch_trays,rack_power_cooling", 0.01)]
    public void Parts_of_a_server_add_up_to_its_price(
        string server,
        string currency,
        string parts,
        double tolerance
    )
    {
        var entry = _all.Entry("servers", server);
        var price = entry.Series("capex").First(c => c.Unit == currency).Value;
        var sum = parts.Split(',').Sum(p => entry.Number("capex_" + p).Value);
        Assert.InRange(sum / price, 1 - tolerance, 1 + tolerance);
    }

    [Fact]
    public void Rents_name_chip_basis_and_region_and_contracts_their_tenor()
    {
        foreach (var series in _all.Entries("rents"))
        {
            Assert.Contains(
                series.Text("basis"),
                new[] { "spot", "list", "contract", "notional", "mixed" }
            );
            Assert.NotNull(series.TextOrNull("region"));
            Assert.NotEmpty(series.Series("rent"));
            var chip = series.Text("chip");
            Assert.Contains(
                _all.Names("accelerators"),
                n =>
                    n.StartsWith(chip.Split('-')[0].Split(' ')[0], StringComparison.Ordinal)
                    || chip.StartsWith("RTX")
            );
            if (series.Text("basis") == "contract")
            {
                Assert.Equal("months", series.Number("tenor").Unit);
            }
        }
    }

    [Theory]
    [InlineData("China")]
    [InlineData("United States")]
    [InlineData("Germany")]
    public void Tax_presets_hold_rates_and_lives(string country)
    {
        var tax = _all.Entry("tax", country);
        Assert.InRange(tax.Number("corporate_rate").Value, 0.1, 0.4);
        Assert.InRange(tax.Number("vat_rate").Value, 0, 0.3);
        Assert.InRange(tax.Number("equipment_life").Value, 1, 10);
        Assert.InRange(tax.Number("building_life").Value, 15, 50);
        Assert.True(tax.Number("loss_years").Value > 0);
    }

    [Theory]
    [InlineData("CNY per USD", 6.5, 7.5)]
    [InlineData("USD per EUR", 0.95, 1.25)]
    public void Currency_rates_stand_month_by_month_without_a_gap(
        string pair,
        double low,
        double high
    )
    {
        var rates = _all.Entry("currency-rates", pair).Series("rate");
        var first = Month.Of(rates[0].ValidFrom);
        Assert.Equal(new Month(2023, 1), first);
        Assert.True(rates.Count >= 36);
        for (var i = 0; i < rates.Count; i++)
        {
            Assert.Equal(first + i, Month.Of(rates[i].ValidFrom));
            Assert.InRange(rates[i].Value, low, high);
        }
    }

    [Fact]
    public void Vouchers_and_policies_stand_with_dates()
    {
        var zhengzhou = _all.Entry("vouchers", "Zhengzhou");
        Assert.Equal(new DateOnly(2024, 5, 22), zhengzhou.Number("share").ValidFrom);
        Assert.True(_all.Names("policies").Count >= 20);
        Assert.NotEmpty(_all.Names("api-prices"));
        Assert.NotEmpty(_all.Names("tokens"));
        Assert.True(_all.Names("projects").Count >= 80);
    }

    /// <summary>Nothing known after 2025 but hardware and models, so that forecasts of 2026 can be scored.</summary>
    [Fact]
    public void Nothing_held_back_stands_in_the_catalogue()
    {
        var offending = FactCatalog
            .Shipped()
            .Facts.Where(HeldBack)
            .Where(f => f.Text.Published > _heldBack)
            .Select(f => $"{f.Place}: {f.Name} {f.Attribute} {f.Text.Value}");
        Assert.Empty(offending);
    }

    [Fact]
    public void Notes_tell_nothing_from_after_their_row_was_published()
    {
        var offending =
            from f in FactCatalog.Shipped().Facts
            where !PlanWords().IsMatch(f.Text.Note)
            from Match m in YearMonth().Matches(f.Text.Note)
            let year = int.Parse(m.Groups["year"].Value, CultureInfo.InvariantCulture)
            let month = m.Groups["month"].Success
                ? int.Parse(m.Groups["month"].Value, CultureInfo.InvariantCulture)
                : 1
            where month is >= 1 and <= 12 && new DateOnly(year, month, 1) > f.Text.Published
            select $"{f.Place}: {f.Text.Note}";
        Assert.Empty(offending);
    }

    private static bool HeldBack(CatalogFact fact) =>
        fact.Kind is not ("accelerators" or "servers" or "models")
        || fact.Attribute is "purchase_price" or "capex" or "export_rule";

    [GeneratedRegex(
        "(?<![0-9,.])(?<year>20[12][0-9])(?:-(?<month>[0-9]{2}))?(?![0-9])",
        RegexOptions.None,
        1000
    )]
    private static partial Regex YearMonth();

    [GeneratedRegex("plan|matures|by 20|due |2028F|-2[0-9]", RegexOptions.None, 1000)]
    private static partial Regex PlanWords();

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void Same(string chip, string what, string cell, Sourced<double>? fact)
    {
        if (cell.Length == 0)
        {
            Assert.True(fact is null, $"{chip}: {what} is not in the table");
            return;
        }
        Assert.True(fact is not null, $"{chip}: {what} is missing");
        Assert.Equal(Parse(cell), fact.Value);
    }
}
