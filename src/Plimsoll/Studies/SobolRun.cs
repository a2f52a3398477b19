using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Risk;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>Sobol indices of the decisive figure over the plan's independent numbers, the market ensemble as one grouped factor.</summary>
internal static class SobolRun
{
    /// <summary>Name of the grouped factor.</summary>
    public const string MarketFactor = "market (all its parameters and chances together)";

    /// <summary>Estimates the indices.</summary>
    /// <param name="cases">Market, site and finance.</param>
    /// <param name="marketDraws">Draws of the market to choose from.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="rule">The rule, for its hurdle.</param>
    /// <param name="figure">The decisive figure.</param>
    /// <param name="seed">Seed of the design.</param>
    /// <param name="points">Base points.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="progress">Share done; may be null.</param>
    public static SobolTable Of(
        CaseRun cases,
        int marketDraws,
        StudyCase plan,
        DecisionRule rule,
        DecisiveFigure figure,
        ulong seed,
        int points,
        int threads,
        Action<double>? progress
    )
    {
        var numbers = plan.Uncertain;
        var spreads = numbers.Select(DrawInputs.Spread).ToArray();
        var design = SobolDesign.Create(seed, points, numbers.Count + 1);
        var indices = design.Estimate(
            point =>
            {
                var values = new Dictionary<string, double>(StringComparer.Ordinal);
                for (var i = 0; i < numbers.Count; i++)
                {
                    values[numbers[i].Path] = spreads[i].Quantile(Open(point[i]));
                }
                var draw = Math.Min(marketDraws - 1, (int)(point[^1] * marketDraws));
                return cases.Try(plan, values, draw).Value is { } done
                    ? Answer(done, plan, rule, figure)
                    : rule.CovenantCover;
            },
            threads,
            progress
        );
        return new SobolTable([.. numbers.Select(Name), MarketFactor], indices);
    }

    /// <summary>The figure of one draw; a loan that is never tested counts as covered at the covenant.</summary>
    private static double Answer(
        CaseDraw done,
        StudyCase plan,
        DecisionRule rule,
        DecisiveFigure figure
    )
    {
        var one = new DrawFigures(1);
        var sunk = plan.DebtStanding;
        one.Record(0, done.Outlook, done.Cash, rule.EquityHurdle, done.Built, default, sunk);
        var value = figure.Values(one)[0];
        return double.IsNaN(value) ? rule.CovenantCover : value;
    }

    private static string Name(InputNumber number) => TornadoRun.Label(number);

    private static double Open(double u) => Math.Clamp(u, 1e-9, 1 - 1e-9);
}
