using CsCheck;
using Plimsoll.Catalog;
using Plimsoll.Cli;
using Plimsoll.Cli.Voucher;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Market.VoucherDesign;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>Vouchers tried in a small market.</summary>
public sealed class VoucherDesignTest
{
    private static readonly string _example = Path.Combine(
        TestData.Repository(),
        "examples",
        "voucher",
        "province.yaml"
    );

    private static readonly VoucherFile _file = Read(_example) with
    {
        FaceValues = [0.2, 0.4],
        Budgets = [0, 5e6, 20e6, 80e6],
    };

    private static VoucherFile Read(string path)
    {
        var file = VoucherCommand.Read(InputFiles.Read(path, "voucher"), path, out _);
        return file with { Market = file.Market with { Draws = 120 } };
    }

    private static VoucherRun Run(VoucherFile file) =>
        new(file, FactCatalog.Shipped().AsOf(file.Market.Start.LastDay));

    private static readonly Lazy<VoucherResult> _result = new(() => Run(_file).Run(2));

    [Theory]
    [InlineData(0.3, 0, 1e6)]
    [InlineData(0, 1e8, 1e6)]
    [InlineData(0.3, 1e8, 0)]
    public void A_voucher_of_nothing_changes_nothing_in_any_draw(
        double face,
        double budget,
        double cap
    )
    {
        var run = Run(_file with { CapPerUser = cap });
        var without = run.Uses(_file.Market, 2);
        var with = run.Uses(run.With(face, budget), 2);
        for (var d = 0; d < without.Length; d++)
        {
            Assert.Equal(without[d].Used, with[d].Used);
            Assert.Equal(without[d].RentsHere, with[d].RentsHere);
            Assert.Equal(0, with[d].Paid);
            Assert.Equal(without[d].LetByMonth, with[d].LetByMonth);
        }
    }

    [Fact]
    public void Money_paid_never_exceeds_the_budget_of_a_year_nor_a_voucher_its_face_or_cap()
    {
        var run = Run(_file);
        var market = run.With(0.4, 20e6);
        var view = FactCatalog.Shipped().AsOf(_file.Market.Start.LastDay);
        var engine = new ContractEngine();
        var paid = 0.0;
        for (var draw = 0; draw < 60; draw++)
        {
            var record = engine.Run(new MarketFileRun(market, view).Plain(draw), true);
            foreach (var year in record.Contracts.GroupBy(c => (_file.Market.Start + c.Begin).Year))
            {
                Assert.True(year.Sum(c => c.Voucher) <= 20e6 * (1 + 1e-9));
            }
            Assert.All(
                record.Contracts,
                c => Assert.InRange(c.Voucher, 0, _file.CapPerUser * (1 + 1e-9))
            );
            // Only where the scheme holds, and only from its month on.
            Assert.All(
                record.Contracts.Where(c => c.Voucher > 0),
                c =>
                {
                    Assert.Equal("Inland", record.Centres[c.Centre].Name);
                    Assert.True(c.Begin >= _file.From);
                }
            );
            paid += record.Contracts.Sum(c => c.Voucher);
        }
        Assert.True(paid > 0);
        Assert.All(_result.Value.Schemes, s => Assert.InRange(s.MostPaidOfBudget, 0, 1 + 1e-9));
    }

    /// <summary>What is called forth follows what is paid: a cap that leaves a thousandth of the face value adds hardly an hour.</summary>
    [Fact]
    public void A_tighter_cap_adds_no_more_hours()
    {
        var without = Run(_file).Uses(_file.Market, 2).Sum(u => u.Used);
        var added = new List<double>();
        foreach (var cap in new[] { 100, 1e5, 1e6, double.PositiveInfinity })
        {
            var run = Run(_file with { CapPerUser = cap });
            added.Add(run.Uses(run.With(0.4, 1e9), 2).Sum(u => u.Used) - without);
        }
        Assert.True(added[^1] > 0);
        Assert.InRange(added[0], -0.1 * added[^1], 0.1 * added[^1]);
        Assert.InRange(added[1], added[0] - (0.1 * added[^1]), added[^1]);
        Assert.InRange(added[2], added[1] - (0.1 * added[^1]), added[^1] * 1.1);
    }

