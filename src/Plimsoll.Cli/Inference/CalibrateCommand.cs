using System.CommandLine;
using System.Globalization;
using Plimsoll.Files;
using Plimsoll.Performance;
using Plimsoll.Performance.Fitting;
using Plimsoll.Performance.Points;

namespace Plimsoll.Cli.Inference;

/// <summary><c>inference calibrate --points FILE --out FILE</c>: fits the law to measured points and writes a profile that an inference file can name.</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var points = PointsFile.Option();
        var output = new Option<string>("--out")
        {
            Description = "The profile to write (CSV).",
            Required = true,
        };
        var scratch = new Option<bool>("--from-prior")
        {
            Description =
                "Start from the assumed law instead of the shipped calibration: how the shipped one is made.",
        };
        var until = new Option<DateOnly?>("--measured-by")
        {
            Description =
                "Use only rows measured by this day, as 2025-12-31; rows without a day are left out.",
            CustomParser = result =>
            {
                var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (
                    DateOnly.TryParseExact(
                        text,
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var day
                    )
                )
                {
                    return day;
                }
                result.AddError(
                    $"--measured-by: found '{text}'; expected a day as yyyy-MM-dd, for example 2025-12-31."
                );
                return null;
            },
        };
        var command = new Command(
            "calibrate",
            "Fit the law to your own measured points, starting from the shipped calibration."
        )
        {
            points,
            output,
            scratch,
            until,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(points)!,
                    result.GetValue(output)!,
                    result.GetValue(scratch),
                    result.GetValue(until)
                )
            )
        );
        return command;
    }

    private const int MostTold = 20;

    private static int Run(string points, string output, bool fromPrior, DateOnly? until)
    {
        var view = PointsFile.View();
        var audited = PointsFile.Audit(view, points, until: until);
        var usable = audited.Where(p => p.IsResolved).Select(p => new FitPoint(p)).ToList();
        // Rows of the public collection have known faults by the hundred; a user's own are told one by one.
        var left = audited.Where(p => !p.IsResolved && p.Row.Source.Length == 0).ToList();
        foreach (var point in left.Take(MostTold))
        {
            Console.Error.WriteLine(PointsCommand.Said(points, point));
        }
        if (left.Count > MostTold)
        {
            Console.Error.WriteLine(
                $"{points}: {left.Count - MostTold} more rows are left out; 'plimsoll inference points audit {points}' tells them all."
            );
        }
        if (until is { } last && audited.Count == 0)
        {
            Console.Error.WriteLine(
                $"{points}: no row is of {last:yyyy-MM-dd} or before; a row says the day in column 'measured', as 2025-12-31."
            );
            return ExitCode.Unanswerable;
        }
        if (usable.Count == 0)
        {
            Console.Error.WriteLine(
                $"{points}: no row can be used; 'plimsoll inference points audit {points}' tells why."
            );
            return ExitCode.Unanswerable;
        }
        var prior = fromPrior ? null : Calibration.Of(view);
        var tier = fromPrior ? 1 : 3;
        var fitted = CalibrationFit.Run(usable, tier, prior is { IsFitted: true } ? prior : null);
        var stated = StatedErrors.Measure(fitted, usable, tier);
        var measured = usable.Max(p => p.Point.Row.Measured);
        var dataTo = measured ?? DateOnly.MinValue;
        OutputFile.Write(output, CalibrationFile.ToCsv(stated, dataTo));
        Console.WriteLine(
            $"{output}: fitted on {usable.Count} of {audited.Count} rows, {(measured is { } day ? $"data to {day:yyyy-MM-dd}" : "of no stated day: column 'measured' has it")}"
        );
        if (usable.Count < Validation.LeastForRefit && prior is not null)
        {
            var (now, before) = (Off(audited, fitted), Off(audited, prior));
            Console.WriteLine(
                $"  time per output token off by {now.TimePerOutputToken:0.0} % in the median of them, {before.TimePerOutputToken:0.0} % before; time to first token by {now.TimeToFirstToken:0.0} %, {before.TimeToFirstToken:0.0} % before: on rows that it was fitted on"
            );
            Console.WriteLine(
                $"  errors as shipped: {Validation.LeastForRefit} rows are needed to measure those of the profile"
            );
        }
        foreach (var e in stated.Errors.OrderBy(e => e.Novelty))
        {
            Console.WriteLine(
                $"{e.Novelty, -16} TPOT x{Math.Exp(e.TimePerOutputToken.LogLow):F2} to x{Math.Exp(e.TimePerOutputToken.LogHigh):F2}, TTFT x{Math.Exp(e.TimeToFirstToken.LogLow):F2} to x{Math.Exp(e.TimeToFirstToken.LogHigh):F2} in 80 of 100 cases"
            );
        }
        return ExitCode.Success;
    }

    /// <summary>Median error on rows, per cent.</summary>
    private static (double TimePerOutputToken, double TimeToFirstToken) Off(
        IReadOnlyList<MeasuredPoint> points,
        Calibration calibration
    ) =>
        Validation.Run(points, calibration, false, null).Overall is { } overall
            ? (100 * overall.TimePerOutputToken.Median, 100 * overall.TimeToFirstToken.Median)
            : (double.NaN, double.NaN);
}
