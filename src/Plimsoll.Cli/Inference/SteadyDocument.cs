using System.Text.Json.Nodes;
using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Cli.Inference;

/// <summary>The mean times of a closed loop with an interval that holds what the simulator and the closed form say of them.</summary>
/// <remarks>
/// The simulator counts every prompt that is computed while a request decodes; the closed form, which <c>inference validate</c> scores, counts the part that was fitted
/// (less for requests of one length than for mixed ones), and adds what real engines were found to add to a first token.
/// </remarks>
internal static class SteadyDocument
{
    /// <summary>The state; null for a workload that is no closed loop of clients written out.</summary>
    public static JsonObject? Of(InferenceCase installation, SimulationResult result)
    {
        if (installation.Steady() is not { } steady)
        {
            return null;
        }
        var (first, each) = Times(steady, result);
        return new JsonObject
        {
            ["note"] =
                "Mean times as 'latency' has them, with an interval that holds the 80 % interval of the step law around them and around the closed form of the same loop, which is what 'inference validate' scores. The simulator counts every prompt computed while a request decodes, the closed form the part of them that was fitted.",
            ["ttft"] = Document(first),
            ["tpot"] = Document(each),
            ["novelty"] = steady.Error.Novelty.ToString(),
            ["extrapolates"] = steady.Error.Extrapolates,
            ["tier"] = steady.Error.Tier,
        };
    }

    /// <summary>One time of a loop: as simulated, in closed form, and the ends of the interval; seconds.</summary>
    public readonly record struct Time(double Seconds, double ClosedForm, double Low, double High);

    /// <summary>Time to first token and time per output token.</summary>
    public static (Time First, Time Each) Times(ClosedLoopResult steady, SimulationResult result)
    {
        static Time Both(LatencySummary simulated, double closed, in LogInterval error)
        {
            var seconds = simulated.Count > 0 ? simulated.Mean : closed;
            return new(
                seconds,
                closed,
                error.Low(Math.Min(seconds, closed)),
                error.High(Math.Max(seconds, closed))
            );
        }
        return (
            Both(result.TimeToFirstToken, steady.TimeToFirstToken, steady.Error.TimeToFirstToken),
            Both(
                result.TimePerOutputToken,
                steady.TimePerOutputToken,
                steady.Error.TimePerOutputToken
            )
        );
    }

    private static JsonObject Document(in Time time) =>
        new()
        {
            ["seconds"] = time.Seconds,
            ["closed_form_seconds"] = time.ClosedForm,
            ["low80"] = time.Low,
            ["high80"] = time.High,
        };
}
