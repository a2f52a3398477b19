using System.Text;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Jobs;
using Plimsoll.Sweeps;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Cluster.Tests.Sweeps;

/// <summary>Sweep files: what is read, what is refused, and which runs come of it.</summary>
public sealed class SweepTest
{
    private const string Axes = """
        axes:
          - path: finance.gearing
            low: 0.3
            high: 0.6
            count: 4
          - path: fleet[0].servers
            name: servers
            values: [10, 20]
        """;

    internal static Sweep Read(
        string text,
        string study = "kind: study\nname: x\n",
        bool check = false
    )
    {
        var table = SweepInputs.Table();
        var root = (InputMapping)
            YamlInput.Read("kind: sweep\nname: a sweep\n" + text, "sweep.yaml");
        var findings = new InputCheck(
            table,
            FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31)).Names,
            "sweep.yaml"
        ).Run(root);
        if (findings.Count > 0)
        {
            throw new InputException(findings);
        }
        var reader = new SweepReader(
            new InputValues(table, root),
            "sweep.yaml",
            name =>
                name == "missing.yaml"
                    ? throw new FileRefusedException(name, "no-such-file", "a file", "Check it.")
                    : new InputFile(name, Encoding.UTF8.GetBytes(study))
        );
        var sweep = reader.Read();
        if (check)
        {
            reader.Check(sweep, FactCatalog.Shipped());
        }
        return sweep;
    }

    [Fact]
    public void A_grid_runs_every_combination_the_last_axis_fastest()
    {
        var points = Read("study: a.yaml\n" + Axes).Points().ToList();
        Assert.Equal(8, points.Count);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => (long)i), points.Select(p => p.Number));
        Assert.Equal(
            ["0.3 10", "0.3 20", "0.4 10", "0.4 20", "0.5 10", "0.5 20", "0.6 10", "0.6 20"],
            points.Select(p => string.Join(' ', p.Values.Select(v => v.ToJsonString())))
        );
    }

    [Fact]
    public void A_sample_meets_every_stratum_of_every_axis_once()
    {
        var sweep = Read("study: a.yaml\ndesign: sample\npoints: 40\n" + Axes);
        var points = sweep.Points().ToList();
        var strata = points
            .Select(p => double.Parse(p.Values[0].ToJsonString()))
            .Select(g => (int)((g - 0.3) / 0.3 * 40))
            .Distinct();
        Assert.Equal(40, strata.Count());
        Assert.Equal(20, points.Count(p => p.Values[1].ToJsonString() == "10"));
    }

    [Fact]
    public void Studies_and_axes_multiply_and_no_axes_run_each_once()
    {
        var list = "studies:\n  - file: a.yaml\n  - file: b.yaml\n    name: the other\n";
        Assert.Equal(["a", "the other"], Read(list).Points().Select(p => p.Study.Name));
        Assert.Equal(16, Read(list + Axes).Runs);
    }

    [Fact]
    public void Ranges_by_ratio_and_whole_numbers()
    {
        var sweep = Read(
            "study: a.yaml\naxes:\n  - path: fleet[0].capex_per_server\n    low: 1\n    high: 100\n    count: 3\n    scale: log\n  - path: fleet[0].servers\n    low: 1\n    high: 2\n    count: 3\n    whole: true\n  - path: site.name\n    words: Zhengzhou; Ulanqab\n"
        );
        Assert.Equal(
            ["1", "10", "100"],
            Enumerable.Range(0, 3).Select(i => sweep.Axes[0].AtStep(i).ToJsonString())
        );
        Assert.Equal("2", sweep.Axes[1].AtStep(1).ToJsonString());
        Assert.Equal("Ulanqab", sweep.Axes[2].AtStep(1).GetValue<string>());
    }

    [Theory]
    [InlineData("", "neither 'study' nor 'studies'")]
    [InlineData("study: a\nstudies:\n  - file: b\n", "both 'study' and 'studies'")]
    [InlineData("study: missing.yaml\n", "missing.yaml")]
    [InlineData("study: a\naxes:\n  - path: x\n", "no values")]
    [InlineData(
        "study: a\naxes:\n  - path: x\n    values: [1]\n    low: 1\n    high: 2\n",
        "two ways"
    )]
    [InlineData("study: a\naxes:\n  - path: x\n    low: 2\n    high: 1\n", "low below high")]
    [InlineData(
        "study: a\naxes:\n  - path: x\n    low: 0\n    high: 1\n    scale: log\n",
        "0 < low < high"
    )]
    [InlineData("study: a\naxes:\n  - path: x\n    low: 3\n", "one end of a range")]
    [InlineData(
        "study: a\naxes:\n  - path: x\n    values: [1]\n  - path: x\n    values: [2]\n",
        "twice"
    )]
    [InlineData(
        "study: a\nmap_up: y\naxes:\n  - path: x\n    values: [1]\n",
        "the path of an axis"
    )]
    [InlineData("study: a\noutputs:\n  - name: fill\n    path: x\n", "a second column")]
    [InlineData(
        "study: a\naxes:\n  - path: x\n    low: 1\n    high: 2\n    count: 1000\n  - path: y\n    low: 1\n    high: 2\n    count: 1000\n  - path: z\n    values: [1, 2]\n",
        "2,000,000 runs"
    )]
    public void What_is_wrong_is_said_with_its_place(string text, string expected)
    {
        var refused = Assert.Throws<InputException>(() => Read(text));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("sweep.yaml:", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("finance.gearing", "[0.5, 1.7]", "finance.gearing = 1.7")]
    [InlineData("finance.gearin", "[0.5]", "gearin")]
    [InlineData("fleet[3].servers", "[5]", "fleet[3]")]
    public void A_value_that_a_study_does_not_take_is_found_before_the_first_run(
        string path,
        string values,
        string expected
    )
    {
        var study = File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "Data", "zhengzhou-2024.yaml")
        );
        var refused = Assert.Throws<InputException>(() =>
            Read($"study: a\naxes:\n  - path: {path}\n    values: {values}\n", study, check: true)
        );
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Contains("axes[0]", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_job_is_named_by_what_it_computes()
    {
        var engine = new EngineVersion("e", "c");
        var one = Read("study: a\n" + Axes).Job(engine).Id;
        Assert.Equal(one, Read("study: a\nexplanation: other words\n" + Axes).Job(engine).Id);
        string[] others =
        [
            Read("study: a\ndraws: 31\n" + Axes).Job(engine).Id,
            Read("study: a\nseed: 2\n" + Axes).Job(engine).Id,
            Read("study: a\n" + Axes, "kind: study\nname: y\n").Job(engine).Id,
            Read("study: a\n" + Axes).Job(engine with { Engine = "f" }).Id,
            Read("study: a\ndesign: sample\n" + Axes).Job(engine).Id,
        ];
        Assert.Equal(5, others.Append(one).Distinct().Count() - 1);
    }
}
