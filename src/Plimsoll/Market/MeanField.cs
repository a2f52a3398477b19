namespace Plimsoll.Market;

/// <summary>The national market as coupled means: demand, matching, rent, orders, three tiers, sub-steps of a quarter month.</summary>
/// <remarks>Equations and sources: docs/model/market.md.</remarks>
public sealed class MeanField(MarketGivens givens, MarketScenario scenario)
{
    private const int Tiers = 3;
    private const int Stages = 3;

    /// <summary>Tokens a day that one server of eight H800 served in the best published service (DeepSeek, 28 February 2025: 776 billion tokens on 226.75 nodes).</summary>
    private const double BestTokensPerServerDay = 776e9 / 226.75;

    /// <summary>Share of demand that asks for each tier.</summary>
    private static readonly double[] _preference = [0.6, 0.25, 0.15];

    /// <summary>Rent of each tier against the H class where the market is calm.</summary>
    private static readonly double[] _tierRent = [1, 0.45, 0.4];

    /// <summary>H-class servers that one server of the tier replaces.</summary>
    private static readonly double[] _tierWork = [1, 0.4, 0.35];

    /// <summary>Sub-steps a month; four keeps the path within 6 % of sixty-four at fast adjustment.</summary>
    public int SubSteps { get; init; } = 4;

    /// <summary>Runs a market.</summary>
    /// <param name="law">Rent law.</param>
    /// <param name="worldLink">Whether the top tier's rent is drawn to the world's.</param>
    /// <param name="p">Parameters, by <see cref="Parameter"/>.</param>
    /// <param name="months">Months from the start.</param>
    /// <param name="worldDrift">Yearly change of the world's log rent after the known span.</param>
    public MarketPath Run(
        RentLaw law,
        bool worldLink,
        ReadOnlySpan<double> p,
        int months,
        double worldDrift
    )
    {
        var path = new MarketPath(months);
        Span<double> capacity = stackalloc double[Tiers];
        Span<double> let = stackalloc double[Tiers];
        Span<double> rent = stackalloc double[Tiers];
        Span<double> quote = stackalloc double[Tiers];
        Span<double> stage = stackalloc double[Stages];
        var reference = Math.Log(p[(int)Parameter.ReferenceRent]);
        for (var k = 0; k < Tiers; k++)
        {
            capacity[k] = p[(int)Parameter.CapacityStart] * _preference[k] / _tierWork[k];
            rent[k] = Math.Log(p[(int)Parameter.RentStart] * _tierRent[k]);
            quote[k] = rent[k];
        }
        double completed = 0,
            cancelled = 0,
            expected = rent[0];
        var started = 30.0;
        stage[0] = 15;
        stage[1] = 10;
        stage[2] = 5;
        var dt = 1.0 / SubSteps;
        for (var m = 0; m < months; m++)
        {
            var inference = InferenceServers(p, m);
            var training = TrainingServers(p, m);
            reference =
                Math.Log(p[(int)Parameter.ReferenceRent])
                - (p[(int)Parameter.Obsolescence] / 12 * Math.Max(0, m - givens.KnownMonths));
            var world =
                m < givens.KnownMonths
                    ? givens.LogWorldRent[m]
                    : givens.LogWorldRent[^1] + (worldDrift * (m - givens.KnownMonths + 1) / 12);
            var hShare =
                m < givens.ExportRuleMonth || scenario.ExportRuleLifted
                    ? givens.TierHShareBefore
                    : givens.TierHShareAfter;
            var wanted = 0.0;
            var wantedTraining = 0.0;
            for (var s = 0; s < SubSteps; s++)
            {
                wanted = wantedTraining = 0;
                for (var k = 0; k < Tiers; k++)
                {
                    var level = reference + Math.Log(_tierRent[k]);
                    var train =
                        training
                        * _preference[k]
                        / _tierWork[k]
                        * Math.Exp(p[(int)Parameter.Elasticity] * (rent[k] - level));
                    var demand = train + (inference * _preference[k] / _tierWork[k]);
                    wanted += demand;
                    wantedTraining += train;
                    if (m == 0 && s == 0)
                    {
                        let[k] = Math.Min(
                            demand,
                            capacity[k] * (1 - p[(int)Parameter.NaturalVacancy])
                        );
                    }
                    var signed = Clear(ref let[k], capacity[k], demand, dt, p);
                    path.Signed[k][m] += signed;
                    path.Demand[k][m] = demand;
                    if (capacity[k] > 0)
                    {
                        var vacancy = (capacity[k] - let[k]) / capacity[k];
                        var unmet = Math.Max(0, demand - let[k]) / capacity[k];
                        rent[k] += RentLaws.Step(
                            law,
                            dt,
                            rent[k],
                            level,
                            vacancy,
                            unmet,
                            demand / (capacity[k] * (1 - p[(int)Parameter.NaturalVacancy])),
                            p
                        );
                        rent[k] = Math.Min(rent[k], level + BuyInsteadCeiling);
                    }
                    if (worldLink && k == 0)
                    {
                        rent[k] +=
                            (1 - Math.Exp(-p[(int)Parameter.WorldPull] * dt))
                            * (Math.Log(p[(int)Parameter.WorldPremium]) + world - rent[k]);
                    }
                    quote[k] +=
                        (1 - Math.Exp(-dt / p[(int)Parameter.QuoteLag])) * (rent[k] - quote[k]);
                }
                expected += (1 - Math.Exp(-dt / 6)) * (rent[0] - expected);
                var gap = expected - reference;
                var orders =
                    (p[(int)Parameter.BaseOrders] + (p[(int)Parameter.PushOrders] * Push(m)))
                    * Math.Exp(Math.Clamp(p[(int)Parameter.OrderElasticity] * gap, -3, 1.5))
                    * dt;
                started += orders;
                var hazard =
                    1
                    - Math.Exp(
                        -(
                            p[(int)Parameter.CancelBase]
                            + (p[(int)Parameter.CancelSlope] * Math.Max(0, -gap))
                        ) * dt
                    );
                var flow = 1 - Math.Exp(-Stages * dt / p[(int)Parameter.BuildLag]);
                var done = stage[2] * flow;
                stage[2] += (stage[1] * flow) - done;
                stage[1] += (stage[0] * flow) - (stage[1] * flow);
                var lost = stage[0] * hazard;
                stage[0] += orders - (stage[0] * flow) - lost;
                cancelled += lost;
                completed += done;
                var servers = done * p[(int)Parameter.ProjectSize];
                capacity[0] += servers * hShare / _tierWork[0];
                capacity[1] += servers * (1 - hShare) * 0.45 / _tierWork[1];
                capacity[2] += servers * (1 - hShare) * 0.55 / _tierWork[2];
                var scrap = 1 - Math.Exp(-dt / 84);
                for (var k = 0; k < Tiers; k++)
                {
                    capacity[k] -= Math.Max(0, capacity[k] - let[k]) * scrap;
                }
            }
            for (var k = 0; k < Tiers; k++)
            {
                path.Rent[k][m] = Math.Exp(rent[k]) * scenario.RentFactor;
                path.Quote[k][m] = Math.Exp(quote[k]) * scenario.RentFactor;
                path.Capacity[k][m] = capacity[k];
                path.Let[k][m] = let[k];
            }
            path.TrainingShare[m] = wanted > 0 ? wantedTraining / wanted : 0;
            path.Projects[m] = completed + stage[0] + stage[1] + stage[2];
            path.Completed[m] = completed;
            path.Cancelled[m] = cancelled;
            path.Reference[m] = Math.Exp(reference);
            path.World[m] = Math.Exp(world);
        }
        return path;
    }

