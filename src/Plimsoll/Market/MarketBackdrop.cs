using Plimsoll.Sampling;

namespace Plimsoll.Market;

/// <summary>What a market run does not decide itself, month by month: given up to the last datum, then drawn from processes fitted to the vintage.</summary>
/// <remarks>
/// One backdrop belongs to one draw; the mean field and the contract engine read the same one. Random walks with drift in logs: tokens,
/// world rent, national compute, training demand; Poisson shocks: efficiency, export rules.
/// </remarks>
public sealed class MarketBackdrop
{
    private const int PushRamp = 6;
    private const double PushDecay = 9;

    private MarketBackdrop(int months, int vintage, int givenTokens)
    {
        (Months, KnownMonths, GivenTokenMonths) = (months, vintage, givenTokens);
        LogTokens = new double[months];
        NationalServers = new double[months];
        LogWorldRent = new double[months];
        Rule = new double[months];
        Push = new double[months];
        LogEfficiencyShock = new double[months];
        LogTrainingShock = new double[months];
        LogObsolescence = new double[months];
        VoucherBudget = new double[months];
        RentShock = [new double[months], new double[months], new double[months]];
    }

    /// <summary>Months.</summary>
    public int Months { get; }

    /// <summary>Months known at the vintage: where the parameters' levels belong.</summary>
    public int KnownMonths { get; }

    /// <summary>Months whose tokens are given.</summary>
    public int GivenTokenMonths { get; }

    /// <summary>Log of national tokens a day.</summary>
    public double[] LogTokens { get; }

    /// <summary>National compute, H servers.</summary>
    public double[] NationalServers { get; }

    /// <summary>Log of the world's rent, money of the market a server-month.</summary>
    public double[] LogWorldRent { get; }

    /// <summary>State of the export rules: 0 as before October 2023, 1 as after it.</summary>
    public double[] Rule { get; }

    /// <summary>The dated push on orders, 0 to 1.</summary>
    public double[] Push { get; }

    /// <summary>Sum of the efficiency shocks so far, logs of compute saved per unit of work.</summary>
    public double[] LogEfficiencyShock { get; }

    /// <summary>Walk of log training demand since the vintage.</summary>
    public double[] LogTrainingShock { get; }

    /// <summary>Fall of the reference rent since the vintage, in logs.</summary>
    public double[] LogObsolescence { get; }

    /// <summary>Voucher budget, money a month.</summary>
    public double[] VoucherBudget { get; }

    /// <summary>Share of rent that a voucher pays.</summary>
    public double VoucherFace { get; private init; }

    /// <summary>Shocks to log rent that no mechanism explains, by tier and month.</summary>
    public double[][] RentShock { get; }

    /// <summary>The known span, without any shock: what a fit runs against.</summary>
    /// <param name="givens">The dated facts.</param>
    /// <param name="months">Months; beyond the last datum, series run on by the middle of their priors.</param>
    /// <param name="priors">Priors of the market, for those middles.</param>
    public static MarketBackdrop Known(MarketGivens givens, int months, IReadOnlyList<Prior> priors)
    {
        var values = priors.OrderBy(p => p.Parameter).Select(p => p.Median).ToArray();
        var stream = RandomStream.Keyed(0, 0, EntityId.Single, Purpose.Shocks);
        return Fill(
            givens,
            new MarketScenario(),
            values,
            months,
            givens.KnownMonths,
            ref stream,
            false
        );
    }

    /// <summary>A drawn future after the givens.</summary>
    /// <param name="givens">The dated facts.</param>
    /// <param name="scenario">Stresses.</param>
    /// <param name="values">Parameters of the draw.</param>
    /// <param name="months">Months of the run.</param>
    /// <param name="vintage">Months known when the parameters were fitted.</param>
    /// <param name="stream">Random numbers; moved on.</param>
    public static MarketBackdrop Draw(
        MarketGivens givens,
        MarketScenario scenario,
        double[] values,
        int months,
        int vintage,
        ref RandomStream stream
    ) => Fill(givens, scenario, values, months, vintage, ref stream, true);

    /// <summary>Month in which the tokens need more than the usable national compute, or -1: such a draw contradicts itself and is rejected.</summary>
    public int FirstUnclosed(double[] values)
    {
        for (var m = 0; m < Months; m++)
        {
            if (!Demand.At(values, this, m).Closed)
            {
                return m;
            }
        }
        return -1;
    }

