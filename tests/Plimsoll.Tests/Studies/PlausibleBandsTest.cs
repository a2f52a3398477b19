using System.Globalization;
using Plimsoll.Books;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Serving.Cases;
using Plimsoll.Studies;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A number that the field has never seen is warned of with the slip that explains it, and never refused for it alone.</summary>
public sealed class PlausibleBandsTest
{
    private static InputTable Table(string kind) =>
        kind switch
        {
            "study" => StudyInputs.Table(),
            "finance" => FinanceCaseInputs.Table(),
            "market" => MarketInputs.Table(),
            "book" => BookInputs.Table(),
            _ => InferenceInputs.Table(),
        };

    private static IReadOnlyList<LocatedFinding> Found(PlausibleBands.Band band, double value)
    {
        var text = "";
        var indent = "";
        foreach (var key in band.Path.Split('.'))
        {
            var list = key.EndsWith("[]", StringComparison.Ordinal);
            text += $"{indent}{key.TrimEnd('[', ']')}:\n";
            indent = indent.Replace("- ", "  ", StringComparison.Ordinal) + (list ? "  - " : "  ");
        }
        text = text.TrimEnd('\n') + $" {value.ToString("R", CultureInfo.InvariantCulture)}\n";
        var values = new InputValues(Table(band.Kind), (InputMapping)YamlInput.Read(text, "x"));
        var found = new StudyFindings(values, "x");
        PlausibleBands.Add(values, found);
        return found.All;
    }

    [Fact]
    public void What_lies_far_outside_a_band_is_warned_of_and_what_lies_within_is_not()
    {
        Assert.NotEmpty(PlausibleBands.All);
        foreach (var band in PlausibleBands.All)
        {
            var (low, high) = (band.Usual.Low, band.Usual.High);
            Assert.Empty(Found(band, low));
            Assert.Empty(Found(band, Math.Sqrt(low * high)));
            Assert.Empty(Found(band, high));
            foreach (
                var value in new[]
                {
                    1000 * band.Usual.DoubtfulAbove * high,
                    low / (1000 * band.Usual.DoubtfulBelow),
                }
            )
            {
                var finding = Assert.Single(Found(band, value)).Finding;
                Assert.Equal("magnitude", finding.Rule);
                Assert.True(finding.IsWarning, band.Path);
            }
        }
    }

    /// <summary>Each band is of a number that its kind of file has.</summary>
    [Fact]
    public void Every_band_is_of_a_key() =>
        Assert.All(
            PlausibleBands.All,
            b =>
                Assert.Contains(
                    Table(b.Kind).Row(b.Path).Type,
                    new[] { InputType.Number, InputType.Integer }
                )
        );

    [Theory]
    [InlineData(
        "examples/finance/neocloud.yaml",
        "per_month: 5_400_000",
        "per_gpu_hour: 540",
        "costs[0].per_gpu_hour"
    )]
    [InlineData(
        "examples/finance/neocloud.yaml",
        "per_month: 5_400_000",
        "per_gpu_hour: 540",
        "Perhaps a month for an hour"
    )]
    [InlineData(
        "examples/finance/neocloud.yaml",
        "  sales:\n",
        "  resale_price: 22\n  sales:\n",
        "thousands"
    )]
    [InlineData(
        "examples/finance/neocloud.yaml",
        "  sales:\n",
        "  energy_kwh: 50\n  sales:\n",
        "energy_kwh"
    )]
    [InlineData(
        "examples/finance/neocloud.yaml",
        "terms:\n",
        "tax: { preset: China }\nterms:\n",
        "other-country"
    )]
    [InlineData(
        "examples/study/standing-centre.yaml",
        "existing_debt: 60000000",
        "existing_debt: 600000000",
        "a digit too many"
    )]
    [InlineData(
        "studies/contracted-us-2025.yaml",
        "    tenor: 60\n",
        "    tenor: 5\n",
        "years for months"
    )]
    [InlineData(
        "studies/contracted-us-2025.yaml",
        "servers: 1024\n",
        "servers: 8192\n",
        "If accelerators are meant, write 1024"
    )]
    public void A_slip_is_named(string example, string from, string to, string said)
    {
        using var folder = new TempFolder();
        var text = File.ReadAllText(Path.Combine(TestData.Repository(), example))
            .ReplaceLineEndings("\n");
        Assert.Contains(from, text, StringComparison.Ordinal);
        var check = CommandLine.Run(
            "study",
            "check",
            folder.File("x.yaml", text.Replace(from, to, StringComparison.Ordinal))
        );
        Assert.Contains(
            (check.Out + check.Error).Split('\n'),
            l =>
                l.Contains("warning: ", StringComparison.Ordinal)
                && l.Contains(said, StringComparison.Ordinal)
        );
    }
}
