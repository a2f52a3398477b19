using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Workloads;
using Plimsoll.Workloads.Mixtures;
using Plimsoll.Workloads.Traces;

namespace Plimsoll.Serving.Cases;

/// <summary>Makes a case of a checked inference file, and refuses what cannot run before it runs.</summary>
public sealed class InferenceReader
{
    private static readonly string[] _origins = ["trace", "mixture", "clients"];
    private readonly InputValues _values;
    private readonly CatalogView _view;
    private readonly StudyFolder _folder;
    private LanguageModel? _model;

    /// <summary>Stands for a model that the view does not know; the case is refused before it is used.</summary>
    private static readonly LanguageModel _unknown = new()
    {
        Name = "",
        Family = "",
        Layers = 1,
        Hidden = 1,
        Heads = 1,
        KvHeads = 1,
        HeadSize = 1,
        FeedForward = 1,
        Vocabulary = 1,
    };
    private readonly List<Finding> _findings = [];

    private InferenceReader(InputValues values, CatalogView view, StudyFolder folder)
    {
        _values = values;
        _view = view;
        _folder = folder;
    }

    /// <summary>Reads a case.</summary>
    /// <param name="values">The checked file.</param>
    /// <param name="view">The catalogue as of the file's month, if it names one.</param>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="folder">Where the files that it names are looked for; its own folder when left out.</param>
    /// <exception cref="InputException">The installation or its workload is impossible: all reasons with their lines.</exception>
    public static InferenceCase Read(
        InputValues values,
        CatalogView view,
        string file,
        StudyFolder? folder = null
    )
    {
        var reader = new InferenceReader(values, view, folder ?? StudyFolder.Of(file));
        var result = reader.Case();
        return reader._findings.Count == 0
            ? result!
            : throw new InputException([
                .. reader
                    ._findings.Select(f =>
                    {
                        var (line, column) = values.Place(f.Path);
                        return new LocatedFinding(file, line, column, f);
                    })
                    .OrderBy(f => f.Line),
            ]);
    }

    private InferenceCase? Case()
    {
        if (Model() is not { } model)
        {
            return null;
        }
        _model = model;
        if (
            _view.Find(Accelerator.Kind, _values.Text("accelerator")) is null
            || (
                _values.TextOrNull("model") is { } named
                && _view.Find(LanguageModel.Kind, named) is null
            )
        )
        {
            _findings.Add(
                new Finding(
                    new InputPath("as_of"),
                    "not-yet-known",
                    $"{_values.TextOrNull("model")} on {_values.Text("accelerator")} in {_view.AsOf:yyyy-MM}",
                    "a month in which both were published",
                    "Name a later month, or an older model or chip."
                )
            );
            return null;
        }
        var split = _values.Has("disaggregation");
        var deployment = Deployment(_values.Section("layout"), "layout");
        var decode = split ? Deployment(_values.Section("disaggregation"), "disaggregation") : null;
        var workload = Workload();
        if (_findings.Count > 0)
        {
            return null;
        }
        var law = StepLaw.Of(_view, deployment, split);
        var decodeLaw = decode is null ? null : StepLaw.Of(_view, decode, true);
        var config = Config(deployment, decode);
        foreach (var finding in ServingConfigCheck.Findings(config, new InputPath("limits")))
        {
            _findings.Add(finding);
        }
        CheckCapacity(law, config, deployment);
        return new InferenceCase
        {
            Name = _values.Text("name"),
            View = _view,
            Deployment = deployment,
            DecodeDeployment = decode,
            Law = law,
            DecodeLaw = decodeLaw,
            Config = config,
            Workload = workload!,
            Percentile = _values.Number("promise.percentile") / 100,
            Search = Search(),
            Size = Size(deployment),
        };
    }

