using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Questions;

namespace Plimsoll.Studies;

/// <summary>Finds months told as they were that are no months of this centre, leave a gap, or disagree with its rent roll and its debt.</summary>
/// <param name="values">The study.</param>
/// <param name="found">Findings.</param>
internal sealed class ActualsCheck(InputValues values, StudyFindings found)
{
    /// <summary>Share by which two accounts of one thing may differ.</summary>
    private const double Tolerated = 0.2;

    private const double HoursOfMonth = 730;

    private IReadOnlyList<InputValues> Items { get; } = values.Items("actuals");

    /// <summary>Adds what is found.</summary>
    public void Add()
    {
        Arrears();
        if (values.Has(ActualsTable.Key))
        {
            found.Refuse(
                new InputPath(ActualsTable.Key),
                "no-folder",
                $"a table beside a study that stands in no folder",
                $"the months as rows of 'actuals'",
                "Here only the study itself is read: write the table's rows under 'actuals'."
            );
            return;
        }
        if (Items.Count == 0)
        {
            return;
        }
        if (!QuestionKind.Of(values).Standing(values))
        {
            found.Refuse(
                Items[0].Path.Key("month"),
                "actuals-of-a-plan",
                $"months as they were, of a centre whose question is '{values.Text("question")}'",
                $"a centre that stands",
                "Ask as its owner, or as the lender of 'finance.existing_debt' on servers that stand; a plan has no months to tell."
            );
            return;
        }
        Row();
        foreach (var month in Items)
        {
            Cash(month);
        }
        if (!found.Refused)
        {
            foreach (var key in _amounts)
            {
                Alike(key);
            }
            Paid();
            Served();
            RentRoll();
        }
    }

    private static readonly string[] _amounts = ["running_cost", "cash", "due"];

    /// <summary>Times the middle of the months from which one is warned of, and from which it cannot be meant: thousands, or units of 10,000, are a thousand or more.</summary>
    private const double Odd = 20,
        Absurd = 500;

    /// <summary>Months from which a middle tells anything.</summary>
    private const int LeastMonths = 3;

    /// <summary>No month is of another magnitude than the others; nothing at all, or a loss, may be.</summary>
    private void Alike(string key)
    {
        var told = Items
            .Select(i => (Item: i, Value: i.NumberOrNull(key) ?? 0))
            .Where(m => m.Value > 0)
            .ToList();
        if (told.Count < LeastMonths)
        {
            return;
        }
        var middle = told.Select(m => m.Value).Order().ElementAt(told.Count / 2);
        foreach (var (item, value) in told)
        {
            var times = Math.Max(value / middle, middle / value);
            if (times < Odd)
            {
                continue;
            }
            Action<InputPath, string, FormattableString, FormattableString, string> say =
                times >= Absurd ? found.Refuse : found.Warn;
            say(
                item.Path.Key(key),
                "unlike-the-other-months",
                $"{value:#,0.##}, {times:0} times {(value > middle ? "more" : "less")} than the middle month",
                $"about {middle:#,0.##}, as the other months",
                "Correct it if it is in thousands or in units of 10,000, or has a digit too many or too few."
            );
        }
    }

    /// <summary>Times what was due that are paid in a month with arrears of before: beyond it the two are asked after, and far beyond it they are of two units.</summary>
    private const double Caught = 4,
        TwoUnits = 100;

    /// <summary>Share of the debt below which what falls due in a year is asked after: interest alone is more.</summary>
    private const double LeastDue = 0.001;

    /// <summary>What is paid is of the magnitude of what was due, and what falls due of that of the debt.</summary>
    private void Paid()
    {
        foreach (var item in Items)
        {
            if (
                item.NumberOrNull("due") is not { } owed
                || item.NumberOrNull("paid") is not { } paid
                || owed <= 0
                || paid <= Caught * owed
            )
            {
                continue;
            }
            Action<InputPath, string, FormattableString, FormattableString, string> say =
                paid >= TwoUnits * owed ? found.Refuse : found.Warn;
            say(
                item.Path.Key("due"),
                "two-figures",
                $"{owed:#,0.##} due in {item.Month("month")} where {paid:#,0.##} was paid",
                $"about what was paid, or more",
                "Correct the one that is in thousands or in units of 10,000; arrears of before that were paid with it may stand."
            );
            return;
        }
        var due12 =
            12
            * Items
                .Select(i => i.NumberOrNull("due") ?? 0)
                .Where(d => d > 0)
                .DefaultIfEmpty(0)
                .Max();
        var debt = values.Number("finance.existing_debt");
        if (due12 > 0 && due12 < LeastDue * debt)
        {
            found.Warn(
                Items.First(i => i.NumberOrNull("due") > 0).Path.Key("due"),
                "two-figures",
                $"at most {due12 / 12:#,0.##} due in a month, on a debt of {debt:#,0}",
                $"its interest and principal",
                "Correct the one that is in thousands or in units of 10,000."
            );
        }
    }

