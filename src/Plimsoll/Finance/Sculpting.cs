namespace Plimsoll.Finance;

/// <summary>Debt shaped to cash: each period's debt service is cash available over a target cover.</summary>
public static class Sculpting
{
    /// <summary>The largest debt, drawn at once, that the service of each period can carry: its present value at the loan's own rate.</summary>
    /// <param name="service">Debt service by period, first payment one period from now; a negative one has to be made good by the others.</param>
    /// <param name="rates">Interest of each period, not annualised.</param>
    /// <returns>Money, 0 or more.</returns>
    /// <remarks>Sum over k of service(k) / product over j up to k of (1 + rate(j)).</remarks>
    public static double Size(ReadOnlySpan<double> service, ReadOnlySpan<double> rates)
    {
        double[] atOnce = [1];
        return Size(service, rates, atOnce);
    }

    /// <summary>The largest debt, drawn in parts, that the service of each period can carry: the present value of service is that of the draws.</summary>
    /// <param name="service">Debt service by period; a negative one has to be made good by the others.</param>
    /// <param name="rates">Interest of each period.</param>
    /// <param name="draws">Drawn of one unit lent: first at the start, then at the end of each period, with the interest of its own period on what is drawn within it; the rest is 0 when shorter.</param>
    /// <returns>Units lent, 0 or more.</returns>
    /// <remarks>
    /// What is drawn from a date on must be carried by the service after it, for service before it cannot pay for it: the least, over the dates of draws, of
    /// the present value of later service over that of the draws from that date on.
    /// </remarks>
    public static double Size(
        ReadOnlySpan<double> service,
        ReadOnlySpan<double> rates,
        ReadOnlySpan<double> draws
    )
    {
        double value = 0,
            drawn = 0,
            least = double.PositiveInfinity;
        for (var k = service.Length; k >= 0; k--)
        {
            if (k < service.Length)
            {
                value = (value + service[k]) / (1 + rates[k]);
                drawn /= 1 + rates[k];
            }
            var part = k < draws.Length ? draws[k] : 0;
            drawn += part;
            least = part > 0 ? Math.Min(least, value / drawn) : least;
        }
        return double.IsFinite(least) ? Math.Max(0, least) : 0;
    }

    /// <summary>Principal by period of a debt of that size drawn at once: service less interest, never negative, all repaid by the end.</summary>
    /// <param name="service">Debt service by period.</param>
    /// <param name="rates">Interest of each period.</param>
    /// <param name="balance">Debt at the start, at most <see cref="Size(ReadOnlySpan{double}, ReadOnlySpan{double})"/>; when it is less every service is scaled down alike, so that cover stays flat.</param>
    public static double[] Principal(
        ReadOnlySpan<double> service,
        ReadOnlySpan<double> rates,
        double balance
    )
    {
        var size = Size(service, rates);
        return Principal(service, rates, [balance], [balance], size > 0 ? balance / size : 0);
    }

    /// <summary>Principal by period of a debt drawn in parts: service less interest, never negative, all repaid by the end.</summary>
    /// <param name="service">Debt service by period.</param>
    /// <param name="rates">Interest of each period.</param>
    /// <param name="draws">Money drawn: at the start, then in each period; the rest is 0 when shorter.</param>
    /// <param name="worth">The same with the interest of its own period, as of the period's end.</param>
    /// <param name="scale">What is lent over the most that could be; all service is scaled by it, so that cover stays flat.</param>
    /// <remarks>
    /// A period whose service does not even pay interest would need new debt; instead the balance stands still there and cover falls below the target in that
    /// period: the balance after k is the least, up to k, of the present value of the service still to come less that of the draws still to come.
    /// </remarks>
    public static double[] Principal(
        ReadOnlySpan<double> service,
        ReadOnlySpan<double> rates,
        ReadOnlySpan<double> draws,
        ReadOnlySpan<double> worth,
        double scale
    )
    {
        var toCome = new double[service.Length + 1];
        var toDraw = new double[service.Length + 1];
        for (var k = service.Length; k >= 0; k--)
        {
            if (k < service.Length)
            {
                toCome[k] = (toCome[k + 1] + service[k]) / (1 + rates[k]);
                toDraw[k] = (toDraw[k + 1] + At(worth, k + 1)) / (1 + rates[k]);
            }
        }
        var principal = new double[service.Length];
        var left = At(draws, 0);
        for (var k = 0; k < principal.Length; k++)
        {
            var drawn = At(draws, k + 1);
            var target = (toCome[k + 1] * scale) - toDraw[k + 1] - drawn;
            var next = k == principal.Length - 1 ? 0 : Math.Min(left, Math.Max(0, target));
            principal[k] = left - next;
            left = next + drawn;
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

    private static double At(ReadOnlySpan<double> series, int k) =>
        k < series.Length ? series[k] : 0;
}