    private static MarketBackdrop Fill(
        MarketGivens givens,
        MarketScenario scenario,
        double[] values,
        int months,
        int vintage,
        ref RandomStream stream,
        bool random
    )
    {
        Parameters p = values;
        var b = new MarketBackdrop(months, vintage, givens.LogTokens.Length)
        {
            VoucherFace = givens.VoucherFace,
        };
        var monthly = Math.Sqrt(1 / 12.0);
        double shock = 0,
            training = 0,
            rule = 0;
        var fade = Math.Min(
            givens.ReviewMonth,
            random ? vintage + p[Parameter.PushFade] : double.MaxValue
        );
        for (var m = 0; m < months; m++)
        {
            // Every month takes the same number of random numbers, so that a later datum shifts nothing else.
            var token = Normal(ref stream, random);
            var world = Normal(ref stream, random);
            var walk = Normal(ref stream, random);
            var common = Normal(ref stream, random);
            var chance = stream.NextUniform();
            var size = Normal(ref stream, random);
            var ruleChance = stream.NextUniform();
            var ruleSize = Normal(ref stream, random);
            var after = random && m >= vintage;

            b.LogTokens[m] =
                m < givens.LogTokens.Length
                    ? givens.LogTokens[m]
                    : b.LogTokens[m - 1]
                        + (
                            p[Parameter.TokenGrowth]
                            / 12
                            * Math.Pow(
                                0.5,
                                (m - givens.LogTokens.Length + 0.5)
                                    / 12
                                    / p[Parameter.GrowthHalfLife]
                            )
                        )
                        + (p[Parameter.TokenVolatility] * monthly * token);
            b.NationalServers[m] =
                m < givens.NationalServers.Length
                    ? givens.NationalServers[m]
                    : b.NationalServers[m - 1] * Math.Exp(p[Parameter.ComputeGrowth] / 12);
            b.LogWorldRent[m] =
                m < givens.LogWorldRent.Length
                    ? givens.LogWorldRent[m]
                    : b.LogWorldRent[m - 1]
                        + (p[Parameter.WorldDrift] / 12)
                        + (p[Parameter.WorldVolatility] * monthly * world);
            training += after ? p[Parameter.TrainingVolatility] * monthly * walk : 0;
            b.LogTrainingShock[m] = training;
            if (after && chance < p[Parameter.ShockRate] / 12)
            {
                shock += p[Parameter.ShockSize] * Math.Exp(0.5 * size);
            }
            b.LogEfficiencyShock[m] =
                shock + (m >= vintage ? -Math.Log(scenario.EfficiencyShock) : 0);
            rule =
                m < givens.Rule.Length ? givens.Rule[m]
                : after && ruleChance < p[Parameter.RuleRate] / 12
                    ? Math.Clamp(rule + (0.5 * ruleSize), -0.2, 2)
                : rule;
            b.Rule[m] = scenario.ExportRuleLifted && m >= vintage ? 0 : rule;
            b.Push[m] = PushOf(m, givens.PushMonth, fade);
            b.LogObsolescence[m] = p[Parameter.Obsolescence] / 12 * Math.Max(0, m - vintage + 1);
            b.VoucherBudget[m] =
                givens.VoucherBudget.Length == 0
                    ? 0
                    : givens.VoucherBudget[Math.Min(m, givens.VoucherBudget.Length - 1)];
            for (var k = 0; k < Segment.Tiers; k++)
            {
                var own = Normal(ref stream, random);
                b.RentShock[k][m] = after
                    ? p[Parameter.RentNoise] * ((0.8 * common) + (0.6 * own))
                    : 0;
            }
        }
        return b;
    }

    /// <summary>Rises over half a year from its beginning; ebbs from a review, or from a drawn month.</summary>
    private static double PushOf(int month, int begin, double fade)
    {
        var rise =
            begin == int.MaxValue ? 0 : Math.Clamp((month - begin + 1) / (double)PushRamp, 0, 1);
        return month > fade ? rise * Math.Exp(-(month - fade) / PushDecay) : rise;
    }

    private static double Normal(ref RandomStream stream, bool random)
    {
        var uniform = stream.NextOpenUniform();
        return random ? MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, uniform) : 0;
    }
}
