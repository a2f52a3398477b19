using Plimsoll.Jobs;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Runs;

/// <summary>A run with where it stands and what it came to.</summary>
/// <param name="Row">As it was asked for.</param>
/// <param name="Record">Where it stands in the ledger; null when it is done and nobody needs to look.</param>
/// <param name="Answer">What it came to; null until then.</param>
public sealed record RunView(AskedRun Row, RunRecord? Record, AnswerRow? Answer)
{
    /// <summary>waiting, running, done, failed or cancelled.</summary>
    public string State =>
        Record?.State switch
        {
            null => Answer is null ? "waiting" : "done",
            RunState.Waiting => "waiting",
            RunState.Leased => "running",
            RunState.Done => "done",
            RunState.Failed => "failed",
            RunState.Stopped => "cancelled",
            _ => throw new InvalidOperationException("No such state of a run."),
        };

    /// <summary>True for a run of a study with its answer: what terms, sensitivity and comparison look at.</summary>
    public bool IsStudy =>
        Answer is { Verdict: not (PortfolioRunFiles.Kind or VoucherRunFiles.Kind) };

    /// <summary>True for so few draws that a chance is known to within several points at best: a look, not an answer.</summary>
    /// <param name="draws">Draws of the run.</param>
    public static bool IsTrial(double draws) => draws < 500;

    /// <summary>True when nothing more will happen to it.</summary>
    public bool Ended => State is "done" or "failed" or "cancelled";

    /// <summary>True when engine or catalogue have moved on since.</summary>
    public bool Stale => Engine.Stale(Row);
}
