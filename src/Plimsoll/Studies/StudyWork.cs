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

    // Layouts searched for one kind of server whose answer is not kept yet: 3 to 5 seconds on the shipped studies, 15 for a small model on sixteen chips a replica; rare breaches take longer runs to be counted.
    private const double SecondsAServer = 6;
    private const double PercentileOfFit = 90;
    private const double MostLonger = 4;
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
                + (SecondsADrawMonth / 4 * sobol)
                + Serving(values),
            FixedBytes + (BytesADrawMonth * drawn)
        );
    }

    private static double Serving(InputValues values)
    {
        if (!values.Has("serving") && !values.Flag("centre.sells_inference"))
        {
            return 0;
        }
        var servers = values
            .Items("fleet")
            .Select(f => f.Text("server"))
            .Append(values.TextOrNull("options.other_server"))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Count();
        var percentile = values.Section("serving").Number("percentile");
        return SecondsAServer
            * servers
            * Math.Clamp((100 - PercentileOfFit) / (100 - percentile), 1, MostLonger);
    }
}
