namespace Plimsoll.Decisions;

/// <summary>What every verdict on an unfitted market must say.</summary>
internal static class Unfitted
{
    private const string MoreDraws = "; more draws would tell";

    /// <summary>The verdict, saying first that its market is unfitted and that draws do not help; unchanged on a fitted market.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="fitted">False when the market rests on an unfitted prior.</param>
    /// <param name="what">What no number of draws can end in.</param>
    public static Verdict Said(Verdict verdict, bool fitted, string what) =>
        fitted
            ? verdict
            : verdict with
            {
                Unknown =
                [
                    $"The market rests on an unfitted prior: no number of draws can end in {what}; dated rents, fill and projects of this market would, once the ensemble is fitted to them.",
                    .. verdict.Unknown.Select(u =>
                        u.Replace(MoreDraws, "", StringComparison.Ordinal)
                    ),
                ],
            };
}
