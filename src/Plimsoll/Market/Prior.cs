using Plimsoll.Sampling;

namespace Plimsoll.Market;

/// <summary>What is believed of a parameter before any target is seen.</summary>
/// <param name="Parameter">Which.</param>
/// <param name="Median">Middle.</param>
/// <param name="Low">10 % point.</param>
/// <param name="High">90 % point.</param>
/// <param name="Positive">True when it is spread in logs.</param>
/// <param name="Source">Why this range.</param>
public sealed record Prior(
    Parameter Parameter,
    double Median,
    double Low,
    double High,
    bool Positive,
    string Source
)
{
    /// <summary>The prior as a distribution.</summary>
    public Distribution Distribution { get; } = Distribution.OfRange(Median, Low, High, Positive);

    /// <summary>Number of parameters.</summary>
    public static int Count { get; } = Enum.GetValues<Parameter>().Length;

    /// <summary>Priors of a market.</summary>
    /// <param name="market">china or us.</param>
    /// <exception cref="ArgumentException">Another market.</exception>
    public static IReadOnlyList<Prior> Of(string market) =>
        market switch
        {
            "china" => China(),
            "us" => UnitedStates(),
            _ => throw new ArgumentException(
                $"No market '{market}'; there are china and us.",
                nameof(market)
            ),
        };

    private static IReadOnlyList<Prior> China() =>
        [
            new(
                Parameter.TrainingStart,
                1500,
                500,
                4500,
                true,
                "about 45,000 A100 usable for language models in mid 2023, a minority of them rented"
            ),
            new(
                Parameter.TrainingGrowth,
                0.12,
                0.05,
                0.22,
                true,
                "model builders multiplied through 2023"
            ),
            new(
                Parameter.TrainingPeak,
                14,
                10,
                20,
                true,
                "the model race cooled between late 2023 and mid 2024"
            ),
            new(
                Parameter.TrainingDecline,
                0.02,
                -0.02,
                0.07,
                false,
                "three in ten projects had stopped pre-training by the end of 2024"
            ),
            new(
                Parameter.Elasticity,
                -0.5,
                -1.0,
                -0.2,
                false,
                "own prior; demand of budgets that are fixed in the short run"
            ),
            new(
                Parameter.MerchantShare,
                0.12,
                0.05,
                0.3,
                true,
                "public-cloud tokens to outside clients are about a tenth of the national count"
            ),
            new(
                Parameter.Inefficiency,
                6,
                2,
                18,
                true,
                "own prior; the closure on national compute informs it"
            ),
            new(
                Parameter.CapacityStart,
                900,
                300,
                2500,
                true,
                "own prior; few public centres before 2023"
            ),
            new(Parameter.BaseOrders, 4, 2, 8, true, "128 projects named by the end of 2023"),
            new(
                Parameter.PushOrders,
                24,
                12,
                40,
                true,
                "tenders rose fourfold in the first half of 2024"
            ),
            new(
                Parameter.OrderElasticity,
                0.4,
                0.05,
                1.0,
                true,
                "own prior; shipping and offices show 0.3 to 1"
            ),
            new(Parameter.BuildLag, 12, 8, 18, true, "8 to 18 months from announcement to service"),
            new(Parameter.CancelBase, 0.004, 0.001, 0.012, true, "11 cancellations in 2023"),
            new(Parameter.CancelSlope, 0.02, 0.004, 0.06, true, "own prior"),
            new(
                Parameter.ProjectSize,
                110,
                70,
                180,
                true,
                "83 projects of 2023 disclose 77,000 PFLOP/s together"
            ),
            new(Parameter.SearchRate, 0.6, 0.25, 1.4, true, "own prior; months to place a cluster"),
            new(Parameter.Tenor, 11, 6, 18, true, "contracts of a year are the common quote"),
            new(
                Parameter.RentSpeed,
                0.25,
                0.08,
                0.6,
                true,
                "own prior; offices adjust in years, shipping in weeks"
            ),
            new(
                Parameter.NaturalVacancy,
                0.22,
                0.1,
                0.35,
                false,
                "own prior; rack fill targets of 60 to 65 % leave at least that empty"
            ),
            new(Parameter.UnmetWeight, 0.7, 0.2, 1.6, true, "own prior"),
            new(Parameter.VacancySlope, 1.8, 0.8, 3.5, true, "own prior"),
            new(
                Parameter.RentStart,
                100_000,
                70_000,
                140_000,
                true,
                "A100 list of 88,200 yuan in August 2023, H100 above it"
            ),
            new(
                Parameter.ReferenceRent,
                85_000,
                65_000,
                110_000,
                true,
                "2.4 million yuan over 40 months plus 33,300 a month less residual"
            ),
            new(Parameter.WorldPull, 0.12, 0.04, 0.35, true, "own prior"),
            new(
                Parameter.WorldPremium,
                1.0,
                0.75,
                1.4,
                true,
                "China and the world moved together in 2024 in dollars an hour"
            ),
            new(Parameter.QuoteLag, 2, 1, 5, true, "quotes follow rents by one to six months"),
            new(
                Parameter.TokenGrowth,
                2.1,
                1.1,
                3.2,
                false,
                "public services grew tenfold within a year of their first counts"
            ),
            new(
                Parameter.ServingGrowth,
                1.0,
                0.4,
                1.8,
                false,
                "list prices of tokens fell by more than nine tenths in 2024"
            ),
            new(Parameter.GrowthHalfLife, 1.3, 0.6, 3, true, "own prior; growth rates decay"),
            new(
                Parameter.Obsolescence,
                0.2,
                0.08,
                0.38,
                false,
                "rents per unit of compute fall with each generation; own prior"
            ),
            new(Parameter.TrainingLongRun, 0.01, -0.005, 0.03, false, "own prior"),
        ];

    private static IReadOnlyList<Prior> UnitedStates() =>
        [
            .. China()
                .Select(p =>
                    p.Parameter switch
                    {
                        Parameter.TrainingStart => p with
                        {
                            Median = 30_000,
                            Low = 15_000,
                            High = 60_000,
                        },
                        Parameter.TrainingGrowth => p with
                        {
                            Median = 0.05,
                            Low = 0.02,
                            High = 0.09,
                        },
                        Parameter.TrainingPeak => p with { Median = 24, Low = 15, High = 40 },
                        Parameter.TrainingDecline => p with
                        {
                            Median = 0,
                            Low = -0.03,
                            High = 0.03,
                        },
                        Parameter.CapacityStart => p with
                        {
                            Median = 30_000,
                            Low = 15_000,
                            High = 60_000,
                        },
                        Parameter.BaseOrders => p with { Median = 12, Low = 6, High = 25 },
                        Parameter.PushOrders => p with { Median = 6, Low = 1, High = 20 },
                        Parameter.ProjectSize => p with { Median = 200, Low = 100, High = 400 },
                        Parameter.RentStart => p with
                        {
                            Median = 26_000,
                            Low = 18_000,
                            High = 36_000,
                        },
                        Parameter.ReferenceRent => p with
                        {
                            Median = 12_500,
                            Low = 9_500,
                            High = 16_000,
                        },
                        Parameter.WorldPremium => p with { Median = 1, Low = 0.85, High = 1.2 },
                        Parameter.CancelBase => p with
                        {
                            Median = 0.002,
                            Low = 0.0005,
                            High = 0.006,
                        },
                        _ => p,
                    }
                )
                .Select(p => p with { Source = "unfitted prior; " + p.Source }),
        ];
}
