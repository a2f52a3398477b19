using System.Globalization;

namespace Plimsoll.Finance;

/// <summary>Net present value and rates of return, with refusals where they have no meaning.</summary>
public static class Returns
{
    /// <summary>Present value at the start of month 0 of month-end flows.</summary>
    /// <param name="flow">Money by month.</param>
    /// <param name="yearlyRate">Effective yearly rate, above -1.</param>
    public static double NetPresentValue(ReadOnlySpan<double> flow, double yearlyRate)
    {
        var factor = MonthlyDiscount(yearlyRate);
        double value = 0,
            discount = factor;
        foreach (var amount in flow)
        {
            value += amount * discount;
            discount *= factor;
        }
        return value;
    }

    /// <summary>Present value of dated flows at the first date, years of 365 days (the spreadsheet's XNPV).</summary>
    /// <exception cref="ArgumentException">Flow and dates differ in length, or there is none.</exception>
    public static double NetPresentValue(
        ReadOnlySpan<double> flow,
        ReadOnlySpan<DateOnly> dates,
        double yearlyRate
    )
    {
        var times = Years(flow, dates);
        double value = 0;
        for (var i = 0; i < flow.Length; i++)
        {
            value += flow[i] * Math.Pow(1 + yearlyRate, -times[i]);
        }
        return value;
    }

    /// <summary>Effective yearly rate of return of month-end flows.</summary>
    /// <returns>Refused when the flow has one sign, when no rate makes its value zero, or when several do.</returns>
    public static Figure InternalRate(ReadOnlySpan<double> flow) => One(flow, AllRates(flow));

    /// <summary>Effective yearly rate of return of dated flows, years of 365 days from the first (the spreadsheet's XIRR).</summary>
    /// <returns>Refused when the flow has one sign, when no rate makes its value zero, or when several do.</returns>
    /// <exception cref="ArgumentException">Flow and dates differ in length, or there is none.</exception>
    public static Figure InternalRate(ReadOnlySpan<double> flow, ReadOnlySpan<DateOnly> dates) =>
        One(flow, AllRates(flow, dates));

    /// <summary>Rate of return per period of flows one period apart, the first at once.</summary>
    /// <returns>Refused when the flow has one sign, when no rate makes its value zero, or when several do.</returns>
    public static Figure InternalRatePerPeriod(ReadOnlySpan<double> flow) =>
        One(flow, AllRatesPerPeriod(flow));

    /// <summary>Every effective yearly rate from -99.99999 % on at which month-end flows are worth nothing, in rising order.</summary>
    public static IReadOnlyList<double> AllRates(ReadOnlySpan<double> flow) =>
        RateSearch.Rates(flow, Steps(flow.Length, 1.0 / 12));

    /// <summary>Every effective yearly rate at which dated flows are worth nothing, in rising order.</summary>
    /// <exception cref="ArgumentException">Flow and dates differ in length, or there is none.</exception>
    public static IReadOnlyList<double> AllRates(
        ReadOnlySpan<double> flow,
        ReadOnlySpan<DateOnly> dates
    ) => RateSearch.Rates(flow, Years(flow, dates));

    /// <summary>Every rate per period at which flows one period apart are worth nothing, in rising order.</summary>
    public static IReadOnlyList<double> AllRatesPerPeriod(ReadOnlySpan<double> flow) =>
        RateSearch.Rates(flow, Steps(flow.Length, 1));

    /// <summary>Rate per period with what is paid in financed at one rate and what comes back reinvested at another (the spreadsheet's MIRR).</summary>
    /// <param name="flow">Flows one period apart.</param>
    /// <param name="financeRate">Rate per period paid on negative flows.</param>
    /// <param name="reinvestRate">Rate per period earned on positive flows.</param>
    public static Figure ModifiedInternalRate(
        ReadOnlySpan<double> flow,
        double financeRate,
        double reinvestRate
    )
    {
        double back = 0,
            paid = 0;
        for (var i = 0; i < flow.Length; i++)
        {
            back += Math.Max(0, flow[i]) * Math.Pow(1 + reinvestRate, -i);
            paid -= Math.Min(0, flow[i]) * Math.Pow(1 + financeRate, -i);
        }
        return paid > 0 && back > 0
            ? Figure.Of((Math.Pow(back / paid, 1.0 / (flow.Length - 1)) * (1 + reinvestRate)) - 1)
            : OneSign(flow);
    }

    /// <summary>Factor that takes a value one month back.</summary>
    /// <param name="yearlyRate">Effective yearly rate, above -1.</param>
    public static double MonthlyDiscount(double yearlyRate) => Math.Pow(1 + yearlyRate, -1.0 / 12);

    private static Figure One(ReadOnlySpan<double> flow, IReadOnlyList<double> rates) =>
        rates.Count switch
        {
            1 => Figure.Of(rates[0]),
            0 when OneSign(flow) is { Refusal: not "no rate makes the value zero" } refused =>
                refused,
            0 => Figure.Refused("no rate makes the value zero"),
            _ => Figure.Refused(
                $"the flow changes sign more than once and {rates.Count} rates make its value zero: {string.Join(", ", rates.Select(r => r.ToString("0.######", CultureInfo.InvariantCulture)))}"
            ),
        };

    private static Figure OneSign(ReadOnlySpan<double> flow)
    {
        bool negative = false,
            positive = false;
        foreach (var amount in flow)
        {
            negative |= amount < 0;
            positive |= amount > 0;
        }
        return Figure.Refused(
            (negative, positive) switch
            {
                (true, false) => "nothing ever comes back",
                (false, true) => "nothing is ever paid in",
                (false, false) => "there is no flow",
                _ => "no rate makes the value zero",
            }
        );
    }

    private static double[] Steps(int count, double step)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            times[i] = i * step;
        }
        return times;
    }

    private static double[] Years(ReadOnlySpan<double> flow, ReadOnlySpan<DateOnly> dates)
    {
        if (flow.Length != dates.Length || flow.Length == 0)
        {
            throw new ArgumentException(
                $"There are {flow.Length} amounts and {dates.Length} dates; give one date for each amount.",
                nameof(dates)
            );
        }
        var times = new double[flow.Length];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = (dates[i].DayNumber - dates[0].DayNumber) / 365.0;
        }
        return times;
    }
}
