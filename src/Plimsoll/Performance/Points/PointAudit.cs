using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Performance.Points;

/// <summary>Sorts measured rows into those whose deployment is understood and those that must be left out, each with its reason.</summary>
/// <remarks>The reasons and the repairs answer known faults of the public collection; they hold for any file of its schema.</remarks>
public static class PointAudit
{
    /// <summary>Another row has the very same times.</summary>
    public const string Repeat = "exact repeat of another row";

    /// <summary>The row has another number of cells than the header, or a figure that is none.</summary>
    public const string Unreadable = "unreadable cell or wrong number of cells";

    /// <summary>Neither aggregated nor disaggregated.</summary>
    public const string UnknownMode = "mode unknown: expected agg or disagg";

    /// <summary>No engine takes so long; a unit or a digit is wrong.</summary>
    public const string Implausible = "implausible time";

    /// <summary>No weights are read and no prompt is computed so fast on such a machine.</summary>
    public const string TooFast = "faster than the machine allows: the times are in milliseconds";

    /// <summary>Prompt or answer workers are not counted, and no twin tells them.</summary>
    public const string WorkersMissing = "worker counts missing";

    /// <summary>The parallelism figures contradict each other.</summary>
    public const string LayoutUnclear = "parallelism cannot be normalised";

    /// <summary>All accelerators of a disaggregated run stand in one TP figure.</summary>
    public const string Totals = "disaggregated totals recorded as aggregated";

    /// <summary>Little's law gives another batch than the clients, the prompts and the cache explain.</summary>
    public const string BatchContradicts =
        "running batch by Little's law contradicts the concurrency";

    /// <summary>Much slower than the same configuration with more clients, or of a run in which that is common.</summary>
    public const string Contradictory = "slower than with more clients: the run contradicts itself";

    /// <summary>Faster than the same configuration by what speculative decoding gives, and not marked.</summary>
    public const string Speculative =
        "suspected speculative decoding, accepted tokens not recorded";

    /// <summary>The catalogue lacks the chip.</summary>
    public const string UnknownChip = "chip unknown to the catalogue";

    /// <summary>The catalogue lacks the model.</summary>
    public const string UnknownModel = "model unknown to the catalogue";

    /// <summary>Engine or precision word unknown.</summary>
    public const string UnknownEngine = "engine or precision unknown";

    /// <summary>The memory plan refuses the layout.</summary>
    public const string DoesNotFit = "layout does not fit the model or its memory";

    /// <summary>A time, a length or the number of clients is missing or not positive.</summary>
    public const string NotPositive = "time, length or concurrency missing or not positive";

    /// <summary>Clients are not recorded, and the first token shows that more waited than the batch says.</summary>
    public const string ClientsUnclear = "clients not recorded and first tokens show a queue";

    /// <summary>Prompt and answer are longer than the model's context window.</summary>
    public const string BeyondWindow = "prompt and answer exceed the model's context window";

    /// <summary>More accelerators share a layer than the chip's link joins.</summary>
    public const string BeyondNode = "tensor parallelism wider than the chip's node";

    /// <summary>The engine's maker numbers no version so.</summary>
    public const string NoSuchVersion = "engine version that does not exist";

    /// <summary>Measured under conditions that the row does not tell.</summary>
    public const string Unreliable =
        "four-bit rows of one harness differ up to twentyfold from their like";

    // Another harness than the closed-loop one; it sends prompts of nominal length.
    private const string _otherHarness = "aic-auto-gap-analysis";

    // The closed-loop harness draws lengths evenly from 0.8 to 1.0 of nominal.
    private const double _meanLength = 0.9;

    // A batch below this part of what clients, prompts and cache explain did not run with that many clients.
    private const double _leastBatch = 0.7;

    // Above this part of a request's time a first token tells of a queue more than of a prompt.
    private const double _queueShare = 0.3;

    // The engines' limits are not recorded; the runs set them above their clients.
    private const int _maxSequences = 4096;

    // Runs that would not fit with the usual share of memory gave the engine nearly all of it.
    private const double _tightMemory = 0.98;

    // Repeats of a run differ by percents; rounding to hundredths of a millisecond by less than this.
    private const double _rounding = 1e-3;

    // Drafts accept several tokens a step; rows of the public collection that have them are found by comparison, any other faster than its bytes is a slip.
    private const double _mostAccepted = 4;