    /// <summary>Every month once, in a row, the last the month of the decision.</summary>
    private void Row()
    {
        var decided = values.Month("decided");
        var seen = new HashSet<Month>();
        foreach (var item in Items)
        {
            var month = item.Month("month");
            if (month > decided)
            {
                found.Refuse(
                    item.Path.Key("month"),
                    "after-the-decision",
                    $"{month}, after the decision in {decided}",
                    $"{decided} or before",
                    "What was not known at the decision cannot be told as it was: decide later, or take the month out."
                );
            }
            else if (!seen.Add(month))
            {
                found.Refuse(
                    item.Path.Key("month"),
                    "month-twice",
                    $"{month} a second time",
                    $"each month once",
                    "Leave one of the two, or correct its month."
                );
            }
        }
        var told = Items.OrderBy(i => i.Month("month")).ToList();
        foreach (var (before, after) in told.Zip(told.Skip(1)))
        {
            var (from, to) = (before.Month("month"), after.Month("month"));
            if (to - from > 1 && to <= decided)
            {
                found.Refuse(
                    after.Path.Key("month"),
                    "months-missing",
                    $"{to} after {from}",
                    $"{from + 1}",
                    "Twelve months in a row make a cover: tell the months between, or take those before the gap out."
                );
            }
        }
        if (told[^1].Month("month") < decided)
        {
            found.Refuse(
                told[^1].Path.Key("month"),
                "months-missing",
                $"{told[^1].Month("month")} as the last month, decided in {decided}",
                $"{decided} as the last",
                "Tell the months up to the decision, or decide in the last month told."
            );
        }
    }

    private void Cash(InputValues month)
    {
        if (ActualMonths.Cash(month) is not { } cash)
        {
            found.Refuse(
                month.Path.Key("cash"),
                "missing-key",
                $"nothing",
                $"cash, or revenue and running_cost",
                "Say what the month left for debt service; silence would be a month without any."
            );
            return;
        }
        if (
            month.Has("cash")
            && month.NumberOrNull("revenue") is { } revenue
            && month.NumberOrNull("running_cost") is { } cost
            && Differ(cash, revenue - cost)
        )
        {
            found.Warn(
                month.Path.Key("cash"),
                "two-figures",
                $"{cash:#,0} of cash where revenue less running cost is {revenue - cost:#,0}",
                $"about the same",
                "The cash counts. Working capital, income tax and one-off payments may lie between; if they do not, correct one of the three."
            );
        }
    }

    /// <summary>Debt that is served, and service that was not paid.</summary>
    private void Served()
    {
        var actuals = ActualMonths.Of(values);
        var service = actuals.Service;
        if (service.Count > 0 && !new Borrowing(values).Any)
        {
            found.Warn(
                Items[0].Path.Key("due"),
                "service-without-debt",
                $"debt service due to date, and no debt outstanding",
                $"'finance.existing_debt' or 'finance.debt'",
                "If it is repaid in full this is right; else say what is owed, or it is left out of every figure."
            );
        }
        var stated = new Borrowing(values).Arrears;
        if (stated is { } arrears && service.Count > 0 && Differ(arrears, service.Arrears))
        {
            found.Warn(
                new InputPath("finance.arrears"),
                "two-figures",
                $"arrears of {arrears:#,0} where the months told leave {service.Arrears:#,0} unpaid",
                $"about the same",
                "The stated arrears count. Correct 'paid' in the months, or leave 'finance.arrears' out to take what they leave."
            );
        }
    }

