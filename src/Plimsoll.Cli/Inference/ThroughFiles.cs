using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Performance.Fitting;
using Plimsoll.Performance.Points;
using Plimsoll.Serving.Cases;
using Plimsoll.Yaml;

namespace Plimsoll.Cli.Inference;

/// <summary>Predicts measured points as a user would: each row is written as a YAML file of kind inference and read through the same door.</summary>
internal sealed class ThroughFiles
{
    private const string _file = "point.yaml";
    private readonly FactCatalog _catalog = FactCatalog.Shipped();
    private readonly ConcurrentDictionary<FitPoint, (InputValues Values, CatalogView View)> _read =
        new();

    /// <summary>Predicts a point.</summary>
    /// <exception cref="InputException">The door refuses the file.</exception>
    /// <exception cref="ArgumentException">A request exceeds the cache.</exception>
    public (double PerToken, double FirstToken) Predict(FitPoint point, Calibration calibration)
    {
        var (values, view) = _read.GetOrAdd(point, p => Read(p.Point));
        var steady =
            InferenceReader.Read(values, view, _file, calibration: calibration).Steady()
            ?? throw new ArgumentException("A request exceeds the cache.", nameof(point));
        return (Math.Log(steady.TimePerOutputToken), Math.Log(steady.TimeToFirstToken));
    }

    /// <summary>The points with those marked unresolved that the door refuses.</summary>
    public IReadOnlyList<MeasuredPoint> Admitted(
        IReadOnlyList<MeasuredPoint> audited,
        Calibration calibration
    ) =>
        [
            .. audited.Select(point =>
            {
                if (!point.IsResolved)
                {
                    return point;
                }
                try
                {
                    Predict(new FitPoint(point), calibration);
                    return point;
                }
                catch (InputException e)
                {
                    return point with
                    {
                        Unresolved = "through its file: " + e.Findings[0].Finding.Rule,
                    };
                }
                catch (ArgumentException)
                {
                    return point with
                    {
                        Unresolved = "through its file: a request exceeds the cache",
                    };
                }
            }),
        ];

    private (InputValues Values, CatalogView View) Read(MeasuredPoint point)
    {
        var root = YamlInput.Read(Yaml(point), _file);
        var table = InferenceInputs.Table();
        var everything = _catalog.AsOf(new DateOnly(9999, 12, 31));
        var findings = new InputCheck(table, everything.Names, _file).Run(root);
        if (findings.Count > 0)
        {
            throw new InputException(findings);
        }
        var values = new InputValues(table, (InputMapping)root);
        return (
            values,
            values.MonthOrNull("as_of") is { } month ? _catalog.AsOf(month) : everything
        );
    }

    /// <summary>A point as a file of kind inference.</summary>
    public static string Yaml(MeasuredPoint point)
    {
        var d = point.Deployment ?? point.Disaggregated!.Prefill;
        var text = new StringBuilder();
        void Line(FormattableString line) =>
            text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"kind: inference");
        Line($"name: \"{point.Row.Id}\"");
        Line($"model: \"{d.Model.Name}\"");
        Line($"accelerator: \"{d.Accelerator.Name}\"");
        Line($"engine: {d.Engine.Word()}");
        if (d.EngineVersion.Length > 0)
        {
            Line($"engine_version: \"{d.EngineVersion}\"");
        }
        else if (point.Row.Measured is { } day)
        {
            // The newest version of that month stands for one that is not recorded.
            Line($"as_of: {day:yyyy-MM}");
        }
        Line($"precision: {d.Precision}");
        if (d.KvPrecision.Length > 0)
        {
            Line($"kv_precision: {d.KvPrecision}");
        }
        Line($"layout:");
        Worker(d, Line);
        Line($"  pipeline_parallel: {d.PipelineParallel}");
        if (point.Disaggregated is { } split)
        {
            Line($"  replicas: {split.PrefillWorkers}");
            Line($"disaggregation:");
            Worker(split.Decode, Line);
            Line($"  decode_replicas: {split.DecodeWorkers}");
            Line($"  transfer_latency: 0");
            Line(
                $"  transfer_bandwidth: {d.FabricGigabytesPerSecond / MemoryPlan.CacheShare(d) * d.PipelineParallel}"
            );
        }
        Line($"limits:");
        Line($"  max_sequences: {d.MaxSequences}");
        Line($"  tokens_per_step: {d.MaxBatchedTokens}");
        Line($"  memory_utilisation: {d.MemoryUtilisation}");
        var spread = point.Load.FixedLengths ? 0 : 0.06;
        Line($"workload:");
        Line($"  closed_loop: {point.Load.Concurrency}");
        Line($"  requests: {10 * point.Load.Concurrency}");
        Line($"  clients:");
        Line($"    - name: loop");
        Line($"      rate: 1");
        Line($"      input_tokens: {point.Load.InputTokens}");
        Line($"      input_cv: {spread}");
        Line($"      output_tokens: {point.Load.OutputTokens}");
        Line($"      output_cv: {spread}");
        Line($"      lengths: normal");
        return text.ToString();
    }

    private static void Worker(Deployment d, Action<FormattableString> line)
    {
        line($"  tensor_parallel: {d.TensorParallel}");
        line($"  attention_data_parallel: {d.AttentionDataParallel}");
        line($"  expert_parallel: {d.ExpertParallel}");
    }
}
