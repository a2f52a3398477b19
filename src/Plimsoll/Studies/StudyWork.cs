using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>What a study will take, from its horizon, fleets and draws.</summary>
public static class StudyWork
{
    // Fitted on runs of the shipped studies on 30 and 1,000 draws (84 to 96 months; 3.9 to 16.7 seconds) and of a horizon of 240 months (24 to 42 seconds on 30 draws).
    private const double StartSeconds = 3;
    private const double FixedSeconds = 4;
    private const double MonthsOfFit = 90;
    private const double SecondsADrawMonth = 1.6e-4;
    private const double FixedBytes = 250e6;
    private const double BytesADrawMonth = 800;

    /// <summary>The estimate.</summary>
    /// <param name="values">A checked file of kind study.</param>
    /// <param name="settings">How it will be run.</param>
    public static WorkEstimate Of(InputValues values, StudySettings settings)
    {
        double months = values.Integer("horizon");
        var drawn = settings.Draws * months;
        var sobol = settings.Sobol ? 16.0 * settings.SobolPoints * months : 0;
        return new WorkEstimate(
            StartSeconds
                + (FixedSeconds * Math.Pow(months / MonthsOfFit, 2))
                + (SecondsADrawMonth * drawn)
                + (SecondsADrawMonth / 4 * sobol),
            FixedBytes + (BytesADrawMonth * drawn)
        );
    }
}
