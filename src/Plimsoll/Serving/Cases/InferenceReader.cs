using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Quantities;
using Plimsoll.Serving.Offload;
using Plimsoll.Serving.Scaling;

namespace Plimsoll.Serving.Cases;

/// <summary>Makes a case of a checked inference file, and refuses what cannot run before it runs.</summary>
public sealed class InferenceReader
{
    private readonly InputValues _values;
    private readonly CatalogView _view;
    private readonly StudyFolder _folder;

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
    private readonly Calibration? _calibration;
    private readonly List<Finding> _findings = [];

    /// <summary>The model's own file; null for one of the catalogue.</summary>
    private PublishedModel? _published;

    private InferenceReader(
        InputValues values,
        CatalogView view,
        StudyFolder folder,
        Calibration? calibration
    )
    {
        _values = values;
        _view = WrittenHardware.In(values, view);
        _folder = folder;
        _calibration = calibration;
    }

    /// <summary>Reads a case.</summary>
    /// <param name="values">The checked file.</param>
    /// <param name="view">The catalogue as of the file's month, if it names one.</param>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="folder">Where the files that it names are looked for; its own folder when left out.</param>
    /// <param name="calibration">The calibration, whatever the file names; null for the one that it names, else the one visible in the view.</param>
    /// <exception cref="InputException">The installation or its workload is impossible: all reasons with their lines.</exception>
    public static InferenceCase Read(
        InputValues values,
        CatalogView view,
        string file,
        StudyFolder? folder = null,
        Calibration? calibration = null
    )
    {
        using var culture = InvariantCulture.Begin();
        var reader = new InferenceReader(values, view, folder ?? StudyFolder.Of(file), calibration);
        var result = reader.Case();
        return reader._findings.Count == 0
            ? result! with
            {
                Warnings = Located(
                    result!.Doubts.Select(d => d with { IsWarning = true }),
                    values,
                    file
                ),
            }
            : throw new InputException(Located(reader._findings, values, file));
    }

    private static IReadOnlyList<LocatedFinding> Located(
        IEnumerable<Finding> findings,
        InputValues values,
        string file
    ) =>
        [
            .. findings
                .Select(f =>
                {
                    var (line, column) = values.Place(f.Path);
                    return new LocatedFinding(file, line, column, f);
                })
                .OrderBy(f => f.Line),
        ];

    private InferenceCase? Case()
    {
        var hardware = WrittenHardware.Findings(_values);
        _findings.AddRange(hardware);
        if (Model() is not { } model || hardware.Count > 0)
        {
            return null;
        }
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
        if ((_calibration ?? Named()) is not { } calibration)
        {
            return null;
        }
        var stated = _values.Has("precision") ? _values.Text("precision") : null;
        if (_published is not null && _published.Precision(stated) is null)
        {
            _findings.Add(
                new Finding(
                    new InputPath("model_file"),
                    "precision",
                    $"a checkpoint quantised by {_published.Stored.Method}",
                    "fp8, awq, gptq of 4 or 8 bits, compressed-tensors, mxfp4 or modelopt in FP8 or NVFP4",
                    "Write under precision in what the weights are served."
                )
            );
            return null;
        }
        var precision = _published?.Precision(stated) ?? _values.Text("precision");
        var reader = new DeploymentReader(
            _values,
            _view,
            model,
            calibration,
            precision,
            _published?.WeightsOnly(stated) ?? false
        );
        var (deployment, served) = reader.Read("layout", split);
        var (decode, servedDecode) = split
            ? reader.Read("disaggregation", true)
            : ((Deployment?)null, (ServedLaw?)null);
        var workload = WorkloadReader.Read(_values, _folder, _findings);
        _findings.AddRange(served.Refusals);
        _findings.AddRange((servedDecode?.Refusals ?? []).Where(f => !served.Refusals.Contains(f)));
        if (_findings.Count > 0)
        {
            return null;
        }
        var law = served.Law!;
        var decodeLaw = servedDecode?.Law;
        var config = Config(deployment, decode);
        foreach (var finding in ServingConfigCheck.Findings(config, new InputPath("limits")))
        {
            _findings.Add(finding);
        }
        _findings.AddRange(CapacityCheck.Of(law, config, deployment));
        _findings.AddRange(
            PlanningCheck.Of(_values, _view, deployment, Search(), Size(deployment))
        );
        return new InferenceCase
        {
            Name = _values.Text("name"),
            View = _view,
            Calibration = calibration,
            Deployment = deployment,
            DecodeDeployment = decode,
            Law = law,
            DecodeLaw = decodeLaw,
            EngineVersion = served.EngineVersion,
            NewestOnFamily = served.NewestOnFamily,
            Loop = ClosedLoopReader.Read(_values),
            CalibrationFile = _calibration is null ? _values.TextOrNull("calibration") ?? "" : "",
            ModelSaid = _published?.Said ?? "",
            Doubts =
            [
                .. _published?.Doubts(stated) ?? [],
                .. served.Warnings,
                .. (servedDecode?.Warnings ?? []).Where(f => !served.Warnings.Contains(f)),
            ],
            Config = config,
            Workload = workload!.Within(deployment.Model.MaxContext),
            Percentile = _values.Number("promise.percentile") / 100,
            Search = Search(),
            Size = Size(deployment),
            PricePerHour =
                _values.NumberOrNull("autoscaling.price") ?? _values.NumberOrNull("size.price"),
            Currency = _values.Text("size.currency"),
        };
    }

