using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Inputs;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Sweeps;

namespace Plimsoll.Cli.Market;

/// <summary>One whole history of a nation as tables: a line a centre, and a line a centre and month; CSV and Parquet hold the same cells.</summary>
internal sealed class NationalTables
{
    private readonly IReadOnlyList<(string Name, bool IsWords)> _columns;
    private readonly List<object?[]> _rows = [];

    private NationalTables(params IReadOnlyList<(string Name, bool IsWords)> columns) =>
        _columns = columns;

    /// <summary>A line a centre: what it is, where it stands at the end, how full it was.</summary>
    public static NationalTables Centres(NationalHistory history, int months)
    {
        var table = new NationalTables(
            ("centre", true),
            ("known", true),
            ("place", true),
            ("province", true),
            ("latitude", false),
            ("longitude", false),
            ("operator_class", true),
            ("capability", false),
            ("tier", true),
            ("chip", true),
            ("accelerators", false),
            ("stands_for", false),
            ("state", true),
            ("mean_fill", false),
            ("fill_at_end", false),
            ("contracts_at_end", false),
            ("reason_at_end", true)
        );
        var last = months - 1;
        foreach (var c in history.Ledgers)
        {
            var m = history.Offset + last;
            var where = history.Where(c);
            table.Add(
                c.Name,
                history.Project(c) is null ? "drawn" : "named",
                history.Place(c),
                history.Province(c),
                where?.Latitude,
                where?.Longitude,
                NationalHistory.OperatorClass(c),
                c.Capability,
                c.Tier.ToString(),
                history.Chip(c),
                c.Planned,
                (double)c.Stands,
                Word(c.State[m]),
                history.MeanFill(c, months),
                history.Fill(c, last),
                c.Contracts[m],
                history.Reason(c, last)
            );
        }
        return table;
    }

    /// <summary>A line a centre and month from its announcement on.</summary>
    public static NationalTables Months(NationalHistory history, int months)
    {
        var table = new NationalTables(
            ("centre", true),
            ("month", true),
            ("state", true),
            ("installed", false),
            ("let", false),
            ("spot", false),
            ("idle", false),
            ("dark", false),
            ("repair", false),
            ("fill", false),
            ("lit", false),
            ("rent_server_month", false),
            ("contracts", false),
            ("reason", true)
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
                table.Add(
                    c.Name,
                    (history.Start + i).ToString(),
                    Word(c.State[m]),
                    c.Installed[m],
                    c.Let[m],
                    c.Spot[m],
                    c.Idle[m],
                    c.Dark[m],
                    c.Repair[m],
                    history.Fill(c, i),
                    c.Installed[m] > 0 ? (c.Installed[m] - c.Dark[m]) / c.Installed[m] : double.NaN,
                    c.Price[m],
                    c.Contracts[m],
                    history.Reason(c, i)
                );
            }
        }
        return table;
    }

    private void Add(params object?[] row) => _rows.Add(row);

    /// <summary>The table as CSV; a number that is none is left blank.</summary>
    public string Csv()
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', _columns.Select(c => c.Name)).Append('\n');
        foreach (var row in _rows)
        {
            csv.AppendJoin(
                    ',',
                    row.Select(cell =>
                        cell switch
                        {
                            string words => CsvCell.Of(words),
                            double x when double.IsFinite(x) => x.ToString(
                                "G6",
                                CultureInfo.InvariantCulture
                            ),
                            _ => "",
                        }
                    )
                )
                .Append('\n');
        }
        return csv.ToString();
    }

    /// <summary>The table as Parquet, numbers whole; a number that is none is null.</summary>
    public byte[] Parquet()
    {
        var table = new ParquetTable(_columns);
        foreach (var row in _rows)
        {
            table.Add(
                row.Select(cell =>
                    cell switch
                    {
                        string words => (JsonNode?)JsonValue.Create(words),
                        double x when double.IsFinite(x) => JsonValue.Create(x),
                        _ => null,
                    }
                )
            );
        }
        using var bytes = new MemoryStream();
        table.Write(bytes).GetAwaiter().GetResult();
        return bytes.ToArray();
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
}
