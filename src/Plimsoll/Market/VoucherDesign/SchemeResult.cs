namespace Plimsoll.Market.VoucherDesign;

/// <summary>How public money is paid for compute.</summary>
public enum SupportForm
{
    /// <summary>A voucher pays part of a tenant's rent.</summary>
    Voucher = 0,

    /// <summary>Owners are paid for each hour used.</summary>
    OnUse = 1,

    /// <summary>A grant pays part of a new hall.</summary>
    OnBuild = 2,

    /// <summary>The same, and what stands empty is claimed back.</summary>
    OnBuildWithClawback = 3,
}

/// <summary>A scheme tried in the market, set beside the market without it, draw by draw.</summary>
/// <param name="Form">How it pays.</param>
/// <param name="Face">Face value of a voucher, share of a first year's rent; NaN of other forms.</param>
/// <param name="Budget">Money a year.</param>
/// <param name="Paid">Mean money paid in all.</param>
/// <param name="MostPaidOfBudget">Largest share of the whole budget paid in any draw; at most 1.</param>
/// <param name="Added">Mean accelerator-hours used in the market beyond those without it.</param>
/// <param name="AddedError">Standard error of that mean over draws.</param>
/// <param name="Here">Of them where the scheme holds.</param>
/// <param name="Elsewhere">In the other centres; negative is what they lost to it.</param>
/// <param name="Covered">Mean accelerator-hours that vouchers paid a share of.</param>
/// <param name="Anyway">Share of the covered hours that would have been rented anyway; NaN when none is covered.</param>
/// <param name="PerHour">Money paid over hours added; NaN when the hours added cannot be told from none.</param>
/// <param name="PerHourLow">10 % point over resampled draws.</param>
/// <param name="PerHourHigh">90 % point; infinite when it cannot be told from none.</param>
/// <param name="OwnersHere">Change of rents received where it holds, mean money in all.</param>
/// <param name="OwnersElsewhere">Change in the other centres.</param>
/// <param name="Tenants">What tenants keep: money paid less dearer rents on what they would have rented anyway.</param>
/// <param name="Empty">Share of accelerators that stand empty.</param>
/// <param name="Saturated">True when the last addition to the budget costs more than twice what hours cost before it, or adds none.</param>
public sealed record SchemeResult(
    SupportForm Form,
    double Face,
    double Budget,
    double Paid,
    double MostPaidOfBudget,
    double Added,
    double AddedError,
    double Here,
    double Elsewhere,
    double Covered,
    double Anyway,
    double PerHour,
    double PerHourLow,
    double PerHourHigh,
    double OwnersHere,
    double OwnersElsewhere,
    double Tenants,
    double Empty,
    bool Saturated
);

/// <summary>A voucher design's answer.</summary>
/// <param name="File">What was asked.</param>
/// <param name="Empty">Share of accelerators that stand empty without a scheme.</param>
/// <param name="Schemes">Every face value and budget, budgets rising within a face value.</param>
/// <param name="Best">The scheme within the limit that adds most hours; null when none adds hours that can be told from none.</param>
/// <param name="Forms">The limit's money paid in each form.</param>
public sealed record VoucherResult(
    VoucherFile File,
    double Empty,
    IReadOnlyList<SchemeResult> Schemes,
    SchemeResult? Best,
    IReadOnlyList<SchemeResult> Forms
);
