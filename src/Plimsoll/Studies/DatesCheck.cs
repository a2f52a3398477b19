using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Everything dated must lie within the months looked ahead: fleets, the loan, the stage, the wait.</summary>
/// <param name="values">The file.</param>
/// <param name="found">Findings.</param>
internal sealed class DatesCheck(InputValues values, StudyFindings found)
{
    /// <summary>Months of operation that a verdict needs at least: cover and emptiness are measured over twelve.</summary>
    private const int LeastOperation = 12;

    private Month Start { get; } = values.Month("decided") + 1;

    private int Horizon { get; } = values.Integer("horizon");

    /// <summary>Adds what lies beyond the horizon.</summary>
    public void Add()
    {
        Far();
        var last = Fleets();
        Run();
        Promised();
        if (found.Refused)
        {
            return;
        }
        Stands();
        Stated();
        Loan(last);
        if (values.Text("question") == "sponsor")
        {
            Later(last);
        }
        Relief(last);
        Grant(last);
    }

    /// <summary>The market is drawn month by month up to the horizon, and bounded as a market file's is.</summary>
    private void Far()
    {
        if (Start + (Horizon - 1) > MarketFileReader.LastNational)
        {
            found.Refuse(
                new InputPath("decided"),
                "too-far",
                $"a national market until {Start + (Horizon - 1)}",
                $"at most until {MarketFileReader.LastNational}",
                "Begin earlier or look ahead for fewer months: it is drawn from 2023 on, month by month, and knows nothing of later decades."
            );
        }
    }

    /// <summary>The month (from 0) in which the last fleet comes.</summary>
    private int Fleets()
    {
        var last = 0;
        foreach (var fleet in values.Items("fleet"))
        {
            var online = fleet.Month("online") - Start;
            last = Math.Max(last, online);
            if (online > Horizon - LeastOperation)
            {
                found.Refuse(
                    fleet.Path.Key("online"),
                    "beyond-horizon",
                    $"{fleet.Month("online")}",
                    $"at most {Start + (Horizon - LeastOperation)}, a year before the horizon of {Horizon} months ends",
                    "Lengthen 'horizon' or take the fleet out: a verdict needs a year of operation."
                );
            }
        }
        return last;
    }

    /// <summary>Servers come by the month they are promised for: later is told, and after the long stop there is no contract.</summary>
    private void Promised()
    {
        foreach (var lease in values.Items("signed"))
        {
            if (lease.MonthOrNull("ready") is not { } ready || Online(lease) is not [_, ..] online)
            {
                continue;
            }
            var first = online.Min();
            if (lease.Has("long_stop") && first > ready + lease.Integer("long_stop"))
            {
                found.Refuse(
                    lease.Path.Key("long_stop"),
                    "contradiction",
                    $"a long stop in {ready + lease.Integer("long_stop")} of servers promised for {ready}",
                    $"{first} or later, when the first servers come that it may have",
                    "Correct 'online', 'ready' or 'long_stop': as they stand the contract ends before it begins."
                );
            }
            else if (first > ready)
            {
                found.Warn(
                    lease.Path.Key("ready"),
                    "late",
                    $"servers promised for {ready} that come in {first}",
                    $"{first} or later",
                    "The tenant pays from when they come, and what the contract says of delay is due from the first month; correct 'online' or 'ready' if that is not meant."
                );
            }
        }
    }

    /// <summary>The months in which the fleets come that a lease may have: the one it names, or any.</summary>
    private List<Month> Online(InputValues lease)
    {
        var fleet = lease.TextOrNull("fleet");
        return
        [
            .. values
                .Items("fleet")
                .Where(f => fleet is null || f.TextOrNull("name") == fleet)
                .Select(f => f.Month("online")),
        ];
    }

