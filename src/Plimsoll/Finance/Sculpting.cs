namespace Plimsoll.Finance;

/// <summary>Debt shaped to cash: each period's debt service is cash available over a target cover.</summary>
public static class Sculpting
{
    /// <summary>The largest debt that the service of each period can carry: its present value at the loan's own rate.</summary>
    /// <param name="service">Debt service by period, first payment one period from now; negative counts as 0.</param>
    /// <param name="rates">Interest of each period, not annualised.</param>
    /// <remarks>Sum over k of service(k) / product over j up to k of (1 + rate(j)).</remarks>
    public static double Size(ReadOnlySpan<double> service, ReadOnlySpan<double> rates)
    {
        double value = 0,
            discount = 1;
        for (var k = 0; k < service.Length; k++)
        {
            discount /= 1 + rates[k];
            value += Math.Max(0, service[k]) * discount;
        }
        return value;
    }

    /// <summary>Principal by period of a debt of that size: service less interest, never negative, all repaid by the end.</summary>
    /// <param name="service">Debt service by period; negative counts as 0.</param>
    /// <param name="rates">Interest of each period.</param>
    /// <param name="balance">Debt at the start, at most <see cref="Size"/>; when it is less every service is scaled down alike, so that cover stays flat.</param>
    /// <remarks>
    /// A period whose service does not even pay interest would need new debt; instead the balance stands still there and cover falls below the target in that
    /// period: the balance after k is the least, up to k, of the present values of the service still to come.
    /// </remarks>
    public static double[] Principal(
        ReadOnlySpan<double> service,
        ReadOnlySpan<double> rates,
        double balance
    )
    {
        var size = Size(service, rates);
        var scale = size > 0 ? balance / size : 0;
        var toCome = new double[service.Length + 1];
        for (var k = service.Length - 1; k >= 0; k--)
        {
            toCome[k] = (toCome[k + 1] + (Math.Max(0, service[k]) * scale)) / (1 + rates[k]);
        }
        var principal = new double[service.Length];
        var left = balance;
        for (var k = 0; k < principal.Length; k++)
        {
            var next = k == principal.Length - 1 ? 0 : Math.Min(left, toCome[k + 1]);
            principal[k] = left - next;
            left = next;
        }
        return principal;
    }

    /// <summary>Spreads the cash of each span evenly over its months.</summary>
    /// <param name="cash">Cash by month.</param>
    /// <param name="every">Months of a span, at least 1; a last span may be shorter.</param>
    public static double[] Level(ReadOnlySpan<double> cash, int every)
    {
        var level = cash.ToArray();
        for (var from = 0; every > 1 && from < level.Length; from += every)
        {
            var to = Math.Min(level.Length, from + every);
            double sum = 0;
            for (var k = from; k < to; k++)
            {
                sum += cash[k];
            }
            Array.Fill(level, sum / (to - from), from, to - from);
        }
        return level;
    }
}
