using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Performance;
using Plimsoll.Quantities;
using Plimsoll.Serving;
using Plimsoll.Serving.Capacity;
using Plimsoll.Serving.Planning;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>What an accelerator serves of the study's model under its promise: the layout of the highest goodput, with the error of its figure.</summary>
/// <param name="values">The study file.</param>
/// <param name="view">The catalogue as known at the decision.</param>
internal sealed class ServedModel(InputValues values, CatalogView view)
{
    private readonly Lazy<Calibration> _calibration = new(() => ServingProfile.Of(values, view));

    private static readonly int[] _widths = [1, 2, 4, 8];
    private const double Z90 = 1.2815515655446004;

    /// <summary>Accelerators of a replica at most: experts are dealt out over some hundred and forty in DeepSeek's own service.</summary>
    private const double MostAccelerators = 144;

    /// <summary>The calibration that the study names, else the shipped one.</summary>
    internal Calibration Calibration => _calibration.Value;

    /// <summary>Goodput of an accelerator of a server as an uncertain number, and the layout in words.</summary>
    /// <param name="fleet">A fleet of such servers.</param>
    /// <exception cref="InvalidDataException">No layout holds the model on this server.</exception>
    public ServedFleet On(FleetCase fleet)
    {
        var s = values.Section("serving");
        return Best(s, fleet, Asked(s, fleet));
    }

    /// <summary>True when several servers together hold the model, where the study leaves the layout open; nothing is simulated.</summary>
    internal bool HoldsOver(FleetCase fleet)
    {
        if (!LayoutIsOpen)
        {
            return false;
        }
        var question = Asked(values.Section("serving"), fleet);
        return BestServing.Layouts(_calibration.Value, view.AsOf, question).Count > 0;
    }

    /// <summary>Why none of the layouts of a fleet can run with requests of this length; empty when one can. Nothing is simulated.</summary>
    internal IReadOnlyList<string> CannotRun(FleetCase fleet)
    {
        var refused = new List<string>();
        var question = Asked(values.Section("serving"), fleet);
        return BestServing.Layouts(_calibration.Value, view.AsOf, question, refused).Count > 0
            ? []
            : [.. refused.Distinct(StringComparer.Ordinal)];
    }

    private bool LayoutIsOpen =>
        values.Section("serving").Integer("tensor_parallel") == 0
        && !values.Has("serving.replica_servers");

    private ServedQuestion Asked(InputValues s, FleetCase fleet) =>
        new()
        {
            // One of the limits of a step that are tried anyway.
            Pattern = Pattern(s, fleet) with
            {
                MaxBatchedTokens = 8192,
            },
            PerServer = (int)fleet.PerServer,
            Accelerators = (int)fleet.Accelerators,
            // A layout that is stated is taken at its word.
            MostAccelerators = (int)(
                LayoutIsOpen ? Math.Min(MostAccelerators, fleet.Accelerators) : fleet.Accelerators
            ),
            TensorParallel = s.Integer("tensor_parallel"),
            ReplicaServers = values.Has("serving.replica_servers")
                ? s.Integer("replica_servers")
                : 0,
            Shape = new RequestShape(
                s.Number("input_tokens"),
                s.Number("output_tokens"),
                s.Number("cache_hit_share"),
                s.Number("arrival_cv")
            ),
            Level = new ServiceLevel(s.Number("ttft") / 1000, s.Number("tpot") / 1000),
            Percentile = s.Number("percentile") / 100,
        };

    /// <summary>Every layout that the engine knows and the fleet can hold, experts dealt out over many servers and prompts apart from answers included.</summary>
    private ServedFleet Best(InputValues s, FleetCase fleet, ServedQuestion question)
    {
        var refused = new List<string>();
        string[] on = [s.Text("model"), question.Pattern.Precision.ToString(), fleet.Server];
        if (
            BestServing.Of(view, question, refused, CapacityCache.Default(), _calibration.Value) is
            { } answer
        )
        {
            return Served(
                fleet,
                Phrase.Of("served.laid", on[0], on[1], on[2], answer.Layout.Said),
                answer.OutputTokensPerSecondPerAccelerator,
                answer.LogError
            ) with
            {
                Units = new ServingUnits([
                    .. BestServing
                        .Units(_calibration.Value, view.AsOf, question)
                        .Select(u => new ServingUnit(u.Accelerators, u.Share)),
                ]),
                Replicas = new ServedReplicas(
                    answer.Layout.Words,
                    answer.Installation.Config.Replicas,
                    answer.Installation.Config.Disaggregation?.DecodeReplicas ?? 0,
                    answer.Installation.Config.MaxSequences,
                    answer.Installation.Deployment.MaxBatchedTokens
                )
                {
                    Said = answer.Layout.Said,
                },
                MostTokensPerSecond = answer.MostOutputTokensPerSecondPerAccelerator,
                ComputedShare = answer.ComputedShare,
                StoredShare = answer.StoredShare,
            };
        }
        // What is refused does not run; what runs and keeps no promise serves nothing.
        return
            refused.Count == 0
            || BestServing.Layouts(_calibration.Value, view.AsOf, question).Count > 0
            ? Served(fleet, Phrase.Of("served.none", on[0], on[1], on[2]), 0, 0)
            : throw new InvalidDataException(
                $"{s.Text("model")} cannot be served on {fleet.Server}:{Environment.NewLine}{string.Join(Environment.NewLine, refused.Distinct())}"
            );
    }

    private static ServedFleet Served(FleetCase fleet, Phrase said, double value, double logError)
    {
        var words = PhraseBook.English.Say(said);
        var spread = Math.Exp(Z90 * logError);
        return new ServedFleet(
            new InputNumber(
                $"serving.goodput {fleet.Server}",
                value,
                value / spread,
                value * spread,
                "tokens/s",
                $"serving simulator: {words}, best layout tried, with the error of its performance model",
                Grade.D,
                true
            ),
            words
        )
        {
            Said = said,
        };
    }

    // What a study leaves to the default must run on every chip it names; what it states is taken at its word.
    private static string PrecisionOn(InputValues s, Accelerator chip) =>
        s.Has("precision") || WeightFormat.Multiplies(chip, s.Text("precision"))
            ? s.Text("precision")
            : "bf16";

    /// <summary>The layout stated, else every even split of a server; more servers a replica when stated.</summary>
    internal IEnumerable<Deployment> Layouts(InputValues s, FleetCase fleet)
    {
        var servers = s.Integer("replica_servers");
        var stated = s.Integer("tensor_parallel");
        int[] splits =
            stated > 0 ? [stated]
            : servers > 1 ? [(int)fleet.PerServer]
            : [.. _widths.Where(n => n <= fleet.PerServer)];
        var pattern = Pattern(s, fleet);
        return splits.Select(split =>
            pattern with
            {
                TensorParallel = split,
                PipelineParallel = servers,
            }
        );
    }

    private Deployment Pattern(InputValues s, FleetCase fleet)
    {
        var chip = Accelerator.Of(view, fleet.Accelerator);
        return new Deployment
        {
            Accelerator = chip,
            Model = LanguageModel.Of(view, s.Text("model")),
            Engine = (ServingEngine)Array.IndexOf([.. ServingEngines.Words], s.Text("engine")),
            EngineVersion = s.TextOrNull("engine_version") ?? "",
            MemoryUtilisation = s.Number("memory_utilisation"),
            Precision = PrecisionOn(s, chip),
            MaxSequences = 256,
            MaxBatchedTokens = 4096,
        };
    }
}