    [Fact]
    public void Only_those_who_may_use_them_do()
    {
        var run = Run(_file with { Needs = [Need.Small] });
        var view = FactCatalog.Shipped().AsOf(_file.Market.Start.LastDay);
        var engine = new ContractEngine();
        var used = 0;
        for (var draw = 0; draw < 40; draw++)
        {
            var world = new MarketFileRun(run.With(0.4, 80e6), view).Plain(draw);
            var vouchered = engine.Run(world, true).Contracts.Where(c => c.Voucher > 0).ToList();
            Assert.All(vouchered, c => Assert.Equal(Need.Small, c.Need));
            used += vouchered.Count;
        }
        Assert.True(used > 0);
    }

    /// <summary>In the range called saturated the money set aside for an added hour neither falls nor is flat.</summary>
    [Fact]
    public void Where_a_scheme_is_saturated_an_added_hour_costs_more_with_every_budget()
    {
        var saturated = 0;
        foreach (var face in _result.Value.Schemes.GroupBy(s => s.Face))
        {
            SchemeResult? before = null;
            foreach (var scheme in face)
            {
                if (scheme.Saturated)
                {
                    saturated++;
                    Assert.True(
                        scheme.Added <= 0
                            || scheme.Budget / scheme.Added > before!.Budget / before.Added
                    );
                }
                before = scheme;
            }
        }
        Assert.True(saturated > 0);
    }

    /// <summary>Draw by draw beside the budget before it, within what 120 draws can tell.</summary>
    [Fact]
    public void One_voucher_more_never_lowers_used_hours_in_expectation()
    {
        var run = Run(_file);
        foreach (var face in _file.FaceValues)
        {
            double[]? before = null;
            foreach (var budget in _file.Budgets)
            {
                double[] used = [.. run.Uses(run.With(face, budget), 2).Select(u => u.Used)];
                if (before is not null)
                {
                    double[] more = [.. used.Zip(before, (a, b) => a - b)];
                    var mean = more.Average();
                    var error = Math.Sqrt(
                        more.Sum(x => (x - mean) * (x - mean)) / (more.Length - 1) / more.Length
                    );
                    Assert.True(mean >= -3 * error, $"{face} {budget}: {mean} {error}");
                }
                before = used;
            }
        }
    }

    [Fact]
    public void What_a_voucher_calls_forth_rises_with_face_and_budget() =>
        Gen.Select(Gen.Double[1, 1e4], Gen.Double[0.01, 0.9], Gen.Double[0, 1e9], Gen.Double[0, 1])
            .Sample(
                (wanted, face, budget, pass) =>
                {
                    double Added(double f, double b) =>
                        Vouchers.Added(wanted, 1e5, f, b, -0.8, pass);
                    return Added(face, budget) >= 0
                        && Added(face, budget * 1.5) >= Added(face, budget) - 1e-9
                        && Added(Math.Min(0.95, face * 1.05), budget) >= Added(face, budget) - 1e-9;
                },
                iter: 2000
            );

    [Fact]
    public void Threads_change_no_figure()
    {
        var small = _file with { FaceValues = [0.4], Budgets = [0, 20e6] };
        Assert.Equal(
            Run(small).Run(1, cancellation: TestContext.Current.CancellationToken).Schemes,
            Run(small).Run(2, cancellation: TestContext.Current.CancellationToken).Schemes
        );
    }

    [Fact]
    public void The_best_lies_within_the_limit_and_beside_it_stand_the_other_forms()
    {
        var result = _result.Value;
        if (result.Best is { } best)
        {
            Assert.True(best.Budget <= _file.Limit);
            Assert.True(best.Added > 2 * best.AddedError);
            double Worth(SchemeResult s) => (s.Added * result.HourWorth) - s.Paid;
            Assert.True(best.PerHour <= result.HourWorth);
            Assert.All(
                result.Schemes.Where(s => s.PerHour <= result.HourWorth && s.Budget <= _file.Limit),
                s => Assert.True(Worth(s) <= Worth(best))
            );
            Assert.InRange(best.PerHour, best.PerHourLow, best.PerHourHigh);
        }
        foreach (
            var form in (SupportForm[])
                [SupportForm.OnUse, SupportForm.OnBuild, SupportForm.OnBuildWithClawback]
        )
        {
            var found = Assert.Single(result.Forms, f => f.Form == form);
            Assert.InRange(
                found.Paid,
                form == SupportForm.OnBuildWithClawback ? 0 : 0.98 * result.Money,
                1.02 * result.Money
            );
        }
    }

