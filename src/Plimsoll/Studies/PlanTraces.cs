using Plimsoll.Decisions;
using Plimsoll.Risk;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>What the plan did month by month in every draw: for fans, the cover by year and the why-chain.</summary>
internal sealed class PlanTraces
{
    private readonly double[][] _fill;
    private readonly double[][] _rent;
    private readonly double[][] _cover;
    private readonly double[][] _steps;
    private readonly Quantities.Month _start;
    private readonly int _months;

    public PlanTraces(int draws, Quantities.Month start, int months)
    {
        (_start, _months) = (start, months);
        _fill = new double[draws][];
        _rent = new double[draws][];
        _cover = new double[draws][];
        _steps = new double[draws][];
    }

    /// <summary>Names, units and meanings of the steps recorded, in the order of <see cref="Steps"/>.</summary>
    public static IReadOnlyList<(string Name, string Unit)> StepNames { get; } =
    [
        ("demand", "GPU"),
        ("reachable", "GPU"),
        ("eligible", "GPU"),
        ("won", "GPU"),
        ("served", "GPU"),
        ("sold", "GPU"),
        ("hours", "GPU-h a year"),
        ("rent", "money per GPU-h"),
        ("revenue", "money a year"),
        ("running cost", "money a year"),
        ("cfads", "money a year"),
        ("debt service", "money a year"),
        ("cover", "x"),
    ];

    /// <summary>Keeps a draw; each draw once, from any thread.</summary>
    public void Keep(int draw, CaseDraw done)
    {
        var o = done.Outlook.Physical;
        var fill = new double[_months];
        var rent = new double[_months];
        for (var m = 0; m < _months; m++)
        {
            var hours = 0.0;
            foreach (var product in o.Sales)
            {
                hours += product.GpuHours[m];
            }
            fill[m] = o.Installed[m] > 0 ? o.Fill(m) : double.NaN;
            rent[m] = hours > 0 ? o.Revenue(m) / hours : double.NaN;
        }
        _fill[draw] = fill;
        _rent[draw] = rent;
        _cover[draw] = CoverByYear(done);
        _steps[draw] = Steps(done);
    }

    /// <summary>The steps of the why-chain in one draw: means over the months in which it runs, which end where lenders close it; money a year.</summary>
    public static double[] Steps(CaseDraw done)
    {
        var o = done.Outlook.Physical;
        var r = done.Outlook.Reasons;
        var cash = done.Cash;
        double hours = 0,
            money = 0,
            cost = 0,
            cfads = 0,
            due = 0;
        var sums = new double[6];
        int n = 0,
            owing = 0;
        var balloons = CreditEvent.Balloons(cash);
        for (var m = 0; m < o.Months; m++)
        {
            if (o.Installed[m] <= 0 || Closed(cash, m))
            {
                continue;
            }
            n++;
            double[][] reasons = [r.Demand, r.Reachable, r.Eligible, r.Won, r.Served, r.Sold];
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += reasons[i][m];
            }
            foreach (var product in o.Sales)
            {
                hours += product.GpuHours[m];
            }
            money += cash.Revenue[m];
            cost += cash.RunningCost[m];
            cfads += cash.Cfads[m];
            var service = cash.InterestDue[m] + cash.PrincipalDue[m] - balloons[m];
            if (service > 0 && !(m > cash.TakenOut?.Month))
            {
                due += service;
                owing++;
            }
        }
        var years = n / 12.0;
        var owed = Math.Max(1, owing) / 12.0;
        var steps = new double[StepNames.Count];
        for (var i = 0; i < sums.Length; i++)
        {
            steps[i] = n > 0 ? sums[i] / n : double.NaN;
        }
        steps[6] = n > 0 ? hours / years : double.NaN;
        steps[7] = hours > 0 ? money / hours : double.NaN;
        steps[8] = n > 0 ? money / years : double.NaN;
        steps[9] = n > 0 ? cost / years : double.NaN;
        steps[10] = n > 0 ? cfads / years : double.NaN;
        steps[11] =
            owing > 0 ? due / owed
            : n > 0 ? 0
            : double.NaN;
        steps[12] = DrawFigures.LowestCover(done.Cash);
        return steps;
    }

    /// <summary>True in the months after lenders have closed the centre: what the market would have let of it then is nobody's revenue.</summary>
    private static bool Closed(Finance.CashFlow cash, int month) =>
        cash.ClosedMonth >= 0 && month > cash.ClosedMonth;

    /// <summary>Spread of a step over the draws.</summary>
    public Spread StepSpread(int step, BadSide bad) =>
        Spread.Of([.. _steps.Where(s => s is not null).Select(s => s[step])], bad);

    /// <summary>Fill and rent by month with their spread.</summary>
    /// <param name="median">The draw shown as the median case.</param>
    /// <param name="currency">Code of the currency.</param>
    public IReadOnlyList<Fan> Fans(int median, string currency) =>
        [
            Fan("share of accelerator-hours sold", "fraction", _fill, median),
            Fan("rent obtained", $"{currency}/GPU-h", _rent, median),
        ];

    /// <summary>Debt service cover by calendar year.</summary>
    public IReadOnlyList<YearCover> Covers()
    {
        var kept = _cover.Where(c => c is not null).ToArray();
        var covers = new List<YearCover>();
        for (var y = 0; kept.Length > 0 && y < kept[0].Length; y++)
        {
            var spread = Spread.Of([.. kept.Select(c => c[y])], BadSide.Low);
            covers.Add(new YearCover(_start.Year + y, spread.P90, spread.P50, spread.P10));
        }
        return covers;
    }

    private Fan Fan(string name, string unit, double[][] series, int median)
    {
        double[] p10 = new double[_months],
            p50 = new double[_months],
            p90 = new double[_months];
        var kept = series.Where(s => s is not null).ToArray();
        var column = new double[kept.Length];
        for (var m = 0; m < _months; m++)
        {
            for (var i = 0; i < kept.Length; i++)
            {
                column[i] = kept[i][m];
            }
            var spread = Spread.Of(column, BadSide.Low);
            (p10[m], p50[m], p90[m]) = (spread.P10, spread.P50, spread.P90);
        }
        return new Fan(name, unit, p10, p50, p90, series[median]);
    }

    /// <summary>Cash available over debt service due by calendar year, a balloon left out, while the loan runs and the centre is open; NaN when none is due.</summary>
    private double[] CoverByYear(CaseDraw done)
    {
        var years = (_start + (_months - 1)).Year - _start.Year + 1;
        var cover = new double[years];
        var balloons = CreditEvent.Balloons(done.Cash);
        var (from, to) = CreditEvent.Served(done.Cash);
        for (var y = 0; y < years; y++)
        {
            double cash = 0,
                due = 0;
            for (var m = 0; m < _months; m++)
            {
                if (
                    (_start + m).Year == _start.Year + y
                    && !(m > done.Cash.TakenOut?.Month)
                    && !Closed(done.Cash, m)
                )
                {
                    var service =
                        done.Cash.InterestDue[m] + done.Cash.PrincipalDue[m] - balloons[m];
                    due += service;
                    cash += m >= from && m <= to ? done.Cash.Cfads[m] : 0;
                }
            }
            cover[y] = due > 0 ? cash / due : double.NaN;
        }
        return cover;
    }
}
