using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Studies;

/// <summary>Finds debt of a half-built centre that contradicts itself, its plan, or what was spent.</summary>
internal static class ConstructionCheck
{
    private static readonly string[] _keys = ["undrawn", "available_until", "break_share"];

    /// <summary>What the whole fleet costs; not a number where a server's cost is not known.</summary>
    private static double Cost(InputValues values) =>
        values
            .Items("fleet")
            .Sum(f => (f.NumberOrNull("capex_per_server") ?? double.NaN) * f.Number("servers"));

    /// <summary>A centre whose servers all stand is no longer under construction.</summary>
    private static void Built(InputValues values, StudyFindings found)
    {
        var (decided, fleets) = (values.Month("decided"), values.Items("fleet"));
        if (fleets.Count > 0 && fleets.All(f => f.Month("online") <= decided))
        {
            found.Refuse(
                fleets[0].Path.Key("online"),
                "stands-already",
                $"servers that all came by {fleets.Max(f => f.Month("online"))}",
                $"a fleet that comes after the decision in {decided}",
                "Ask 'question: owner' of a centre that stands (in a portfolio 'state: standing'), or correct 'online'."
            );
        }
    }

    /// <summary>Adds what is found.</summary>
    /// <param name="values">The study.</param>
    /// <param name="found">Findings.</param>
    public static void Add(InputValues values, StudyFindings found)
    {
        if (values.Text("question") != "construction")
        {
            foreach (var key in _keys.Where(k => values.Has($"construction.{k}")))
            {
                found.Warn(
                    new InputPath($"construction.{key}"),
                    "without-effect",
                    $"'{key}' of a centre under construction where the question is '{values.Text("question")}'",
                    $"question: construction",
                    "Ask what to do with the half-built centre, or take the key out."
                );
            }
            return;
        }
        Built(values, found);
        var (drawn, undrawn) = (
            values.Number("finance.existing_debt"),
            values.Number("construction.undrawn")
        );
        var spent = values.Number("construction.spent");
        if (values.Section("finance").Items("debt").Count > 0 && undrawn > 0)
        {
            found.Refuse(
                new InputPath("construction.undrawn"),
                "contradiction",
                $"what is undrawn of one loan beside a list of tranches",
                $"one of the two",
                "Write what is still lent as rows of 'finance.debt', or take the list out."
            );
        }
        var cost = Cost(values);
        if (spent > cost)
        {
            const string Remedy =
                "Either servers are missing, their cost per server is too low, or what was spent is not all theirs: correct the one that is wrong.";
            var path = new InputPath("construction.spent");
            if (spent > UsualAmount.Absurd * cost)
            {
                found.Refuse(
                    path,
                    "contradiction",
                    $"{spent:#,0} spent on a fleet that costs {cost:#,0}",
                    $"at most what the fleet costs",
                    Remedy
                );
            }
            else
            {
                found.Warn(
                    path,
                    "contradiction",
                    $"{spent:#,0} spent on a fleet that costs {cost:#,0}",
                    $"at most what the fleet costs",
                    Remedy
                );
            }
        }
        if (drawn > spent)
        {
            found.Warn(
                new InputPath("finance.existing_debt"),
                "debt-above-spent",
                $"{drawn:#,0} drawn of the loan and {spent:#,0} spent",
                $"at most what was spent",
                "Either deposits and fees are missing from 'construction.spent', or money drawn still lies in an account: then it is not owed net. Correct the one that is wrong."
            );
        }
        if (undrawn <= 0)
        {
            foreach (
                var key in _keys
                    .Skip(1)
                    .Where(k =>
                        values.Has($"construction.{k}") && (k == "available_until" || drawn <= 0)
                    )
            )
            {
                found.Warn(
                    new InputPath($"construction.{key}"),
                    "without-effect",
                    $"'{key}' of no loan",
                    key == "break_share"
                        ? (FormattableString)$"'finance.existing_debt' beside it"
                        : $"'construction.undrawn' beside it",
                    "Say what of the loan is drawn and undrawn, or take the key out."
                );
            }
            return;
        }
        if (values.Has("finance.gearing"))
        {
            found.Warn(
                new InputPath("finance.gearing"),
                "without-effect",
                $"a gearing beside a commitment of {undrawn:#,0}",
                $"one of the two",
                "What is still lent is the commitment; the gearing is not used. Take one of them out."
            );
        }
        var left = cost - spent;
        if (undrawn > left && spent <= cost)
        {
            found.Warn(
                new InputPath("construction.undrawn"),
                "more-than-is-left",
                $"a commitment of {undrawn:#,0} on {Math.Max(0, left):#,0} left to pay",
                $"at most what is left",
                "What no cost calls is cancelled and earns no fee here. If more is left to pay, correct 'construction.spent' or the fleet's cost."
            );
        }
        if (values.MonthOrNull("construction.available_until") is { } until)
        {
            var first = values.Items("fleet").Min(f => f.Month("online")) + -1;
            if (until < first || until <= values.Month("decided"))
            {
                found.Warn(
                    new InputPath("construction.available_until"),
                    "ends-before-the-cost",
                    $"a commitment that ends in {until}, and the first servers are paid in {first}",
                    $"{first} or later",
                    "Nothing of it is drawn: equity pays all that is left. Ask the lender for a longer availability, or correct the month."
                );
            }
        }
    }
}