    /// <summary>A lease has run on servers that were there.</summary>
    private void Run()
    {
        foreach (var lease in values.Items("signed"))
        {
            var run = lease.Integer("months_run");
            var of = Online(lease);
            if (run > 0 && of.Count > 0 && of.TrueForAll(online => online >= Start))
            {
                found.Refuse(
                    lease.Path.Key("months_run"),
                    "contradiction",
                    $"{run} months run on servers that come in {of.Min()}",
                    $"servers that were there by the decision in {values.Month("decided")}",
                    "Correct 'online' of the fleet, or leave 'months_run' out: a lease runs from when its servers stand."
                );
            }
        }
    }

    /// <summary>An owner asks about servers that stand, at least some of them.</summary>
    private void Stands()
    {
        var fleets = values.Items("fleet");
        if (
            values.Text("question") == "owner"
            && fleets.Count > 0
            && fleets.All(f => f.Month("online") > Start)
        )
        {
            found.Refuse(
                fleets[0].Path.Key("online"),
                "not-there-yet",
                $"no server before {fleets.Min(f => f.Month("online"))} of an owner who decides in {values.Month("decided")}",
                $"servers by {Start}",
                "Ask 'question: construction' or 'sponsor' of what is still to come (in a portfolio 'state: building' or 'planned'), or correct 'online'."
            );
        }
    }

    private bool Borrows => StudyDebt.Tranches(values, 0).Count > 0;

    /// <summary>The month (from 0) of the last payment of a tranche.</summary>
    private static int Maturity(DebtTranche t, int last) =>
        t.Draw == DrawRule.AfterAcceptance
            ? Math.Max(0, last - 1) + t.AcceptanceMonths + t.InterestOnlyMonths + t.TenorMonths
            : t.FirstPaymentMonth + t.TenorMonths - 1;

    /// <summary>The month (from 0) of the last payment of any.</summary>
    private int Maturity(int last) =>
        StudyDebt.Tranches(values, last).Select(t => Maturity(t, last)).DefaultIfEmpty(0).Max();

    /// <summary>A stated maturity is of debt that stands, instead of a tenor, and after the decision.</summary>
    private void Stated()
    {
        if (values.MonthOrNull("finance.maturity") is not { } maturity)
        {
            return;
        }
        var path = new InputPath("finance.maturity");
        if (values.Has("finance.tenor"))
        {
            found.Refuse(
                path,
                "contradiction",
                $"a maturity in {maturity} and a tenor of {values.Integer("finance.tenor")} months",
                $"one of the two",
                "Say when the last payment falls due, or how many months are left: leave the other out."
            );
        }
        else if (values.Number("finance.existing_debt") <= 0)
        {
            found.Refuse(
                path,
                "needs-another-key",
                $"the maturity of no debt outstanding",
                $"'finance.existing_debt' beside it",
                "Say what is outstanding; a loan still to be made has a 'tenor'."
            );
        }
        else if (maturity - Start < 1)
        {
            found.Refuse(
                path,
                "out-of-range",
                $"{maturity}",
                $"{Start + 1} or later, the first payment looked at",
                "A loan that was due has to be told as it stands: lengthen it, or write what is unpaid as 'finance.arrears'."
            );
        }
    }

