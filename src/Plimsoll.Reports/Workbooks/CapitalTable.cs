using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Capital costs as a table, one row a cost.</summary>
internal sealed class CapitalTable
{
    private readonly int _count;

    /// <summary>Writes the table.</summary>
    public CapitalTable(Scalars s, FinanceTerms terms, Sensitivities sens, Expr months)
    {
        var costs = terms.CapitalCosts;
        _count = costs.Count;
        var tranches = terms.Tranches;
        string[] headings =
        [
            "capital cost",
            "amount, tax excluded",
            "month of payment",
            "month online",
            "tax life, years",
            "deducted at once",
            "input tax rate",
            "1 sold with accelerators, 0 rest, 2 debt standing, 3 expensed",
            "residual share",
            "write-off by table",
            "amount in use",
            "paid in month",
            "online in use",
            "life in months",
            "of the amount sales tax",
            .. tranches.Select(t => $"funded by {t.Name}"),
        ];
        var first = s.Table("Capital costs (months count from 0)", headings, _count);
        Column Of(int column) => new(s.Tables, column, first, _count);
        (Amount, Month, Online, Life, Immediate, Vat, Fleet, Residual, ByTable) = (
            Of(2),
            Of(3),
            Of(4),
            Of(5),
            Of(6),
            Of(7),
            Of(8),
            Of(9),
            Of(10)
        );
        (InUse, Paid, OnlineInUse, LifeMonths) = (Of(11), Of(12), Of(13), Of(14));
        Funded = [.. tranches.Select((_, i) => Of(16 + i))];
        for (var i = 0; i < _count; i++)
        {
            var cost = costs[i];
            s.Tables.Put(first + i, 1, cost.Name);
            Amount.Enter(i, cost.Amount, Look.InputMoney);
            Month.Enter(i, cost.Month);
            Online.Enter(i, cost.OnlineMonth);
            Life.Enter(i, cost.TaxLifeYears);
            Immediate.Enter(i, cost.ImmediateShare, Look.InputPercent);
            Vat.Enter(i, cost.InputVatRate, Look.InputPercent);
            Fleet.Enter(i, (int)KindOf(cost));
            Residual.Enter(i, cost.ResidualShare, Look.InputPercent);
            ByTable.Enter(i, cost.WriteOffTable.Count > 0 ? 1 : 0);
            InUse.Set(i, Fn.If(Month[i] < months, Amount[i] * sens.Capex, 0), Look.Money);
            Paid.Set(i, Fn.Max(0, Month[i]), Look.Whole);
            OnlineInUse.Set(i, Fn.Max(0, Online[i] + sens.Delay), Look.Whole);
            Of(15).Enter(i, cost.Amount * cost.SalesTaxRate / (1 + cost.SalesTaxRate), Look.Money);
            LifeMonths.Set(i, Fn.Max(1, Fn.Round(Life[i] * 12)), Look.Whole);
            for (var k = 0; k < tranches.Count; k++)
            {
                Funded[k]
                    .Enter(
                        i,
                        tranches[k].Funds.Count == 0
                        || tranches[k].Funds.Contains(cost.Name, StringComparer.Ordinal)
                            ? 1
                            : 0
                    );
            }
        }
        FirstOnline =
            _count == 0 ? 0 : new Expr($"MIN({OnlineInUse.All})", OnlineInUse.Values.Min(), 9);
    }

    public Column Amount { get; }

    public Column Month { get; }

    public Column Online { get; }

    public Column Life { get; }

    public Column Immediate { get; }

    public Column Vat { get; }

    public Column Fleet { get; }

    public Column Residual { get; }

    public Column ByTable { get; }

    /// <summary>Amount with the sensitivity; 0 for costs beyond the horizon.</summary>
    public Column InUse { get; }

    public Column Paid { get; }

    public Column OnlineInUse { get; }

    public Column LifeMonths { get; }

    /// <summary>Per tranche, 1 where it funds a cost.</summary>
    public IReadOnlyList<Column> Funded { get; }

    /// <summary>First month online of any cost.</summary>
    public Expr FirstOnline { get; }

    /// <summary>Rows.</summary>
    public int Count => _count;

    /// <summary>What a capital cost is spent on.</summary>
    public enum Kind
    {
        /// <summary>What stays when accelerators are sold.</summary>
        Rest,

        /// <summary>What is sold with them.</summary>
        Fleet,

        /// <summary>The money of debt that stands when the outlook begins: no asset of it.</summary>
        DebtStanding,

        /// <summary>Damages and fees: deducted in the month of payment, no asset.</summary>
        Expensed,
    }

    /// <summary>Capital paid in a month on one kind.</summary>
    /// <param name="month">Months since start.</param>
    /// <param name="kind">Which.</param>
    public Expr PaidOn(Expr month, Kind kind) =>
        InUse.Products(
            $"({Paid.All}={month.Text})*({Fleet.All}={(int)kind})*{InUse.All}",
            i => Paid.Values[i] == month.Value && Fleet.Values[i] == (int)kind ? InUse.Values[i] : 0
        );

    /// <summary>Money of debt that stands when the outlook begins.</summary>
    public Expr Standing =>
        InUse.Products(
            $"({Fleet.All}={(int)Kind.DebtStanding})*{InUse.All}",
            i => Fleet.Values[i] == (int)Kind.DebtStanding ? InUse.Values[i] : 0
        );

    /// <summary>Money of debt that stands, of the costs that a tranche funds.</summary>
    /// <param name="funded">Which costs it funds.</param>
    public Expr StandingOf(Column funded) =>
        InUse.Products(
            $"({Fleet.All}={(int)Kind.DebtStanding})*({Paid.All}=0)*{funded.All}*{InUse.All}",
            i =>
                Fleet.Values[i] == (int)Kind.DebtStanding && Paid.Values[i] == 0
                    ? InUse.Values[i] * funded.Values[i]
                    : 0
        );

    private static Kind KindOf(CapitalCost cost) =>
        cost.DebtStanding ? Kind.DebtStanding
        : cost.Expensed ? Kind.Expensed
        : cost.SoldWithAccelerators ? Kind.Fleet
        : Kind.Rest;

    /// <summary>Capital paid in a month, over rows of a kind.</summary>
    /// <param name="month">Months since start.</param>
    /// <param name="weight">A further factor: column, or null.</param>
    public Expr PaidIn(Expr month, Column? weight = null) =>
        InUse.Products(
            $"({Paid.All}={month.Text})*{InUse.All}{(weight is null ? "" : "*" + weight.All)}",
            i => Paid.Values[i] == month.Value ? InUse.Values[i] * (weight?.Values[i] ?? 1) : 0
        );
}
