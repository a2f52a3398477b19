using System.Globalization;

namespace Plimsoll.Finance;

/// <summary>Net present value and rates of return, with refusals where they have no meaning.</summary>
public static class Returns
{
    /// <summary>The guess from which spreadsheets search a rate of return.</summary>
    /// <remarks>Microsoft, documentation of IRR and XIRR: 10 % when no guess is given.</remarks>
    private const double SpreadsheetGuess = 0.1;

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
    /// <returns>Where several rates fit, the one that a spreadsheet finds from its usual guess, with the others in the note; refused when the flow has one sign or no rate makes its value zero.</returns>
    public static Figure InternalRate(ReadOnlySpan<double> flow) =>
        One(flow, Steps(flow.Length, 1.0 / 12));

    /// <summary>Effective yearly rate of return of dated flows, years of 365 days from the first (the spreadsheet's XIRR).</summary>
    /// <returns>Where several rates fit, the one that a spreadsheet finds from its usual guess, with the others in the note; refused when the flow has one sign or no rate makes its value zero.</returns>
    /// <exception cref="ArgumentException">Flow and dates differ in length, or there is none.</exception>
    public static Figure InternalRate(ReadOnlySpan<double> flow, ReadOnlySpan<DateOnly> dates) =>
        One(flow, Years(flow, dates));

    /// <summary>Rate of return per period of flows one period apart, the first at once.</summary>
    /// <returns>Where several rates fit, the one that a spreadsheet finds from its usual guess, with the others in the note; refused when the flow has one sign or no rate makes its value zero.</returns>
    public static Figure InternalRatePerPeriod(ReadOnlySpan<double> flow) =>
        One(flow, Steps(flow.Length, 1));

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

    /// <summary>Effective yearly rate of month-end flows with what is paid in financed and what comes back reinvested at the same yearly rate.</summary>
    /// <param name="flow">Money by month.</param>
    /// <param name="yearlyRate">Effective yearly rate of both, above -1.</param>
    /// <returns>Refused when the flow has one sign.</returns>
    public static Figure ModifiedRate(ReadOnlySpan<double> flow, double yearlyRate)
    {
        var month = (1 / MonthlyDiscount(yearlyRate)) - 1;
        var rate = ModifiedInternalRate(flow, month, month);
        return rate.HasValue ? Figure.Of(Math.Pow(1 + rate.Value, 12) - 1) : rate;
    }

    /// <summary>Factor that takes a value one month back.</summary>
    /// <param name="yearlyRate">Effective yearly rate, above -1.</param>
    public static double MonthlyDiscount(double yearlyRate) => Math.Pow(1 + yearlyRate, -1.0 / 12);

    /// <summary>A rate of return, refused where what came in so far never falls short of what went out: nothing is put in then, and a rate on it has no meaning though one makes the value zero.</summary>
    internal static Figure OnMoneyPaidIn(ReadOnlySpan<double> flow, Figure rate)
    {
        double sum = 0,
            least = 0;
        foreach (var amount in flow)
        {
            sum += amount;
            least = Math.Min(least, sum);
        }
        return rate.HasValue && least >= 0
            ? Figure.Refused("nothing is paid in: what comes in first pays for the rest")
            : rate;
    }

    private static Figure One(ReadOnlySpan<double> flow, double[] times)
    {
        var rates = RateSearch.Rates(flow, times);
        return rates.Count switch
        {
            1 => Figure.Of(rates[0]),
            0 => OneSign(flow),
            _ => OfSeveral(flow, times, rates),
        };
    }

    /// <summary>Of several rates the one that says the same as the value at a spreadsheet's guess, else the one that a spreadsheet finds from there; the others are named.</summary>
    /// <remarks>
    /// A flow that begins with an outlay and is worth something at the guess earns more than that: the next rate above, not one below it, where losses at the
    /// end outweigh it; one that is worth less than nothing earns less. Else Newton's method from the guess; the rate next to it, in logs, where that leads nowhere or the flow
    /// begins with a receipt.
    /// </remarks>
    private static Figure OfSeveral(ReadOnlySpan<double> flow, double[] times, List<double> rates)
    {
        var target = Newton(flow, times);
        var found = rates.MinBy(r => Math.Abs(Math.Log((1 + r) / (1 + target))));
        var rate = OnItsSide(flow, times, rates) ?? found;
        var others = rates
            .Where(r => r != rate)
            .Select(r => r.ToString("0.######", CultureInfo.InvariantCulture));
        return new Figure(
            rate,
            "",
            $"the flow changes sign more than once and {rates.Count} rates make its value zero, also {string.Join(", ", others)}"
        );
    }

    private static double? OnItsSide(ReadOnlySpan<double> flow, double[] times, List<double> rates)
    {
        double value = 0,
            first = 0,
            scale = 0;
        for (var i = 0; i < flow.Length; i++)
        {
            first = first == 0 ? flow[i] : first;
            value += flow[i] * Math.Pow(1 + SpreadsheetGuess, -times[i]);
            scale += Math.Abs(flow[i]);
        }
        // At the guess itself a rate is found: nothing lies on either side.
        return first >= 0 || Math.Abs(value) <= 1e-9 * scale ? null
            : value > 0 ? rates.Where(r => r > SpreadsheetGuess).Cast<double?>().FirstOrDefault()
            : rates.Where(r => r < SpreadsheetGuess).Cast<double?>().LastOrDefault();
    }

    private static double Newton(ReadOnlySpan<double> flow, double[] times)
    {
        const int Rounds = 100;
        var (first, sign) = (double.PositiveInfinity, 0.0);
        for (var i = 0; i < flow.Length; i++)
        {
            if (flow[i] != 0 && times[i] < first)
            {
                (first, sign) = (times[i], flow[i]);
            }
        }
        var rate = SpreadsheetGuess;
        for (var round = 0; round < Rounds && sign < 0; round++)
        {
            double value = 0,
                slope = 0;
            for (var i = 0; i < flow.Length; i++)
            {
                var worth = flow[i] * Math.Pow(1 + rate, -times[i]);
                value += worth;
                slope -= times[i] * worth / (1 + rate);
            }
            var next = rate - (value / slope);
            if (!double.IsFinite(next))
            {
                return SpreadsheetGuess;
            }
            // A step below a total loss is halved towards it.
            next = next <= -1 ? (rate - 1) / 2 : next;
            if (Math.Abs(next - rate) < 1e-12)
            {
                return next;
            }
            rate = next;
        }
        return SpreadsheetGuess;
    }

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