    // Seconds beyond which a token or a first token is a slip of the pen.
    private const double _longestToken = 100;
    private const double _longestFirstToken = 86_400;

    /// <summary>Audits rows.</summary>
    /// <param name="view">Chips and models known.</param>
    /// <param name="rows">As read.</param>
    /// <returns>One per row, in order.</returns>
    public static IReadOnlyList<MeasuredPoint> Run(CatalogView view, IReadOnlyList<PointRow> rows)
    {
        var versions = new PointVersions(view);
        var points = rows.Select(row => Resolve(view, versions, row)).ToArray();
        MarkRepeats(points);
        ContradictoryRuns.Mark(points);
        var speculative = SpeculativeCampaigns.Find(points);
        for (var i = 0; i < points.Length; i++)
        {
            var p = points[i];
            if (p.IsResolved && p.Deployment is { } d)
            {
                points[i] =
                    speculative.Contains(SpeculativeCampaigns.Of(p))
                        ? p with
                        {
                            Unresolved = Speculative,
                        }
                    : Contradicts(p, d) ? p with { Unresolved = BatchContradicts }
                    : p;
            }
        }
        return points;
    }

    /// <summary>Reasons and how many rows each leaves out, most frequent first.</summary>
    public static IReadOnlyList<(string Reason, int Count)> Reasons(
        IEnumerable<MeasuredPoint> points
    ) =>
        [
            .. points
                .Where(p => !p.IsResolved)
                .GroupBy(p => p.Unresolved, StringComparer.Ordinal)
                .Select(g => (g.Key, g.Count()))
                .OrderByDescending(g => g.Item2)
                .ThenBy(g => g.Key, StringComparer.Ordinal),
        ];

    private static MeasuredPoint Resolve(CatalogView view, PointVersions versions, PointRow row)
    {
        var point = new MeasuredPoint { Row = row };
        MeasuredPoint Refuse(string reason, string found = "") =>
            point with
            {
                Unresolved = reason,
                Found = found,
            };
        if (row.Fault.Length > 0)
        {
            return Refuse(Unreadable);
        }
        if (
            row.Mode.ToUpperInvariant()
            is not ("" or "AGG" or "AGGREGATED" or "DISAGG" or "DISAGGREGATED")
        )
        {
            return Refuse(UnknownMode, $"found '{row.Mode}'");
        }
        var chip = PublishedNames.Chip(view, row.System);
        var model = PublishedNames.Model(view, row.ModelPath);
        if (chip is null || model is null)
        {
            return chip is null
                ? Refuse(UnknownChip, Unknown(row.System, view.Names(Accelerator.Kind)))
                : Refuse(UnknownModel, Unknown(row.ModelPath, view.Names(LanguageModel.Kind)));
        }
        if (
            !ServingEngines.TryParse(row.Engine, out var engine)
            || !WeightFormat.Precisions.Contains(row.Precision)
        )
        {
            return Refuse(
                UnknownEngine,
                $"found {row.Engine} in {row.Precision}; expected {string.Join(", ", ServingEngines.Words)}, in {string.Join(", ", WeightFormat.Precisions)}"
            );
        }
        if (
            row.Source.Length == 0
            && versions.Fault(engine, row.EngineVersion) is { Length: > 0 } fault
        )
        {
            return Refuse(NoSuchVersion, fault);
        }
        if (
            !(row.TimeToFirstToken > 0)
            || !(row.TimePerOutputToken > 0)
            || row.InputTokens < 1
            || row.OutputTokens < 2
        )
        {
            return Refuse(
                NotPositive,
                $"found isl {row.InputTokens}, osl {row.OutputTokens}, silicon_ttft_ms {Milliseconds(row.TimeToFirstToken)}, silicon_tpot_ms {Milliseconds(row.TimePerOutputToken)}; expected 1, 2 and a time or more"
            );
        }
        if (row.TimePerOutputToken > _longestToken || row.TimeToFirstToken > _longestFirstToken)
        {
            return Refuse(
                Implausible,
                $"found silicon_ttft_ms {Milliseconds(row.TimeToFirstToken)}, silicon_tpot_ms {Milliseconds(row.TimePerOutputToken)}; expected at most {_longestFirstToken} and {_longestToken} seconds"
            );
        }
        if (
            row.ModelPath.StartsWith("nvidia/", StringComparison.Ordinal)
            && row.ModelPath.EndsWith("-NVFP4", StringComparison.Ordinal)
        )
        {
            return Refuse(Unreliable);
        }
        var window = LanguageModel.Of(view, model).MaxContext;
        if (window > 0 && row.InputTokens + row.OutputTokens > window)
        {
            return Refuse(
                BeyondWindow,
                $"found {row.InputTokens} + {row.OutputTokens} tokens; expected at most {window}"
            );
        }
        // Rows of a user's own are as he writes them; those of the public collection were drawn by its harness.
        var collected = row.Source.Length > 0;
        var drawn =
            row.Lengths.Length > 0
                ? row.Lengths == "nominal"
                : collected && !row.Source.Contains(_otherHarness, StringComparison.Ordinal);
        var length = drawn ? _meanLength : 1;
        // The closed-loop harness serves quantised weights with an FP8 cache.
        var cache = collected && drawn && row.Precision is "fp8" or "fp4" ? "fp8" : "";
        Deployment On(ServingLayout layout)
        {
            var plain = new Deployment
            {
                Accelerator = Accelerator.Of(view, chip),
                Model = LanguageModel.Of(view, model),
                Engine = engine,
                EngineVersion = row.EngineVersion,
                Precision = row.Precision,
                TensorParallel = layout.TensorParallel,
                PipelineParallel = layout.PipelineParallel,
                AttentionDataParallel = layout.AttentionDataParallel,
                ExpertParallel = layout.ExpertParallel,
                MaxSequences = _maxSequences,
                KvPrecision = cache,
            };
            // Whoever measures so many clients gives the engine the memory for them.
            var plan = MemoryPlan.Of(plain);
            var needed =
                (row.Concurrency ?? 0)
                * (long)plan.Sequence.Tokens(row.InputTokens + (row.OutputTokens / 2));
            return plan.KvCapacityTokens >= needed
                ? plain
                : plain with
                {
                    MemoryUtilisation = _tightMemory,
                };
        }
        var resolved = row.Disaggregated
            ? Disaggregated(point, length, On)
            : Aggregated(point, length, On);
        return collected ? WithinReach(resolved) : WithinReach(WithinNode(resolved));
    }

