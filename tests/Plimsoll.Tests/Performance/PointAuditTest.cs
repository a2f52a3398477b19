using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Performance.Fitting;
using Plimsoll.Performance.Points;
using Xunit;

namespace Plimsoll.Tests.Performance;

public sealed class PointAuditTest
{
    private const string _header =
        "id,silicon_data_source,backend,backend_version,model_path,system,precision,mode,isl,osl,batch_size,tp_size,pp_size,attention_dp_size,moe_tp_size,moe_ep_size,"
        + "prefill_num_workers,prefill_tp_size,prefill_moe_tp_size,prefill_moe_ep_size,decode_num_workers,decode_tp_size,decode_moe_tp_size,decode_moe_ep_size,silicon_ttft_ms,silicon_tpot_ms\n";

    private static string Row(
        string id = "a",
        string model = "meta-llama/Llama-3.1-8B-Instruct",
        string system = "h100_sxm",
        string engine = "vllm",
        string mode = "agg",
        int clients = 16,
        int isl = 1000,
        int osl = 500,
        string layout = "1,1,1,1,1",
        string workers = ",,,,,,,",
        string ttft = "80",
        string tpot = "9",
        string precision = "bf16",
        string source = ""
    ) =>
        $"{id},{(source.Length > 0 ? source : $"silicon_concurrency={clients}; measured=2026-01-02")},{engine},1.0,{model},{system},{precision},{mode},{isl},{osl},{clients},{layout},{workers},{ttft},{tpot}\n";

    private static IReadOnlyList<MeasuredPoint> Audit(params string[] rows) =>
        PointAudit.Run(
            Served.View,
            PointRow.Read(CsvTable.ParseUneven(_header + string.Concat(rows), "points.csv"))
        );

    private static MeasuredPoint One(string row) => Assert.Single(Audit(row));

    [Fact]
    public void A_sound_row_is_used_with_lengths_as_they_were_drawn()
    {
        var p = One(Row());
        Assert.Equal("", p.Unresolved);
        Assert.Equal(900, p.Load.InputTokens);
        Assert.Equal(16, p.Load.Concurrency);
        // Little's law: 16 x 450 x 9 / (80 + 450 x 9).
        Assert.Equal(16.0 * 450 * 9 / (80 + (450 * 9)), p.LittleBatch, 1e-9);
    }

    private const string _own =
        "backend,backend_version,model_path,system,precision,isl,osl,concurrency,tp_size,silicon_ttft_ms,silicon_tpot_ms,lengths,measured\n";

    private static IReadOnlyList<MeasuredPoint> Own(params string[] rows) =>
        PointAudit.Run(
            Served.View,
            PointRow.Read(CsvTable.ParseUneven(_own + string.Join('\n', rows), "own.csv"))
        );

    private static string OwnRow(
        string clients = "8",
        string times = "292,10.96",
        string lengths = "",
        string measured = "",
        string chip = "h100_sxm"
    ) =>
        $"vllm,0.19.0,meta-llama/Llama-3.3-70B-Instruct,{chip},fp8,1000,500,{clients},4,{times},{lengths},{measured}";

    [Theory]
    [InlineData("", 1000, true)]
    [InlineData("fixed", 1000, true)]
    [InlineData("varied", 1000, false)]
    [InlineData("nominal", 900, false)]
    public void Lengths_of_one_s_own_are_taken_as_written(
        string lengths,
        double tokens,
        bool isFixed
    )
    {
        var load = Assert.Single(Own(OwnRow(lengths: lengths))).Load;
        Assert.Equal((tokens, isFixed), (load.InputTokens, load.FixedLengths));
    }

