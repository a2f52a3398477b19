using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>What the centre brings with it when the outlook begins: assets half written off, rent not yet collected, bills not yet paid, accounts filled.</summary>
internal sealed class OpeningTable
{
    private readonly Column _cost;
    private readonly Column _book;
    private readonly Column _from;
    private readonly Column _left;

    /// <summary>Writes it.</summary>
    public OpeningTable(Scalars s, OpeningPosition opening)
    {
        var assets = opening.Assets;
        var first = s.Table(
            "Assets bought before the outlook",
            ["asset", "cost, tax excluded", "not yet written off", "from month", "months left"],
            assets.Count
        );
        Column At(int column) => new(s.Tables, column, first, assets.Count);
        (_cost, _book, _from, _left) = (At(2), At(3), At(4), At(5));
        for (var i = 0; i < assets.Count; i++)
        {
            s.Tables.Put(first + i, 1, assets[i].Name);
            _cost.Enter(i, assets[i].Cost, Look.InputMoney);
            _book.Enter(i, assets[i].Book, Look.InputMoney);
            _from.Enter(i, assets[i].FromMonth);
            _left.Enter(i, assets[i].MonthsLeft);
        }
        s.Heading("What the centre brings with it");
        Funded = s.Switch(
            "opening_funded",
            "liquidity and reserve stand in their accounts already",
            opening.AccountsFunded
        );
        RevenueTold = opening.Revenue is { } revenue
            ? s.Add(
                "opening_revenue",
                "revenue of each month before",
                revenue,
                "money",
                look: Look.InputMoney
            )
            : null;
        CostTold = opening.RunningCost is { } cost
            ? s.Add(
                "opening_cost",
                "running cost of each month before",
                cost,
                "money",
                look: Look.InputMoney
            )
            : null;
    }

    /// <summary>1 when accounts stand filled.</summary>
    public Expr Funded { get; }

    /// <summary>Revenue of each month before; null for that of the first month.</summary>
    public Expr? RevenueTold { get; }

    /// <summary>Running cost of each month before; null for that of the first month.</summary>
    public Expr? CostTold { get; }

    /// <summary>What is not yet written off.</summary>
    public Expr Book => _book.Products(_book.All, i => _book.Values[i]);

    /// <summary>What it cost.</summary>
    public Expr Cost => _cost.Products(_cost.All, i => _cost.Values[i]);

    /// <summary>Cost of what is insured in a month.</summary>
    public Expr Insured(Expr month) =>
        _cost.Products(
            $"({_from.All}<={month.Text})*{_cost.All}",
            i => _from.Values[i] <= month.Value ? _cost.Values[i] : 0
        );

    /// <summary>Written off in a month.</summary>
    public Expr WriteOff(Expr month) =>
        _book.Products(
            $"({_from.All}<={month.Text})*({_from.All}+{_left.All}>{month.Text})*{_book.All}/{(_book.Count > 0 ? _left.All : $"({_left.All}+1)")}",
            i =>
                _from.Values[i] <= month.Value && _from.Values[i] + _left.Values[i] > month.Value
                    ? _book.Values[i] / _left.Values[i]
                    : 0
        );

    /// <summary>What arose before the outlook and falls due in a month.</summary>
    /// <param name="before">What arose in each month before.</param>
    /// <param name="days">Days after which it falls due.</param>
    /// <param name="number">The month, from 1.</param>
    public static Expr Late(Expr before, Expr days, Expr number)
    {
        var whole = Fn.Int(days / 30);
        var rest = (days / 30) - whole;
        return before * (Fn.If(number <= whole, 1 - rest, 0) + Fn.If(number <= whole + 1, rest, 0));
    }
}
