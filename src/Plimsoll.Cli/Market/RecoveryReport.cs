using Plimsoll.Catalog;
using Plimsoll.Hindcast;
using Plimsoll.Market;

namespace Plimsoll.Cli.Market;

/// <summary>Prints the synthetic recovery as Markdown.</summary>
internal static class RecoveryReport
{
    public static int Run(ulong seed)
    {
        var view = FactCatalog.Shipped().AsOf(Ensemble.Vintages[0]);
        var givens = MarketGivens.Of(view, "china");
        var recovery = new SyntheticRecovery(
            givens,
            Prior.Of("china"),
            TargetSet.Of(view, givens),
            seed
        )
        {
            Progress = trial => Console.Error.Write($"\rtrial {trial} of 20 "),
        };
        var found = recovery.Run();
        Console.Error.WriteLine();
        // An interval a fifth narrower than the prior's: the targets said something.
        var moved = found.Where(f => f.Width < 0.8).ToList();
        Console.WriteLine(Line("All fitted parameters", found));
        Console.WriteLine(
            Line("Those whose interval the targets narrow by a fifth or more", moved)
        );
        Console.WriteLine();
        Console.WriteLine("| parameter | held, of 20 | width over prior's |");
        Console.WriteLine("|---|---|---|");
        foreach (var f in found.OrderBy(f => f.Width))
        {
            Console.WriteLine(
                FormattableString.Invariant($"| {f.Parameter} | {f.Held} | {f.Width:F2} |")
            );
        }
        return ExitCode.Success;
    }

    private static string Line(string what, IReadOnlyList<RecoveredParameter> found)
    {
        var trials = found.Sum(f => f.Trials);
        return FormattableString.Invariant(
            $"{what}: {found.Count} parameters, hidden value inside the 80 % interval in {found.Sum(f => f.Held) / (double)Math.Max(1, trials):P1} of {trials} cases."
        );
    }
}
