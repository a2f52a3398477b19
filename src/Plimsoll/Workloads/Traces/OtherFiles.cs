namespace Plimsoll.Workloads.Traces;

/// <summary>Files of the trade that are no traces of requests: named for what they are, with what to do, so that none is misread.</summary>
internal static class OtherFiles
{
    /// <summary>What a table is, by its columns; null when unknown.</summary>
    public static string? Of(TraceHeader header)
    {
        if (header.Has("num_prefill_tokens", "num_decode_tokens") && header.Find("arrived_at") < 0)
        {
            return "lengths in the columns of vidur without arrived_at, so without times; add that column, or write clients with these lengths and a rate";
        }
        if (
            header.Has("job_name", "inst_num", "status")
            || header.Has("job_name", "inst_id", "status")
            || header.Has("worker_name", "inst_name", "status")
            || header.Has("job_name", "task_name", "inst_name")
            || header.Has("machine", "gpu_type", "cap_gpu")
        )
        {
            return "a table of the PAI cluster trace, which describes training jobs, not requests";
        }
        if (
            header.Find("billedcost", "effectivecost", "listcost", "contractedcost") >= 0
            && header.Find("chargeperiodstart", "billingperiodstart", "chargecategory") >= 0
        )
        {
            return "a FOCUS bill, which holds costs by period, not requests; its hours and prices belong into a study";
        }
        if (
            Array.Exists(
                header.Names,
                n =>
                    n.StartsWith("dcgm_fi_", StringComparison.Ordinal)
                    || n.StartsWith("utilization.gpu", StringComparison.Ordinal)
                    || n.StartsWith("power.draw", StringComparison.Ordinal)
            )
        )
        {
            return DcgmWords;
        }
        if (header.Has("request_num_prefill_tokens", "request_e2e_time"))
        {
            return "the request metrics that vidur writes, which are results, not arrivals";
        }
        return null;
    }

    /// <summary>What a text is, by its first line; null when unknown.</summary>
    public static string? Of(string line)
    {
        if (line.StartsWith("# HELP", StringComparison.Ordinal) || Sample(line))
        {
            return line.Contains("DCGM_", StringComparison.Ordinal) ? DcgmWords
                : line.Contains("vllm:", StringComparison.Ordinal)
                || line.Contains("sglang:", StringComparison.Ordinal)
                    ? "a Prometheus dump of an engine's counters, which sums requests up and does not list them; use its request log or the result of its benchmark"
                : "a Prometheus dump, which holds counters, not requests";
        }
        if (
            line.StartsWith("#Entity", StringComparison.Ordinal)
            || line.StartsWith("# Entity", StringComparison.Ordinal)
            || line.StartsWith("# gpu", StringComparison.Ordinal)
        )
        {
            return DcgmWords;
        }
        return null;
    }

    private const string DcgmWords =
        "GPU counters as DCGM or nvidia-smi writes them, which hold use and power, not requests";

    /// <summary>A line such as <c>name{label="x"} 1.5</c>.</summary>
    private static bool Sample(string line)
    {
        var brace = line.IndexOf('{', StringComparison.Ordinal);
        return brace > 0
            && line.IndexOf('}', StringComparison.Ordinal) > brace
            && line[..brace].All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ':');
    }
}
