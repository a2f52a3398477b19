namespace Plimsoll.Finance;

/// <summary>Equal payments and their value, with the signs of a spreadsheet: what is paid out is negative.</summary>
/// <remarks>Solves <c>pv (1+r)^n + pmt (1 + r w) ((1+r)^n - 1) / r + fv = 0</c>, with w = 1 for payments at the start of a period. Any period; the rate is per period.</remarks>
public static class TimeValue
{
    /// <summary>Equal payment that repays one unit over some months at a yearly rate paid monthly, at month end.</summary>
    /// <param name="yearlyRate">0 or more.</param>
    /// <param name="months">At least 1.</param>
    public static double AnnuityFactor(double yearlyRate, int months) =>
        -Payment(yearlyRate / 12, months, 1);

    /// <summary>Payment per period.</summary>
    public static double Payment(
        double rate,
        double periods,
        double presentValue,
        double futureValue = 0,
        bool atStart = false
    )
    {
        var growth = Math.Pow(1 + rate, periods);
        return -((presentValue * growth) + futureValue) / Accumulation(rate, periods, atStart);
    }

    /// <summary>Value at the end.</summary>
    public static double FutureValue(
        double rate,
        double periods,
        double payment,
        double presentValue,
        bool atStart = false
    ) =>
        -(
            (presentValue * Math.Pow(1 + rate, periods))
            + (payment * Accumulation(rate, periods, atStart))
        );

    /// <summary>Value at the start.</summary>
    public static double PresentValue(
        double rate,
        double periods,
        double payment,
        double futureValue = 0,
        bool atStart = false
    ) =>
        -(futureValue + (payment * Accumulation(rate, periods, atStart)))
        / Math.Pow(1 + rate, periods);

    /// <summary>Interest in the payment of a period.</summary>
    /// <param name="rate">Per period.</param>
    /// <param name="period">From 1.</param>
    /// <param name="periods">All periods.</param>
    /// <param name="presentValue">Value at the start.</param>
    /// <param name="futureValue">Value at the end.</param>
    /// <param name="atStart">True when payments fall at the start of a period; the first then holds no interest.</param>
    /// <returns>Refused for a period before the first.</returns>
    public static Figure InterestPart(
        double rate,
        int period,
        double periods,
        double presentValue,
        double futureValue = 0,
        bool atStart = false
    )
    {
        if (period < 1)
        {
            return Figure.Refused("periods count from 1");
        }
        if (atStart && period == 1)
        {
            return Figure.Of(0);
        }
        var payment = Payment(rate, periods, presentValue, futureValue, atStart);
        var interest = FutureValue(rate, period - 1, payment, presentValue, atStart) * rate;
        return Figure.Of(atStart ? interest / (1 + rate) : interest);
    }

    /// <summary>Principal in the payment of a period; arguments as <see cref="InterestPart"/>.</summary>
    public static Figure PrincipalPart(
        double rate,
        int period,
        double periods,
        double presentValue,
        double futureValue = 0,
        bool atStart = false
    )
    {
        var interest = InterestPart(rate, period, periods, presentValue, futureValue, atStart);
        return interest.HasValue
            ? Figure.Of(Payment(rate, periods, presentValue, futureValue, atStart) - interest.Value)
            : interest;
    }

    /// <summary>Number of periods.</summary>
    public static Figure Periods(
        double rate,
        double payment,
        double presentValue,
        double futureValue = 0,
        bool atStart = false
    )
    {
        if (rate == 0)
        {
            return payment == 0
                ? Figure.Refused("without interest and payment nothing changes")
                : Figure.Of(-(futureValue + presentValue) / payment);
        }
        var z = payment * (1 + (atStart ? rate : 0)) / rate;
        var ratio = (z - futureValue) / (z + presentValue);
        return ratio > 0
            ? Figure.Of(Math.Log(ratio) / Math.Log(1 + rate))
            : Figure.Refused("the payments never reach the value at the end");
    }

    /// <summary>Rate per period; refused when none or several solve the equation.</summary>
    public static Figure Rate(
        int periods,
        double payment,
        double presentValue,
        double futureValue,
        bool atStart = false
    )
    {
        var flow = new double[periods + 1];
        flow[0] = presentValue;
        flow[periods] = futureValue;
        for (var k = 0; k < periods; k++)
        {
            flow[atStart ? k : k + 1] += payment;
        }
        return Returns.InternalRatePerPeriod(flow);
    }

    private static double Accumulation(double rate, double periods, bool atStart) =>
        rate == 0 ? periods : (Math.Pow(1 + rate, periods) - 1) / rate * (1 + (atStart ? rate : 0));
}
