using Plimsoll.Market.ContractMarket;

namespace Plimsoll.Market.VoucherDesign;

/// <summary>What was used, paid and covered in one draw of a market; accelerator-hours and money in all.</summary>
/// <param name="Here">Hours used where the scheme holds.</param>
/// <param name="Elsewhere">Hours used in other centres.</param>
/// <param name="Installed">Hours installed.</param>
/// <param name="RentsHere">Rents received where it holds.</param>
/// <param name="RentsElsewhere">Rents received elsewhere.</param>
/// <param name="Paid">Money paid by the scheme.</param>
/// <param name="Covered">Hours it paid a share of.</param>
/// <param name="LetByMonth">Accelerators let under contract by month.</param>
/// <param name="PriceByMonth">Mean price of running contracts by month, money a server-month; NaN when none runs.</param>
internal sealed record MarketUse(
    double Here,
    double Elsewhere,
    double Installed,
    double RentsHere,
    double RentsElsewhere,
    double Paid,
    double Covered,
    double[] LetByMonth,
    double[] PriceByMonth
)
{
    private const int PerServer = 8;
    private const int FirstYear = 12;

    /// <summary>Hours used in all.</summary>
    public double Used => Here + Elsewhere;

    /// <summary>Reads a record.</summary>
    /// <param name="record">The market's run with its ledger.</param>
    /// <param name="here">Names of the centres where the scheme holds.</param>
    public static MarketUse Of(MarketRecord record, IReadOnlySet<string> here)
    {
        var months = record.Path.Capacity[0].Length;
        double[] let = new double[months],
            money = new double[months];
        double inside = 0,
            outside = 0,
            installed = 0,
            rentsInside = 0,
            rentsOutside = 0;
        foreach (var c in record.Centres)
        {
            var (used, rents) = (0.0, 0.0);
            for (var m = 0; m < months; m++)
            {
                var contract = c.Let[m] > 0 ? c.Let[m] * c.Price[m] / PerServer : 0;
                let[m] += c.Let[m];
                money[m] += contract;
                used += c.Let[m] + c.Spot[m];
                rents +=
                    contract
                    + (
                        c.Spot[m] > 0 ? c.Spot[m] * record.Path.Spot[(int)c.Tier][m] / PerServer : 0
                    );
                installed += c.Installed[m];
            }
            if (here.Contains(c.Name))
            {
                (inside, rentsInside) = (inside + used, rentsInside + rents);
            }
            else
            {
                (outside, rentsOutside) = (outside + used, rentsOutside + rents);
            }
        }
        var covered = record
            .Contracts.Where(c => c.Voucher > 0)
            .Sum(c =>
                (double)c.Accelerators
                * Math.Max(0, Math.Min(Math.Min(c.End, months), c.Begin + FirstYear) - c.Begin)
            );
        return new MarketUse(
            inside * CentreFrame.HoursPerMonth,
            outside * CentreFrame.HoursPerMonth,
            installed * CentreFrame.HoursPerMonth,
            rentsInside,
            rentsOutside,
            record.VoucherPaid.Sum(),
            covered * CentreFrame.HoursPerMonth,
            let,
            [.. let.Select((l, m) => l > 0 ? money[m] * PerServer / l : double.NaN)]
        );
    }
}