    private void Arrears()
    {
        if (values.Number("finance.arrears") > 0 && values.Number("finance.existing_debt") <= 0)
        {
            found.Refuse(
                new InputPath("finance.arrears"),
                "needs-another-key",
                $"arrears of {values.Number("finance.arrears"):#,0} on no debt",
                $"'finance.existing_debt' beside it",
                values.Section("finance").Items("debt").Count > 0
                    ? "Write 'arrears' in the row of 'finance.debt' that is behind."
                    : "Say what is outstanding; what is in arrears comes beside it, not within it."
            );
        }
    }

    /// <summary>Fill and revenue of the last month beside the rent roll of the decision.</summary>
    private void RentRoll()
    {
        var signed = values.Items("signed");
        var last = Items.MaxBy(i => i.Month("month"))!;
        var servers = values.Items("fleet").Sum(f => f.Number("servers"));
        if (signed.Count == 0 || servers <= 0)
        {
            return;
        }
        var let = signed.Sum(s => s.Number("servers")) / servers;
        if (last.NumberOrNull("fill") is { } fill && Differ(fill, let))
        {
            found.Warn(
                last.Path.Key("fill"),
                "two-figures",
                $"{100 * fill:0} % full in {last.Month("month")} where the rent roll lets {100 * let:0} % of the servers",
                $"about the same",
                "The rent roll counts. Either tenants are missing from 'signed' or came or left since, or the fill is of powered or of used hours, which is another figure: correct the one that is wrong."
            );
        }
        if (last.NumberOrNull("revenue") is { } revenue)
        {
            // A server of the common kinds holds eight; the odd one is not worth a wrong finding.
            const double CardsOfAServer = 8;
            var rent = signed.Sum(s =>
                (s.NumberOrNull("price_per_gpu_hour") ?? double.NaN)
                * s.Number("servers")
                * CardsOfAServer
                * HoursOfMonth
            );
            if (double.IsNaN(rent) || !Differ(revenue, rent))
            {
                return;
            }
            var unknown = signed.Where(s => s.IsUnknown("price_per_gpu_hour")).ToList();
            if (unknown.Count > 0)
            {
                double Hours(InputValues s) => s.Number("servers") * CardsOfAServer * HoursOfMonth;
                double Rent(InputValues s) => Hours(s) * s.Number("price_per_gpu_hour");
                var (assumed, hours) = (unknown.Sum(Rent), unknown.Sum(Hours));
                found.Warn(
                    last.Path.Key("revenue"),
                    "two-figures",
                    $"revenue of {revenue:#,0} in {last.Month("month")}, of which leases of a known price take {rent - assumed:#,0} at eight accelerators a server and leave {(revenue - rent + assumed) / hours:0.00} an accelerator-hour to those of an unknown one",
                    $"about {assumed / hours:0.00}, the rents of their chips",
                    "The rents of their chips are assumed for the unknown prices. State those prices if they can be found; else tenants are behind ('arrears' of the lease), tokens and hours by the hour are sold beside it, or a size is wrong."
                );
                return;
            }
            found.Warn(
                last.Path.Key("revenue"),
                "two-figures",
                $"revenue of {revenue:#,0} in {last.Month("month")} where the rent roll comes to {rent:#,0} a month at eight accelerators a server",
                $"about the same",
                "The rent roll counts. Either tenants are behind ('arrears' of the lease), tokens and hours by the hour are sold beside it, or a price or a size is wrong: correct it."
            );
        }
    }

    private static bool Differ(double one, double other) =>
        Math.Abs(one - other) > Tolerated * Math.Max(Math.Abs(one), Math.Abs(other))
        && Math.Abs(one - other) > 1e-9;

    /// <summary>What a file says of debt that stands.</summary>
    private sealed class Borrowing(InputValues file)
    {
        public bool Any => Finance.StudyDebt.Tranches(file, 0).Count > 0;

        /// <summary>Arrears as stated; null where the file is silent.</summary>
        public double? Arrears
        {
            get
            {
                var f = file.Section("finance");
                var rows = f.Items("debt").Where(d => d.Has("arrears")).ToList();
                return rows.Count > 0 ? rows.Sum(d => d.Number("arrears"))
                    : f.Has("arrears") ? f.Number("arrears")
                    : null;
            }
        }
    }
}
