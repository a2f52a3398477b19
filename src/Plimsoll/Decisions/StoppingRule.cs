namespace Plimsoll.Decisions;

/// <summary>When an option needs no more draws: it fails the rule beyond doubt, and no more of them could bring it back.</summary>
/// <remarks>
/// Group-sequential in the manner of Haybittle (1971) and Peto (1976): at one or two early looks an option is let go only where a test fails by more than 3.29 standard
/// errors (1 in 1,000) and fails under every rent law and link by more than 1.96; what is left is judged on all draws at the usual 95 %. So strict a look costs the last
/// interval next to nothing, which is why the intervals are printed as they are. Only failing ends early: an option that may pass is compared by its value, on all draws.
/// The plan itself is always run on all.
/// </remarks>
public static class StoppingRule
{
    /// <summary>First look: ten draws of each rent law with each link twice over.</summary>
    private const int FirstLook = 120;

    /// <summary>Standard errors between value and limit at a look, over those of a 95 % interval.</summary>
    private const double Doubt = 3.2905267314919255 / 1.959963984540054;

    /// <summary>Numbers of draws at which an option is looked at before all are run, rising; none where all are few.</summary>
    /// <param name="draws">All draws.</param>
    public static IReadOnlyList<int> Looks(int draws) =>
        [.. new[] { FirstLook, 4 * FirstLook }.Where(look => 2 * look <= draws)];

    /// <summary>True when some test fails beyond doubt.</summary>
    /// <param name="tests">The tests of an option on the draws so far.</param>
    public static bool FailsBeyondDoubt(IEnumerable<RuleTest> tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        return tests.Any(t =>
            t.Outcome == RuleOutcome.Fails
            && t.FailsInEveryGroup
            && t.Value - (Doubt * (t.Value - t.Low)) > t.Limit
        );
    }
}
