using static Plimsoll.Market.Parameter;

namespace Plimsoll.Market;

/// <summary>Priors of the United States market: unfitted, after those of China where nothing better is known.</summary>
internal static class UnitedStatesPriors
{
    public static IReadOnlyList<Prior> All { get; } =
    [
        .. ChinaPriors
            .All.Select(p =>
                p.Parameter switch
                {
                    TrainingStart => p with { Median = 30_000, Low = 15_000, High = 60_000 },
                    TrainingGrowth => p with { Median = 0.05, Low = 0.02, High = 0.09 },
                    TrainingPeak => p with { Median = 24, Low = 15, High = 40 },
                    TrainingDecline => p with { Median = 0, Low = -0.03, High = 0.03 },
                    SmallStart => p with { Median = 8_000, Low = 3_000, High = 20_000 },
                    CapacityStart => p with { Median = 40_000, Low = 20_000, High = 80_000 },
                    EligibleShare => p with { Median = 0.9, Low = 0.75, High = 0.97 },
                    TierHShare => p with { Median = 0.85, Low = 0.7, High = 0.94 },
                    TierDShare => p with { Median = 0.02, Low = 0.005, High = 0.06 },
                    ProjectsStart => p with { Median = 60, Low = 30, High = 120 },
                    BaseOrders => p with { Median = 12, Low = 6, High = 25 },
                    ProjectSize => p with { Median = 200, Low = 100, High = 400 },
                    RentStart => p with { Median = 26_000, Low = 18_000, High = 36_000 },
                    ReferenceRent => p with { Median = 12_500, Low = 9_500, High = 16_000 },
                    WorldPremium => p with { Median = 1, Low = 0.85, High = 1.2 },
                    AvoidableCost => p with { Median = 2_000, Low = 1_100, High = 3_500 },
                    ServerCost => p with { Median = 300_000, Low = 240_000, High = 380_000 },
                    CancelBase => p with { Median = 0.002, Low = 0.0005, High = 0.006 },
                    _ => p,
                }
            )
            .Select(p => new Prior(
                p.Parameter,
                p.Median,
                p.Low,
                p.High,
                p.Scale,
                "unfitted; " + p.Source
            )),
    ];
}
