using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Hindcast;
using Plimsoll.Market;

namespace Plimsoll.Cli.Market;

/// <summary>Prints priors and posteriors of all parameters as Markdown.</summary>
internal static class ParameterReport
{
    public static int Run()
    {
        var catalog = FactCatalog.Shipped();
        var late = Ensemble.Of(catalog.AsOf(Ensemble.Vintages[0]), "china");
        var early = ParameterShift.Of(Ensemble.Of(catalog.AsOf(Ensemble.Vintages[^1]), "china"));
        Console.WriteLine(
            "| parameter | prior P10 / P50 / P90 | data to 2024-03 | data to 2024-12 | moved by the data | why this prior |"
        );
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var (l, e) in ParameterShift.Of(late).Zip(early))
        {
            var moved =
                l.Moved && e.Moved ? "both"
                : l.Moved ? "2024-12"
                : e.Moved ? "2024-03"
                : "no";
            Console.WriteLine(
                $"| {l.Prior.Parameter} | {Three(l.Prior.Low, l.Prior.Median, l.Prior.High)} | {Three(e.P10, e.P50, e.P90)} | {Three(l.P10, l.P50, l.P90)} | {moved} | {l.Prior.Source} |"
            );
        }
        Console.WriteLine();
        Console.WriteLine("| of the future | P10 / P50 / P90 | why |");
        Console.WriteLine("|---|---|---|");
        foreach (var p in late.Priors.Where(p => p.Parameter >= Prior.FirstFuture))
        {
            Console.WriteLine($"| {p.Parameter} | {Three(p.Low, p.Median, p.High)} | {p.Source} |");
        }
        return ExitCode.Success;
    }

    private static string Three(double low, double middle, double high) =>
        $"{Number(low)} / {Number(middle)} / {Number(high)}";

    private static string Number(double x) =>
        Math.Abs(x) >= 1e7 ? x.ToString("0.0e0", CultureInfo.InvariantCulture)
        : Math.Abs(x) >= 1000
            ? (Math.Round(x / 100) * 100).ToString("#,0", CultureInfo.InvariantCulture)
        : x.ToString("G3", CultureInfo.InvariantCulture);
}