    private void Loan(int last)
    {
        if (!Borrows)
        {
            if (values.Text("question") == "lender")
            {
                found.Refuse(
                    new InputPath("question"),
                    "no-loan",
                    $"'lender', and no loan",
                    $"a loan",
                    "Give 'finance.gearing' or 'finance.existing_debt', or ask as sponsor or owner."
                );
            }
            return;
        }
        if (
            values.Text("question") == "lender"
            && values.Has("finance.gearing_cap")
            && values.Number("finance.gearing_cap") <= 0
            && values.Number("finance.existing_debt") <= 0
        )
        {
            found.Refuse(
                new InputPath("finance.gearing_cap"),
                "no-loan",
                $"a cap of 0 on the loan that is asked for",
                $"more than 0",
                "Raise the cap, or ask as sponsor or owner: under it nothing is lent."
            );
            return;
        }
        if (
            values.Text("question") == "lender"
            && values.Number("finance.existing_debt") <= 0
            && values.Items("fleet").All(f => f.NumberOrNull("capex_per_server") <= 0)
        )
        {
            found.Refuse(
                new InputPath("fleet").Item(0).Key("capex_per_server"),
                "no-loan",
                $"a cost of 0 of what the loan is to pay for",
                $"more than 0",
                "Give what a server costs, write debt that stands as 'finance.existing_debt', or ask as sponsor or owner: nothing is lent on a cost of 0."
            );
            return;
        }
        if (
            values.Text("question") == "lender"
            && values.Number("finance.existing_debt") > 0
            && values.Items("fleet").FirstOrDefault(f => f.Month("online") > Start) is { } unbuilt
        )
        {
            found.Refuse(
                new InputPath("finance.existing_debt"),
                "existing-debt-before-fleet",
                $"debt outstanding on a fleet that comes in {unbuilt.Month("online")}",
                $"a fleet online by {Start}",
                "Lend 'finance.gearing' of what is still to be built, or give the month in which the fleet came."
            );
        }
        var debt = values.Section("finance").Items("debt");
        foreach (var (i, t) in StudyDebt.Tranches(values, last).Index())
        {
            var first = Maturity(t, last);
            var maturity = first + (t.Refinancing?.TenorMonths ?? 0);
            if (maturity <= Horizon - 1)
            {
                continue;
            }
            found.Refuse(
                debt.Count > 0
                        ? debt[i].Path.Key(first <= Horizon - 1 ? "refinance_tenor" : "tenor")
                    : values.Has("finance.maturity") ? new InputPath("finance.maturity")
                    : new InputPath("finance.tenor"),
                "debt-longer-than-horizon",
                $"maturity in {Start + maturity}, month {maturity}",
                $"at most month {Horizon - 1}, the last of the horizon",
                "Lengthen 'horizon', shorten the tenor or the grace: what is unpaid beyond the horizon would count as lost."
            );
        }
    }

    private void Later(int last)
    {
        var (wait, gap) = (values.Integer("options.wait"), values.Integer("options.stage_gap"));
        foreach (var (key, months) in new[] { ("wait", wait), ("stage_gap", gap) })
        {
            if (last + months > Horizon - 1)
            {
                var path = new InputPath($"options.{key}");
                found.Refuse(
                    values.Has(path.Text) ? path : new InputPath("horizon"),
                    "beyond-horizon",
                    $"fleets that come {months} months later ({path}), in {Start + (last + months)}",
                    $"at most {Start + (Horizon - 1)}, the last month of the horizon",
                    $"Lengthen 'horizon' or write a smaller '{path}'."
                );
            }
        }
        var maturity = Maturity(last) + wait;
        if (!found.Refused && Borrows && maturity > Horizon - 1)
        {
            found.Warn(
                new InputPath(values.Has("options.wait") ? "options.wait" : "horizon"),
                "debt-longer-than-horizon",
                $"a loan that matures in month {maturity} if the decision waits {wait} months",
                $"at most month {Horizon - 1}, the last of the horizon",
                "What is then unpaid counts as lost, so waiting looks worse than it is; lengthen 'horizon'."
            );
        }
    }

    private void Relief(int last)
    {
        var path = new InputPath("options.restructure_grace");
        if (!Borrows || !values.Has(path.Text))
        {
            return;
        }
        var first = StudyDebt.Tranches(values, last).Select(t => t.FirstPaymentMonth).Min();
        var grace = values.Integer(path.Text);
        if (first + grace > Horizon - 1)
        {
            found.Warn(
                path,
                "beyond-horizon",
                $"{grace} months without payments before month {first + grace}",
                $"at most month {Horizon - 1}, the last of the horizon",
                $"Lengthen 'horizon' or write a smaller '{path}'."
            );
        }
    }

    private void Grant(int last)
    {
        if (
            values.Number("finance.grant") > 0
            && values.Number("finance.grant_fill_test") > 0
            && last + 24 > Horizon - 1
        )
        {
            found.Warn(
                new InputPath("finance.grant_fill_test"),
                "beyond-horizon",
                $"a test of the grant in month {last + 24}",
                $"at most month {Horizon - 1}, the last of the horizon",
                "The grant is never tested here and so never paid back; lengthen 'horizon'."
            );
        }
    }
}
