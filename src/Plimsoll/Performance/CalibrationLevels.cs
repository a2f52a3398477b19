namespace Plimsoll.Performance;

/// <summary>The levels to which effects on the coefficients belong: what a deployment shares with others.</summary>
/// <remarks>Physics levels name hardware, engine and precision only, so they serve models never seen; offset levels name models and versions.</remarks>
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
            $"precision:{d.Precision}",
            $"family+precision:{family}|{d.Precision}",
            $"chip:{d.Accelerator.Name}",
        ];
    }

    /// <summary>Levels of the offset layer, widest first.</summary>
    public static IReadOnlyList<string> Offsets(Deployment d)
    {
        var engine = d.Engine.Word();
        var model = d.Model.Family;
        var version = d.EngineVersion.Length == 0 ? "unknown" : d.EngineVersion;
        return
        [
            $"model:{model}",
            $"engine+model:{engine}|{model}",
            $"engine+model+chip:{engine}|{model}|{d.Accelerator.Name}",
            $"version:{engine}|{version}",
            $"version+model:{engine}|{version}|{model}",
        ];
    }

    /// <summary>The key under which a deployment counts as known: model family, chip, engine, precision, accelerators, attention TP and DP, EP.</summary>
    public static string Deployment(Deployment d) =>
        $"{Served(d)}|{d.Precision}|{d.Accelerators}|{d.TensorParallel}x{d.AttentionDataParallel}|ep{d.ExpertParallel}";

    /// <summary>The key of model family, chip and engine.</summary>
    public static string Served(Deployment d) =>
        $"{d.Model.Family}|{d.Accelerator.Name}|{d.Engine.Word()}";
}
