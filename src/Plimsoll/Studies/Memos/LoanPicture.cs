using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Outlooks;

namespace Plimsoll.Studies.Memos;

/// <summary>A loan in one real draw, as a committee looks at it.</summary>
/// <param name="cash">Money of the draw.</param>
/// <param name="outlook">What the centre does in it.</param>
/// <param name="firstPayment">Month of the first payment, from 0.</param>
/// <param name="maturity">Month of the last payment, from 0.</param>
/// <param name="scheduled">Debt service of each month as scheduled, balloons left out, whatever was repaid early; money.</param>
internal sealed class LoanPicture(
    CashFlow cash,
    MonthlyOutlook outlook,
    int firstPayment,
    int maturity,
    double[] scheduled
)
{
    private int Last => Math.Min(Math.Min(maturity, cash.Months - 1), CreditEvent.Last(cash));

    private double[]? _balloons;

    private double[] Balloons => _balloons ??= CreditEvent.Balloons(cash);

    /// <summary>Debt service due in a month, a balloon left out.</summary>
    private double Service(int month) =>
        cash.InterestDue[month] + cash.PrincipalDue[month] - Balloons[month];

    /// <summary>Debt with capitalised interest over what was paid for.</summary>
    public double LoanToCost => LoanToCostOf(0);

    /// <summary>The same with what was spent before the outlook.</summary>
    /// <param name="before">Money spent before it, less that of debt which stands among its costs.</param>
    public double LoanToCostOf(double before)
    {
        var interest = cash.InterestCapitalised.Sum();
        var cost = cash.CapitalCost.Sum() + interest + before;
        return cost > 0 ? (cash.Lent + interest) / cost : double.NaN;
    }

    /// <summary>Debt over the second-hand value of the fleet, an orderly sale at fair value, in some month; NaN without either.</summary>
    public double LoanToValue(int month) =>
        cash.DebtBalance[month] > 0 && cash.FleetValue[month] > 0
            ? cash.DebtBalance[month] / cash.FleetValue[month]
            : double.NaN;

    /// <summary>Mean years from its draw until a unit of principal is repaid, on the schedule.</summary>
    public double WeightedLifeYears
    {
        get
        {
            double years = 0,
                repaid = 0;
            for (var m = 0; m < cash.Months; m++)
            {
                years += (cash.PrincipalDue[m] + cash.Prepaid[m]) * (m + 1) / 12;
                repaid += cash.PrincipalDue[m] + cash.Prepaid[m];
            }
            var drawn = Enumerable.Range(0, cash.Months).Sum(m => cash.DebtDrawn[m] * (m + 1) / 12);
            return repaid > 0 && cash.Lent > 0
                ? (years / repaid) - (drawn / cash.Lent)
                : double.NaN;
        }
    }

    /// <summary>Most accelerators installed.</summary>
    public double Accelerators => outlook.Installed.Max();

    /// <summary>Mean rent obtained per accelerator-hour while the loan runs.</summary>
    public double Rent => Hours > 0 ? Revenue / Hours : double.NaN;

    /// <summary>Mean share of installed hours sold while the loan runs.</summary>
    public double Fill
    {
        get
        {
            var installed = Window(m => outlook.Installed[m] * outlook.Hours(m));
            return installed > 0 ? Hours / installed : double.NaN;
        }
    }

    /// <summary>Rent per accelerator-hour at which cash available over the life of the loan equals its debt service; hours, costs and tax as they are.</summary>
    public double BreakEvenRent => Needed / Sum(EvenLast, HoursOf);

    /// <summary>The same of the share of installed hours sold, at the rents obtained.</summary>
    public double BreakEvenFill =>
        Needed
        / Sum(EvenLast, outlook.Revenue)
        * (Sum(EvenLast, HoursOf) / Sum(EvenLast, m => outlook.Installed[m] * outlook.Hours(m)));

    /// <summary>True when the loan is repaid early from cash, which it would not be where cash just pays it: then the whole schedule falls due.</summary>
    private bool Swept => !CreditEvent.Defaults(cash) && cash.Prepaid.Any(p => p > 0);

    private int EvenLast => Swept ? Math.Min(maturity, cash.Months - 1) : Last;

    /// <summary>Revenue that just pays the debt, money; NaN where nothing is sold.</summary>
    private double Needed
    {
        get
        {
            var revenue = Sum(EvenLast, outlook.Revenue);
            var spare = Sum(EvenLast, m => cash.Cfads[m] - (Swept ? scheduled[m] : Service(m)));
            return revenue > 0 ? revenue - spare : double.NaN;
        }
    }

    /// <summary>Years from the first accelerator until its revenue no longer pays what closing would save, for good; the horizon's when that does not come.</summary>
    public (double Years, bool WithinHorizon) EconomicLife
    {
        get
        {
            var first = Array.FindIndex(outlook.Installed, i => i > 0);
            if (first < 0)
            {
                return (double.NaN, false);
            }
            var last = outlook.Months - 1;
            while (last >= first && outlook.Revenue(last) <= Saved(last))
            {
                last--;
            }
            return ((last + 1 - first) / 12.0, last < outlook.Months - 1);
        }
    }

    /// <summary>Sums over the months of a calendar year; cash of those in which the loan is served, so that a year in which it begins or ends has a cover like any other.</summary>
    public IEnumerable<(int Year, double Available, double Service, int LastMonth)> Years()
    {
        var (from, to) = CreditEvent.Served(cash);
        return Enumerable
            .Range(0, Math.Min(cash.Months, Last + 1))
            .GroupBy(m => (cash.Start + m).Year)
            .Select(g =>
                (
                    g.Key,
                    g.Sum(m => m >= from && m <= to ? cash.Cfads[m] : 0),
                    g.Sum(Service),
                    g.Max()
                )
            );
    }

    private double HoursOf(int month) => outlook.Sales.Sum(s => s.GpuHours[month]);

    private double Hours => Window(HoursOf);

    private double Revenue => Window(outlook.Revenue);

    private double Saved(int month) =>
        outlook.Costs.Sum(c => c.AvoidableWhenDark[month] + c.AvoidableOnClosing[month]);

    private double Window(Func<int, double> of) => Sum(Last, of);

    private double Sum(int last, Func<int, double> of)
    {
        var sum = 0.0;
        for (var m = firstPayment; m <= last; m++)
        {
            sum += of(m);
        }
        return sum;
    }
}