    /// <summary>The calibration that the file names, else the one visible in the view; null when it cannot be read, with the reason noted.</summary>
    private Calibration? Named()
    {
        if (_values.TextOrNull("calibration") is not { } name)
        {
            return Calibration.Of(_view);
        }
        var path = new InputPath("calibration");
        try
        {
            return Calibration.Own(
                _view,
                CsvTable.Parse(_folder.Read(name, FileBounds.Table).Text(), name)
            );
        }
        catch (FileRefusedException refusal)
        {
            _findings.Add(refusal.At(path));
        }
        catch (InvalidDataException e)
        {
            _findings.Add(
                new Finding(
                    path,
                    "calibration",
                    e.Message,
                    "a profile written by 'plimsoll inference calibrate --points FILE --out FILE'",
                    "Fit it anew from the table of your measured points; the table itself is no profile."
                )
            );
        }
        return null;
    }

    /// <summary>The model of the catalogue or of its own file; null when neither can be had, with the reason noted.</summary>
    private LanguageModel? Model()
    {
        var (name, file) = (_values.TextOrNull("model"), _values.TextOrNull("model_file"));
        if ((name is null) == (file is null))
        {
            _findings.Add(
                new Finding(
                    new InputPath("model"),
                    "model",
                    name is null ? "no model" : "model and model_file",
                    "one of model and model_file",
                    "Name a model of the catalogue, or the config.json of another."
                )
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
            _published = HuggingFaceConfig.Published(
                _folder.Read(file!, HuggingFaceConfig.MostBytes).Bytes,
                file!
            );
            return _published.Model with { MeasuredName = MeasuredName(_published.Model) };
        }
        catch (FileRefusedException refusal)
        {
            _findings.Add(refusal.At(new InputPath("model_file")));
            return null;
        }
        catch (InvalidDataException e)
        {
            _findings.Add(
                new Finding(
                    new InputPath("model_file"),
                    "config",
                    e.Message,
                    "the config.json of a language model",
                    "Take the file published beside the weights."
                )
            );
            return null;
        }
    }

    /// <summary>The catalogue's model that a file describes: of one architecture with it, of one window before others; its own name where there is none.</summary>
    private string MeasuredName(LanguageModel read)
    {
        var architecture = CalibrationLevels.Architecture(read);
        return _view
                .Names(LanguageModel.Kind)
                .Select(name => LanguageModel.Of(_view, name))
                .Where(m => CalibrationLevels.Architecture(m) == architecture)
                .OrderByDescending(m => m.MaxContext == read.MaxContext)
                .ThenBy(m => m.Name, StringComparer.Ordinal)
                .FirstOrDefault()
                ?.Name
            ?? read.Name;
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
            Replicas = FirstReplicas(),
            Autoscaling = Scaling(),
            Offload = Tiers(deployment),
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

    /// <summary>Replicas to begin with.</summary>
    private int FirstReplicas() =>
        _values.Has("autoscaling") && !_values.Has("layout.replicas")
            ? _values.Integer("autoscaling.min_replicas")
            : _values.Integer("layout.replicas");

    private Autoscaling? Scaling()
    {
        if (!_values.Has("autoscaling"))
        {
            return null;
        }
        var scaling = _values.Section("autoscaling");
        return new Autoscaling(
            scaling.Number("target"),
            scaling.Integer("min_replicas"),
            scaling.Integer("max_replicas"),
            scaling.Number("cold_start"),
            scaling.Number("interval"),
            scaling.Number("cool_down"),
            scaling.Text("metric") == "queue" ? ScalingMetric.Queue : ScalingMetric.Concurrency
        );
    }

    private IReadOnlyList<KvTier> Tiers(Deployment deployment)
    {
        if (!_values.Has("kv_offload"))
        {
            return [];
        }
        var tokensPerGigabyte = TransferTokensPerSecond(deployment, 1);
        return
        [
            .. _values
                .Items("kv_offload")
                .Select(tier => new KvTier(
                    tier.Text("name"),
                    (long)Math.Min(1e18, tier.Number("capacity") * tokensPerGigabyte),
                    tier.Number("bandwidth") * tokensPerGigabyte,
                    tier.Number("latency") / 1000,
                    tier.Flag("shared"),
                    tier.NumberOrNull("hit_share")
                )),
        ];
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
}