    /// <summary>The model of the catalogue or of its own file; null when neither can be had, with the reason noted.</summary>
    private LanguageModel? Model()
    {
        var (name, file) = (_values.TextOrNull("model"), _values.TextOrNull("model_file"));
        if ((name is null) == (file is null))
        {
            Refuse(
                "model",
                "model",
                name is null ? "no model" : "model and model_file",
                "one of model and model_file",
                "Name a model of the catalogue, or the config.json of another."
            );
            return null;
        }
        if (name is not null)
        {
            // Not yet known on the day: told with the chip below.
            return _view.Find(LanguageModel.Kind, name) is null
                ? _unknown
                : LanguageModel.Of(_view, name);
        }
        try
        {
            return HuggingFaceConfig.Read(
                _folder.Read(file!, HuggingFaceConfig.MostBytes).Bytes,
                file!
            );
        }
        catch (FileRefusedException refusal)
        {
            _findings.Add(refusal.At(new InputPath("model_file")));
            return null;
        }
        catch (InvalidDataException e)
        {
            Refuse(
                "model_file",
                "config",
                e.Message,
                "the config.json of a language model",
                "Take the file published beside the weights."
            );
            return null;
        }
    }

    private Deployment Deployment(InputValues layout, string section)
    {
        var limits = _values.Section("limits");
        var isDecode = section == "disaggregation";
        var result = new Deployment
        {
            Accelerator = Accelerator.Of(_view, _values.Text("accelerator")),
            Model = _model!,
            Engine = (ServingEngine)
                Array.IndexOf([.. ServingEngines.Words], _values.Text("engine")),
            Precision = _values.Text("precision"),
            KvPrecision = _values.TextOrNull("kv_precision") ?? "",
            TensorParallel = layout.Integer("tensor_parallel"),
            PipelineParallel = isDecode ? 1 : layout.Integer("pipeline_parallel"),
            AttentionDataParallel = layout.Integer("attention_data_parallel"),
            ExpertParallel = layout.Integer("expert_parallel"),
            MaxSequences = limits.Integer("max_sequences"),
            MaxBatchedTokens = limits.Integer("tokens_per_step"),
            MemoryUtilisation = limits.Number("memory_utilisation"),
        };
        if (_values.Has("size") && !_values.Has("layout") && !isDecode)
        {
            result = Smallest(result);
        }
        _findings.AddRange(
            DeploymentCheck
                .Of(result, new InputPath(section))
                .Select(f => f with { Path = PathOf(f.Path.Text, section) })
        );
        return result;
    }

    /// <summary>The smallest layout that holds the model, to begin with where the layout is what is asked; the given one when none does.</summary>
    private static Deployment Smallest(Deployment given)
    {
        foreach (var stages in (int[])[1, 2, 4, 8])
        {
            foreach (var tensor in (int[])[1, 2, 4, 8])
            {
                var layout = given with { TensorParallel = tensor, PipelineParallel = stages };
                if (DeploymentCheck.Of(layout, InputPath.Root).Count == 0)
                {
                    return layout;
                }
            }
        }
        return given;
    }

    /// <summary>Where the checks' keys stand in this file.</summary>
    private static InputPath PathOf(string path, string section)
    {
        var key = path[(section.Length + 1)..];
        return key switch
        {
            "max_sequences" or "memory_utilisation" => new InputPath($"limits.{key}"),
            "max_batched_tokens" => new InputPath("limits.tokens_per_step"),
            "precision" => new InputPath(key),
            "accelerators" => new InputPath($"{section}.tensor_parallel"),
            _ => new InputPath(path),
        };
    }

