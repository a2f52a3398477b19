using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Market;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Studies;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>Markets from files: what is refused, and what a file does.</summary>
public sealed class MarketFileTest
{
    private static readonly CatalogView _view = FactCatalog
        .Shipped()
        .AsOf(new DateOnly(2024, 1, 31));

    private const string Two = """
        kind: market
        name: two
        start: 2024-01
        months: 24
        draws: 12
        rents:
          start: 100_000
          reference: 85_000
        demand:
          - need: small
            servers: 40
        centres:
          - name: a
            tier: H
            servers: 60
          - name: b
            tier: H
            servers: 60
            online: 2024-07
        """;

    private static MarketFile Read(string text, string file = "market.yaml")
    {
        var root = YamlInput.Read(text, file);
        var table = MarketInputs.Table();
        var findings = new InputCheck(table, _ => [], file).Run(root);
        return findings.Count == 0
            ? MarketFileReader.Read(new InputValues(table, (InputMapping)root), file)
            : throw new InputException(findings);
    }

    private static LocatedFinding Refused(string text) =>
        Assert.Single(Assert.Throws<InputException>(() => Read(text)).Findings);

    /// <summary>A market's rents and prices are in its own money: silent it holds, and another is refused.</summary>
    [Theory]
    [InlineData("us", "", "USD", false)]
    [InlineData("china", "", "CNY", false)]
    [InlineData("none", "", "CNY", false)]
    [InlineData("none", "USD", "USD", false)]
    [InlineData("us", "USD", "USD", false)]
    [InlineData("us", "CNY", "CNY", true)]
    [InlineData("china", "USD", "USD", true)]
    [InlineData("us", "EUR", "EUR", true)]
    public void Money_follows_the_base(string market, string written, string money, bool refused)
    {
        var text = Two.Replace(
            "months: 24",
            $"months: 24\nbase: {market}" + (written.Length > 0 ? $"\ncurrency: {written}" : ""),
            StringComparison.Ordinal
        );
        Assert.Equal(money, Read(text).Currency.Code);
        var values = new InputValues(
            MarketInputs.Table(),
            (InputMapping)YamlInput.Read(text, "market.yaml")
        );
        Assert.Equal(
            refused,
            FileMagnitudes
                .Of(values, FactCatalog.Shipped(), "market.yaml")
                .Any(f => f.Finding.Rule == "other-currency")
        );
    }

