using System.Text.Json.Nodes;
using System.Xml.Linq;
using Parquet;
using Plimsoll.Jobs;
using Plimsoll.Sweeps;
using Plimsoll.Sweeps.Reports;
using Xunit;

namespace Plimsoll.Cluster.Tests.Sweeps;

/// <summary>Tables and reports of a sweep whose figures follow from formulas.</summary>
public sealed class SweepResultsTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-sweep").FullName;

    private readonly Sweep _sweep = SweepTest.Read(
        "study: a.yaml\naxes:\n  - path: finance.gearing\n    name: gearing\n    values: [0.1, 0.5, 0.8, 0.9]\n  - path: fleet[0].servers\n    name: servers\n    values: [10, 50, 90]\noutputs:\n  - name: words\n    path: verdict.headline\n    type: words\n  - name: no number\n    path: options[9].fill.p50\n"
    );

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(JsonObject Index, string Folder)> Run(int workers)
    {
        var token = TestContext.Current.CancellationToken;
        var runner = new FormulaRunner();
        var folder = Path.Combine(_folder, $"w{workers}");
        Directory.CreateDirectory(folder);
        await using var ledger = RunLedger.Open(Path.Combine(folder, "ledger.db"));
        await ledger.Prepare(token);
        var order = _sweep.Job(runner.Version);
        await ledger.Enter(order, _sweep.Points().Select(_sweep.Order), token);
        await Worker.Several(
            ledger,
            runner,
            new WorkerSettings
            {
                Job = order.Id,
                EndsWhenDone = true,
                Pause = TimeSpan.FromMilliseconds(20),
            },
            workers,
            token
        );
        var index = await new SweepResults(_sweep, ledger, runner.Version, folder).Write(token);
        Assert.Equal(
            ["runs-00000.parquet", "options-00000.parquet"],
            (await ledger.Parts(order.Id, token)).Select(p => p.File).OrderDescending()
        );
        return (index, folder);
    }

    [Fact]
    public async Task Parquet_holds_every_run_and_every_option()
    {
        var (index, folder) = await Run(1);
        Assert.Equal(
            (12, 9, 3),
            ((long)index["runs"]!, (long)index["done"]!, (long)index["failed"]!)
        );
        var runs = await Table(folder, "runs-00000.parquet");
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (object)(double)i), runs["run"]);
        Assert.Equal([0.1, 0.1, 0.1, 0.5], runs["gearing"].Take(4));
        Assert.Equal([10.0, 50.0, 90.0, 10.0], runs["servers"].Take(4));
        Assert.Equal(["Wait", "Build", "Build", "Wait", "Build"], runs["verdict"].Take(5));
        Assert.Equal(9e6, (double)runs["equity_npv_mean"][0]!, 1e-6);
        Assert.Equal("Failed", runs["state"][11]);
        Assert.Null(runs["equity_npv_mean"][11]);
        Assert.All(runs["no number"], Assert.Null);
        var options = await Table(folder, "options-00000.parquet");
        Assert.Equal(18, options["run"].Count);
        Assert.Equal(["as planned", "wait 12 months"], options["option"].Take(2));
    }

    [Fact]
    public async Task Workers_of_any_number_write_the_same_files()
    {
        var (_, one) = await Run(1);
        var (_, four) = await Run(4);
        foreach (var file in Directory.EnumerateFiles(one).Where(f => !f.Contains("ledger")))
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(
                    Path.Combine(four, Path.GetFileName(file)),
                    TestContext.Current.CancellationToken
                )
            );
        }
    }

    [Fact]
    public async Task Map_regret_and_frontier_say_what_the_formulas_say()
    {
        var (_, folder) = await Run(2);
        var token = TestContext.Current.CancellationToken;
        var map = await File.ReadAllLinesAsync(Path.Combine(folder, "verdict-map.csv"), token);
        Assert.Contains("0.1,10,Wait,1", map);
        Assert.Contains("0.8,90,Wait,1", map);
        Assert.Contains("0.5,50,Build,1", map);
        Assert.Equal(10, map.Length);
        // Building is worth 1e6 x servers x (1 - gearing), waiting 2e7: the regret of each by hand.
        double[] build =
        [
            .. from g in new[] { 0.1, 0.5, 0.8 }
            from s in new[] { 10, 50, 90 }
            select 1e6 * s * (1 - g),
        ];
        var regret = await File.ReadAllLinesAsync(Path.Combine(folder, "regret.csv"), token);
        var planned = regret.Single(l => l.Contains("as planned")).Split(',');
        Assert.Equal(build.Max(b => Math.Max(0, 2e7 - b)), double.Parse(planned[8]), 1e-3);
        Assert.Equal(build.Count(b => b >= 2e7) / 9.0, double.Parse(planned[4]), 1e-12);
        var wait = regret.Single(l => l.Contains("wait 12")).Split(',');
        Assert.Equal(build.Average(b => Math.Max(0, b - 2e7)), double.Parse(wait[6]), 1e-3);
        // Risk is the gearing: the best of each gearing, as long as it is worth more than any safer one.
        var frontier = await File.ReadAllLinesAsync(Path.Combine(folder, "frontier.csv"), token);
        Assert.Equal(2, frontier.Length);
        Assert.StartsWith("2,a,0.1,90,CNY,", frontier[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_is_one_sound_page_in_which_words_stay_words()
    {
        var (_, folder) = await Run(2);
        var html = await File.ReadAllTextAsync(
            Path.Combine(folder, SweepResults.Report),
            TestContext.Current.CancellationToken
        );
        var page = XDocument.Parse(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        Assert.Contains("Runs without an answer", page.Root!.Value, StringComparison.Ordinal);
        Assert.Contains("no lender <b>lends</b> that", page.Root.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        var csv = await File.ReadAllTextAsync(
            Path.Combine(folder, "runs.csv"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains(",'=cmd(),", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_plan_of_the_sweep_beats_one_on_the_frontier()
    {
        var token = TestContext.Current.CancellationToken;
        var sweep = SweepTest.Read(
            "study: a.yaml\ndesign: sample\npoints: 300\naxes:\n  - path: finance.gearing\n    low: 0.1\n    high: 0.8\n  - path: fleet[0].servers\n    low: 1\n    high: 100\n"
        );
        var runner = new FormulaRunner();
        var figures = new SweepFigures(sweep);
        foreach (var point in sweep.Points())
        {
            var result = runner.Run(sweep.Order(point), new());
            figures.Add(
                new SweepRow(
                    point,
                    new RunRecord(
                        point.Number,
                        "",
                        RunState.Done,
                        RunFault.None,
                        "",
                        "",
                        1,
                        "",
                        1,
                        null,
                        null
                    ),
                    result.Sha256,
                    JsonNode.Parse(result.Document)!.AsObject()
                )
            );
        }
        var best = figures.Frontier.Best();
        Assert.NotEmpty(best);
        foreach (var plan in figures.Frontier.All)
        {
            Assert.DoesNotContain(best, b => plan.Gain > b.Gain && plan.Risk <= b.Risk);
            Assert.True(
                best.Contains(plan) || best.Any(b => b.Gain >= plan.Gain && b.Risk <= plan.Risk)
            );
        }
        Assert.Equal(
            300,
            Enumerable
                .Range(0, figures.Map!.Columns.Count)
                .Sum(x =>
                    Enumerable
                        .Range(0, figures.Map.Rows.Count)
                        .Sum(y => figures.Map.At(x, y).Sum(v => v.Runs))
                )
        );
        await Task.CompletedTask.WaitAsync(token);
    }

    private static async Task<Dictionary<string, List<object?>>> Table(string folder, string file)
    {
        var token = TestContext.Current.CancellationToken;
        await using var stream = File.OpenRead(Path.Combine(folder, file));
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: token);
        using var group = reader.OpenRowGroupReader(0);
        var table = new Dictionary<string, List<object?>>();
        foreach (var field in reader.Schema.GetDataFields())
        {
            var rows = (int)group.RowCount;
            if (field.ClrType == typeof(double))
            {
                var values = new double?[rows];
                await group.ReadAsync<double>(field, values.AsMemory(), cancellationToken: token);
                table[field.Name] = [.. values.Select(v => (object?)v)];
            }
            else
            {
                var values = new string?[rows];
                await group.ReadAsync(field, values.AsMemory(), cancellationToken: token);
                table[field.Name] = [.. values];
            }
        }
        return table;
    }
}
