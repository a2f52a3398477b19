using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Reports;
using Plimsoll.Reports.Memos;
using Plimsoll.Studies;
using Plimsoll.Tests.Studies;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Files;

/// <summary>The library, called by a host of any culture, gives the same bytes as without one.</summary>
/// <remarks>The tests' own process knows no cultures, as the program; so each test that needs them runs once more in a process of the same tests that does.</remarks>
public sealed class CultureTest
{
    private const string Expected = "PLIMSOLL_EXPECTED_HASHES";

    private static readonly string[] _cultures = ["de-DE", "tr-TR", "fa-IR", "zh-CN"];

    private static bool KnowsCultures =>
        AppContext.TryGetSwitch("System.Globalization.Invariant", out var invariant) && !invariant;

    [Fact]
    public void Outputs_are_the_same_bytes_under_every_culture()
    {
        if (!KnowsCultures)
        {
            RunWithCultures(string.Join(';', Hashes()));
            return;
        }
        var expected = Environment.GetEnvironmentVariable(Expected)!.Split(';');
        Assert.Equal("1,5", 1.5.ToString(new CultureInfo("de-DE")));
        foreach (var name in _cultures)
        {
            Assert.Equal(expected, Under(name, Hashes));
        }
    }

    private static string[] Under(string name, Func<string[]> work)
    {
        var (before, all) = (CultureInfo.CurrentCulture, CultureInfo.DefaultThreadCurrentCulture);
        try
        {
            var culture = new CultureInfo(name);
            CultureInfo.DefaultThreadCurrentCulture = culture;
            CultureInfo.CurrentCulture = culture;
            var hashes = work();
            // The host's own culture is not taken from it.
            Assert.Equal(name, CultureInfo.CurrentCulture.Name);
            return hashes;
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.DefaultThreadCurrentCulture = all;
        }
    }

    private static string[] Hashes()
    {
        // The catalogue too is read under the culture.
        var catalog = FactCatalog.FromTexts(FactCatalog.ShippedFiles());
        var answer = StudyRun.Of(
            SmallStudy.Read(SmallStudy.Text),
            catalog,
            new StudySettings { Draws = 30, Threads = 2 }
        );
        using var sheets = new MemoryStream();
        Workbook.Write(
            sheets,
            answer.Result.Name,
            answer.Median.Model,
            answer.Median.Case.Outlook.Physical,
            answer.Median.Case.Cash,
            answer.Result.Assumptions,
            answer.Result.Conventions
        );
        using var paper = new MemoryStream();
        MemoFile.Write(answer.Result.MemoIn(PhraseBook.English)!, paper);
        return
        [
            $"result {Hash(ResultDocument.Of(answer.Result).ToJsonString())}",
            $"report {Hash(StudyReport.Html(answer.Result))}",
            $"workbook {Hash(sheets.ToArray())}",
            $"memo {Hash(paper.ToArray())}",
            $"finance {Hash(Finance(catalog))}",
            $"market {Hash(Market(catalog))}",
            $"findings {Hash(Findings(catalog))}",
        ];
    }

    private static string Finance(FactCatalog catalog)
    {
        var values = Values("finance/henan-centre.yaml", FinanceCaseInputs.Table(), catalog);
        var table = CsvTable.Parse(Example("finance/henan-centre.csv"), "henan-centre.csv");
        var view = catalog.AsOf(new DateOnly(2025, 12, 31));
        var finance = new FinanceCaseReader(values, view, table).Read();
        var (model, flow) = finance.Run();
        return Plimsoll.Cli.Finance.CashFlowTable.Csv(model, flow);
    }

    private static string Market(FactCatalog catalog)
    {
        var values = Values("market/imported-curve.yaml", MarketInputs.Table(), catalog);
        var market = MarketFileReader.Read(
            values,
            Path.Combine(TestData.Repository(), "examples", "market", "imported-curve.yaml")
        );
        var result = new MarketFileRun(
            market with
            {
                Draws = 20,
            },
            catalog.AsOf(new DateOnly(2025, 12, 31))
        ).Run(2);
        return string.Join(
            '\n',
            result.Figures.Select(f => f.Name + JsonValue.Create(f.Middle.Sum()).ToJsonString())
        );
    }

    private static string Findings(FactCatalog catalog)
    {
        var text = SmallStudy
            .Text.Replace("servers: 64", "servers: 1,5", StringComparison.Ordinal)
            .Replace("gearing: 0.6", "gearing: -0.25", StringComparison.Ordinal)
            .Replace("tenor: 36", "tenor: 36.5", StringComparison.Ordinal)
            .Replace(
                "fill: 0.8",
                "fill: { value: 0.8, low: 0.85, high: 0.9 }",
                StringComparison.Ordinal
            )
            .Replace("decided: 2024-03", "decided: 2024/03", StringComparison.Ordinal);
        var table = StudyInputs.Table();
        var root = YamlInput.Read(text, "small.yaml");
        var names = catalog.AsOf(new DateOnly(9999, 12, 31)).Names;
        return string.Join('\n', new InputCheck(table, names, "small.yaml").Run(root));
    }

    private static InputValues Values(string name, InputTable table, FactCatalog catalog)
    {
        var root = YamlInput.Read(Example(name), name);
        var names = catalog.AsOf(new DateOnly(9999, 12, 31)).Names;
        Assert.Empty(new InputCheck(table, names, name).Run(root));
        return new InputValues(table, (InputMapping)root);
    }

    private static string Example(string name) =>
        File.ReadAllText(Path.Combine(TestData.Repository(), "examples", name));

    private static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Runs this class in a process of its own that knows cultures.</summary>
    private static void RunWithCultures(string expected)
    {
        using var folder = new TempFolder();
        var settings = Path.Combine(AppContext.BaseDirectory, "Plimsoll.Tests.runtimeconfig.json");
        var config = JsonNode.Parse(File.ReadAllText(settings))!;
        var properties = config["runtimeOptions"]!["configProperties"]!;
        properties["System.Globalization.Invariant"] = false;
        properties["System.Globalization.PredefinedCulturesOnly"] = false;
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet"
                ? path
                : "dotnet"
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var argument in (string[])
                [
                    "exec",
                    "--runtimeconfig",
                    folder.File("with-cultures.json", config.ToJsonString()),
                    Path.Combine(AppContext.BaseDirectory, "Plimsoll.Tests.dll"),
                    "-class",
                    typeof(CultureTest).FullName!,
                    "-noColor",
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment[Expected] = expected;
        start.Environment["LC_ALL"] = "de_DE.UTF-8";
        start.Environment["TZ"] = "Asia/Tehran";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if ((output + error.Result).Contains("valid ICU package", StringComparison.Ordinal))
        {
            Assert.Skip("the machine has no library of cultures (libicu)");
        }
        Assert.True(process.ExitCode == 0, output + error.Result);
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);
    }
}