    /// <summary>Log of the rent above which tenants buy, over the reference: the price of a server over seven months' rent against forty.</summary>
    private const double BuyInsteadCeiling = 1.2;

    /// <summary>Matches searching demand with vacant servers (den Haan, Ramey and Watson 2000); lets expire what is no longer wanted. Returns servers signed.</summary>
    private static double Clear(
        ref double let,
        double capacity,
        double demand,
        double dt,
        ReadOnlySpan<double> p
    )
    {
        const double Gamma = 1.27;
        var searching = Math.Max(0, demand - let);
        var vacant = Math.Max(0, capacity - let);
        var matched =
            searching > 0 && vacant > 0
                ? (1 - Math.Exp(-p[(int)Parameter.SearchRate] * dt))
                    * Math.Pow(Math.Pow(searching, -Gamma) + Math.Pow(vacant, -Gamma), -1 / Gamma)
                : 0;
        var ending = let * (1 - Math.Exp(-dt / p[(int)Parameter.Tenor]));
        var surplus = Math.Max(0, let - demand);
        var dropped = Math.Min(ending, surplus);
        let += matched - dropped;
        return matched + ending - dropped;
    }

    private double TrainingServers(ReadOnlySpan<double> p, int m)
    {
        var peak = p[(int)Parameter.TrainingPeak];
        var up = Math.Min(m, peak) * p[(int)Parameter.TrainingGrowth];
        var down = Math.Clamp(m - peak, 0, 24) * p[(int)Parameter.TrainingDecline];
        var late =
            Math.Max(0, m - Math.Max(peak + 24, givens.KnownMonths))
            * p[(int)Parameter.TrainingLongRun];
        var shock = m >= givens.KnownMonths ? scenario.EfficiencyShock : 1;
        return p[(int)Parameter.TrainingStart] * Math.Exp(up - down + Math.Min(late, 2)) * shock;
    }

    /// <summary>Servers that merchant tokens need; tokens served are quantities, so no price acts on them in the known span.</summary>
    private double InferenceServers(ReadOnlySpan<double> p, int m)
    {
        var known = givens.KnownMonths;
        var logTokens = givens.LogTokens[Math.Min(m, known - 1)];
        var years = Math.Max(0, m - known + 1) / 12.0;
        var decay = Math.Log(2) / p[(int)Parameter.GrowthHalfLife];
        var reach = (1 - Math.Exp(-decay * years)) / decay;
        var log =
            logTokens + ((p[(int)Parameter.TokenGrowth] - p[(int)Parameter.ServingGrowth]) * reach);
        var shock = m >= known ? scenario.EfficiencyShock : 1;
        return Math.Exp(log)
            * p[(int)Parameter.MerchantShare]
            * p[(int)Parameter.Inefficiency]
            / BestTokensPerServerDay
            * shock;
    }

    /// <summary>The dated push of procurement, subsidy and imitation: from mid 2023, full through 2024, ebbing after a published review, else a year after the last thing known.</summary>
    private double Push(int m)
    {
        const int Begin = 5,
            Full = 11;
        var seen = Math.Min(m, givens.KnownMonths - 1);
        var rise = Math.Clamp((seen - Begin) / (double)(Full - Begin), 0, 1);
        var fadeFrom = Math.Min(givens.ReviewMonth, givens.KnownMonths + 11);
        return m > fadeFrom ? rise * Math.Exp(-(m - fadeFrom) / 9.0) : rise;
    }
}