    private static string Milliseconds(double seconds) =>
        double.IsNaN(seconds)
            ? "nothing"
            : (1000 * seconds).ToString("G4", CultureInfo.InvariantCulture);

    private static string Unknown(string found, IReadOnlyCollection<string> known)
    {
        var near = NearestName.Several(found[(found.LastIndexOf('/') + 1)..], known, 3);
        return $"found '{found}'; expected a name as in the catalogue"
            + (near.Count > 0 ? $", nearest {string.Join(", ", near)}" : "");
    }

    /// <summary>Leaves out a user's own row whose layers are shared by more accelerators than the chip's link joins. Rows of the public collection have repairs of their own.</summary>
    private static MeasuredPoint WithinNode(MeasuredPoint point)
    {
        var wide = new[]
        {
            ("tp_size", point.Deployment),
            ("prefill_tp_size", point.Disaggregated?.Prefill),
            ("decode_tp_size", point.Disaggregated?.Decode),
        }.FirstOrDefault(p => p.Item2 is { } d && d.TensorParallel > d.EffectiveScaleUpDomain);
        return wide.Item2 is not { } beyond
            ? point
            : point with
            {
                Unresolved = BeyondNode,
                Found =
                    $"found {wide.Item1} {beyond.TensorParallel}; expected at most the {beyond.EffectiveScaleUpDomain} that the link of {beyond.Accelerator.Name} joins",
                Deployment = null,
                Disaggregated = null,
            };
    }

    /// <summary>What mends a row that is left out for a reason, or why nothing does.</summary>
    /// <param name="reason">One of the reasons of this class.</param>
    public static string Remedy(string reason) =>
        reason switch
        {
            Repeat => "Take one of the two away.",
            Unreadable => "Give as many cells as the header has, and plain numbers.",
            UnknownMode => "Write agg or disagg, or leave the cell empty for agg.",
            Implausible or TooFast => "Give silicon_ttft_ms and silicon_tpot_ms in milliseconds.",
            WorkersMissing => "Give prefill_num_workers and decode_num_workers.",
            LayoutUnclear =>
                "Give tp_size, attention_dp_size and moe_ep_size so that experts are dealt out over the accelerators of a stage: moe_tp_size x moe_ep_size = tp_size x attention_dp_size.",
            Totals => "Give the layout of one worker, not the total of all.",
            BeyondNode =>
                "Give accelerators of one server as tp_size and further servers as pp_size or attention_dp_size.",
            NoSuchVersion =>
                "Give backend_version as the engine prints it, or leave the cell empty where it is not known.",
            BatchContradicts or ClientsUnclear =>
                "Give under concurrency the requests that were really inside at once.",
            Contradictory or Speculative or Unreliable =>
                "Measure it again, or leave it out: nothing in the row can be mended.",
            UnknownChip or UnknownModel => "Write the name as 'plimsoll catalog list' has it.",
            UnknownEngine => "Write engine and precision as expected.",
            DoesNotFit => "Give the layout and the precision in which it was served.",
            NotPositive => "Fill the cells that are missing.",
            BeyondWindow => "Give the lengths that were served.",
            _ => "",
        };

