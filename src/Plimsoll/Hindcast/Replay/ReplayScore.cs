namespace Plimsoll.Hindcast.Replay;

/// <summary>A case with the score of the law and of every baseline.</summary>
/// <param name="Question">The case.</param>
/// <param name="Law">Score of the law.</param>
/// <param name="Walk">Score of its driftless part alone.</param>
/// <param name="LowAnchor">Score with the cost of replacement 25 % lower.</param>
/// <param name="HighAnchor">Score with it 25 % higher.</param>
/// <param name="Baselines">Scores in the order of <see cref="ReplayBaselines.Names"/>; NaN where one says nothing.</param>
/// <param name="Place">Share of the law's forecast, observation error in it, that lies below the outcome: the probability integral transform.</param>
public sealed record ReplayScore(
    ReplayCase Question,
    double Law,
    double Walk,
    double LowAnchor,
    double HighAnchor,
    IReadOnlyList<double> Baselines,
    double Place
)
{
    /// <summary>True when the outcome lies inside the law's 80 % interval.</summary>
    public bool Inside => Place is >= 0.1 and <= 0.9;
}
