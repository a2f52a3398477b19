using Plimsoll.Catalog;
using Plimsoll.Hindcast;
using Plimsoll.Market;

namespace Plimsoll.Cli.Market;

/// <summary>Prints the table of switches as Markdown.</summary>
internal static class SwitchReport
{
    public static int Run(ulong seed)
    {
        var catalog = FactCatalog.Shipped();
        var view = catalog.AsOf(Ensemble.Vintages[0]);
        var givens = MarketGivens.Of(view, "china");
        var later = MarketGivens.Of(view, catalog.AsOf(new DateOnly(2026, 11, 30)), "china");
        var table = new SwitchTable(
            givens,
            later,
            TargetSet.Of(view, givens),
            Ensemble.Of(view, "china"),
            seed
        )
        {
            Progress = done => Console.Error.Write($"\r{done} of 13 mechanisms "),
        };
        var rows = table.Run();
        Console.Error.WriteLine();
        Console.WriteLine(
            "| mechanism off | output | toggled, log change | refitted, log change | log evidence | verdict |"
        );
        Console.WriteLine("|---|---|---|---|---|---|");
        for (var i = 0; i < rows.Count; i++)
        {
            var r = rows[i];
            Console.WriteLine(
                FormattableString.Invariant(
                    $"| M{i + 1} {r.Mechanism} | {r.Output} | {r.Toggled:+0.000;-0.000;0.000} ± {r.ToggledError:F3} | {r.Refitted:+0.00;-0.00;0.00} ± {r.RefittedError:F2} | {r.Evidence:+0.0;-0.0;0.0} ± {r.EvidenceError:F1} | {(r.Acts ? "acts" : "does not act")}, {(r.Identified ? "identified" : "not identified by these data")} |"
                )
            );
        }
        return ExitCode.Success;
    }
}
