using Plimsoll.Decisions;

namespace Plimsoll.Portfolios;

/// <summary>What a plan comes to in a few sentences: what is gained, how surely, and what is lost for it.</summary>
/// <param name="Grade">How it may be shown: a gain that is sure and costs no use, a gain that costs something, or no plan.</param>
/// <param name="Head">The plan in a few words.</param>
/// <param name="Sentences">Gain with its interval, what is lost, and how the worth of a useful hour was counted.</param>
public sealed record PlanVerdict(PlanGrade Grade, string Head, IReadOnlyList<string> Sentences)
{
    /// <summary>A fall of useful hours of which is said that it is one.</summary>
    private const double Loss = 0.02;

    /// <summary>Head and sentences.</summary>
    public IEnumerable<string> Lines => Head.Length > 0 ? [Head, .. Sentences] : [];

    /// <summary>The verdict on a result; empty where no plan was searched.</summary>
    public static PlanVerdict Of(PortfolioResult r)
    {
        ArgumentNullException.ThrowIfNull(r);
        if (r.Plan is not { } plan || r.Search is not { } search)
        {
            return new PlanVerdict(PlanGrade.None, "", []);
        }
        var code = r.Portfolio.Currency.Code;
        var asked = r.Centres.Count(c => c.Centre.Stage == CentreStage.Planned);
        var begun = r.Centres.Count(c =>
            c.Centre.Stage == CentreStage.Planned && c.Planned.Action != Refused
        );
        var there = r.Centres.Count - asked;
        var moved = r.Centres.Count(c =>
            c.Centre.Stage != CentreStage.Planned && c.Planned.Action != c.Kept.Action
        );
        var changed = moved + begun;
        var gain = search.Idle;
        var (before, after) = (gain.Rule.UsefulHours.Mean, plan.UsefulHours.Mean);
        var change = before > 0 ? (after / before) - 1 : 0;
        var sure = gain.Low > 0;
        var said = new List<string>
        {
            changed == 0
                ? "No action was better than leaving the centres as they are in more than half of the draws and by more than its own error."
                : $"{Actions(r)}.",
        };
        if (changed > 0)
        {
            said.Add(
                $"Worth {Words.Amount(gain.Gain)} {code} more than leaving all as it is{(asked > 0 ? ", what is planned not begun" : "")} ({Words.Amount(gain.Low)} to {Words.Amount(gain.High)}, 90 % interval of sampling alone, one draw in twenty cut at each end), better in {gain.Better} of {gain.Draws} fresh draws"
                    + (sure ? "." : ": not told apart from none.")
            );
            said.Add(
                change < -Loss
                    ? $"It costs use: useful hours fall from {Words.Amount(before)} to {Words.Amount(after)} ({Words.Percent(change)})."
                : change > Loss
                    ? $"Useful hours rise from {Words.Amount(before)} to {Words.Amount(after)} (by {Words.Percent(change)})."
                : $"Useful hours stay at {Words.Amount(after)}."
            );
            said.Add(
                $"Lenders lose {Words.Amount(plan.LenderLoss.Mean)} instead of {Words.Amount(gain.Rule.LenderLoss.Mean)}; it takes {Words.Amount(plan.Cost)} of the budget, and public money in all is {Words.Amount(plan.PublicMoney.Mean)} instead of {Words.Amount(gain.Rule.PublicMoney.Mean)} (counted {Words.Round3(r.Portfolio.Value.PublicMoney)} a unit in its worth)."
            );
        }
        if (search.TakenBack.Count > 0)
        {
            said.Add(
                $"{search.TakenBack.Count} further actions that the search had liked were taken back: on {search.Held} draws it had not seen they were not better in more than half, or by no more than their own error."
            );
        }
        if (search.Unknowns is [var first, ..])
        {
            said.Add(
                $"It hangs most on {(first.Centre.Length > 0 ? $"{first.Centre}: " : "")}{first.Name}, taken as {first.Known}: knowing whether it is high or low before choosing is worth {Words.Amount(first.Worth)} {code}."
            );
        }
        said.Add(Use(r));
        return new PlanVerdict(
            changed == 0 ? PlanGrade.Open
                : !sure ? PlanGrade.Open
                : change < -Loss ? PlanGrade.Loses
                : PlanGrade.Gains,
            Title(there, moved, asked, begun),
            said
        );
    }

    private const string Refused = "refuse";

    private static string Title(int there, int moved, int asked, int begun)
    {
        var standing =
            moved == 0
                ? $"Leave the {there} centres there are as they are"
                : $"Change {moved} of the {there} centres there are";
        var applicants =
            begun == 0
                ? $"begin none of the {asked} that are planned"
                : $"begin {begun} of the {asked} that are planned";
        return asked == 0 ? standing
            : there == 0 ? char.ToUpperInvariant(applicants[0]) + applicants[1..]
            : $"{standing}, {applicants}";
    }

    private static string Use(PortfolioResult r)
    {
        var (low, high) = (r.UsefulHour.Min(), r.UsefulHour.Max());
        var code = r.Portfolio.Currency.Code;
        var worth =
            low == high
                ? $"{Words.Round3(low)} {code}"
                : $"{Words.Round3(low)} (cheapest chip) to {Words.Round3(high)} {code} (dearest)";
        return r.Portfolio.Value.UsefulGpuHour is not null
                ? $"An hour in real use counts {worth} beyond its rent, as the file states."
            : high > 0
                ? $"An hour in real use counts {worth} beyond its rent: {Words.Percent(r.Portfolio.Value.UsefulShareOfRent)} of the rent quoted for the chip, a prior; state your own under value.useful_gpu_hour."
            : "Hours in real use count nothing beyond their rent.";
    }

    private static string Actions(PortfolioResult r) =>
        string.Join(
            ", ",
            r.Centres.GroupBy(c => c.Planned.Action)
                .OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => $"{g.Key}: {g.Count()}")
        );
}

/// <summary>How a plan may be shown.</summary>
public enum PlanGrade
{
    /// <summary>No plan was searched.</summary>
    None,

    /// <summary>Nothing is changed, or the gain cannot be told from none.</summary>
    Open,

    /// <summary>A gain that costs no use.</summary>
    Gains,

    /// <summary>A gain paid for with hours of real use.</summary>
    Loses,
}
