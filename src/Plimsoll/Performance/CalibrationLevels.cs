namespace Plimsoll.Performance;

/// <summary>The levels to which effects on the coefficients belong: what a deployment shares with others.</summary>
/// <remarks>Physics levels name hardware and engines only, so they serve models never seen; offset levels name models too. No level names a precision: what a narrower one gains is a coefficient, so that it never costs.</remarks>
public static class CalibrationLevels
{
    /// <summary>The level of every deployment.</summary>
    public const string All = "all";

    /// <summary>Levels of the physics layer, widest first.</summary>
    public static IReadOnlyList<string> Physics(Deployment d)
    {
        var engine = d.Engine.Word();
        var family = ChipFamily.Of(d.Accelerator);
        return
        [
            All,
            $"engine:{engine}",
            $"family:{family}",
            $"engine+family:{engine}|{family}",
            $"chip:{d.Accelerator.Name}",
        ];
    }

    /// <summary>Levels of how requests reach the deployment: lengths all alike, which keeps requests in step and bears on waiting only; prompts computed elsewhere.</summary>
    public static IReadOnlyList<string> Loop(Deployment d, bool fixedLengths, bool disaggregated) =>
        [
            .. fixedLengths
                ? new[] { "lengths:fixed", $"engine+lengths:{d.Engine.Word()}|fixed" }
                : [],
            .. disaggregated
                ? new[] { "split:disaggregated", $"engine+split:{d.Engine.Word()}|disaggregated" }
                : [],
        ];

    /// <summary>The level of what one run of an engine on a chip showed: never fitted on points, so that it holds for every model there.</summary>
    public static string Run(Deployment d) => $"run:{d.Engine.Word()}|{d.Accelerator.Name}";

    /// <summary>Levels of the offset layer, widest first.</summary>
    public static IReadOnlyList<string> Offsets(Deployment d)
    {
        var engine = d.Engine.Word();
        var model = d.Model.Family;
        return
        [
            $"model:{model}",
            $"engine+model:{engine}|{model}",
            $"engine+model+chip:{engine}|{model}|{d.Accelerator.Name}",
            $"version:{engine}|{Version(d)}",
            // A version measured on one family of chips says of a model's kernels on that family only.
            $"version+model:{engine}|{Version(d)}|{model}|{ChipFamily.Of(d.Accelerator)}",
        ];
    }

    private static string Version(Deployment d) =>
        d.EngineVersion.Length == 0 ? "unknown" : d.EngineVersion;

    /// <summary>Groups whose stated errors may differ in width: engine, family of chips, dense or mixture, mode, and the model where its family was measured.</summary>
    public static IReadOnlyList<string> ErrorGroups(
        Deployment d,
        bool disaggregated,
        bool knownModel
    ) =>
        [
            $"engine:{d.Engine.Word()}",
            $"family:{ChipFamily.Of(d.Accelerator)}",
            d.Model.Experts > 0 ? "kind:mixture" : "kind:dense",
            disaggregated ? "mode:disaggregated" : "mode:aggregated",
            .. knownModel ? new[] { $"model:{d.Model.MeasuredName}" } : [],
        ];

    /// <summary>The key of deployments that are left out together: model family, chip, engine, precision, accelerators, attention TP and DP, EP.</summary>
    public static string Deployment(Deployment d) => $"{d.Model.Family}|{Layout(d)}";

    private static string Layout(Deployment d) =>
        $"{d.Accelerator.Name}|{d.Engine.Word()}|{d.Precision}{(d.WeightsOnly ? " weights" : "")}|{d.Accelerators}|{d.TensorParallel}x{d.AttentionDataParallel}|ep{d.ExpertParallel}";

    /// <summary>What a model is to the law, whatever its name: two of one architecture take the same time, two of one family need not.</summary>
    internal static string Architecture(Catalog.LanguageModel m) =>
        $"{m.Family} {m.Layers}x{m.Hidden} vocabulary {m.Vocabulary} heads {m.Heads}/"
        + (m.Attention == Catalog.AttentionKind.Latent ? "latent" : $"{m.KvHeads}")
        + (
            m.Experts > 0
                ? $" experts {m.ActiveExperts}/{m.Experts}x{m.ExpertFeedForward}"
                : $" ff {m.FeedForward}"
        )
        + (m.SparseTokens > 0 ? $" sparse {m.SparseTokens}" : "");

    /// <summary>Key by which a calibration remembers a chip family.</summary>
    public static string SeenFamily(Deployment d) => $"family:{ChipFamily.Of(d.Accelerator)}";

    /// <summary>Key by which a calibration remembers a maker of chips.</summary>
    public static string SeenMaker(Deployment d) => $"maker:{d.Accelerator.Vendor}";

    /// <summary>Key by which a calibration remembers a chip.</summary>
    public static string SeenChip(Deployment d) => SeenChip(d.Accelerator);

    internal static string SeenChip(Catalog.Accelerator chip) => $"chip:{chip.Name}";

    /// <summary>Key by which a calibration remembers a model on an engine: by architecture, not by name or family.</summary>
    public static string SeenModel(Deployment d) =>
        $"model:{d.Engine.Word()}|{Architecture(d.Model)}";

    /// <summary>Key by which a calibration remembers a deployment: architecture, chip, engine, precision, accelerators, attention TP and DP, EP.</summary>
    public static string SeenDeployment(Deployment d) =>
        $"deployment:{Architecture(d.Model)}|{Layout(d)}";

    /// <summary>Key by which a calibration remembers a model family, on whichever engine.</summary>
    public static string SeenModelFamily(Deployment d) => $"model-family:{d.Model.Family}";

    /// <summary>Key by which a calibration remembers a measurement.</summary>
    public static string SeenPoint(Points.PointRow row) => $"point:{row.Key}";
}