    /// <summary>Leaves out a row that is faster than its machine reads the weights.</summary>
    private static MeasuredPoint WithinReach(MeasuredPoint point)
    {
        if (!point.IsResolved)
        {
            return point;
        }
        var (prompts, answers) = (
            point.Deployment ?? point.Disaggregated!.Prefill,
            point.Deployment ?? point.Disaggregated!.Decode
        );
        var drafts = point.Row.Source.Length > 0 ? _mostAccepted : 1;
        var first = Least(prompts) / drafts;
        var token = Least(answers) / drafts;
        return point.Row.TimePerOutputToken >= token && point.Row.TimeToFirstToken >= first
            ? point
            : point with
            {
                Unresolved = TooFast,
                Found =
                    $"found silicon_ttft_ms {Milliseconds(point.Row.TimeToFirstToken)}, silicon_tpot_ms {Milliseconds(point.Row.TimePerOutputToken)}; expected at least {Milliseconds(Math.Max(first, token))}, in which the weights are read once",
                Deployment = null,
                Disaggregated = null,
            };
    }

    /// <summary>Seconds of the fastest step: one sequence, no cache.</summary>
    private static double Least(Deployment deployment) =>
        new StepLaw(
            StepTerms.Of(deployment),
            LawCoefficients.Prior,
            deployment.Accelerators,
            MemoryPlan.Of(deployment).KvCapacityTokens,
            PredictionError.Prior
        ).LeastSeconds(1, 0);

    private static MeasuredPoint Aggregated(
        MeasuredPoint point,
        double length,
        Func<ServingLayout, Deployment> on
    )
    {
        var row = point.Row;
        if (ServingLayout.Of(row.Layout) is not { } layout)
        {
            return point with { Unresolved = LayoutUnclear };
        }
        var deployment = on(Mixture(layout, on));
        // No engine runs one TP group over a rack; such rows carry the total of many workers.
        if (layout.TensorParallel > 8 && row.Layout.ExpertTensor == row.Layout.Tensor)
        {
            return point with { Unresolved = Totals };
        }
        var clients =
            row.Concurrency ?? row.BatchSize * Math.Max(1, layout.AttentionDataParallel) ?? 0;
        if (clients < 1)
        {
            return point with { Unresolved = NotPositive };
        }
        var load = Load(row, clients, length);
        var waiting =
            row.TimeToFirstToken
            / (row.TimeToFirstToken + (row.OutputTokens * row.TimePerOutputToken));
        if (row.Concurrency is null && waiting > _queueShare)
        {
            return point with { Unresolved = ClientsUnclear };
        }
        return Fits(deployment, load)
            ? point with
            {
                Deployment = deployment,
                Load = load,
            }
            : point with
            {
                Unresolved = DoesNotFit,
                Found = Why(deployment, load),
            };
    }

    private static string Why(Deployment deployment, in ClosedLoopLoad load) =>
        DeploymentCheck.Of(deployment, InputPath.Root) is [var first, ..]
            ? $"found {first.Found}; expected {first.Expected}"
            : $"found {load.InputTokens + load.OutputTokens:0} tokens a request; expected at most the {MemoryPlan.Of(deployment).KvCapacityTokens} that the cache holds";