    /// <summary>A month for an hour, and two prices of one month, are refused with their line.</summary>
    [Theory]
    [InlineData("2024-06,contract,12,14600", "from 0.001 to 500")]
    [InlineData("2024-06,spot,0,0.0001", "from 0.001 to 500")]
    [InlineData("2024-05,contract,12,21", "one price a month")]
    public void A_curve_is_of_hours_and_of_one_price_a_month(string row, string said)
    {
        var refused = Assert.Throws<InvalidDataException>(() =>
            PriceCurve.Parse($"date,basis,tenor,price\n2024-05,contract,12,20\n{row}\n", "c.csv")
        );
        Assert.Contains("c.csv:3:", refused.Message, StringComparison.Ordinal);
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_tier_is_refused_with_its_line()
    {
        var finding = Refused(
            Two.Replace("tier: H", "tier: X", StringComparison.Ordinal)
                .Replace("name: b\n    tier: X", "name: b\n    tier: H", StringComparison.Ordinal)
        );
        Assert.Equal(14, finding.Line);
        Assert.Equal("not-a-choice", finding.Finding.Rule);
        Assert.Contains("H, A, D", finding.Finding.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-07", "impossible-date")]
    [InlineData("2024-13", "wrong-type")]
    public void An_impossible_date_is_refused_with_its_line(string date, string rule)
    {
        var finding = Refused(Two.Replace("2024-07", date, StringComparison.Ordinal));
        Assert.Equal(19, finding.Line);
        Assert.Equal(rule, finding.Finding.Rule);
    }

    [Fact]
    public void A_demand_that_ends_before_it_begins_is_refused() =>
        Assert.Equal(
            "impossible-date",
            Refused(
                Two.Replace(
                    "servers: 40",
                    "servers: 40\n    from: 2024-06\n    until: 2024-03",
                    StringComparison.Ordinal
                )
            ).Finding.Rule
        );

    [Fact]
    public void A_market_without_supply_is_refused()
    {
        var finding = Refused(Two[..Two.IndexOf("centres:", StringComparison.Ordinal)]);
        Assert.Equal("no-supply", finding.Finding.Rule);
    }

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        var findings = Assert
            .Throws<InputException>(() =>
                Read(
                    Two.Replace("2024-07", "2030-01\n    voucher: city", StringComparison.Ordinal)
                        .Replace("name: b", "name: a", StringComparison.Ordinal)
                )
            )
            .Findings;
        Assert.Equal(
            ["duplicate-name", "impossible-date", "unknown-voucher"],
            findings.Select(f => f.Finding.Rule).Order(StringComparer.Ordinal)
        );
        Assert.All(findings, f => Assert.True(f.Line > 12));
    }

    [Fact]
    public void A_missing_price_curve_is_refused() =>
        Assert.Equal("no-such-file", Refused(Two + "\nprice_curve: nowhere.csv").Finding.Rule);

    [Theory]
    [InlineData("NaturalVacancy", "-5")]
    [InlineData("Elasticity", "1000")]
    [InlineData("Elasticity", "0.5")]
    [InlineData("BuyMonths", "0")]
    public void An_absurd_parameter_is_refused_with_its_line_and_range(string name, string value)
    {
        var finding = Refused(Two + $"\nparameters:\n  - name: {name}\n    value: {value}\n");
        Assert.Equal("out-of-range", finding.Finding.Rule);
        Assert.Equal(Two.Split('\n').Length + 3, finding.Line);
        Assert.Contains($"{name} from ", finding.Finding.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("china")]
    [InlineData("us")]
    public void Bounds_of_inputs_hold_the_belief(string market) =>
        Assert.All(
            Prior.Of(market),
            p =>
            {
                Assert.InRange(p.Low, p.Bounds.Low, p.Bounds.High);
                Assert.InRange(p.High, p.Bounds.Low, p.Bounds.High);
            }
        );

    [Fact]
    public void Nobody_signs_above_the_cost_of_buying()
    {
        const double Cost = 2_400_000;
        const double Months = 10;
        var file = Read(
            $"""
            kind: market
            name: scarce
            start: 2024-01
            months: 36
            draws: 20
            law: level
            rents: {"{ start: 100000, reference: 100000, server_price: 2400000 }"}
            parameters:
              - name: BuyMonths
                value: 10
              - name: PriceToRent
                value: 1.5
            demand:
              - need: inference
                servers: 100000
            centres:
              - name: a
                tier: H
                servers: 100
                ask: 5
            """
        );
        var result = new MarketFileRun(file, _view).Run(2);
        var most = ServerPrices.MostOverCost * Cost / Months * (1 + 1e-9);
        var rent = result.Figures.First(f => f.Name == "contract rent H");
        Assert.All(rent.High.Where(double.IsFinite), r => Assert.True(r <= most));
        Assert.True(result.Centres[0].Price <= most);
    }

    [Fact]
    public void The_number_of_threads_changes_no_figure()
    {
        var file = Read(Two);
        var one = new MarketFileRun(file, _view).Run(1);
        var four = new MarketFileRun(file, _view).Run(4);
        foreach (var (a, b) in one.Figures.Zip(four.Figures))
        {
            Assert.Equal(a.Middle, b.Middle);
            Assert.Equal(a.High, b.High);
        }
        Assert.Equal(one.Centres[0].Odds, four.Centres[0].Odds);
    }

    [Fact]
    public void Rents_follow_an_imported_curve_and_the_gap_is_told()
    {
        var curve = PriceCurve.Parse(
            "date,basis,tenor,price\n2024-01,contract,12,20\n2024-01,spot,0,3\n2025-01,contract,12,10\n",
            "curve.csv"
        );
        var file = Read(Two) with { Draws = 1 };
        var plain = new MarketFileRun(file, _view).Run(1);
        var result = new MarketFileRun(file with { Curve = curve }, _view).Run(1);
        var rent = result.Figures.First(f => f.Name == "quote H").Middle;
        Assert.Equal("contract", curve.Basis);
        Assert.InRange(rent[23], 0.95 * 10 * 5840, 1.05 * 10 * 5840);
        Assert.NotNull(result.Gap);
        var gap = result.Gap.Middle;
        var model = plain.Figures.First(f => f.Name == "contract rent H").Middle;
        var compared = Enumerable.Range(12, 12).Where(m => !double.IsNaN(model[m])).ToArray();
        Assert.NotEmpty(compared);
        Assert.All(compared, m => Assert.Equal(Math.Log(10 * 5840 / model[m]), gap[m], 6));
        Assert.Null(plain.Gap);
    }

    [Theory]
    [InlineData("2024-1,contract,12,20", "date")]
    [InlineData("2024-01,forward,12,20", "basis")]
    [InlineData("2024-01,contract,x,20", "tenor")]
    [InlineData("2024-01,contract,12,-1", "price")]
    [InlineData("2024-01,contract,12,NaN", "price")]
    public void A_bad_row_of_a_curve_is_refused_with_its_line(string row, string column)
    {
        var error = Assert.Throws<InvalidDataException>(() =>
            PriceCurve.Parse("date,basis,tenor,price\n2024-01,contract,12,9\n" + row, "curve.csv")
        );
        Assert.StartsWith($"curve.csv:3: {column}:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_is_told_as_odds_of_empty_and_fill_when_let()
    {
        var odds = FillOdds.Of([0, 0.02, 0.05, 0.7, 0.8, 0.9]);
        Assert.Equal(0.5, odds.Empty, 12);
        Assert.Equal(0.8, odds.Middle, 12);
        Assert.True(odds.Mean < odds.Low, "the mean lies between the humps, where no centre is");
        Assert.Throws<ArgumentException>(() => FillOdds.Of([]));
        Assert.True(double.IsNaN(FillOdds.Of([0]).Middle));
    }

    [Theory]
    [InlineData("two-halls.yaml")]
    [InlineData("united-states.yaml")]
    [InlineData("imported-curve.yaml")]
    public void Shipped_examples_are_sound(string name)
    {
        var path = Path.Combine(TestData.Repository(), "examples", "market", name);
        Assert.NotEmpty(Read(File.ReadAllText(path), path).Centres);
    }
}
