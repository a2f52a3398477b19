using Plimsoll.Catalog;
using Plimsoll.Performance;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>The question backwards: how many accelerators serve a workload under its promise.</summary>
/// <remarks>
/// Layouts are sorted in the fluid limit (<see cref="ServingLayouts"/>); the first few are simulated and sized so that their goodput is the workload's rate, or that of its busiest hour.
/// The one that takes the fewest accelerators stands. Where prompts and answers are apart, each side is sized alone: prompts for the first token, answers for the speed, each at
/// the promise's share halfway to one, so that the same request keeps both.
/// </remarks>
public static class SizeSearch
{
    private const int Simulated = 3;

    /// <summary>Requests of one run at most.</summary>
    internal const int MostRequests = 400_000;

    /// <summary>Sizes one fleet for each chip.</summary>
    /// <param name="installation">Workload, promise and pattern; its layout and replicas are not read.</param>
    /// <param name="settings">How closely goodput is searched; the defaults when null.</param>
    /// <param name="progress">Given the share done; null for none.</param>
    /// <returns>One entry for each chip asked for, in order.</returns>
    /// <exception cref="ArgumentException">Nothing is promised, or the loop is closed.</exception>
    /// <exception cref="InvalidDataException">The workload cannot be read.</exception>
    public static IReadOnlyList<SizedFleet> Run(
        InferenceCase installation,
        GoodputSettings? settings = null,
        Action<double>? progress = null
    )
    {
        // What is sized is the fleet at its peak; how it moves below it is no part of the question.
        installation = installation with
        {
            Config = installation.Config with { Autoscaling = null },
        };
        GoodputSearch.Refuse(installation);
        var plan =
            installation.Size
            ?? throw new ArgumentException("There is nothing to size: add 'size:'.");
        settings ??= new GoodputSettings();
        var wanted = settings with
        {
            Curve = false,
            MostRequests = Math.Min(settings.MostRequests, MostRequests),
        };
        var load = SizedLoad.Of(installation);
        var fleets = new List<SizedFleet>();
        foreach (var chip in plan.Chips)
        {
            fleets.Add(Fleet(installation, plan, chip, load, wanted));
            progress?.Invoke((double)fleets.Count / plan.Chips.Count);
        }
        return fleets;
    }

    private static SizedFleet Fleet(
        InferenceCase installation,
        SizePlan plan,
        SizedChip chip,
        SizedLoad load,
        GoodputSettings settings
    )
    {
        var view = installation.View;
        var refused = new List<string>();
        SizedFleet Refused(string reason) => new() { Chip = chip, Reason = reason };
        if (view.Find(Accelerator.Kind, chip.Accelerator) is null)
        {
            return Refused($"not yet known in {view.AsOf:yyyy-MM}");
        }
        var server = InferenceReader.ServerOf(view, chip.Accelerator);
        var perServer = (int)(server?.Number("accelerators").Value ?? 8);
        var calibration = installation.Calibration;
        var given = installation.Deployment;
        var pattern = given with
        {
            Accelerator = Accelerator.Of(view, chip.Accelerator),
            Engine = chip.Engine,
            EngineVersion = chip.Engine == given.Engine ? given.EngineVersion : "",
            Precision = chip.Precision,
            WeightsOnly = given.WeightsOnly && chip.Precision == given.Precision,
        };
        var layouts = ServingLayouts.Of(
            pattern,
            calibration,
            view.AsOf,
            perServer,
            plan.MostAccelerators,
            load.Request,
            installation.Config.ServiceLevel!,
            refused
        );
        if (layouts.Count == 0)
        {
            return Refused(
                refused.Count > 0 ? refused[0] : "no layout keeps the promise even with mean steps"
            );
        }
        // Rough runs choose among the layouts; only the one that is chosen is searched as closely as asked.
        var ranked = Chosen(layouts, load.RequestsPerSecond)
            .Select(l =>
                SizedPools.Of(installation, calibration, l, load, Rough(settings), rough: true)
            )
            .OfType<SizedFleet>()
            .OrderBy(f => f.Accelerators)
            .ToList();
        var best = ranked
            .Select(f => SizedPools.Of(installation, calibration, f.Layout!, load, settings, of: f))
            .OfType<SizedFleet>()
            .FirstOrDefault();
        return best is null
            ? Refused("no layout keeps the promise when it is simulated")
            : SizedDetails.Of(
                best with
                {
                    Chip = chip,
                    PerServer = perServer,
                    Warnings =
                    [
                        .. Doubts(best.Layout!, calibration),
                        .. Alone(best),
                        .. RunnerUp(best, ranked),
                    ],
                },
                plan,
                load,
                server
            );
    }

