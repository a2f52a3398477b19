using Plimsoll.Decisions;
using Plimsoll.Risk;

namespace Plimsoll.Studies.Model;

/// <summary>The one figure that tornado, Sobol indices and flips are about: the median of the lowest cover with debt, of the value to equity without, of the centre's value for an owner.</summary>
/// <param name="Name">In words.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Values">The figure of each draw.</param>
internal sealed record DecisiveFigure(string Name, string Unit, Func<DrawFigures, double[]> Values)
{
    /// <summary>The figure of a study.</summary>
    public static DecisiveFigure Of(StudyCase plan, string currency) =>
        plan.Standing
            ? new DecisiveFigure("value of the centre before finance", currency, f => f.ProjectNpv)
            {
                Depth = FigureDepth.Worth,
            }
        : plan.Loan is not null
            ? new DecisiveFigure("lowest trailing debt service cover", "x", f => f.MinimumCover)
        : new DecisiveFigure("value to equity", currency, f => f.EquityNpv);

    /// <summary>How much of each draw it needs.</summary>
    public FigureDepth Depth { get; init; } = FigureDepth.Tests;

    /// <summary>Its median over the draws that were computed.</summary>
    public double Median(DrawFigures figures)
    {
        var values = Values(figures);
        return Spread.Of([.. figures.Sound.Select(i => values[i])], BadSide.Low).P50;
    }
}
