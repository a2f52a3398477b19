using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <summary>Numbers of section <c>finance</c> that may be given with a range: each draw takes its own value, and the tornado swings them.</summary>
/// <remarks>A draw moves a term by what its value differs from the best estimate, so that a search or a stress that has moved the term stays moved.</remarks>
public static class UncertainTerms
{
    private const string Section = "finance.";

    /// <summary>Keys of the section whose ranges are taken; every other number there takes one value.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        "base_rate",
        "margin",
        "upfront_fee",
        "commitment_fee",
        "sweep",
        "lock_up",
        "insurance",
        "receivable_days",
        "payable_days",
        "liquidity",
        "selling_cost",
    ];

    /// <summary>The numbers of a study that may be given with a range, as they stand in the file.</summary>
    /// <param name="values">A checked file of kind study.</param>
    public static IReadOnlyList<InputNumber> Of(InputValues values) =>
        [.. Keys.Select(k => values.Sourced(Section + k)).Where(n => n.Low < n.High)];

    /// <summary>A loan with its uncertain numbers set.</summary>
    /// <param name="loan">As asked or searched.</param>
    /// <param name="numbers">The uncertain numbers.</param>
    /// <param name="value">Value of each in the draw.</param>
    public static DebtTranche Set(
        DebtTranche loan,
        IReadOnlyList<InputNumber> numbers,
        Func<InputNumber, double> value
    )
    {
        foreach (var n in numbers)
        {
            var by = value(n) - n.Value;
            loan = n.Path[Section.Length..] switch
            {
                "base_rate" => loan with { BaseRate = loan.BaseRate + by },
                "margin" => loan with { Margin = loan.Margin + by },
                "upfront_fee" => loan with { UpfrontFee = Math.Max(0, loan.UpfrontFee + by) },
                "commitment_fee" => loan with
                {
                    CommitmentFee = Math.Max(0, loan.CommitmentFee + by),
                },
                "sweep" => loan with { SweepShare = Math.Clamp(loan.SweepShare + by, 0, 1) },
                // The others are terms of the centre, not of the loan.
                _ => loan,
            };
        }
        return loan;
    }

    /// <summary>Terms with their uncertain numbers set.</summary>
    /// <param name="terms">As given or moved by an option.</param>
    /// <param name="numbers">The uncertain numbers.</param>
    /// <param name="value">Value of each in the draw.</param>
    public static FinanceTerms Set(
        FinanceTerms terms,
        IReadOnlyList<InputNumber> numbers,
        Func<InputNumber, double> value
    )
    {
        foreach (var n in numbers)
        {
            var by = value(n) - n.Value;
            terms = n.Path[Section.Length..] switch
            {
                "lock_up" => terms with { LockUpCover = Math.Max(0, terms.LockUpCover + by) },
                "insurance" => terms with { InsuranceRate = Math.Max(0, terms.InsuranceRate + by) },
                "receivable_days" => terms with
                {
                    ReceivableDays = Math.Max(0, terms.ReceivableDays + by),
                },
                "payable_days" => terms with { PayableDays = Math.Max(0, terms.PayableDays + by) },
                "liquidity" => terms with
                {
                    LiquidityMonths = Math.Max(0, terms.LiquidityMonths + by),
                },
                "selling_cost" => terms with
                {
                    SellingCost = Math.Clamp(terms.SellingCost + by, 0, 1),
                },
                // The others are terms of the loan.
                _ => terms,
            };
        }
        return terms;
    }
}
