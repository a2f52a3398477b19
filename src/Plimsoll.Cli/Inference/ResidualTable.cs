using System.Globalization;
using System.Text;
using Plimsoll.Performance;
using Plimsoll.Performance.Fitting;

namespace Plimsoll.Cli.Inference;

/// <summary>Each scored row with its prediction and the interval stated for it, as CSV.</summary>
internal static class ResidualTable
{
    public static string Csv(Validation validation)
    {
        var text = new StringBuilder(
            "line,id,model,accelerator,engine,engine_version,precision,mode,tensor_parallel,attention_data_parallel,expert_parallel,clients,input_tokens,output_tokens,novelty,extrapolates,out_of_fold,"
                + "tpot_measured_ms,tpot_predicted_ms,tpot_log_error,tpot_log_low,tpot_log_high,ttft_measured_ms,ttft_predicted_ms,ttft_log_error,ttft_log_low,ttft_log_high\n"
        );
        foreach (var scored in validation.Points)
        {
            var (point, row, d) = (scored.Point, scored.Point.Point.Row, scored.Point.Served);
            var load = point.Point.Load;
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row.Line},{row.Id},{d.Model.Name},{d.Accelerator.Name},{d.Engine.Word()},{d.EngineVersion},{d.Precision},{(point.IsDisaggregated ? "disagg" : "agg")},{d.TensorParallel},{d.AttentionDataParallel},{d.ExpertParallel},{load.Concurrency},{load.InputTokens},{load.OutputTokens},{scored.Error.Novelty},{scored.Error.Extrapolates},{scored.OutOfFold}"
            );
            Time(
                text,
                row.TimePerOutputToken,
                scored.LogPerTokenError,
                scored.Error.TimePerOutputToken
            );
            Time(
                text,
                row.TimeToFirstToken,
                scored.LogFirstTokenError,
                scored.Error.TimeToFirstToken
            );
            text.Append('\n');
        }
        return text.ToString();
    }

    private static void Time(
        StringBuilder text,
        double measured,
        double logError,
        in LogInterval interval
    ) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $",{measured * 1e3:G6},{measured * Math.Exp(-logError) * 1e3:G6},{logError:F4},{interval.LogLow:F4},{interval.LogHigh:F4}"
        );
}
