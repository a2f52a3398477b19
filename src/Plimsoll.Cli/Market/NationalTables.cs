using System.Globalization;
using System.Text;
using Plimsoll.Inputs;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Market.MarketFiles;

namespace Plimsoll.Cli.Market;

/// <summary>One whole history of a nation as tables: a line a centre, and a line a centre and month.</summary>
internal static class NationalTables
{
    /// <summary>A line a centre: what it is, where it stands at the end, how full it was.</summary>
    public static string Centres(NationalHistory history, int months)
    {
        var csv = new StringBuilder(
            "centre,known,place,province,operator_class,capability,tier,accelerators,stands_for,state,mean_fill,fill_at_end,contracts_at_end,reason_at_end\n"
        );
        var last = months - 1;
        foreach (var c in history.Ledgers)
        {
            var m = history.Offset + last;
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{CsvCell.Of(c.Name)},{(history.Project(c) is null ? "drawn" : "named")},{CsvCell.Of(history.Place(c))},{CsvCell.Of(history.Province(c))},{NationalHistory.OperatorClass(c)},{Field(c.Capability)},{c.Tier},{Field(c.Planned)},{c.Stands},{Word(c.State[m])},{Field(history.MeanFill(c, months))},{Field(history.Fill(c, last))},{Field(c.Contracts[m])},{CsvCell.Of(history.Reason(c, last))}\n"
            );
        }
        return csv.ToString();
    }

    /// <summary>A line a centre and month from its announcement on.</summary>
    public static string Months(NationalHistory history, int months)
    {
        var csv = new StringBuilder(
            "centre,month,state,installed,let,spot,idle,dark,repair,fill,lit,rent_server_month,contracts,reason\n"
        );
        foreach (var c in history.Ledgers)
        {
            for (var i = 0; i < months; i++)
            {
                var m = history.Offset + i;
                if (c.State[m] is LedgerState.None)
                {
                    continue;
                }
                var lit =
                    c.Installed[m] > 0 ? (c.Installed[m] - c.Dark[m]) / c.Installed[m] : double.NaN;
                csv.Append(
                    CultureInfo.InvariantCulture,
                    $"{CsvCell.Of(c.Name)},{history.Start + i},{Word(c.State[m])},{Field(c.Installed[m])},{Field(c.Let[m])},{Field(c.Spot[m])},{Field(c.Idle[m])},{Field(c.Dark[m])},{Field(c.Repair[m])},{Field(history.Fill(c, i))},{Field(lit)},{Field(c.Price[m])},{Field(c.Contracts[m])},{CsvCell.Of(history.Reason(c, i))}\n"
                );
            }
        }
        return csv.ToString();
    }

    private static string Word(LedgerState state) =>
        state switch
        {
            LedgerState.None => "none",
            LedgerState.Planned => "planned",
            LedgerState.Building => "building",
            LedgerState.Open => "open",
            LedgerState.Dark => "dark",
            LedgerState.TakenOver => "taken over",
            LedgerState.Cancelled => "cancelled",
            LedgerState.Closed => "sold and closed",
            var other => throw new ArgumentOutOfRangeException(
                nameof(state),
                other,
                "Unknown state."
            ),
        };

    private static string Field(double x) =>
        double.IsFinite(x) ? x.ToString("G6", CultureInfo.InvariantCulture) : "";
}
