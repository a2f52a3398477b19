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
)
{
    /// <summary>Share of the whole budget that must be paid for it to bind: it is renewed every year, and a year of few tenants leaves some of it.</summary>
    private const double Binds = 0.5;

    /// <summary>True when users take most of the budget: where they do not, a larger one cannot add anything.</summary>
    public bool Binding { get; init; }

    /// <summary>Accelerators of the hall that a grant helps to build; 0 of other forms.</summary>
    public int HallAccelerators { get; init; }

    /// <summary>Whether a budget binds.</summary>
    /// <param name="paid">Mean money paid.</param>
    /// <param name="whole">Money set aside in all.</param>
    internal static bool Bind(double paid, double whole) => paid >= Binds * whole;
}

/// <summary>A voucher design's answer.</summary>
/// <param name="File">What was asked.</param>
/// <param name="Empty">Share of accelerators that stand empty without a scheme.</param>
/// <param name="Rent">Mean rent of an hour where the scheme would hold, from its first month on, without it; money.</param>
/// <param name="HourWorth">Most that an added hour is worth; no dearer scheme is advised.</param>
/// <param name="Schemes">Every face value and budget, budgets rising within a face value.</param>
/// <param name="Best">The scheme within the limit of the highest worth: hours added at their worth, less what is paid; null when none is worth what it costs.</param>
/// <param name="Cheapest">The scheme within the limit that adds hours at the least money an hour, worth it or not; null when none adds hours that can be told from none.</param>
/// <param name="Money">Money that each form is given, in all: what the best (or cheapest) scheme pays, else the limit's.</param>
/// <param name="Forms">The same money paid in each form.</param>
public sealed record VoucherResult(
    VoucherFile File,
    double Empty,
    double Rent,
    double HourWorth,
    IReadOnlyList<SchemeResult> Schemes,
    SchemeResult? Best,
    SchemeResult? Cheapest,
    double Money,
    IReadOnlyList<SchemeResult> Forms
);
