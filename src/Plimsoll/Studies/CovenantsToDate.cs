using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>What the months up to the decision say of cover, lock-up and payments: facts, the same in every draw.</summary>
/// <param name="Months">Months of debt service told.</param>
/// <param name="LowestCover">Lowest cover of twelve months; NaN where fewer are known.</param>
/// <param name="LowestMonth">Last month of those twelve; null where fewer are known.</param>
/// <param name="LastCover">Cover of the last twelve; NaN where fewer are known.</param>
/// <param name="Covenant">Cover agreed.</param>
/// <param name="LockUp">Cover below which nothing is paid out.</param>
/// <param name="Arrears">Service due and not paid, money of the study's currency.</param>
/// <param name="MissedMonths">Months in a row, up to the decision, that ended with service unpaid.</param>
/// <param name="Cure">Months in which a missed payment may be made good.</param>
/// <param name="Fill">Fill of the last month, 0 to 1; NaN where it is not told.</param>
/// <param name="Distributed">Paid out to equity in the months told.</param>
public sealed record CovenantsToDate(
    int Months,
    double LowestCover,
    Month? LowestMonth,
    double LastCover,
    double Covenant,
    double LockUp,
    double Arrears,
    int MissedMonths,
    int Cure,
    double Fill,
    double Distributed
)
{
    /// <summary>Tenants behind with their rent: who, money owed, months of the rent agreed.</summary>
    public IReadOnlyList<TenantInArrears> Tenants { get; init; } = [];

    /// <summary>What running the centre has cost in those months; null where too few tell it.</summary>
    public MeasuredCosts? Costs { get; init; }

    /// <summary>True when cover fell below the covenant in a window of twelve months.</summary>
    public bool Broken => LowestCover < Covenant;

    /// <summary>True when the last twelve months stand below the lock-up.</summary>
    public bool LockedUp => LastCover < LockUp;

    /// <summary>True when service has been unpaid for longer than it may be made good.</summary>
    public bool InDefault => MissedMonths > Cure;

    /// <summary>Those of a case; null where no month is told.</summary>
    public static CovenantsToDate? Of(StudyCase plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var tenants = TenantInArrears.Of(plan);
        var arrears = plan.Tranches.Sum(t => t.Arrears);
        var last = plan.Actuals.Last;
        if (last is null && tenants.Count == 0 && arrears <= 0)
        {
            return null;
        }
        var service = plan.Terms.Before;
        var (lowest, back) = service.Lowest;
        return new CovenantsToDate(
            service.Count,
            lowest,
            back < 0 ? null : last!.Month + -back,
            service.CoverAt(0),
            plan.Terms.CovenantCover,
            plan.Terms.LockUpCover,
            arrears,
            arrears > 0 ? Math.Max(1, service.MissedMonths) : 0,
            plan.Terms.CureMonths,
            last?.Fill ?? double.NaN,
            plan.Actuals.Months.Sum(m => m.Distributed)
        )
        {
            Tenants = tenants,
            Costs = plan.MeasuredCosts,
        };
    }

    /// <summary>The facts in the words of any language.</summary>
    public IReadOnlyList<Phrase> Said =>
        [
            LowestMonth is { } month
                ? Phrase.Of(
                    Broken ? "todate.cover.broken" : "todate.cover.kept",
                    (double)Months,
                    LowestCover,
                    month,
                    Covenant
                )
                : Phrase.Of("todate.cover.none", (double)Months),
            .. double.IsNaN(LastCover)
                ? Array.Empty<Phrase>()
                :
                [
                    Phrase.Of(
                        LockedUp ? "todate.lockup.holds" : "todate.lockup.open",
                        LastCover,
                        LockUp
                    ),
                ],
            Arrears > 0
                ? Phrase.Of(
                    InDefault ? "todate.arrears.default" : "todate.arrears",
                    Arrears,
                    (double)MissedMonths,
                    (double)Cure
                )
                : Phrase.Of("todate.paid"),
            .. Tenants.Select(t =>
                Phrase.Of("todate.tenant", t.Tenant, t.Amount, t.Months, t.Factor)
            ),
            .. double.IsNaN(Fill) ? Array.Empty<Phrase>() : [Phrase.Of("todate.fill", Fill)],
            .. Costs is null ? Array.Empty<Phrase>() : [Costs.Said],
            .. Distributed > 0
                ? [Phrase.Of("todate.distributed", Distributed)]
                : Array.Empty<Phrase>(),
        ];
}
