using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Quantities;
using Plimsoll.Serving;
using Plimsoll.Serving.Capacity;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>What an accelerator serves of the study's model under its promise: the layout of the highest goodput, with the error of its figure.</summary>
/// <param name="values">The study file.</param>
/// <param name="view">The catalogue as known at the decision.</param>
internal sealed class ServedModel(InputValues values, CatalogView view)
{
    private static readonly int[] _splits = [1, 2, 4, 8];
    private const double Z90 = 1.2815515655446004;

    /// <summary>Goodput of an accelerator of a server as an uncertain number, and the layout in words.</summary>
    /// <param name="fleet">A fleet of such servers.</param>
    /// <exception cref="InvalidDataException">No layout holds the model on this server.</exception>
    public ServedFleet On(FleetCase fleet)
    {
        var s = values.Section("serving");
        var shape = new RequestShape(
            s.Number("input_tokens"),
            s.Number("output_tokens"),
            s.Number("cache_hit_share"),
            s.Number("arrival_cv")
        );
        var level = new ServiceLevel(s.Number("ttft") / 1000, s.Number("tpot") / 1000);
        var percentile = s.Number("percentile") / 100;
        CapacityPoint? best = null;
        Deployment? chosen = null;
        var refusals = new List<string>();
        foreach (var deployment in Layouts(s, fleet))
        {
            var findings = ServedLaw.Of(view, deployment, new InputPath("serving")).Refusals;
            if (findings.Count > 0)
            {
                refusals.AddRange(
                    findings.Select(f =>
                        $"{f.Path}: {f.Rule}: found {f.Found}; expected {f.Expected}. {f.Remedy}"
                    )
                );
                continue;
            }
            var point = CapacitySurface.Of(view, deployment).Simulated(shape, level, percentile);
            if (
                best is not { } so
                || point.OutputTokensPerSecondPerAccelerator
                    > so.OutputTokensPerSecondPerAccelerator
            )
            {
                (best, chosen) = (point, deployment);
            }
        }
        if (best is not { } found || chosen is null)
        {
            throw new InvalidDataException(
                $"{s.Text("model")} cannot be served on {fleet.Server}:{Environment.NewLine}{string.Join(Environment.NewLine, refusals.Distinct())}"
            );
        }
        var value = found.OutputTokensPerSecondPerAccelerator;
        var spread = Math.Exp(Z90 * found.LogError);
        var words =
            $"{s.Text("model")} in {chosen.Precision} over {chosen.TensorParallel * chosen.PipelineParallel} accelerators of {fleet.Server} a replica";
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
        );
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
            : [.. _splits.Where(n => n <= fleet.PerServer)];
        var chip = Accelerator.Of(view, fleet.Accelerator);
        var model = LanguageModel.Of(view, s.Text("model"));
        return splits.Select(split => new Deployment
        {
            Accelerator = chip,
            Model = model,
            Engine = (ServingEngine)Array.IndexOf([.. ServingEngines.Words], s.Text("engine")),
            EngineVersion = s.TextOrNull("engine_version") ?? "",
            MemoryUtilisation = s.Number("memory_utilisation"),
            Precision = PrecisionOn(s, chip),
            TensorParallel = split,
            PipelineParallel = servers,
            MaxSequences = 256,
            MaxBatchedTokens = 4096,
        });
    }
}
