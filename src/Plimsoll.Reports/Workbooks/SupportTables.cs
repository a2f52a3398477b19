using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Grants and running subsidies as tables.</summary>
internal sealed class SupportTables
{
    private const double NoLimit = 1e30;

    /// <summary>Writes them.</summary>
    public SupportTables(Scalars s, FinanceTerms t)
    {
        var first = s.Table(
            "Grants (months count from 0)",
            [
                "grant",
                "amount",
                "month",
                "share paid back",
                "fill test",
                "month of the test",
                "use: 0 debt, 1 capital",
            ],
            t.Grants.Count
        );
        Column Grant(int column) => new(s.Tables, column, first, t.Grants.Count);
        (Amount, Month, Share) = (Grant(2), Grant(3), Grant(4));
        (Fill, Test, Use) = (Grant(5), Grant(6), Grant(7));
        for (var i = 0; i < t.Grants.Count; i++)
        {
            var g = t.Grants[i];
            s.Tables.Put(first + i, 1, $"grant {i + 1}");
            Amount.Enter(i, g.Amount, Look.InputMoney);
            Month.Enter(i, g.Month);
            Share.Enter(i, g.ClawbackShare, Look.InputPercent);
            Fill.Enter(i, g.FillTest, Look.InputPercent);
            Test.Enter(i, g.TestMonth);
            Use.Enter(i, (int)g.Use);
        }
        var row = s.Table(
            "Running subsidies (months count from 0)",
            [
                "subsidy",
                "first month",
                "months",
                "a month",
                "per kWh",
                "per GPU-hour",
                "budget",
                "share paid back",
                "fill test",
                "month of the test",
            ],
            t.Subsidies.Count
        );
        Subsidies =
        [
            .. t.Subsidies.Select(
                (subsidy, i) =>
                {
                    double[] values =
                    [
                        subsidy.FromMonth,
                        subsidy.Months,
                        subsidy.PerMonth,
                        subsidy.PerKwh,
                        subsidy.PerGpuHour,
                        Math.Min(subsidy.Budget, NoLimit),
                        subsidy.ClawbackShare,
                        subsidy.FillTest,
                        subsidy.TestMonth,
                    ];
                    s.Tables.Put(row + i, 1, subsidy.Name);
                    return new Subsidy(
                        subsidy.Name,
                        [.. values.Select((v, c) => s.Tables.Put(row + i, c + 2, v, Look.Input))]
                    );
                }
            ),
        ];
    }

    public Column Amount { get; }

    public Column Month { get; }

    public Column Share { get; }

    public Column Fill { get; }

    public Column Test { get; }

    /// <summary>Where a grant goes.</summary>
    public Column Use { get; }

    public IReadOnlyList<Subsidy> Subsidies { get; }

    /// <summary>One subsidy.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Cells">From, months, a month, per kWh, per hour, budget, clawback, fill, test.</param>
    internal sealed record Subsidy(string Name, IReadOnlyList<Expr> Cells);

    /// <summary>Grants received in a month for one use.</summary>
    public Expr ReceivedAt(Expr month, GrantUse use) =>
        Amount.Products(
            $"({Month.All}={month.Text})*({Use.All}={(int)use})*{Amount.All}",
            i => Month.Values[i] == month.Value && Use.Values[i] == (int)use ? Amount.Values[i] : 0
        );

    /// <summary>Grants of a month less what is paid back.</summary>
    public Expr GrantsAt(Expr month, Expr fill) =>
        Amount.Products(
            $"({Month.All}={month.Text})*{Amount.All}",
            i => Month.Values[i] == month.Value ? Amount.Values[i] : 0
        )
        - Amount.Products(
            $"({Test.All}={month.Text})*({Fill.All}>{fill.Text})*{Amount.All}*{Share.All}",
            i =>
                Test.Values[i] == month.Value && Fill.Values[i] > fill.Value
                    ? Amount.Values[i] * Share.Values[i]
                    : 0
        );
}
