using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Rows of one tranche as contracted.</summary>
/// <param name="terms">Its terms.</param>
/// <param name="index">Its place, from 0.</param>
internal sealed class Contract(TrancheTerms terms, int index)
{
    public TrancheTerms Terms => terms;
    public int Index => index;
    public Line Years { get; set; } = null!;

    /// <summary>Interest of the month at the contract's rate.</summary>
    public Line Rate { get; set; } = null!;

    /// <summary>Yearly rate really charged.</summary>
    public Line Actual { get; set; } = null!;
    public Expr FundedSum { get; set; }
    public Line Shape { get; set; } = null!;

    /// <summary>First payment, months since start.</summary>
    public Expr First { get; set; }

    /// <summary>Size that the engine solved.</summary>
    public Expr Contracted { get; set; }

    /// <summary>Size in use.</summary>
    public Expr Lent { get; set; }

    /// <summary>Size that the terms give now.</summary>
    public Expr? LiveSize { get; set; }
    public Line? SculptService { get; set; }
    public Line? SculptValue { get; set; }

    /// <summary>Value, at the month's start, of what one unit lent draws while it is repaid.</summary>
    public Line? SculptDraws { get; set; }
    public Expr? SculptedSize { get; set; }
    public Line Draws { get; set; } = null!;
    public Line Principal { get; set; } = null!;

    /// <summary>Share of what it lends that stands as the outlook begins; null where none does.</summary>
    public Expr? StandingShare { get; set; }

    /// <summary>What stands as the outlook begins and bears interest from the first day of month 0.</summary>
    public Expr Standing => StandingShare is { } share ? share * Lent : 0;

    /// <summary>Drawn in a month, without what stands as the outlook begins.</summary>
    public Expr Drawn(int m) =>
        m == 0 && StandingShare is not null ? Fn.Max(0, Draws[0] - Standing) : Draws[m];

    /// <summary>A balance of the month before; before the first what stands.</summary>
    public Expr Before(Line balance, int m) =>
        m == 0 && StandingShare is not null ? Standing : balance[m - 1];

    public Line Interest { get; set; } = null!;
    public Line Service { get; set; } = null!;
    public Line Balance { get; set; } = null!;

    /// <summary>Scheduled principal of the twelve months ahead.</summary>
    public Line ForwardPrincipal { get; set; } = null!;

    /// <summary>Scheduled interest that falls due in the twelve months ahead.</summary>
    public Line ForwardInterest { get; set; } = null!;
    public Line Fees { get; set; } = null!;

    /// <summary>Mean years for which the scheduled balance was to stand on; null where nothing asks for it.</summary>
    public Line? LifeYears { get; set; }

    /// <summary>Last scheduled payment, months since start.</summary>
    public Expr Maturity { get; set; }

    /// <summary>What a month draws of one unit lent.</summary>
    public Expr UnitDraw(int m) =>
        Draws is null || terms.Given.Draw != DrawRule.EquityFirst
            ? m == 0 && StandingShare is { } share
                ? Fn.Max(0, Shape[0] - share)
                : Shape[m]
            : Fn.If(Lent > 0, Draws[m] / DebtSheet.Guard(Lent), Shape[m]);
}
