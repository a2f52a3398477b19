using static Plimsoll.Market.Parameter;
using static Plimsoll.Market.PriorScale;

namespace Plimsoll.Market;

/// <summary>Priors of the Chinese market, held before any target: nothing published after March 2024 stands behind them, so both vintages may use them.</summary>
/// <remarks>"Own prior" is the modeller's judgement, grade D. Later evidence enters as a target or as a fitted process, never here.</remarks>
internal static class ChinaPriors
{
    public static IReadOnlyList<Prior> All { get; } =
    [
        new(
            TrainingStart,
            1500,
            500,
            4500,
            Positive,
            "40,000 to 50,000 A100 usable for language models in April 2023, about 1,900 H servers; a minority rented"
        ),
        new(
            TrainingGrowth,
            0.12,
            0.05,
            0.22,
            Positive,
            "79 models counted by May 2023; model builders multiplied through the year"
        ),
        new(
            TrainingPeak,
            20,
            11,
            40,
            Positive,
            "own prior: a race of model builders lasts one to three years"
        ),
        new(
            TrainingDecline,
            0.02,
            -0.02,
            0.06,
            Real,
            "own prior: a race may hold its level or fall by three quarters in two years"
        ),
        new(
            SmallStart,
            500,
            150,
            1500,
            Positive,
            "own prior: fine-tuning and research rent less than model builders"
        ),
        new(SmallGrowth, 0.03, 0, 0.07, Real, "own prior"),
        new(Elasticity, -0.5, -1.0, -0.2, Real, "own prior: budgets are fixed in the short run"),
        new(
            MerchantShare,
            0.12,
            0.05,
            0.3,
            Share,
            "own prior: the largest services run on their owners' machines"
        ),
        new(
            TokensPerServerDay,
            6e8,
            1.5e8,
            2.4e9,
            Positive,
            "open engines reach 2,000 to 6,000 output tokens a second on eight H100 with 70B models at full load, input tokens three to five times as many; load and waste take a half to nine tenths"
        ),
        new(LatencyBound, 0.5, 0.2, 0.8, Share, "own prior: chat is bound, batch work is not"),
        new(
            TopTierNeed,
            0.6,
            0.35,
            0.8,
            Share,
            "own prior: large training asks for H100-class fabric"
        ),
        new(
            DomesticAcceptance,
            0.2,
            0.07,
            0.45,
            Share,
            "own prior: low willingness to use home-made chips is the stated reason for vouchers (Chengdu, 2023)"
        ),
        new(
            DomesticFitness,
            0.65,
            0.45,
            0.85,
            Share,
            "own prior: software and interconnect cost a third of the peak"
        ),
        new(TierSensitivity, 1.0, 0.4, 2.5, Positive, "own prior"),
        new(
            PlaceSensitivity,
            3,
            1.5,
            6,
            Positive,
            "own prior: place matters little to work that can wait"
        ),
        new(
            CapacityStart,
            2200,
            900,
            5500,
            Positive,
            "own prior: about a twentieth of 260 EFLOP/s stood in rented halls at the end of 2022"
        ),
        new(
            EligibleShare,
            0.75,
            0.5,
            0.92,
            Share,
            "own prior: part of what is racked has no fabric, no operator or no software"
        ),
        new(
            EligibleShareDomestic,
            0.4,
            0.18,
            0.7,
            Share,
            "own prior: home-made clusters need adaptation before they can be let"
        ),
        new(
            NearShare,
            0.6,
            0.45,
            0.75,
            Share,
            "named projects by province: about six tenths lie near the coast"
        ),
        new(
            TierHShare,
            0.22,
            0.1,
            0.4,
            Share,
            "own prior: stock, grey imports and H20 remain after the rule of October 2023"
        ),
        new(TierDShare, 0.35, 0.2, 0.55, Share, "own prior: home-made chips fill part of the gap"),
        new(
            ProjectsStart,
            35,
            18,
            60,
            Positive,
            "some forty public centres were built or building at the start of 2023 by the named projects"
        ),
        new(
            BaseOrders,
            5,
            2,
            10,
            Positive,
            "128 projects named by the end of 2023, from few at its start"
        ),
        new(
            PushOrders,
            12,
            3,
            40,
            Positive,
            "own prior: an official plan may double to multiply building"
        ),
        new(
            Imitation,
            0.2,
            0.05,
            0.5,
            Positive,
            "own prior; below 1, else orders feed on themselves without end"
        ),
        new(OrderElasticity, 0.4, 0.1, 1.0, Positive, "ships and offices show 0.3 to 1"),
        new(
            ForecastBias,
            0.2,
            0.02,
            0.5,
            Real,
            "own prior: claimed demand exceeds what is met (base rates of claims)"
        ),
        new(
            BuildLag,
            12,
            8,
            18,
            Positive,
            "8 to 18 months from announcement to service, named projects"
        ),
        new(CancelBase, 0.006, 0.002, 0.018, Positive, "own prior"),
        new(CancelSlope, 0.02, 0.004, 0.08, Positive, "own prior"),
        new(
            ProjectSize,
            110,
            65,
            190,
            Positive,
            "83 projects of 2023 disclose 77,000 PFLOP/s together: 117 servers of 7.9 PFLOP/s each"
        ),
        new(
            SearchRate,
            0.6,
            0.25,
            1.4,
            Positive,
            "own prior: one to four months to place a cluster"
        ),
        new(
            MatchCurvature,
            1.27,
            0.8,
            2.0,
            Positive,
            "1.27 in den Haan, Ramey and Watson 2000 for jobs; range own prior"
        ),
        new(
            Tenor,
            11,
            6,
            20,
            Positive,
            "quotes are for a year, contracts run from one month to three years"
        ),
        new(
            RentSpeed,
            0.25,
            0.08,
            0.7,
            Positive,
            "own prior: offices adjust in years, ships in weeks"
        ),
        new(
            NaturalVacancy,
            0.2,
            0.1,
            0.33,
            Share,
            "offices 5 to 15 %; racks are planned for 60 to 65 % fill"
        ),
        new(UnmetWeight, 0.7, 0.2, 2.0, Positive, "own prior"),
        new(
            VacancySlope,
            1.8,
            0.8,
            4.0,
            Positive,
            "own prior: Wheaton and Torto find rents fall 2 % a point of vacancy in offices"
        ),
        new(
            RentStart,
            100_000,
            65_000,
            150_000,
            Positive,
            "A100 list of 88,200 yuan in August 2023, H100 above it"
        ),
        new(
            ReferenceRent,
            90_000,
            65_000,
            125_000,
            Positive,
            "a server of 2.1 to 2.8 million yuan over 40 months, running cost and residual"
        ),
        new(TierRentA, 0.42, 0.3, 0.58, Share, "arithmetic 0.32 and bandwidth 0.61 of an H server"),
        new(TierRentD, 0.24, 0.14, 0.4, Share, "arithmetic 0.32 times fitness"),
        new(WorldPull, 0.12, 0.04, 0.35, Positive, "own prior"),
        new(
            WorldPremium,
            1.0,
            0.7,
            1.4,
            Positive,
            "own prior: export rules lift it, subsidies lower it"
        ),
        new(QuoteLag, 2, 1, 5, Positive, "quotes follow rents by one to six months"),
        new(BuyMonths, 11, 7, 15, Positive, "tenants buy when a year's rent buys the server"),
        new(
            AvoidableCost,
            15_000,
            8_000,
            30_000,
            Positive,
            "energy alone 4,000 to 11,000 yuan a server-month, all running cost about 33,000"
        ),
        new(
            DarkSpread,
            0.3,
            0.15,
            0.6,
            Positive,
            "own prior: tariffs and staff differ by a factor of two"
        ),
        new(
            ServerCost,
            2_200_000,
            1_700_000,
            2_900_000,
            Positive,
            "an H100 at 25,000 to 40,000 dollars, the rest of the server a quarter more"
        ),
        new(
            PriceToRent,
            0.25,
            0.08,
            0.6,
            Positive,
            "own prior: supply from abroad holds the price, scarcity lifts it"
        ),
        new(
            BuyerReturn,
            0.25,
            0.12,
            0.45,
            Positive,
            "own prior: buyers of used servers want their money back within years"
        ),
        new(
            UsedToEarnings,
            0.45,
            0.2,
            0.7,
            Share,
            "second-hand ships follow earnings and newbuilding price with elasticities near a half each (Beenstock and Vergottis 1993)"
        ),
        new(
            FireSaleSlope,
            8,
            3,
            20,
            Positive,
            "Pulvino 1998: 10 to 30 % on used aircraft in a bad market"
        ),
        new(
            ExitRate,
            0.004,
            0.001,
            0.015,
            Positive,
            "own prior: a few per cent of idle servers a year"
        ),
        new(TakeoverRate, 0.006, 0.001, 0.02, Positive, "own prior"),
        new(
            UsableShare,
            0.5,
            0.3,
            0.7,
            Share,
            "own prior: the national count holds old cards, desks and spares"
        ),
        new(CaptiveTraining, 0.45, 0.25, 0.65, Share, "server load 41 to 58 % inference by survey"),
        new(OverflowShare, 0.3, 0.1, 0.6, Share, "own prior: owners squeeze before they rent"),
        new(VoucherPass, 0.6, 0.25, 0.9, Share, "own prior: users must pay first and apply"),
        new(SpotDiscount, 0.12, 0.03, 0.3, Real, "own prior: spot below contract in a calm market"),
        new(SpotSpeed, 0.6, 0.3, 1.5, Positive, "own prior: faster than contracts"),
        new(SpotSlope, 0.5, 0.15, 1.2, Positive, "own prior"),
        new(
            ServingGrowth,
            0.9,
            0.3,
            1.6,
            Real,
            "engines doubled throughput in 2023; smaller active parts and batching add to it"
        ),
        new(TokenGrowth, 1.5, 0.2, 2.8, Real, "own prior, moved by the counts that a view holds"),
        new(GrowthHalfLife, 1.3, 0.6, 3, Positive, "own prior: growth rates decay"),
        new(
            TokenVolatility,
            0.5,
            0.25,
            1.0,
            Positive,
            "own prior: services multiply or stall within a year"
        ),
        new(
            TokenElasticity,
            -0.15,
            -0.4,
            -0.03,
            Real,
            "own prior: compute is a part of the price of tokens"
        ),
        new(TrainingLongRun, 0.01, -0.01, 0.03, Real, "own prior"),
        new(TrainingVolatility, 0.3, 0.15, 0.6, Positive, "own prior: a few builders decide it"),
        new(
            Obsolescence,
            0.2,
            0.08,
            0.38,
            Real,
            "price for performance of accelerators improves by about 30 % a year; rents of old ones follow in part"
        ),
        new(
            ComputeGrowth,
            0.4,
            0.15,
            0.65,
            Real,
            "own prior, moved by the counts that a view holds"
        ),
        new(
            WorldDrift,
            -0.25,
            -0.55,
            0.05,
            Real,
            "price for performance improves by about 30 % a year; moved by the quotes that a view holds"
        ),
        new(WorldVolatility, 0.3, 0.18, 0.5, Positive, "day rates of ships move 0.3 to 0.6 a year"),
        new(
            ShockRate,
            0.4,
            0.15,
            1.0,
            Positive,
            "own prior: a step in efficiency every one to six years"
        ),
        new(
            ShockSize,
            0.4,
            0.15,
            1.0,
            Positive,
            "own prior: a third of the need, at times two thirds"
        ),
        new(
            Rebound,
            0.8,
            0.3,
            1.5,
            Positive,
            "Jevons 1865; measured rebounds 0.1 to above 1 (Sorrell 2009)"
        ),
        new(
            RuleRate,
            0.7,
            0.3,
            1.5,
            Positive,
            "two rules on accelerators between October 2022 and October 2023"
        ),
        new(PushFade, 10, 3, 24, Positive, "own prior: a campaign lasts one to two years"),
        new(
            RentNoise,
            0.1,
            0.06,
            0.17,
            Positive,
            "0.2 to 0.6 a year, as day rates of ships; the world's quotes of 2023 and 2024 moved by 0.3 a quarter"
        ),
    ];
}
