namespace Plimsoll.Performance.Points;

/// <summary>The layout of a worker as it ran: the recorded one with known faults of recording undone.</summary>
/// <param name="TensorParallel">Attention TP.</param>
/// <param name="AttentionDataParallel">Attention ranks.</param>
/// <param name="PipelineParallel">Stages.</param>
/// <param name="ExpertParallel">Expert parallelism.</param>
public readonly record struct ServingLayout(
    int TensorParallel,
    int AttentionDataParallel,
    int PipelineParallel,
    int ExpertParallel
)
{
    /// <summary>Accelerators of the worker.</summary>
    public int Accelerators => TensorParallel * AttentionDataParallel * PipelineParallel;

    /// <summary>Undoes the known faults: parallelism written squared, attention data parallelism lost.</summary>
    /// <param name="recorded">As the row has it.</param>
    /// <returns>Null when the figures contradict each other in no known way.</returns>
    /// <remarks>
    /// Where expert TP = expert EP = n and TP x DP = n squared, n accelerators ran with EP n. Where EP is DP squared and expert TP 1, DP accelerators ran, as one TP group with EP: the same runs stand elsewhere under that layout.
    /// Where DP is missing, the product of expert TP and EP over TP tells it.
    /// </remarks>
    public static ServingLayout? Of(in RecordedLayout recorded)
    {
        var tp = Math.Max(1, recorded.Tensor ?? 1);
        var pp = Math.Max(1, recorded.Pipeline ?? 1);
        var dp = recorded.AttentionData ?? 0;
        var cut = Math.Max(1, recorded.ExpertTensor ?? 1);
        var ep = Math.Max(1, recorded.Expert ?? 1);
        if (dp > 0 && cut == ep && cut > 1 && tp * dp == cut * cut)
        {
            return dp > 1 ? new(1, cut, pp, cut) : new(cut, 1, pp, cut);
        }
        if (dp > 1 && cut == 1 && ep == dp * dp && tp == dp)
        {
            return new(dp, 1, pp, dp);
        }
        if (dp == 0)
        {
            dp = cut * ep > tp && cut * ep % tp == 0 ? cut * ep / tp : 1;
        }
        // A dense model has no experts to cut; some files leave the expert figures at 1.
        return cut * ep == tp * dp || cut * ep == 1 ? new(tp, dp, pp, ep) : null;
    }
}
