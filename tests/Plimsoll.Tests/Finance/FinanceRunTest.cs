using System.Text.Json;
using Plimsoll.Finance;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary><c>plimsoll finance run</c>: the shipped examples, and bad input refused with line and reason.</summary>
public sealed class FinanceRunTest
{
    private static string Example(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Plimsoll.slnx")))
        {
            folder = folder.Parent;
        }
        return Path.Combine(folder!.FullName, "examples", "finance", name);
    }

    private static JsonElement Run(string file)
    {
        var (exit, text, error) = CommandLine.Run("finance", "run", file, "--json");
        Assert.True(exit == 0, error);
        return JsonDocument.Parse(text).RootElement;
    }

    private static double Figure(JsonElement result, string key) =>
        result.GetProperty("figures").GetProperty(key).GetProperty("value").GetDouble();

    private static double Cover(JsonElement result, int month) =>
        result
            .GetProperty("tests")
            .EnumerateArray()
            .Single(t => t.GetProperty("month").GetInt32() == month)
            .GetProperty("trailing_cover")
            .GetDouble();

    [Fact]
    public void The_neocloud_example_prints_the_hand_checked_covers()
    {
        var result = Run(Example("neocloud.yaml"));
        Assert.Equal(0.867, Cover(result, 12), 0.0005);
        Assert.Equal(0.990, Cover(result, 30), 0.0005);
        Assert.Equal(1.421, Cover(result, 36), 0.0005);
        Assert.Equal(17.07e6, Figure(result, "shortfall"), 5e3);
        Assert.Equal(243e6, Figure(result, "lent"), 1);
    }

    [Fact]
    public void The_lost_tenant_example_falls_to_0_289() =>
        Assert.Equal(0.289, Cover(Run(Example("neocloud-tenant-lost.yaml")), 30), 0.0005);

    [Fact]
    public void The_break_even_example_prints_84_88_percent()
    {
        var result = Run(Example("h800-break-even.yaml"));
        Assert.Equal(0.8488, Figure(result, "break_even_occupancy_debt_service"), 0.00005);
        Assert.Equal(
            JsonValueKind.Null,
            result.GetProperty("figures").GetProperty("equity_irr").GetProperty("value").ValueKind
        );
        Assert.Equal(
            "no equity is paid in",
            result
                .GetProperty("figures")
                .GetProperty("equity_irr")
                .GetProperty("refused")
                .GetString()
        );
    }

    [Theory]
    [InlineData("gpu-loan.yaml")]
    [InlineData("henan-centre.yaml")]
    public void Every_example_runs_and_states_a_convention_beside_every_figure(string name)
    {
        var result = Run(Example(name));
        foreach (var figure in result.GetProperty("figures").EnumerateObject())
        {
            Assert.True(
                figure.Value.GetProperty("convention").GetString()!.Length > 8,
                figure.Name
            );
            var refused = figure.Value.GetProperty("refused").ValueKind != JsonValueKind.Null;
            Assert.NotEqual(
                refused,
                figure.Value.GetProperty("value").ValueKind != JsonValueKind.Null
            );
        }
        var (exit, text, _) = CommandLine.Run("finance", "run", Example(name));
        Assert.Equal(0, exit);
        Assert.Contains("Waterfall by calendar year", text);
    }

