using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Owner;

/// <summary>Sell the accelerators to a lessor at once and rent them back to the horizon: money now, rent every month, nothing to sell at the end.</summary>
/// <param name="Discount">Discount on the second-hand price at which the lessor buys, 0 to 1.</param>
/// <param name="YearlyRate">Yearly rate that the lessor earns, paid monthly, 0 or more.</param>
public sealed record SaleAndLeaseBack(double Discount, double YearlyRate) : IOwnerOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<IOwnerOption> Kind { get; } =
        new(
            [
                OptionRow.Number(
                    "lease_back_discount",
                    "Discount on the second-hand price at which a lessor would buy the accelerators to rent them back.",
                    "0.2",
                    0,
                    0.95,
                    "fraction",
                    prior: true
                ),
                OptionRow.Number(
                    "lease_back_rate",
                    "Yearly rate that such a lessor earns on what it pays.",
                    "0.12",
                    0,
                    1,
                    "fraction/yr",
                    prior: true
                ),
            ],
            file => new SaleAndLeaseBack(
                file.Number("options.lease_back_discount"),
                file.Number("options.lease_back_rate")
            )
        );

    /// <inheritdoc/>
    public IReadOnlyList<StudyOption> Courses(
        StudyCase standing,
        FleetScope scope,
        ICentreFacts facts
    )
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(scope);
        return
        [
            new StudyOption(
                scope.Named(Phrase.Of("option.leaseback")),
                VerdictKind.SellAndLeaseBack,
                Phrase.Of("option.leaseback.said", scope.Accelerators, Discount, YearlyRate),
                standing with
                {
                    Effects =
                    [
                        .. standing.Effects,
                        new LeaseBack(Discount, YearlyRate, [.. scope.Fleets.Select(f => f.Name)]),
                    ],
                }
            ),
        ];
    }
}

/// <summary>Fleets that belong to a lessor from the first month on.</summary>
/// <param name="Discount">Discount on the second-hand price, 0 to 1.</param>
/// <param name="YearlyRate">Yearly rate of the rent, paid monthly.</param>
/// <param name="Fleets">Names of the fleets.</param>
public sealed record LeaseBack(double Discount, double YearlyRate, IReadOnlyList<string> Fleets)
    : ICourseEffect
{
    /// <inheritdoc/>
    public bool SellsAtOnce(FleetCase fleet)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        return Fleets.Contains(fleet.Name, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public MonthlyOutlook Apply(StudyCase study, FleetSites sites, MonthlyOutlook outlook)
    {
        ArgumentNullException.ThrowIfNull(outlook);
        var names = new HashSet<string>(Fleets, StringComparer.Ordinal);
        var price =
            (1 - Discount)
            * outlook
                .Fleets.Where(f => names.Contains(f.Fleet))
                .Sum(f => f.Installed[0] * f.ResalePrice[0]);
        var n = outlook.Months;
        double[] proceeds =
            outlook.SaleProceeds.Length > 0 ? [.. outlook.SaleProceeds] : new double[n];
        proceeds[0] += price;
        var rent = new double[n];
        Array.Fill(rent, price * DebtPlan.AnnuityFactor(YearlyRate, n));
        FleetMonths[] fleets =
        [
            .. outlook.Fleets.Select(f =>
                names.Contains(f.Fleet) ? f with { ResalePrice = new double[n] } : f
            ),
        ];
        return outlook with
        {
            Fleets = fleets,
            SaleProceeds = proceeds,
            ResalePrice =
            [
                .. Enumerable
                    .Range(0, n)
                    .Select(m =>
                        outlook.Installed[m] > 0
                            ? fleets.Sum(f => f.Installed[m] * f.ResalePrice[m])
                                / outlook.Installed[m]
                            : 0
                    ),
            ],
            Costs =
            [
                .. outlook.Costs,
                new CostSplit(
                    "rent of accelerators leased back",
                    new double[n],
                    new double[n],
                    rent
                ),
            ],
        };
    }
}
