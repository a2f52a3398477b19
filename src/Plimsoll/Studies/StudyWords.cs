using Plimsoll.Decisions;
using Plimsoll.Market;
using Plimsoll.Risk;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>Conventions and limits of an answer in plain words.</summary>
internal static class StudyWords
{
    /// <summary>How figures are to be read.</summary>
    public static IReadOnlyList<string> Conventions(StudyReader reader, StudyCase plan)
    {
        var list = new List<string>
        {
            $"Money is nominal, in {reader.Currency.Code}, tax on sales excluded; flows fall at month end.",
            "P90 is the bad side everywhere: reached or bettered in 90 % of the draws. The median case and the P90 case are each one real draw, named by its number.",
            "A month's fill is accelerator-hours sold over accelerator-hours installed, repair and darkness counted as unsold.",
            $"Values are discounted monthly at {Words.Percent(reader.Rule().EquityHurdle)} a year from the start of the outlook.",
            "Standing empty means twelve months in a row below 30 % full, the first six months of operation not counted.",
        };
        if (plan.Loan is { } loan)
        {
            list.Add(
                $"Cover is cash available for debt service over debt service due, of the trailing twelve months, tested every {plan.Terms.TestEveryMonths} months; a default is a payment not made good within {plan.Terms.CureMonths} months. Lowest cover is over the tests up to a default; a default counts as a breach whatever the cover was."
            );
            list.Add(
                $"The loan bears {Words.Percent(loan.Rate)} a year, paid monthly; interest before the first payment is added to the debt."
            );
        }
        if (plan.Standing)
        {
            list.Add(
                "What was spent before the decision counts in no course; courses are ranked by the value of the centre before finance."
            );
            list.Add(
                "A centre that stands begins with what its fleets cost less what is written off since they came, with rent of the months before still to come in and bills still to pay, and with its liquidity and reserve accounts holding the months that the study states: where it is silent they hold nothing, and nothing is paid in anew."
            );
        }
        return list;
    }

    /// <summary>What the answer does not know.</summary>
    public static IReadOnlyList<string> Limits(
        StudyReader reader,
        StudyCase plan,
        MarketRun market,
        IReadOnlyList<TornadoBar> tornado,
        DrawFigures figures
    )
    {
        var list = new List<string>();
        if (!market.Ensemble.Fitted)
        {
            list.Add(
                "The market rests on an unfitted prior: no dated rents, fill or projects of it were fitted, and no verdict to build or lend can rest on it."
            );
        }
        else
        {
            list.Add(
                $"The market's ensemble was fitted on {market.Ensemble.DataTo} and earlier; the data cannot choose between its rent laws, so all are carried."
            );
        }
        foreach (var conflict in (market.Levels?.Conflicts ?? []).Take(3))
        {
            var (first, second) = (conflict.Earlier.Quote, conflict.Later.Quote);
            list.Add(
                $"Quotes of {first.Accelerator} contradict each other: {Words.Round(first.PerGpuHour, 3)} of {first.Date} ({first.Source}) and {Words.Round(second.PerGpuHour, 3)} of {second.Date} ({second.Source}), an accelerator-hour; rents start between them."
            );
        }
        foreach (var (chip, gap) in market.CurveGap)
        {
            list.Add(
                $"Rents of {chip} have the mean of the curve given, which ends {Words.Round(100 * (Math.Exp(gap[^1]) - 1), 2)} % from the model's own; their width is the model's."
            );
        }
        var share = TornadoRun.GradeDShare(tornado);
        if (!double.IsNaN(share))
        {
            list.Add(
                $"{Words.Odds(share)} of the spread of the answer comes from numbers of grade D, that is, own priors."
            );
        }
        foreach (
            var (goodput, words) in plan
                .Fleets.Select(f => f.Served)
                .OfType<ServedFleet>()
                .DistinctBy(s => s.Words, StringComparer.Ordinal)
        )
        {
            list.Add(
                $"What an accelerator serves ({words}) is simulated, not measured here: {Words.Round(goodput.Value, 2)} tokens a second, 80 % range {Words.Round(goodput.Low, 2)} to {Words.Round(goodput.High, 2)}."
            );
        }
        if (plan.Leases.Count == 0)
        {
            list.Add("No contract is signed; every hour sold has still to be won.");
        }
        var failed = figures.Draws - figures.Sound.Length;
        if (failed > 0)
        {
            list.Add(
                $"{failed} of {figures.Draws} draws could not be computed and are left out of every figure."
            );
        }
        list.Add(
            "Tenants, rivals and rules beyond those of the market model are not seen: a customer known to the reader is worth more than any of these odds."
        );
        _ = reader;
        return list;
    }
}
