using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Plimsoll.Decisions;
using Plimsoll.Studies;

namespace Plimsoll.Tests.Reports;

/// <summary>Reads a figure of a result by the path that the report prints, knowing nothing of how the report found it.</summary>
internal static class ResultPath
{
    public static double Read(StudyResult result, string path)
    {
        if (path == "hubs.reached")
        {
            var hubs = result.Hubs.Where(h => double.IsFinite(h.Weight)).ToList();
            return hubs.Where(h => h.Reachable).Sum(h => h.Weight) / hubs.Sum(h => h.Weight);
        }
        if (path.StartsWith("sobol.", StringComparison.Ordinal))
        {
            path = path.Replace("sobol.", "sobol.indices.", StringComparison.Ordinal);
            if (path.EndsWith(".error", StringComparison.Ordinal))
            {
                path = path.Replace("[", "Error[", StringComparison.Ordinal)[..^6];
            }
        }
        object? at = result;
        foreach (var step in path.Split('.'))
        {
            var name = step.Split('[')[0];
            at = name switch
            {
                "against" => ((OptionResult)at!).Against(result.Options[0]),
                "mean" when at is (double mean, double _) => mean,
                "interval" when at is (double _, double error) => 1.96 * error,
                _ => Member(at!, name),
            };
            if (step.Contains('[', StringComparison.Ordinal))
            {
                var index = int.Parse(
                    step.Split('[')[1].TrimEnd(']'),
                    CultureInfo.InvariantCulture
                );
                at = ((IList)at!)[index];
            }
        }
        // A mean with its error stands in the document as its mean.
        return Convert.ToDouble(
            at is (double middle, double _) ? middle : at,
            CultureInfo.InvariantCulture
        );
    }

    private static object? Member(object at, string name)
    {
        if (at is IReadOnlyDictionary<string, double> byName)
        {
            return byName[name];
        }
        if (at is ITuple tuple)
        {
            return tuple[name == "amount" ? 1 : 0];
        }
        const BindingFlags Any =
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        return at.GetType().GetProperty(name, Any)?.GetValue(at)
            ?? throw new InvalidOperationException($"{at.GetType().Name} has no '{name}'.");
    }
}
