using System.Text.Json.Nodes;
using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Risk;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Live;

/// <summary>Two to four runs set beside each other: which inputs differ, and by how much each figure differs draw by draw where the draws are common.</summary>
internal sealed class Comparison(HeldStudies held)
{
    /// <summary>An input that is not the same in all runs.</summary>
    /// <param name="Path">The input.</param>
    /// <param name="Values">Its value in each run; empty where the study is silent.</param>
    internal sealed record Difference(string Path, IReadOnlyList<string> Values);

    /// <summary>A figure of a run against the first.</summary>
    /// <param name="Mean">Mean of the differences over the draws.</param>
    /// <param name="Low">Low end of its 95 % interval.</param>
    /// <param name="High">High end of its 95 % interval.</param>
    internal sealed record Paired(double Mean, double Low, double High);

    /// <summary>One run in the comparison.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="Currency">Currency of its amounts, ISO code.</param>
    /// <param name="Plan">Its first option.</param>
    /// <param name="EquityNpv">Difference of NPV to equity from the first run; null where draws are not common.</param>
    /// <param name="MinimumCover">Difference of the lowest cover; null where draws are not common or there is no debt.</param>
    /// <param name="Regret">Mean over the draws of what the best of the runs earned more in the same draw; NaN where draws are not common.</param>
    internal sealed record Side(
        AskedRun Run,
        string Currency,
        OptionResult Plan,
        Paired? EquityNpv,
        Paired? MinimumCover,
        double Regret
    );

    /// <summary>Everything in which the texts differ.</summary>
    public static IReadOnlyList<Difference> Inputs(IReadOnlyList<AskedRun> runs)
    {
        var values = runs.Select(r =>
                FormField
                    .Values(StudyDocument.Parsed(r.Text), "")
                    .ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal)
            )
            .ToList();
        return
        [
            .. values
                .SelectMany(v => v.Keys)
                .Distinct(StringComparer.Ordinal)
                .Select(path => new Difference(
                    path,
                    [.. values.Select(v => v.GetValueOrDefault(path, ""))]
                ))
                .Where(d => d.Values.Distinct(StringComparer.Ordinal).Count() > 1),
        ];
    }

    /// <summary>True when draw for draw the runs are the same worlds: same seed, draws, market and month of decision.</summary>
    public static bool Common(IReadOnlyList<AskedRun> runs) =>
        runs.Select(r =>
            {
                var root = StudyDocument.Parsed(r.Text);
                string At(string key) =>
                    (root?.Find(key)?.Value as Plimsoll.Inputs.InputScalar)?.Text ?? "";
                var market =
                    (root?.Find("market")?.Value as Plimsoll.Inputs.InputMapping)
                        ?.Find("name")
                        ?.Value as Plimsoll.Inputs.InputScalar;
                return (
                    r.Draws,
                    Seed: At("seed").Length > 0 ? At("seed") : "1",
                    Decided: At("decided"),
                    Market: market?.Text ?? ""
                );
            })
            .Distinct()
            .Count() == 1;

    /// <summary>Prices every run on its held draws and sets it beside the first.</summary>
    public async Task<IReadOnlyList<Side>> Of(
        IReadOnlyList<AskedRun> runs,
        CancellationToken cancellation
    )
    {
        var plans = new List<OptionResult>();
        var currencies = new List<string>();
        foreach (var run in runs)
        {
            var study = await held.Of(run.Text, run.Draws);
            currencies.Add(study.Currency.Code);
            plans.Add(
                await Task.Run(
                    () =>
                        study.Price(
                            HeldStudies.Values(run.Text),
                            run.Draws,
                            new RunContext { Threads = 1, Cancellation = cancellation }
                        ),
                    cancellation
                )
            );
        }
        var common = Common(runs);
        var sound = common
            ? plans
                .Select(p => p.Figures.Sound.AsEnumerable())
                .Aggregate((a, b) => a.Intersect(b))
                .ToArray()
            : [];
        return
        [
            .. runs.Select(
                (run, i) =>
                    new Side(
                        run,
                        currencies[i],
                        plans[i],
                        common ? Against(plans[i], plans[0], f => f.EquityNpv) : null,
                        common ? Against(plans[i], plans[0], f => f.MinimumCover) : null,
                        sound.Length == 0
                            ? double.NaN
                            : sound.Average(d =>
                                plans.Max(p => p.Figures.EquityNpv[d])
                                - plans[i].Figures.EquityNpv[d]
                            )
                    )
            ),
        ];
    }

    private static Paired? Against(
        OptionResult one,
        OptionResult other,
        Func<DrawFigures, double[]> figure
    )
    {
        var (mine, theirs) = (figure(one.Figures), figure(other.Figures));
        var both = one
            .Figures.Sound.Intersect(other.Figures.Sound)
            .Where(d => double.IsFinite(mine[d]) && double.IsFinite(theirs[d]))
            .ToArray();
        if (both.Length < 2)
        {
            return null;
        }
        var (mean, error) = MeanOfWorlds.Of(
            [.. both.Select(d => mine[d] - theirs[d])],
            [.. both.Select(d => one.Figures.World[d])]
        );
        return new Paired(mean, mean - (1.96 * error), mean + (1.96 * error));
    }

    /// <summary>The comparison as JSON.</summary>
    public static JsonObject Document(IReadOnlyList<AskedRun> runs, IReadOnlyList<Side> sides) =>
        new()
        {
            ["commonDraws"] = Common(runs),
            ["inputs"] = new JsonArray([
                .. Inputs(runs)
                    .Select(d => new JsonObject
                    {
                        ["path"] = d.Path,
                        ["values"] = new JsonArray([.. d.Values.Select(v => (JsonNode)v)]),
                    }),
            ]),
            ["runs"] = new JsonArray([
                .. sides.Select(s => new JsonObject
                {
                    ["id"] = s.Run.Id,
                    ["name"] = s.Run.Name,
                    ["figures"] = LiveTerms.Document(s.Plan, s.Run.Draws),
                    ["equityNpvAgainstFirst"] = Of(s.EquityNpv),
                    ["minimumCoverAgainstFirst"] = Of(s.MinimumCover),
                    ["regret"] = double.IsFinite(s.Regret) ? s.Regret : null,
                }),
            ]),
        };

    private static JsonObject? Of(Paired? paired) =>
        paired is null
            ? null
            : new JsonObject
            {
                ["mean"] = paired.Mean,
                ["low"] = paired.Low,
                ["high"] = paired.High,
            };
}