    [Fact]
    public void No_scheme_is_advised_whose_hours_cost_more_than_they_are_worth()
    {
        var small = _file with { FaceValues = [0.4], Budgets = [0, 80e6] };
        var free = Run(small with { HourWorth = 1e6 })
            .Run(2, cancellation: TestContext.Current.CancellationToken);
        Assert.NotNull(free.Best);
        var dear = Run(small with { HourWorth = 0.9 * free.Cheapest!.PerHour })
            .Run(2, cancellation: TestContext.Current.CancellationToken);
        Assert.Null(dear.Best);
        Assert.Equal(free.Cheapest.PerHour, dear.Cheapest!.PerHour);
        Assert.Contains(VoucherWords.Best(dear), p => p.Key == "voucher.best.dear");
        Assert.True(free.Rent > 0);
    }

    [Fact]
    public void What_the_limit_allows_is_tried()
    {
        using var folder = new TempFolder();
        File.Copy(
            Path.Combine(Path.GetDirectoryName(_example)!, "two-halls.yaml"),
            folder.In("two-halls.yaml")
        );
        var path = folder.File(
            "v.yaml",
            File.ReadAllText(_example)
                .Replace("limit: 80_000_000", "limit: 1_000_000", StringComparison.Ordinal)
        );
        Assert.Equal([0, 1e6, 5e6, 20e6, 80e6, 320e6], Read(path).Budgets);
    }

    [Fact]
    public void That_others_than_small_tenants_add_nothing_is_said_to_be_assumed()
    {
        var result = Run(
                _file with
                {
                    Needs = [Need.Inference],
                    FaceValues = [0.4],
                    Budgets = [0, 20e6],
                }
            )
            .Run(2, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains(VoucherWords.Best(result), p => p.Key == "voucher.assumed.none");
    }

    [Fact]
    public void The_command_answers_in_both_languages_and_finds_what_is_wrong_with_its_place()
    {
        using var folder = new TempFolder();
        File.Copy(
            Path.Combine(Path.GetDirectoryName(_example)!, "two-halls.yaml"),
            folder.In("two-halls.yaml")
        );
        var text = File.ReadAllText(_example)
            .Replace("draws: 400", "draws: 20", StringComparison.Ordinal)
            .Replace(
                "[5_000_000, 20_000_000, 80_000_000, 320_000_000]",
                "[20_000_000]",
                StringComparison.Ordinal
            )
            .Replace("[0.1, 0.2, 0.4]", "[0.2]", StringComparison.Ordinal);
        var sound = folder.File("v.yaml", text);
        foreach (var language in (string[])["en", "zh"])
        {
            var (exit, output, error) = CommandLine.Run("voucher", sound, "--language", language);
            Assert.Equal((0, ""), (exit, error));
            Assert.DoesNotContain("{", output, StringComparison.Ordinal);
        }
        var wrong = folder.File(
            "w.yaml",
            text.Replace("- name: Inland", "- name: Inlnd", StringComparison.Ordinal)
                .Replace("from: 2024-10", "from: 2031-10", StringComparison.Ordinal)
        );
        var check = CommandLine.Run("study", "check", wrong);
        Assert.Equal(2, check.Exit);
        Assert.Contains("w.yaml:7:", check.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'Inland'", check.Error, StringComparison.Ordinal);
        Assert.Contains("outside-the-market", check.Error, StringComparison.Ordinal);
        var national = folder.File(
            "n.yaml",
            text.Replace("two-halls.yaml", "china.yaml", StringComparison.Ordinal)
        );
        folder.File(
            "china.yaml",
            File.ReadAllText(folder.In("two-halls.yaml"))
                .Replace("start: 2024-01", "start: 2024-01\nbase: china", StringComparison.Ordinal)
        );
        Assert.Contains(
            "national-market",
            CommandLine.Run("study", "check", national).Error,
            StringComparison.Ordinal
        );
    }
}
