using Plimsoll.Catalog;
using Plimsoll.Hindcast;
using Plimsoll.Market;

namespace Plimsoll.Cli.Market;

/// <summary>Prints the table of switches as Markdown.</summary>
internal static class SwitchReport
{
    public static int Run(ulong seed, string[] only)
    {
        var all = Enum.GetValues<Mechanisms>().Where(m => m != Mechanisms.None).ToArray();
        var named = only.Select(name =>
                Enum.TryParse<Mechanisms>(name, true, out var m) && all.Contains(m)
                    ? m
                    : throw new InvalidDataException(
                        $"--only: found '{name}'; expected one of {string.Join(", ", all)}."
                    )
            )
            .ToArray();
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
            Only = named.Length > 0 ? named : all,
            Progress = done =>
                Console.Error.Write(
                    $"\r{done} of {(only.Length > 0 ? only.Length : 13)} mechanisms "
                ),
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
                    $"| M{Array.IndexOf(all, r.Mechanism) + 1} {r.Mechanism} | {r.Output} | {r.Toggled:+0.000;-0.000;0.000} ± {r.ToggledError:F3} | {r.Refitted:+0.00;-0.00;0.00} ± {r.RefittedError:F2} | {r.Evidence:+0.0;-0.0;0.0} ± {r.EvidenceError:F1} | {(r.Acts ? "acts" : "does not act")}, {(r.Identified ? "identified" : "not identified by these data")} |"
                )
            );
        }
        return ExitCode.Success;
    }
}
