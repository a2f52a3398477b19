using System.Text.Json.Nodes;
using Plimsoll.Risk;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Pages;
using Plimsoll.Web.Runs;

namespace Plimsoll.Web.Live;

/// <summary>Two to four runs set beside each other: which inputs differ, and by how much each figure differs draw by draw where the draws are common.</summary>
internal sealed class Comparison(RunDesk desk)
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
    /// <param name="Result">Its published document.</param>
    /// <param name="Option">Index of the option that its answer names: of it are all figures here.</param>
    /// <param name="EquityNpv">Difference of NPV to equity from the first run; null where draws are not common.</param>
    /// <param name="MinimumCover">Difference of the lowest cover; null where draws are not common or there is no debt.</param>
    /// <param name="Regret">Mean over the draws of what the best of the runs earned more in the same draw; NaN where draws are not common.</param>
    internal sealed record Side(
        RunView Run,
        JsonNode Result,
        int Option,
        Paired? EquityNpv,
        Paired? MinimumCover,
        double Regret
    )
    {
        /// <summary>The option in the words of the published document.</summary>
        public JsonNode? Figures => Result.Items("options").ElementAtOrDefault(Option);
    }

    /// <summary>Everything in which the texts differ.</summary>
    public static IReadOnlyList<Difference> Inputs(IReadOnlyList<RunView> runs)
    {
        var values = runs.Select(r =>
                FormField
                    .Values(StudyDocument.Named(r.Row.Text), "")
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

    /// <summary>True when draw for draw the runs are the same worlds: same seed, draws, market, month of decision, engine and catalogue.</summary>
    public static bool Common(IReadOnlyList<RunView> runs) =>
        runs.Select(r =>
            {
                var root = StudyDocument.Named(r.Row.Text);
                string At(string key) =>
                    (root?.Find(key)?.Value as Plimsoll.Inputs.InputScalar)?.Text ?? "";
                var market =
                    (root?.Find("market")?.Value as Plimsoll.Inputs.InputMapping)
                        ?.Find("name")
                        ?.Value as Plimsoll.Inputs.InputScalar;
                return (
                    r.Row.Draws,
                    r.Row.Engine,
                    r.Row.CatalogSha256,
                    Seed: At("seed").Length > 0 ? At("seed") : "1",
                    Decided: At("decided"),
                    Market: market?.Text ?? ""
                );
            })
            .Distinct()
            .Count() == 1;

    /// <summary>Sets what every run came to in each draw beside the first.</summary>
    public async Task<IReadOnlyList<Side>> Of(IReadOnlyList<RunView> runs)
    {
        var results = new List<JsonNode>();
        var draws = new List<DrawFile?>();
        foreach (var run in runs)
        {
            results.Add(JsonNode.Parse((await desk.File(run, RunFiles.Result))!.Bytes)!);
            draws.Add(DrawFile.Read((await desk.File(run, DrawFile.Name))?.Bytes));
        }
        // A run of an earlier release has kept no draws.
        var common = Common(runs) && draws.TrueForAll(d => d is not null) ? draws : null;
        int[] sound = common is null
            ? []
            :
            [
                .. Enumerable
                    .Range(0, common.Min(d => d!.EquityNpv.Count))
                    .Where(i => common.TrueForAll(d => d!.EquityNpv[i] is not null)),
            ];
        return
        [
            .. runs.Select(
                (run, i) =>
                    new Side(
                        run,
                        results[i],
                        AnswerOption.Index(results[i]),
                        common is null ? null : Against(common[i]!, common[0]!, d => d.EquityNpv),
                        common is null
                            ? null
                            : Against(common[i]!, common[0]!, d => d.MinimumCover),
                        sound.Length == 0
                            ? double.NaN
                            : sound.Average(d =>
                                common!.Max(o => o!.EquityNpv[d]!.Value)
                                - common![i]!.EquityNpv[d]!.Value
                            )
                    )
            ),
        ];
    }

    private static Paired? Against(
        DrawFile one,
        DrawFile other,
        Func<DrawFile, IReadOnlyList<double?>> figure
    )
    {
        var (mine, theirs) = (figure(one), figure(other));
        var both = Enumerable
            .Range(0, Math.Min(mine.Count, theirs.Count))
            .Where(d => mine[d] is not null && theirs[d] is not null)
            .ToArray();
        if (both.Length < 2)
        {
            return null;
        }
        var (mean, error) = MeanOfWorlds.Of(
            [.. both.Select(d => mine[d]!.Value - theirs[d]!.Value)],
            [.. both.Select(d => one.World[d])]
        );
        return new Paired(mean, mean - (1.96 * error), mean + (1.96 * error));
    }

    /// <summary>The comparison as JSON.</summary>
    public static JsonObject Document(IReadOnlyList<RunView> runs, IReadOnlyList<Side> sides) =>
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
                    ["id"] = s.Run.Row.Id,
                    ["name"] = s.Run.Row.Name,
                    ["option"] = s.Figures.Words("name"),
                    ["figures"] = s.Figures?.DeepClone(),
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