    [Fact]
    public void Out_writes_every_row_and_the_result()
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll").FullName;
        var (exit, _, _) = CommandLine.Run(
            "finance",
            "run",
            Example("gpu-loan.yaml"),
            "--out",
            folder
        );
        Assert.Equal(0, exit);
        var lines = File.ReadAllLines(Path.Combine(folder, "cashflow.csv"));
        Assert.Equal(98, lines.Length);
        Assert.All(lines, l => Assert.Equal(lines[0].Count(c => c == ','), l.Count(c => c == ',')));
        Assert.True(File.Exists(Path.Combine(folder, "result.json")));
        Assert.True(new FileInfo(Path.Combine(folder, "workbook.xlsx")).Length > 10_000);
        Directory.Delete(folder, true);
    }

    public static TheoryData<string, string, string, string> Bad =>
        new()
        {
            { "    tenor: 60\n", "    tenor: -60\n", "out-of-range", "tenor: -60" },
            { "    tenor: 60\n", "    tenor: 72\n", "months-do-not-add-up", "instalments:" },
            { "months: 61\n", "months: 49\n", "debt-longer-than-horizon", "tenor: 60" },
            {
                "      contracted: true\n",
                "      contracted: true\n      to: 36\n",
                "debt-longer-than-contract",
                "tenor: 60"
            },
            {
                "      price: 2.20\n",
                "      price: 2.20\n      currency: CNY\n",
                "mixed-currencies",
                "currency: CNY"
            },
            {
                "      - share: 0.72\n",
                "      - share: 0.62\n",
                "shares-do-not-add-up",
                "instalments:"
            },
            { "currency: USD\n", "currency: dollars\n", "not-a-currency", "currency: dollars" },
            {
                "accelerators: 3974.4\n",
                "accelerators: 8000\n",
                "more-sold-than-installed",
                "sales:"
            },
            {
                "  - name: servers\n",
                "  - name: servers\n    month: 80\n",
                "beyond-horizon",
                "month: 80"
            },
            {
                "    gearing: 0.75\n",
                "    gearing: 0.75\n    funds: halls\n",
                "unknown-name",
                "funds: halls"
            },
            {
                "  lock_up: 0\n",
                "  lock_up: 0\nwaterfall:\n  - step: sweep\n",
                "wrong-steps",
                "waterfall:"
            },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Bad_input_is_refused_with_line_and_reason(
        string from,
        string to,
        string rule,
        string on
    )
    {
        var text = File.ReadAllText(Example("neocloud.yaml"));
        Assert.Contains(from, text);
        var bad = text.Replace(from, to);
        var file = Path.Combine(Path.GetTempPath(), $"plimsoll-{rule}.yaml");
        File.WriteAllText(file, bad);
        var (exit, output, error) = CommandLine.Run("finance", "run", file);
        File.Delete(file);
        Assert.Equal(2, exit);
        Assert.Equal("", output);
        var line = error.Split('\n').Single(l => l.Contains($": {rule}: "));
        var place = int.Parse(line[(file.Length + 1)..].Split(':')[0]);
        Assert.Contains(on, bad.Split('\n')[place - 1]);
        Assert.Contains("found ", line);
        Assert.Contains("expected ", line);
    }

    [Theory]
    [InlineData("    first_payment: 1\n", "    first_payment: 0\n", "paid-before-online")]
    [InlineData("    gearing: 0.75\n", "    gearing: 0.9\n", "more-than-is-lent")]
    public void What_is_carried_out_otherwise_is_warned_of_at_its_line(
        string from,
        string to,
        string rule
    )
    {
        var text = File.ReadAllText(Example("neocloud.yaml"));
        Assert.Contains(from, text);
        using var folder = new TempFolder();
        var file = folder.In("case.yaml");
        File.WriteAllText(file, text);
        Assert.DoesNotContain(rule, CommandLine.Run("finance", "run", file).Error);
        File.WriteAllText(file, text.Replace(from, to));
        var (exit, _, error) = CommandLine.Run("finance", "run", file);
        Assert.Equal(0, exit);
        var line = error.Split('\n').Single(l => l.Contains($": {rule}: "));
        var place = int.Parse(line[(file.Length + 1)..].Split(':')[0]);
        Assert.Contains(to.Trim(), text.Replace(from, to).Split('\n')[place - 1]);
    }

    [Fact]
    public void The_order_of_the_waterfall_is_told_in_words_that_can_be_typed()
    {
        var found = FinanceCheck.Of(
            _sound with
            {
                Order = [WaterfallStep.Sweep, WaterfallStep.DebtService],
            }
        );
        var finding = Assert.Single(found);
        Assert.Equal("sweep, debt_service", finding.Found);
        Assert.Equal(
            "debt_service, debt_reserve, refresh_reserve, prepayment, sweep",
            finding.Expected
        );
    }

    [Theory]
    [InlineData(1.1, 1.2, "at most 1.1: the lock-up cover is 1.1, the covenant 1.2")]
    [InlineData(1.1, 1.5, "at most the lock-up cover of 1.1")]
    [InlineData(1.5, 1.2, "at most the covenant of 1.2")]
    public void A_default_cover_above_others_is_told_once(
        double lockUp,
        double covenant,
        string expected
    )
    {
        var finding = Assert.Single(
            FinanceCheck.Of(
                _sound with
                {
                    LockUpCover = lockUp,
                    CovenantCover = covenant,
                    DefaultCover = 1.3,
                }
            )
        );
        Assert.Equal(expected, finding.Expected);
    }

    private static readonly FinanceTerms _sound = new()
    {
        Currency = Plimsoll.Quantities.Currency.Usd,
        CapitalCosts = [],
    };

    [Fact]
    public void Debt_beyond_the_contract_is_accepted_with_consent()
    {
        var text = File.ReadAllText(Example("neocloud.yaml"))
            .Replace("      contracted: true\n", "      contracted: true\n      to: 36\n")
            .Replace("    tenor: 60\n", "    tenor: 60\n    merchant_tail: true\n");
        var file = Path.Combine(Path.GetTempPath(), "plimsoll-consent.yaml");
        File.WriteAllText(file, text);
        Assert.Equal(0, CommandLine.Run("finance", "run", file).Exit);
        File.Delete(file);
    }

    [Theory]
    [InlineData("2024-04,", "2024-05,", "missing-month", 5)]
    [InlineData("installed", "instaled", "unknown-column", 1)]
    [InlineData("2024-03,0,", "2024-03,none,", "not-a-number", 4)]
    public void A_bad_table_is_refused_with_its_own_line(
        string from,
        string to,
        string rule,
        int line
    )
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll").FullName;
        File.Copy(Example("henan-centre.yaml"), Path.Combine(folder, "case.yaml"));
        var csv = File.ReadAllText(Example("henan-centre.csv"));
        var at = csv.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(
            Path.Combine(folder, "henan-centre.csv"),
            csv[..at] + to + csv[(at + from.Length)..]
        );
        var (exit, _, error) = CommandLine.Run("finance", "run", Path.Combine(folder, "case.yaml"));
        Directory.Delete(folder, true);
        Assert.Equal(2, exit);
        Assert.Contains(
            error.Split('\n'),
            l => l.StartsWith($"henan-centre.csv:{line}:") && l.Contains($": {rule}: ")
        );
    }
}
