using Plimsoll.Contracts;
using Plimsoll.Sampling;

namespace Plimsoll.Tests.Contracts;

/// <summary>Leases and months to test the ledger on.</summary>
internal static class Leases
{
    public const double Hours = 730;

    public static Counterparty Sound { get; } = new("a hyperscaler") { MonthlyHazard = 0 };

    public static LeaseTerms Plain(int tenor = 24, Counterparty? tenant = null) =>
        new("anchor", tenant ?? Sound, 64, 2.5, tenor);

    /// <summary>Months with the same availability and market price.</summary>
    public static LeaseMonth[] Months(
        int count,
        double market = 0,
        double available = 1,
        int delivered = 0
    ) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(m => new LeaseMonth(m, Hours, m >= delivered, available, market)),
        ];

    /// <summary>Months drawn at random: calendar hours, repairs, late delivery, a market that goes anywhere.</summary>
    public static LeaseMonth[] Random(int seed, int count)
    {
        var stream = RandomStream.Keyed((ulong)seed, 0, EntityId.Of("months"), Purpose.Shocks);
        var delivered = stream.NextInteger(8);
        var market = 0.2 + (8 * stream.NextUniform());
        var months = new LeaseMonth[count];
        for (var m = 0; m < count; m++)
        {
            market *= Math.Exp(0.4 * (stream.NextUniform() - 0.5));
            months[m] = new LeaseMonth(
                m,
                24 * (28 + stream.NextInteger(4)),
                m >= delivered,
                0.7 + (0.3 * stream.NextUniform()),
                market,
                stream.NextUniform()
            );
        }
        return months;
    }
}