    [Fact]
    public void A_row_in_seconds_is_named_and_the_good_ones_stay()
    {
        var points = Own(
            OwnRow("1", "142,10.12"),
            OwnRow("4", "224,10.48"),
            OwnRow("8"),
            OwnRow("8", "0.292,0.01096"),
            OwnRow("16", "0.388,11.92")
        );
        Assert.Equal(
            ["", "", "", PointAudit.TooFast, PointAudit.TooFast],
            points.Select(p => p.Unresolved).ToArray()
        );
        Assert.Contains(
            "silicon_tpot_ms 0.01096; expected at least 5",
            points[3].Found,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_reason_says_what_was_found_and_a_row_its_day()
    {
        var points = Own(
            OwnRow(chip: "8xH100"),
            OwnRow(measured: "2026-02-03"),
            OwnRow(measured: "May")
        );
        Assert.Contains("found '8xH100'", points[0].Found, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 2, 3), points[1].Row.Measured);
        Assert.Contains("measured: found 'May'", points[2].Row.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.19.0", "8", "")]
    [InlineData("0.25.1rc2", "8", "")]
    [InlineData("", "8", "")]
    [InlineData("9.9", "8", PointAudit.NoSuchVersion)]
    [InlineData("0.190", "8", PointAudit.NoSuchVersion)]
    [InlineData("the newest", "8", PointAudit.NoSuchVersion)]
    [InlineData("0.19.0", "16", PointAudit.BeyondNode)]
    public void A_node_and_a_version_that_cannot_be_are_told_with_what_mends_them(
        string version,
        string width,
        string reason
    )
    {
        var row =
            $"vllm,{version},meta-llama/Llama-3.3-70B-Instruct,h100_sxm,fp8,1000,500,8,{width},292,10.96,,";
        var point = Assert.Single(Own(row));
        Assert.Equal(reason, point.Unresolved);
        Assert.Equal(reason.Length > 0, PointAudit.Remedy(point.Unresolved).Length > 0);
        using var folder = new Files.TempFolder();
        var (exit, _, error) = Cli.CommandLine.Run(
            "inference",
            "calibrate",
            "--points",
            folder.File(
                "own.csv",
                _own + OwnRow() + "\n" + row.Replace("292", "294", StringComparison.Ordinal)
            ),
            "--out",
            folder.In("out.csv")
        );
        Assert.Equal(0, exit);
        Assert.Equal(
            reason.Length > 0,
            error.Contains($"own.csv:3: line 3: {reason} (found ", StringComparison.Ordinal)
        );
        Assert.Contains(PointAudit.Remedy(reason), error, StringComparison.Ordinal);
    }

    /// <summary>Every reason has something that mends it, or says that nothing does.</summary>
    [Fact]
    public void Every_reason_has_a_remedy() =>
        Assert.All(
            typeof(PointAudit)
                .GetFields()
                .Where(f => f.IsLiteral)
                .Select(f => (string)f.GetRawConstantValue()!),
            reason => Assert.NotEqual("", PointAudit.Remedy(reason))
        );

    [Fact]
    public void Each_kind_of_unusable_row_has_its_reason()
    {
        Assert.Equal(PointAudit.UnknownChip, One(Row(system: "abacus")).Unresolved);
        Assert.Equal(PointAudit.UnknownModel, One(Row(model: "nobody/nothing-1b")).Unresolved);
        Assert.Equal(PointAudit.UnknownEngine, One(Row(engine: "pencil")).Unresolved);
        Assert.Equal(PointAudit.UnknownEngine, One(Row(precision: "fp3")).Unresolved);
        Assert.Equal(PointAudit.NotPositive, One(Row(ttft: "")).Unresolved);
        Assert.Equal(PointAudit.NotPositive, One(Row(tpot: "0")).Unresolved);
        Assert.Equal(PointAudit.BeyondWindow, One(Row(isl: 131_000, osl: 1000)).Unresolved);
        Assert.Equal(
            PointAudit.DoesNotFit,
            One(Row(model: "meta-llama/Llama-3.1-405B")).Unresolved
        );
        Assert.Equal(
            PointAudit.WorkersMissing,
            One(Row(mode: "disagg", workers: ",1,1,1,,1,1,1")).Unresolved
        );
        Assert.Equal(
            PointAudit.LayoutUnclear,
            One(
                Row(model: "deepseek-ai/DeepSeek-R1", precision: "fp8", layout: "8,1,1,3,5")
            ).Unresolved
        );
        Assert.Equal(
            PointAudit.BatchContradicts,
            One(Row(clients: 512, ttft: "40000", tpot: "9")).Unresolved
        );
        Assert.Equal(
            PointAudit.ClientsUnclear,
            One(Row(source: "somewhere", ttft: "40000", tpot: "30")).Unresolved
        );
        Assert.Equal(
            PointAudit.Totals,
            One(
                Row(
                    model: "deepseek-ai/DeepSeek-R1",
                    system: "gb200",
                    precision: "fp4",
                    layout: "16,1,1,16,1"
                )
            ).Unresolved
        );
    }

    [Fact]
    public void Of_two_rows_with_the_same_times_one_counts()
    {
        var points = Audit(Row("a"), Row("b"), Row("c", ttft: "81"));
        Assert.Equal(["", PointAudit.Repeat, ""], points.Select(p => p.Unresolved).ToArray());
    }

    [Fact]
    public void A_row_that_cannot_be_read_is_left_out_and_the_others_stay()
    {
        var points = Audit(
            Row("a"),
            Row("b", ttft: "soon"),
            "c,too,short\n",
            Row("d", tpot: "11", layout: "1e300,1,1,1,1"),
            Row("e", clients: 32, tpot: "11")
        );
        Assert.Equal(
            ["", PointAudit.Unreadable, PointAudit.Unreadable, PointAudit.Unreadable, ""],
            points.Select(p => p.Unresolved).ToArray()
        );
        Assert.Contains(
            "silicon_ttft_ms: found 'soon'",
            points[1].Row.Fault,
            StringComparison.Ordinal
        );
        Assert.Equal(4, points[2].Row.Line);
        Assert.Throws<InvalidDataException>(() =>
            PointRow.Read(CsvTable.ParseUneven("id,mode\na,agg\n", "points.csv"))
        );
    }

    [Fact]
    public void Unknown_modes_and_absurd_times_are_left_out()
    {
        Assert.Equal(PointAudit.UnknownMode, One(Row(mode: "sideways")).Unresolved);
        Assert.Equal(PointAudit.Implausible, One(Row(tpot: "100001")).Unresolved);
        Assert.Equal(PointAudit.Implausible, One(Row(ttft: "86400001")).Unresolved);
    }

    [Fact]
    public void A_row_of_an_unknown_model_repeats_no_other()
    {
        var points = Audit(Row("a"), Row("b", model: "nobody/nothing-1b"));
        Assert.Equal(["", PointAudit.UnknownModel], points.Select(p => p.Unresolved).ToArray());
    }

    [Fact]
    public void Parallelism_written_squared_is_undone()
    {
        var p = One(
            Row(
                model: "deepseek-ai/DeepSeek-R1",
                system: "h200_sxm",
                precision: "fp8",
                layout: "8,1,8,8,8",
                tpot: "20"
            )
        );
        Assert.Equal("", p.Unresolved);
        Assert.Equal(8, p.Deployment!.Accelerators);
        Assert.Equal(8, p.Deployment.ExpertParallel);
        Assert.Equal(8, p.Deployment.AttentionDataParallel);
    }

    [Theory]
    [InlineData("H100-SXM5-80GB", "H100 SXM5")]
    [InlineData("NVIDIA H200-SXM5-141GB", "H200 SXM")]
    [InlineData("nvidia_h20", "H20 SXM")]
    [InlineData("gb200_nvl72", "GB200 NVL72 (per GPU)")]
    [InlineData("AMD Instinct MI300X 192GB HBM3", "MI300X")]
    [InlineData("a100_sxm4_80gb", "A100 SXM 80GB")]
    [InlineData("ascend_910c", "Ascend 910C")]
    [InlineData("abacus", null)]
    public void Chips_in_other_spellings_are_found(string word, string? expected) =>
        Assert.Equal(expected, PublishedNames.Chip(Served.View, word));

    [Theory]
    [InlineData("Qwen/Qwen3-8B-FP8", "Qwen3 8B")]
    [InlineData("meta-llama/Meta-Llama-3.1-70B-Instruct", "Llama-3.1 70B")]
    [InlineData("Qwen/Qwen3-30B-A3B-Instruct-2507", "Qwen3 30B-A3B")]
    [InlineData("openai/gpt-oss-120b", "gpt-oss-120b")]
    [InlineData("nobody/nothing-1b", null)]
    public void Models_in_other_spellings_are_found(string word, string? expected) =>
        Assert.Equal(expected, PublishedNames.Model(Served.View, word));

    [Theory]
    [InlineData("TensorRT-LLM", ServingEngine.TensorRtLlm)]
    [InlineData("dynamo-trt", ServingEngine.TensorRtLlm)]
    [InlineData("SGLang", ServingEngine.Sglang)]
    [InlineData("vLLM", ServingEngine.Vllm)]
    public void Engines_in_other_spellings_are_found(string word, ServingEngine expected)
    {
        Assert.True(ServingEngines.TryParse(word, out var engine));
        Assert.Equal(expected, engine);
        Assert.False(ServingEngines.TryParse("pencil", out _));
    }

    [Fact]
    public void A_chip_and_a_model_never_fitted_are_predicted_all_the_same()
    {
        var calibration = Calibration.Of(Served.View);
        var validation = Validation.Run(
            Audit(
                Row("a", system: "Ascend 910C", model: "Qwen/Qwen3-8B"),
                Row("b", system: "Ascend 910C", model: "Qwen/Qwen3-8B", clients: 32)
            ),
            calibration,
            false
        );
        Assert.Equal(2, validation.Overall!.Count);
        Assert.All(validation.Points, p => Assert.False(p.OutOfFold || p.InSample));
        Assert.Equal(Novelty.ChipWithoutData, validation.Points[0].Error.Novelty);
        Assert.True(double.IsFinite(validation.Overall.TimePerOutputToken.Median));
    }

    [Fact]
    public void Points_that_were_fitted_on_say_so()
    {
        var points = Audit(Row("a"), Row("b", clients: 32, tpot: "11"));
        var own = CalibrationFit.Run([.. points.Select(p => new FitPoint(p))], 3);
        var validation = Validation.Run(points, own, false);
        Assert.All(validation.Points, p => Assert.True(p.InSample));
        var other = Validation.Run(Audit(Row("c", clients: 64, tpot: "14")), own, false);
        Assert.All(other.Points, p => Assert.False(p.InSample));
        // More clients than any point had: the deployment is known, the load is not.
        Assert.True(other.Points[0].Error.Extrapolates);
        Assert.Equal(Novelty.NewDeployment, other.Points[0].Error.Novelty);
        var within = Validation.Run(Audit(Row("c", clients: 24, tpot: "10")), own, false);
        Assert.Equal(Novelty.KnownDeployment, within.Points[0].Error.Novelty);
    }

    [Fact]
    public void A_profile_moves_predictions_towards_the_user_s_own_points()
    {
        var points = Audit(
                Row("a", clients: 1, tpot: "14"),
                Row("b", clients: 16, tpot: "18"),
                Row("c", clients: 64, tpot: "26")
            )
            .Select(p => new FitPoint(p))
            .ToList();
        var shipped = Calibration.Of(Served.View);
        var own = CalibrationFit.Run(points, 3, shipped);
        double Error(Calibration c) =>
            points.Average(p => Math.Abs(p.LogPerToken - p.Predict(p.Coefficients(c)).PerToken));
        Assert.True(Error(own) < 0.6 * Error(shipped), $"{Error(own)} {Error(shipped)}");
        var read = CalibrationFile.Read(
            CsvTable.Parse(CalibrationFile.ToCsv(own, new DateOnly(2026, 1, 2)), "profile.csv"),
            3
        );
        Assert.Equal(Error(own), Error(read), 1e-3);
    }
}
