using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Risk;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>How the decisive figure's median swings with each uncertain number alone, and with the market alone.</summary>
internal static class TornadoRun
{
    /// <summary>One bar a number, widest first; and one for the market.</summary>
    /// <remarks>A number of cost or money is moved on what the plan physically did; one that moves the market is cleared anew.</remarks>
    /// <param name="run">The first draws.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="held">What it physically does on those draws.</param>
    /// <param name="figure">The decisive figure.</param>
    /// <param name="market">Name, grade and source of the market's bar.</param>
    /// <param name="currency">Currency of the study, ISO code.</param>
    public static IReadOnlyList<TornadoBar> Of(
        OptionRun run,
        StudyCase plan,
        PhysicalDraws held,
        DecisiveFigure figure,
        (string Name, Grade Grade, string Source) market,
        string currency
    )
    {
        var bars = new List<TornadoBar>();
        foreach (var number in plan.Uncertain)
        {
            var again = plan.Gate is not null || plan.MovesTheMarket(number);
            double At(double value) =>
                figure.Median(
                    again
                        ? run.With(number.Path, value).Figures(plan, depth: figure.Depth)
                        : run.Costed(held, plan, number.Path, value, figure.Depth)
                );
            bars.Add(
                new TornadoBar(
                    Label(number),
                    number.Low,
                    number.High,
                    At(number.Low),
                    At(number.High),
                    StudyUnits.Of(number, currency),
                    number.Grade,
                    number.Source
                )
                {
                    Path = number.Path,
                }
            );
        }
        var still = run.AtBest().Figures(plan, depth: figure.Depth);
        var values = figure.Values(still);
        var spread = Spread.Of([.. still.Sound.Select(i => values[i])], BadSide.Low);
        bars.Add(
            new TornadoBar(
                market.Name,
                0.1,
                0.9,
                spread.P90,
                spread.P10,
                "quantile of the draws",
                market.Grade,
                market.Source
            )
        );
        // Numbers of one key are told apart by whose they are.
        var shared = bars.GroupBy(b => b.Input, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. bars.Select(b =>
                    shared.Contains(b.Input) && Owner(b.Path) is { Length: > 0 } owner
                        ? b with
                        {
                            Input = $"{b.Input}, {owner}",
                        }
                        : b
                )
                .OrderByDescending(b => double.IsNaN(b.Swing) ? -1 : b.Swing)
                .ThenBy(b => b.Input, StringComparer.Ordinal),
        ];
    }

    /// <summary>A number's name in words.</summary>
    public static string Label(InputNumber number)
    {
        var path = number.Path;
        var key = path[(path.LastIndexOf('.') + 1)..];
        return key.Replace('_', ' ');
    }

    /// <summary>Name of the item of a list whose number it is; empty for none.</summary>
    private static string Owner(string path) =>
        path.IndexOf('[', StringComparison.Ordinal) is >= 0 and var from
        && path.IndexOf(']', StringComparison.Ordinal) is var to
        && to > from
            ? path[(from + 1)..to]
            : "";

    /// <summary>Share of the squared swing that comes from numbers of grade D, 0 to 1.</summary>
    public static double GradeDShare(IReadOnlyList<TornadoBar> bars)
    {
        double all = 0,
            d = 0;
        foreach (var bar in bars.Where(b => !double.IsNaN(b.Swing)))
        {
            all += bar.Swing * bar.Swing;
            d += bar.Grade == Grade.D ? bar.Swing * bar.Swing : 0;
        }
        return all > 0 ? d / all : double.NaN;
    }
}