    private ServingConfig Config(Deployment deployment, Deployment? decode)
    {
        var limits = _values.Section("limits");
        var ranks = Math.Max(deployment.AttentionDataParallel, decode?.AttentionDataParallel ?? 1);
        return new ServingConfig
        {
            MaxSequences = deployment.MaxSequences,
            ContextTokens = deployment.Model.MaxContext,
            TokensPerStep = (int)Math.Min(int.MaxValue, (long)deployment.MaxBatchedTokens * ranks),
            ChunkedPrefill = limits.Flag("chunked_prefill"),
            KvBlockTokens = limits.Integer("kv_block_tokens"),
            KvCapacityTokens = limits.NumberOrNull("kv_tokens") is { } tokens ? (long)tokens : null,
            Admission =
                limits.Text("admission") == "priority"
                    ? AdmissionPolicy.Priority
                    : AdmissionPolicy.FirstCome,
            PrefixCache = _values.Text("prefix_cache") switch
            {
                "segments" => PrefixCacheMode.Segments,
                "blocks" => PrefixCacheMode.Blocks,
                _ => PrefixCacheMode.None,
            },
            Replicas = _values.Integer("layout.replicas"),
            Routing = _values.Text("router") switch
            {
                "round_robin" => RoutingPolicy.RoundRobin,
                "least_loaded" => RoutingPolicy.LeastLoaded,
                "prefix_aware" => RoutingPolicy.PrefixAware,
                _ => RoutingPolicy.PowerOfTwo,
            },
            Disaggregation = decode is null ? null : Split(deployment),
            Failures = _values.Has("failures")
                ? new EngineFailures(
                    _values.Number("failures.mean_between") * 3600,
                    _values.Number("failures.restart")
                )
                : null,
            ClosedLoopConcurrency = _values.Integer("workload.closed_loop"),
            ServiceLevel = Level(),
            Power = Power(deployment),
            WarmUpRequests = (long)_values.Number("workload.warm_up"),
            SeriesIntervalSeconds = _values.Number("series_interval"),
            Seed = (ulong)_values.Integer("seed"),
        };
    }

    private Disaggregation Split(Deployment prefill)
    {
        var section = _values.Section("disaggregation");
        return new Disaggregation(
            section.Integer("decode_replicas"),
            section.Number("transfer_latency") / 1000,
            TransferTokensPerSecond(prefill, section.Number("transfer_bandwidth"))
        );
    }

    /// <summary>Bandwidth of one transfer unless given: a 400 Gbit/s network card at 80 %.</summary>
    internal const double DefaultTransferGigabytesPerSecond = 40;

    /// <summary>KV tokens a second over a bandwidth: each accelerator of a rank sends its own part, a copied latent is sent once.</summary>
    internal static double TransferTokensPerSecond(Deployment prefill, double gigabytesPerSecond)
    {
        var plan = MemoryPlan.Of(prefill);
        var bytes =
            plan.KvPerToken.Count / MemoryPlan.CacheShare(prefill) * prefill.PipelineParallel;
        return gigabytesPerSecond * 1e9 / bytes;
    }

    private ServiceLevel? Level()
    {
        var promise = _values.Section("promise");
        double Limit(string key, double scale) =>
            promise.NumberOrNull(key) * scale ?? double.PositiveInfinity;
        var level = new ServiceLevel(
            Limit("ttft", 1e-3),
            Limit("tpot", 1e-3),
            Limit("end_to_end", 1)
        );
        return level == new ServiceLevel() ? null : level;
    }

    /// <summary>Power of a replica by the catalogue's server with its chip, shared out; null without such a server.</summary>
    internal static ReplicaPower? ServerPower(
        CatalogView view,
        Deployment deployment,
        CatalogEntry? entry = null
    )
    {
        entry ??= ServerOf(view, deployment.Accelerator.Name);
        if (entry is null)
        {
            return null;
        }
        var share = deployment.Accelerators / entry.Number("accelerators").Value * 1000;
        return new ReplicaPower(
            entry.Number("power_idle").Value * share,
            entry.Number("power_busy").Value * share
        );
    }

    /// <summary>The catalogue's first server with a chip; null when it has none.</summary>
    internal static CatalogEntry? ServerOf(CatalogView view, string accelerator) =>
        view.Entries("servers").FirstOrDefault(s => s.Text("accelerator") == accelerator);

    private ReplicaPower? Power(Deployment deployment)
    {
        var power = _values.Section("power");
        if (power.NumberOrNull("idle") is { } idle && power.NumberOrNull("busy") is { } busy)
        {
            return new ReplicaPower(idle, busy);
        }
        return ServerPower(
            _view,
            deployment,
            power.TextOrNull("server") is { } name ? _view.Entry("servers", name) : null
        );
    }

