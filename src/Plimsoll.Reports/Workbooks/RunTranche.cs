namespace Plimsoll.Reports.Workbooks;

/// <summary>One tranche as it runs; its rows carry its name.</summary>
/// <param name="contract">As contracted.</param>
internal sealed class RunTranche(Contract contract)
{
    /// <summary>As contracted.</summary>
    public Contract Contract => contract;

    /// <summary>Its terms.</summary>
    public TrancheTerms Terms => contract.Terms;

    /// <summary>Balance now, within the month that is being written.</summary>
    public Expr Balance { get; set; }

    /// <summary>Arrears now.</summary>
    public Expr Arrears { get; set; }

    /// <summary>Interest accrued and not yet due, now.</summary>
    public Expr Accrued { get; set; } = 0;

    /// <summary>Instruments beside the plain loan.</summary>
    public TrancheInstruments Instruments => contract.Terms.Instruments;

    /// <summary>What early repayments have cut from later instalments, 0 to 1, now.</summary>
    public Expr Cut { get; set; }

    /// <summary>Balance at month end.</summary>
    public Line BalanceEnd { get; private set; } = null!;

    /// <summary>Arrears at month end.</summary>
    public Line ArrearsEnd { get; private set; } = null!;

    /// <summary>Name of one of its rows.</summary>
    public string Name(string row) => $"{contract.Terms.Name}: {row}";

    /// <summary>Finds its rows.</summary>
    public void Take(Dictionary<string, Line> rows) =>
        (BalanceEnd, ArrearsEnd) = (rows[Name("balance")], rows[Name("arrears")]);

    /// <summary>Cuts later instalments by an early repayment that took the balance from one amount to another.</summary>
    public Expr CutBy(Expr before, Expr after) =>
        Fn.If(
            Fn.And(Terms.ProRataPrepay.Is(1), before > 0),
            1 - ((1 - Cut) * after / DebtSheet.Guard(before)),
            Cut
        );
}
