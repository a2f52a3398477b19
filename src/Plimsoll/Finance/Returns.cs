namespace Plimsoll.Finance;

/// <summary>A figure, or the reason why it has no meaning.</summary>
/// <param name="Value">The figure; NaN when refused.</param>
/// <param name="Refusal">Why there is none; empty when there is one.</param>
public readonly record struct Figure(double Value, string Refusal)
{
    /// <summary>True when there is a figure.</summary>
    public bool HasValue => Refusal.Length == 0;

    /// <summary>A figure.</summary>
    public static Figure Of(double value) => new(value, "");

    /// <summary>No figure.</summary>
    public static Figure Refused(string reason) => new(double.NaN, reason);
}

/// <summary>Net present value and rates of return, with refusals where they have no meaning.</summary>
public static class Returns
{
    private const double LowestLogRate = -9.2;
    private const double HighestLogRate = 9.9;

    /// <summary>Present value at the start of month 0 of month-end flows.</summary>
    /// <param name="flow">Money by month.</param>
    /// <param name="yearlyRate">Effective yearly rate, above -1.</param>
    public static double NetPresentValue(ReadOnlySpan<double> flow, double yearlyRate)
    {
        var factor = Math.Pow(1 + yearlyRate, -1.0 / 12);
        double value = 0,
            discount = factor;
        foreach (var amount in flow)
        {
            value += amount * discount;
            discount *= factor;
        }
        return value;
    }

    /// <summary>Effective yearly rate of return of month-end flows.</summary>
    public static Figure InternalRate(ReadOnlySpan<double> flow)
    {
        var times = new double[flow.Length];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = (i + 1) / 12.0;
        }
        return InternalRate(flow, times);
    }

    /// <summary>Effective yearly rate of return of dated flows, years of 365 days from the first (the spreadsheet's XIRR).</summary>
    public static Figure InternalRate(ReadOnlySpan<double> flow, ReadOnlySpan<DateOnly> dates)
    {
        var times = new double[flow.Length];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = (dates[i].DayNumber - dates[0].DayNumber) / 365.0;
        }
        return InternalRate(flow, times);
    }

    /// <summary>Present value of dated flows at the first date, years of 365 days (the spreadsheet's XNPV).</summary>
    public static double NetPresentValue(
        ReadOnlySpan<double> flow,
        ReadOnlySpan<DateOnly> dates,
        double yearlyRate
    )
    {
        double value = 0;
        for (var i = 0; i < flow.Length; i++)
        {
            value +=
                flow[i]
                * Math.Pow(1 + yearlyRate, -(dates[i].DayNumber - dates[0].DayNumber) / 365.0);
        }
        return value;
    }

    private static Figure InternalRate(ReadOnlySpan<double> flow, double[] times)
    {
        bool negative = false,
            positive = false;
        foreach (var amount in flow)
        {
            negative |= amount < 0;
            positive |= amount > 0;
        }
        if (!negative || !positive)
        {
            return Figure.Refused(
                negative ? "nothing ever comes back"
                : positive ? "nothing is ever paid in"
                : "there is no flow"
            );
        }
        var amounts = flow.ToArray();
        var roots = SignChanges(amounts) == 1 ? [OnlyRoot(amounts, times)] : Roots(amounts, times);
        return roots.Count switch
        {
            0 => Figure.Refused("no rate makes the value zero"),
            1 => Figure.Of(Math.Exp(roots[0]) - 1),
            _ => Figure.Refused(
                $"the flow changes sign more than once and {roots.Count} rates make its value zero: {string.Join(", ", roots.Select(r => $"{Math.Exp(r) - 1:0.####}"))}"
            ),
        };
    }

    private static int SignChanges(double[] flow)
    {
        var changes = 0;
        var last = 0;
        foreach (var amount in flow)
        {
            var sign = Math.Sign(amount);
            changes += sign != 0 && last != 0 && sign != last ? 1 : 0;
            last = sign == 0 ? last : sign;
        }
        return changes;
    }

    /// <summary>One change of sign has one root (Descartes): bisection on the log of one plus the rate.</summary>
    private static double OnlyRoot(double[] flow, double[] times)
    {
        double low = LowestLogRate,
            high = HighestLogRate;
        var sign = Value(flow, times, low) < 0;
        for (var k = 0; k < 60 && high - low > 1e-14; k++)
        {
            var middle = 0.5 * (low + high);
            if ((Value(flow, times, middle) < 0) == sign)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    private static double Value(double[] flow, double[] times, double logRate)
    {
        var scale = logRate < 0 ? -logRate * times[^1] : 0;
        double sum = 0;
        for (var i = 0; i < flow.Length; i++)
        {
            if (flow[i] != 0)
            {
                sum += flow[i] * Math.Exp((-logRate * times[i]) - scale);
            }
        }
        return sum;
    }

    /// <summary>Roots in the log of one plus the rate, scanned from -99.99 % to 2,000,000 % and polished by bisection.</summary>
    private static List<double> Roots(double[] flow, double[] times)
    {
        const double Step = 0.02;
        var roots = new List<double>();
        var before = Value(flow, times, LowestLogRate);
        for (var x = LowestLogRate + Step; x <= HighestLogRate; x += Step)
        {
            var now = Value(flow, times, x);
            if (now == 0 || (before < 0) != (now < 0))
            {
                double low = x - Step,
                    high = x;
                for (var k = 0; k < 80 && high - low > 1e-15; k++)
                {
                    var middle = 0.5 * (low + high);
                    if ((Value(flow, times, middle) < 0) == (before < 0))
                    {
                        low = middle;
                    }
                    else
                    {
                        high = middle;
                    }
                }
                roots.Add(0.5 * (low + high));
            }
            before = now;
        }
        return roots;
    }
}