    private void CheckCapacity(StepLaw law, ServingConfig config, Deployment deployment)
    {
        var tokens = config.KvCapacityTokens ?? law.KvCapacityTokens;
        var most = MostKvTokens(deployment);
        if (config.KvCapacityTokens > most)
        {
            _findings.Add(
                new Finding(
                    new InputPath("limits.kv_tokens"),
                    "memory",
                    $"{config.KvCapacityTokens:N0} tokens",
                    $"at most {most:N0}, what the memory of a replica holds beside the weights",
                    "Use more accelerators or a narrower precision."
                )
            );
        }
        if (tokens < config.KvBlockTokens)
        {
            _findings.Add(
                new Finding(
                    new InputPath("limits.kv_block_tokens"),
                    "memory",
                    $"{tokens:N0} KV tokens on a replica",
                    $"at least one block of {config.KvBlockTokens}",
                    "Use more accelerators or a narrower precision."
                )
            );
        }
    }

    /// <summary>KV tokens that fill all memory beside the weights: more than any engine reserves. Makers round GiB down to GB.</summary>
    private static long MostKvTokens(Deployment deployment)
    {
        const double gibibyte = 1.0737;
        var plan = MemoryPlan.Of(deployment);
        var free = (deployment.Accelerator.Memory.Value * 1e9 * gibibyte) - plan.Weights.Count;
        return plan.KvPerToken.Count > 0
            ? (long)(free / plan.KvPerToken.Count * deployment.AttentionDataParallel)
            : long.MaxValue;
    }

    /// <summary>The sizing asked, with the table's defaults where the file is silent.</summary>
    private SizePlan Size(Deployment deployment)
    {
        var size = _values.Section("size");
        var price = size.NumberOrNull("price");
        SizedChip[] chips = size.Has("chips")
            ?
            [
                .. size.Items("chips")
                    .Select(c => new SizedChip(
                        c.Text("accelerator"),
                        c.TextOrNull("engine") is { } engine
                            ? (ServingEngine)Array.IndexOf([.. ServingEngines.Words], engine)
                            : deployment.Engine,
                        c.TextOrNull("precision") ?? deployment.Precision,
                        c.NumberOrNull("price") ?? price
                    )),
            ]
            :
            [
                new SizedChip(
                    deployment.Accelerator.Name,
                    deployment.Engine,
                    deployment.Precision,
                    price
                ),
            ];
        return new SizePlan(
            size.NumberOrNull("tokens_per_day"),
            chips,
            size.Text("currency"),
            size.Number("mean_between_failures"),
            size.Number("repair"),
            size.Number("pue"),
            size.Integer("most_accelerators")
        );
    }

    private SearchSpace? Search()
    {
        if (!_values.Has("search"))
        {
            return null;
        }
        var search = _values.Section("search");
        int[] Whole(string key) =>
            [.. search.Numbers(key).Select(n => (int)Math.Clamp(n, 1, 1e6)).Distinct()];
        return new SearchSpace(
            search.Integer("accelerators"),
            Whole("tensor_parallel"),
            Whole("attention_data_parallel"),
            Whole("max_sequences"),
            Whole("tokens_per_step"),
            search.Flag("disaggregated")
        );
    }

    private WorkloadPlan? Workload()
    {
        var w = _values.Section("workload");
        var given = _origins.Where(w.Has).ToList();
        if (given.Count != 1)
        {
            Refuse(
                "workload",
                "workload",
                given.Count == 0 ? "no requests" : string.Join(" and ", given),
                "one of trace, mixture, clients",
                "Say where the requests come from."
            );
            return null;
        }
        var until = w.NumberOrNull("until") ?? double.PositiveInfinity;
        if (until <= w.Number("from"))
        {
            Refuse(
                "workload.until",
                "empty",
                $"{until} s",
                $"later than from ({w.Number("from")} s)",
                "Move the end."
            );
            return null;
        }
        var requests = w.NumberOrNull("requests");
        var plan = new WorkloadPlan
        {
            BrokenShare = w.Number("broken_share"),
            Dates = w.Text("dates") switch
            {
                "day_first" => DateOrder.DayFirst,
                "month_first" => DateOrder.MonthFirst,
                _ => DateOrder.YearFirst,
            },
            Copies = w.Integer("copies"),
            Seed = (ulong)_values.Integer("seed"),
            Shape = new WorkloadShape(
                w.Number("from"),
                until,
                (long)(
                    requests
                    ?? (given[0] == "trace" || !double.IsInfinity(until) ? long.MaxValue : 100_000)
                ),
                w.Number("rate_scale"),
                w.Number("input_scale"),
                w.Number("output_scale"),
                w.Number("stored_share")
            ),
        };
        return given[0] switch
        {
            "trace" => ReadTrace(plan, w.Text("trace")),
            "mixture" => ReadMixture(plan, w),
            _ => Written(plan, w),
        };
    }

