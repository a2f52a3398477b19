namespace Plimsoll.Finance;

/// <summary>The words by which a file of kind <c>finance</c> states its choices.</summary>
internal static class FinanceWords
{
    public static string Of(WaterfallStep step) =>
        step switch
        {
            WaterfallStep.DebtService => "debt_service",
            WaterfallStep.DebtReserve => "debt_reserve",
            WaterfallStep.RefreshReserve => "refresh_reserve",
            WaterfallStep.Prepayment => "prepayment",
            WaterfallStep.Sweep => "sweep",
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
        };

    public static string Of(DrawRule rule) =>
        rule switch
        {
            DrawRule.ProRata => "pro_rata",
            DrawRule.EquityFirst => "equity_first",
            DrawRule.AfterAcceptance => "after_acceptance",
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
        };

    public static string Of(Repayment repayment) =>
        repayment switch
        {
            Repayment.Annuity => "annuity",
            Repayment.Bullet => "bullet",
            Repayment.Instalments => "instalments",
            Repayment.Sculpted => "sculpted",
            _ => throw new ArgumentOutOfRangeException(nameof(repayment), repayment, null),
        };

    public static string Of(DayCount count) =>
        count switch
        {
            DayCount.Thirty360 => "30/360",
            DayCount.Actual360 => "actual/360",
            DayCount.Actual365 => "actual/365",
            DayCount.ActualActual => "actual/actual",
            _ => throw new ArgumentOutOfRangeException(nameof(count), count, null),
        };

    public static string Of(GearingBase of) =>
        of switch
        {
            GearingBase.CapitalCost => "capital_cost",
            GearingBase.Uses => "uses",
            _ => throw new ArgumentOutOfRangeException(nameof(of), of, null),
        };

    public static string Of(CoverTest test) =>
        test switch
        {
            CoverTest.Trailing => "trailing",
            CoverTest.Forward => "forward",
            CoverTest.Both => "both",
            _ => throw new ArgumentOutOfRangeException(nameof(test), test, null),
        };

    public static string Of(GrantUse use) =>
        use switch
        {
            GrantUse.Debt => "debt",
            GrantUse.Capital => "capital",
            _ => throw new ArgumentOutOfRangeException(nameof(use), use, null),
        };

    public static string OfTable(IReadOnlyList<double> shares) =>
        shares.Count == 0 ? "straight"
        : shares.SequenceEqual(WriteOffTables.Macrs5) ? "macrs5"
        : shares.SequenceEqual(WriteOffTables.Macrs15) ? "macrs15"
        : throw new ArgumentException("No file states this table.", nameof(shares));
}