    /// <summary>A lone replica is lost whole when one of its accelerators fails.</summary>
    private static IEnumerable<string> Alone(SizedFleet fleet)
    {
        var config = fleet.Installation!.Config;
        if (config.Replicas == 1 || config.Disaggregation is { DecodeReplicas: 1 })
        {
            yield return $"one replica {(config.Disaggregation is null ? "" : "of a kind ")}serves all: when one of its accelerators fails nothing is served until it has restarted, whatever stands spare; two smaller replicas lose half";
        }
    }

    /// <summary>The layout that came next, and whether the step law can tell the two apart.</summary>
    private static IEnumerable<string> RunnerUp(SizedFleet best, List<SizedFleet> ranked)
    {
        var chosen = best.Layout!.Words;
        if (ranked.Find(f => f.Layout!.Words != chosen) is not { } next)
        {
            yield break;
        }
        var rough = ranked.Find(f => f.Layout!.Words == chosen) ?? best;
        var error = best.Installation!.Law.LogError;
        var apart = Math.Abs(Math.Log((double)next.Accelerators / rough.Accelerators));
        yield return $"next to it {next.Layout!.Words} takes {next.Accelerators} accelerators by rough runs, where {chosen} takes {rough.Accelerators} by them{(rough.Accelerators == best.Accelerators ? "" : $" ({best.Accelerators} once searched as closely as asked)")}"
            + (
                apart < Math.Sqrt(2) * error
                    ? ": the step law's own error is wider than that, so measure both before you choose"
                    : ""
            );
    }

    private static IReadOnlyList<string> Doubts(ServingLayout layout, Calibration calibration) =>
        [
            .. new[] { layout.Deployment, layout.Decode }
                .OfType<Deployment>()
                .SelectMany(d => DeploymentDoubts.Of(d, calibration, Inputs.InputPath.Root))
                .Select(f => $"{f.Found}; expected {f.Expected}. {f.Remedy}")
                .Distinct(StringComparer.Ordinal),
        ];

    private static GoodputSettings Rough(GoodputSettings settings) =>
        settings with
        {
            Versions = 2,
            HalfWidth = Math.Max(settings.HalfWidth, 0.1),
            MostReplicas = 4,
            MostRequests = Math.Min(settings.MostRequests, 150_000),
        };

    /// <summary>The few that are simulated: those that take the fewest whole replicas for the rate, each layout once with its best limits.</summary>
    private static IEnumerable<ServingLayout> Chosen(
        IReadOnlyList<ServingLayout> layouts,
        double rate
    ) =>
        layouts
            .DistinctBy(l => l.Words)
            .OrderBy(l => Whole(l, rate))
            .ThenByDescending(l => l.FluidRequestsPerSecond)
            .Take(Simulated);

    private static double Whole(ServingLayout layout, double rate)
    {
        var all = rate / layout.FluidRequestsPerSecond;
        double Up(double accelerators, int each) =>
            Math.Max(1, Math.Ceiling(accelerators / each)) * each;
        return layout.Decode is null
            ? Up(all, layout.Deployment.Accelerators)
            : Up(all * layout.PromptShare, layout.Deployment.Accelerators)
                + Up(all * (1 - layout.PromptShare), layout.Decode.Accelerators);
    }
}