    private static MeasuredPoint Disaggregated(
        MeasuredPoint point,
        double length,
        Func<ServingLayout, Deployment> on
    )
    {
        var row = point.Row;
        if (row.PromptWorkers is not > 0 || row.AnswerWorkers is not > 0)
        {
            return point with { Unresolved = WorkersMissing };
        }
        if (
            ServingLayout.Of(row.PromptLayout) is not { } prompt
            || ServingLayout.Of(row.AnswerLayout) is not { } answer
        )
        {
            return point with { Unresolved = LayoutUnclear };
        }
        if (row.Concurrency is not { } clients)
        {
            return point with { Unresolved = NotPositive };
        }
        var load = Load(row, clients, length);
        var workers = new DisaggregatedDeployment(
            on(Mixture(prompt, on)),
            row.PromptWorkers.Value,
            on(Mixture(answer, on)),
            row.AnswerWorkers.Value
        );
        return Fits(workers.Prefill, load) && Fits(workers.Decode, load)
            ? point with
            {
                Disaggregated = workers,
                Load = load,
            }
            : point with
            {
                Unresolved = DoesNotFit,
            };
    }

    // Dense models have no experts, whatever the file says.
    private static ServingLayout Mixture(
        ServingLayout layout,
        Func<ServingLayout, Deployment> on
    ) => on(layout).Model.Experts == 0 ? layout with { ExpertParallel = 1 } : layout;

    private static ClosedLoopLoad Load(PointRow row, int clients, double length) =>
        new(clients, row.InputTokens * length, row.OutputTokens * length)
        {
            FixedLengths = length == 1 && row.Lengths != "varied",
        };

    private static bool Fits(Deployment deployment, in ClosedLoopLoad load) =>
        DeploymentCheck.Of(deployment, InputPath.Root).Count == 0
        && MemoryPlan.Of(deployment) is var plan
        && plan.Sequence.Tokens(load.InputTokens + load.OutputTokens)
            <= plan.KvCapacityTokens / (double)deployment.AttentionDataParallel;

    // Of rows with the same two times the best documented stays; rows that are not understood repeat none. One of the files rounds to hundredths of a millisecond.
    private static void MarkRepeats(MeasuredPoint[] points)
    {
        foreach (
            var like in Enumerable
                .Range(0, points.Length)
                .Where(i =>
                    points[i].Unresolved
                        is not (
                            Unreadable
                            or UnknownMode
                            or UnknownChip
                            or UnknownModel
                            or UnknownEngine
                            or NotPositive
                            or Implausible
                            or TooFast
                        )
                )
                .GroupBy(i =>
                    (
                        points[i].Row.Engine,
                        points[i].Row.System,
                        points[i].Row.Disaggregated,
                        points[i].Row.InputTokens,
                        points[i].Row.OutputTokens,
                        points[i].Row.Concurrency
                    )
                )
        )
        {
            var kept = new List<int>();
            foreach (var i in like.OrderByDescending(i => Documented(points[i])).ThenBy(i => i))
            {
                if (kept.Exists(k => SameTimes(points[k].Row, points[i].Row)))
                {
                    points[i] = points[i] with { Unresolved = Repeat };
                }
                else
                {
                    kept.Add(i);
                }
            }
        }
    }

    private static bool SameTimes(PointRow a, PointRow b) =>
        Math.Abs((a.TimeToFirstToken / b.TimeToFirstToken) - 1) < _rounding
        && Math.Abs((a.TimePerOutputToken / b.TimePerOutputToken) - 1) < _rounding;

    private static int Documented(MeasuredPoint p) =>
        (p.IsResolved ? 100 : 0)
        + (p.Row.Disaggregated && p.Row.PromptWorkers > 0 ? 10 : 0)
        + (p.Row.EngineVersion.Length > 0 ? 4 : 0)
        + (p.Row.Layout.AttentionData > 0 ? 2 : 0)
        + (p.Row.Layout.ExpertTensor == p.Row.Layout.Expert && p.Row.Layout.Expert > 1 ? 0 : 1);

    private static bool Contradicts(MeasuredPoint point, Deployment deployment)
    {
        // The assumed law with every client's prompt before the own one: the longest first token that bunching explains.
        var bunched = LawCoefficients.Prior with
        {
            BurstShare = 2,
            PromptInterference = 0.5,
        };
        var plan = MemoryPlan.Of(deployment);
        var law = new StepLaw(
            StepTerms.Of(deployment),
            bunched,
            deployment.Accelerators,
            plan.KvCapacityTokens,
            PredictionError.Prior,
            plan.Sequence
        );
        var settled = ClosedLoop.Settle(law, EngineLimits.Of(deployment), point.Load);
        return point.LittleBatch < _leastBatch * settled.Running;
    }
}
