using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <summary>Numbers of section <c>finance</c> that may be given with a range: each draw takes its own value, and the tornado swings them.</summary>
/// <remarks>A draw moves a term by what its value differs from the best estimate, so that a search or a stress that has moved the term stays moved.</remarks>
public static class UncertainTerms
{
    private const string Section = "finance.";
    private const string Rows = "debt[].";

    /// <summary>A tranche with one of its numbers moved.</summary>
    private delegate DebtTranche LoanMove(DebtTranche loan, double by);

    /// <summary>Terms with one of their numbers moved.</summary>
    private delegate FinanceTerms TermsMove(FinanceTerms terms, double by);

    private static readonly Dictionary<string, LoanMove> _ofTheLoan = new(StringComparer.Ordinal)
    {
        ["base_rate"] = (l, by) =>
            l with
            {
                BaseRate = l.BaseRate + by,
                BaseRates = [.. l.BaseRates.Select(r => r with { Rate = r.Rate + by })],
            },
        ["margin"] = (l, by) => l with { Margin = l.Margin + by },
        ["upfront_fee"] = (l, by) => l with { UpfrontFee = Math.Max(0, l.UpfrontFee + by) },
        ["commitment_fee"] = (l, by) =>
            l with
            {
                CommitmentFee = Math.Max(0, l.CommitmentFee + by),
            },
        ["sweep"] = (l, by) => l with { SweepShare = Math.Clamp(l.SweepShare + by, 0, 1) },
    };

    private static readonly Dictionary<string, LoanMove> _ofATranche = new(
        _ofTheLoan,
        StringComparer.Ordinal
    )
    {
        ["floor"] = (l, by) => l with { BaseFloor = l.BaseFloor + by },
        ["hedged_share"] = (l, by) => l with { HedgedShare = Math.Clamp(l.HedgedShare + by, 0, 1) },
        ["swap_rate"] = (l, by) => l with { SwapRate = l.SwapRate + by },
        ["borrowing_base"] = (l, by) =>
            l with
            {
                BorrowingBaseAdvance = Math.Max(0, l.BorrowingBaseAdvance + by),
            },
    };

    private static readonly Dictionary<string, TermsMove> _ofTheCentre = new(StringComparer.Ordinal)
    {
        ["lock_up"] = (t, by) => t with { LockUpCover = Math.Max(0, t.LockUpCover + by) },
        ["insurance"] = (t, by) => t with { InsuranceRate = Math.Max(0, t.InsuranceRate + by) },
        ["receivable_days"] = (t, by) =>
            t with
            {
                ReceivableDays = Math.Max(0, t.ReceivableDays + by),
            },
        ["payable_days"] = (t, by) => t with { PayableDays = Math.Max(0, t.PayableDays + by) },
        ["liquidity"] = (t, by) => t with { LiquidityMonths = Math.Max(0, t.LiquidityMonths + by) },
        ["selling_cost"] = (t, by) => t with { SellingCost = Math.Clamp(t.SellingCost + by, 0, 1) },
        ["repossession_cost"] = (t, by) =>
            t with
            {
                RepossessionCost = Math.Clamp(t.RepossessionCost + by, 0, 1),
            },
        ["holding_cost"] = (t, by) => t with { HoldingCost = Math.Clamp(t.HoldingCost + by, 0, 1) },
        ["default_margin"] = (t, by) =>
            t with
            {
                DefaultMargin = Math.Max(0, t.DefaultMargin + by),
            },
        ["sponsor_support"] = (t, by) =>
            t with
            {
                SponsorSupport = Math.Max(0, t.SponsorSupport + by),
            },
    };

    /// <summary>Keys of the section whose ranges are taken, <c>debt[].</c> before those of a tranche; every other number there takes one value.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [.. _ofTheLoan.Keys, .. _ofTheCentre.Keys, .. _ofATranche.Keys.Select(k => Rows + k)];

    /// <summary>True when a row of a study's table may be given with a range.</summary>
    /// <param name="path">Of the row.</param>
    public static bool Takes(string path) =>
        path.StartsWith(Section, StringComparison.Ordinal)
        && Keys.Contains(path[Section.Length..], StringComparer.Ordinal);

    /// <summary>The numbers of a study that may be given with a range, as they stand in the file.</summary>
    /// <param name="values">A checked file of kind study.</param>
    public static IReadOnlyList<InputNumber> Of(InputValues values)
    {
        var debt = values.Section("finance").Items("debt");
        var loan = debt.Count > 0 ? [] : _ofTheLoan.Keys.Select(k => values.Sourced(Section + k));
        return
        [
            .. loan.Concat(_ofTheCentre.Keys.Select(k => values.Sourced(Section + k)))
                .Concat(debt.SelectMany(d => _ofATranche.Keys.Where(d.Has).Select(d.Sourced)))
                .Where(n => n.Low < n.High),
        ];
    }

    /// <summary>A tranche with its uncertain numbers set.</summary>
    /// <param name="loan">As asked or searched.</param>
    /// <param name="place">Where it stands among the tranches, from 0.</param>
    /// <param name="numbers">The uncertain numbers.</param>
    /// <param name="value">Value of each in the draw.</param>
    public static DebtTranche Set(
        DebtTranche loan,
        int place,
        IReadOnlyList<InputNumber> numbers,
        Func<InputNumber, double> value
    )
    {
        var row = $"{Section}debt[{place}].";
        foreach (var n in numbers)
        {
            var key =
                n.Path.StartsWith(row, StringComparison.Ordinal) ? n.Path[row.Length..]
                : place == 0 ? n.Path[Section.Length..]
                : "";
            if (_ofATranche.TryGetValue(key, out var move))
            {
                loan = move(loan, value(n) - n.Value);
            }
        }
        return loan;
    }

    /// <summary>Terms with their uncertain numbers set, those of tranches left out.</summary>
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
            if (_ofTheCentre.TryGetValue(n.Path[Section.Length..], out var move))
            {
                terms = move(terms, value(n) - n.Value);
            }
        }
        return terms;
    }
}
