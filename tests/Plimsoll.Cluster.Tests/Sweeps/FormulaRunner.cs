using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Jobs;
using Plimsoll.Outlooks;

namespace Plimsoll.Cluster.Tests.Sweeps;

/// <summary>Answers with figures that follow from the changes by formulas that a test can repeat.</summary>
internal sealed class FormulaRunner : IStudyRunner
{
    public EngineVersion Version { get; } = new("formula 1", "none");

    public RunResult Run(RunOrder order, RunContext context)
    {
        var changes = StudyChange.Read(order.Changes);
        var gearing = Value(changes, "finance.gearing");
        var servers = Value(changes, "fleet[0].servers");
        if (gearing > 0.85)
        {
            throw new InvalidOperationException("no lender <b>lends</b> that");
        }
        var build = 1e6 * servers * (1 - gearing);
        var wait = 2e7;
        var document = new JsonObject
        {
            ["currency"] = "CNY",
            ["verdict"] = new JsonObject
            {
                ["kind"] = build > wait ? "Build" : "Wait",
                ["option"] = "=cmd()",
                ["headline"] = "a \"headline\", with <marks>",
            },
            ["options"] = new JsonArray(
                Option("as planned", build, gearing),
                Option("wait 12 months", wait, 0)
            ),
            ["debtCapacity"] = null,
        };
        var bytes = Encoding.UTF8.GetBytes(document.ToJsonString());
        var kept = new JsonObject(
            order
                .Outputs.Distinct()
                .Select(o => KeyValuePair.Create(o, DocumentPath.Find(document, o)?.DeepClone()))
        );
        return RunResult.Whole(bytes) with
        {
            Document = Encoding.UTF8.GetBytes(kept.ToJsonString()),
        };
    }

    private static double Value(IReadOnlyList<StudyChange> changes, string path) =>
        double.Parse(changes.Single(c => c.Path == path).Value.ToJsonString());

    private static JsonObject Option(string name, double npv, double risk) =>
        new()
        {
            ["name"] = name,
            ["kind"] = "Build",
            ["meanEquityNpv"] = npv,
            ["equityNpv"] = new JsonObject { ["p50"] = npv, ["p90"] = npv / 2 },
            ["fill"] = new JsonObject { ["p50"] = 0.5 },
            ["breach"] = new JsonObject { ["value"] = risk },
            ["default"] = new JsonObject { ["value"] = risk },
        };
}