    private WorkloadPlan? ReadTrace(WorkloadPlan plan, string name)
    {
        try
        {
            return plan with { Trace = _folder.File(name), TraceName = name };
        }
        catch (FileRefusedException refusal)
        {
            _findings.Add(refusal.At(new InputPath("workload.trace")));
            return null;
        }
    }

    private WorkloadPlan? ReadMixture(WorkloadPlan plan, InputValues w)
    {
        var name = w.Text("mixture");
        try
        {
            return plan with
            {
                Mixture = ServeGenFiles.Read(_folder.FileOrFolder(name), w.Text("service"), name),
            };
        }
        catch (FileRefusedException refusal)
        {
            _findings.Add(refusal.At(new InputPath("workload.mixture")));
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            Refuse(
                "workload.mixture",
                "mixture",
                e.Message,
                "a mixture in the layout of ServeGen",
                "Correct the file or name the service."
            );
            return null;
        }
    }

    private WorkloadPlan? Written(WorkloadPlan plan, InputValues w)
    {
        var clients = new List<MixtureClient>();
        foreach (var item in w.Items("clients"))
        {
            var hourly = item.Numbers("hourly");
            if (hourly.Any(h => h < 0) || (hourly.Length > 0 && hourly.Sum() <= 0))
            {
                _findings.Add(
                    new Finding(
                        item.Path.Key("hourly"),
                        "range",
                        "a share below 0 or none above",
                        "24 numbers of 0 or more",
                        "Give each hour's rate over the mean."
                    )
                );
                return null;
            }
            clients.Add(Client(item, hourly));
        }
        return plan with { Mixture = new ClientMixture(clients) };
    }

    private static MixtureClient Client(InputValues item, double[] hourly)
    {
        var family = item.Text("gaps") == "weibull" ? GapFamily.Weibull : GapFamily.Gamma;
        var shape = Gaps.Shape(family, item.Number("arrival_cv"));
        var rate = item.Number("rate");
        var mean = hourly.Length == 0 ? 1 : hourly.Average();
        ArrivalWindow[] windows =
            hourly.Length == 0
                ? [new ArrivalWindow(0, rate, family, shape)]
                :
                [
                    .. hourly.Select(
                        (h, i) => new ArrivalWindow(i * 3600, rate * h / mean, family, shape)
                    ),
                ];
        TokenLengths Lengths(string key)
        {
            var tokens = item.Number($"{key}_tokens");
            var cv = item.Number($"{key}_cv");
            return item.Text("lengths") == "normal"
                ? TokenLengths.Gaussian(tokens, tokens * cv)
                : TokenLengths.LogNormal(tokens, cv);
        }
        var prefix = new SharedPrefix(
            item.Integer("system_prompts"),
            item.Integer("system_tokens"),
            item.Integer("conversations"),
            item.Integer("history_tokens")
        );
        return new MixtureClient(
            item.Text("name"),
            windows,
            [new LengthWindow(0, Lengths("input"), Lengths("output"))],
            prefix.SystemTokens + prefix.HistoryTokens > 0 ? prefix : null,
            item.Integer("priority")
        );
    }

    private void Refuse(string path, string rule, string found, string expected, string remedy) =>
        _findings.Add(new Finding(new InputPath(path), rule, found, expected, remedy));
}
