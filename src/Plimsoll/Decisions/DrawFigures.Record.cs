using Plimsoll.Finance;
using Plimsoll.Outlooks;

namespace Plimsoll.Decisions;

/// <content>How the figures of one draw follow from its outlook and its cash.</content>
public sealed partial class DrawFigures
{
    /// <summary>Months after the first sale date that do not count as standing empty.</summary>
    private const int RampMonths = 6;

    /// <summary>Records a draw that was computed.</summary>
    /// <param name="draw">Which.</param>
    /// <param name="outlook">What the centre did and sold.</param>
    /// <param name="cash">Its money.</param>
    /// <param name="hurdle">Yearly return that equity demands.</param>
    /// <param name="built">False when waiting ended in not building: no fill and no debt; worth what it costs or brings not to build.</param>
    /// <param name="world">The national market behind the draw.</param>
    /// <param name="sunk">Money of month 0 that was spent before the decision and is no flow of the project.</param>
    /// <param name="project">Flow of the project with no debt at all, sunk money left out; null to read it from <paramref name="cash"/>, which has none.</param>
    public void Record(
        int draw,
        CentreOutlook outlook,
        CashFlow cash,
        double hurdle,
        bool built,
        DrawWorld world,
        double sunk,
        double[]? project = null
    )
    {
        Law[draw] = outlook.RentLaw;
        Link[draw] = world.Link;
        World[draw] = world.Number;
        var o = outlook.Physical;
        double hours = 0,
            installed = 0,
            money = 0;
        for (var m = 0; m < o.Months; m++)
        {
            var all = o.Installed[m] * o.Hours(m);
            installed += all;
            hours += all > 0 ? o.Fill(m) * all : 0;
            money += o.Revenue(m);
        }
        Fill[draw] = installed > 0 ? hours / installed : double.NaN;
        Rent[draw] = hours > 0 ? money / hours : double.NaN;
        EmptyMonths[draw] = LongestEmpty(o);
        MinimumCover[draw] = built && cash.Lent > 0 ? LowestCover(cash) : double.NaN;
        Default[draw] = CreditEvent.Defaults(cash);
        Breach[draw] = CreditEvent.Breaks(cash);
        RepaidEarly[draw] = cash.Prepaid.Any(p => p > 0);
        var equity = cash.EquityFlow();
        EquityNpv[draw] = Returns.NetPresentValue(equity, hurdle);
        EquityIrr[draw] =
            built && Depth is (FigureDepth.Return or FigureDepth.All)
                ? ReturnOn(equity)
                : double.NaN;
        ProjectNpv[draw] = project is not null
            ? Returns.NetPresentValue(project, hurdle)
            : Returns.NetPresentValue(cash.ProjectFlow(), hurdle)
                + (built ? sunk * Math.Pow(1 + hurdle, -1.0 / 12) : 0);
        LenderValue[draw] = cash.Lent > 0 ? ToLender(cash) : double.NaN;
        LossGivenDefault[draw] =
            cash.Lent <= 0 ? double.NaN
            : Default[draw] ? Math.Min(1, cash.Loss.Lost / cash.Lent)
            : 0;
        ResaleAtDefault[draw] = Default[draw] ? cash.Loss.ResalePrice : double.NaN;
        MonthsToSell[draw] = Default[draw] ? cash.Loss.MonthsToSell : double.NaN;
        Built[draw] = built;
    }

    /// <summary>Return on equity; all of it lost is -1, so that the worst draws stand in the spread; NaN when several rates or none fit.</summary>
    private static double ReturnOn(double[] equity)
    {
        var paid = equity.Any(e => e < 0);
        var back = equity.Any(e => e > 0);
        return paid && !back
            ? -1
            : Returns.OnMoneyPaidIn(equity, Returns.InternalRate(equity)).Value;
    }

    /// <summary>Records that a draw could not be computed.</summary>
    /// <param name="draw">Which.</param>
    /// <param name="reason">Why.</param>
    public void Fail(int draw, string reason)
    {
        Law[draw] = Link[draw] = "";
        Failure[draw] = reason;
        foreach (
            var column in new[]
            {
                Fill,
                Rent,
                MinimumCover,
                EquityNpv,
                EquityIrr,
                ProjectNpv,
                LossGivenDefault,
                ResaleAtDefault,
                MonthsToSell,
                LenderValue,
            }
        )
        {
            column[draw] = double.NaN;
        }
    }

    /// <summary>Lowest cover at the tests: <see cref="CreditEvent.LowestCover"/>.</summary>
    public static double LowestCover(CashFlow cash) => CreditEvent.LowestCover(cash);

    /// <summary>Payments until default and what is recovered then, at a money rate of 6 % a year.</summary>
    private static double ToLender(CashFlow cash)
    {
        const double YearlyRate = 0.06;
        double Worth(double money, int month) =>
            money * Math.Pow(1 + YearlyRate, -(month + 1) / 12.0);
        var end = CreditEvent.Last(cash);
        var value = 0.0;
        for (var m = 0; m <= end; m++)
        {
            value += m == cash.DefaultMonth ? 0 : Worth(cash.DebtPaid[m] + cash.Prepaid[m], m);
        }
        return CreditEvent.Defaults(cash) ? value + Worth(cash.Loss.Recovered, end)
            : cash.TakenOut is null ? value
            : value + Worth(cash.DebtBalance[end], end);
    }

    private static double LongestEmpty(MonthlyOutlook o)
    {
        int run = 0,
            longest = 0,
            age = 0;
        for (var m = 0; m < o.Months; m++)
        {
            if (o.Installed[m] <= 0)
            {
                run = 0;
                continue;
            }
            age++;
            run = age > RampMonths && o.Fill(m) < 0.3 ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }
}

/// <summary>The national market behind a draw.</summary>
/// <param name="Number">Its number; draws of the same number share it.</param>
/// <param name="Link">Whether its top tier's rent is drawn to the world's, in words.</param>
public readonly record struct DrawWorld(int Number, string Link);
