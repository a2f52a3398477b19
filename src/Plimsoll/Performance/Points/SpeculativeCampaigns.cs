namespace Plimsoll.Performance.Points;

/// <summary>Finds campaigns of measurements that are faster than the same configurations on other days by as much as speculative decoding gives.</summary>
/// <remarks>A campaign is one engine and version, model family, chip and precision on one day. Accepted tokens are an input, so such points may not be fitted as chip speed.</remarks>
public static class SpeculativeCampaigns
{
    // Draft heads of the DeepSeek kind accept 1.5 to 2.3 tokens a step; version changes alone give up to 1.35.
    private const double _suspiciousRatio = 1.45;

    // Campaigns found by hand: 1.5 to 2.3 times faster than a week before on the same images.
    private static readonly HashSet<string> _known = new(StringComparer.Ordinal)
    {
        "trtllm|deepseek|1.1.0rc2.post2|2026-01-14",
        "trtllm|deepseek|1.1.0rc2.post2|2026-01-28",
        "trtllm|deepseek|1.2.0rc6.post3|2026-02-05",
        "trtllm|deepseek|1.2.0rc6.post3|2026-02-06",
    };

    /// <summary>The campaign of a point.</summary>
    public static string Of(MeasuredPoint point)
    {
        var d = point.Served!;
        return $"{d.Engine.Word()}|{d.Model.Family}|{d.Accelerator.Name}|{d.Precision}|{d.EngineVersion}|{point.Row.Measured:yyyy-MM-dd}";
    }

    /// <summary>The campaigns suspected.</summary>
    public static HashSet<string> Find(IEnumerable<MeasuredPoint> points)
    {
        var resolved = points.Where(p => p.IsResolved && p.Deployment is not null).ToList();
        var suspects = new HashSet<string>(
            resolved.Where(IsKnown).Select(Of),
            StringComparer.Ordinal
        );
        var ratios = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        foreach (var same in resolved.GroupBy(Configuration, StringComparer.Ordinal))
        {
            foreach (var point in same)
            {
                var others = same.Where(o => Of(o) != Of(point) && !suspects.Contains(Of(o)))
                    .Select(o => o.Row.TimePerOutputToken)
                    .Order()
                    .ToList();
                if (others.Count == 0)
                {
                    continue;
                }
                if (!ratios.TryGetValue(Of(point), out var list))
                {
                    ratios[Of(point)] = list = [];
                }
                list.Add(others[others.Count / 2] / point.Row.TimePerOutputToken);
            }
        }
        foreach (var (campaign, list) in ratios.Where(r => r.Value.Count >= 3))
        {
            list.Sort();
            if (list[list.Count / 2] > _suspiciousRatio)
            {
                suspects.Add(campaign);
            }
        }
        return suspects;
    }

    private static bool IsKnown(MeasuredPoint p) =>
        p.Served!.Model.Family.StartsWith("deepseek", StringComparison.Ordinal)
        && _known.Contains(
            $"{p.Served.Engine.Word()}|deepseek|{p.Row.EngineVersion}|{p.Row.Measured:yyyy-MM-dd}"
        );

    private static string Configuration(MeasuredPoint p) =>
        CalibrationLevels.Deployment(p.Deployment!) + "|" + p.Load;
}
