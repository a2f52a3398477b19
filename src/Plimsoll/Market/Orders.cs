namespace Plimsoll.Market;

/// <summary>New building: what is begun, what is cancelled, what is finished.</summary>
/// <remarks>
/// Orders follow a smoothed rent (adaptive expectations: Beenstock and Vergottis 1993 for newbuilding; the hog cycle) and a push that is
/// dated, not derived: procurement and subsidy. They rose fourfold while rents fell by two thirds. The push lies close to the orders
/// themselves, so a fit to project counts is no evidence for the expectation rule.
/// </remarks>
public static class Orders
{
    /// <summary>Months over which owners smooth rent into an expectation.</summary>
    public const double ExpectationMonths = 6;

    /// <summary>Imitation follows others up to this multiple of ordinary orders at full push; beyond it money and sites run out.</summary>
    /// <remarks>Orders rose fourfold in the boom of 2023-24, the largest rise seen; own prior. Without a bound imitation times a boom grows for ever.</remarks>
    public const double MostImitated = 4;

    /// <summary>Projects begun a month.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="push">The dated push, 0 to 1.</param>
    /// <param name="expectedGap">Smoothed log rent of the H tier less the log reference.</param>
    /// <param name="recent">Projects begun a month over the last half year, smoothed.</param>
    /// <param name="off">Mechanisms switched off.</param>
    public static double Begun(
        Parameters p,
        double push,
        double expectedGap,
        double recent,
        Mechanisms off = Mechanisms.None
    )
    {
        if (off.Has(Mechanisms.NewBuild))
        {
            return 0;
        }
        var inflated = !off.Has(Mechanisms.InflatedOrders);
        var wish =
            p[Parameter.BaseOrders]
            + (inflated ? p[Parameter.PushOrders] * push : 0)
            + (
                inflated
                    ? p[Parameter.Imitation]
                        * Math.Min(
                            recent,
                            MostImitated * (p[Parameter.BaseOrders] + p[Parameter.PushOrders])
                        )
                    : 0
            );
        var gap = expectedGap + (inflated ? p[Parameter.ForecastBias] : 0);
        // Beyond these bounds no owner orders more or less: money and sites run out, commitments bind.
        return wish * Math.Exp(Math.Clamp(p[Parameter.OrderElasticity] * gap, -3, 1.5));
    }

    /// <summary>Hazard a month that a project under way is cancelled.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="expectedGap">Smoothed log rent less the log reference; only a fall counts.</param>
    /// <param name="reviewed">1, or more while an official review is on.</param>
    public static double CancelHazard(Parameters p, double expectedGap, double reviewed = 1) =>
        (p[Parameter.CancelBase] + (p[Parameter.CancelSlope] * Math.Max(0, -expectedGap)))
        * reviewed;

    /// <summary>Shares of new capacity (in work) by tier under the export rules of a month.</summary>
    /// <param name="p">Parameters of the member.</param>
    /// <param name="rule">State of the rules: 0 before October 2023, 1 after, in between or beyond by later changes.</param>
    /// <param name="off">Mechanisms switched off.</param>
    /// <param name="shares">Three shares that sum to 1.</param>
    /// <remarks>Before the rule of October 2023 about 45 % H and 15 % home-made, own prior from the fleets then disclosed.</remarks>
    public static void TierShares(Parameters p, double rule, Mechanisms off, Span<double> shares)
    {
        var bite = off.Has(Mechanisms.ExportRules) ? 0 : rule;
        var h = Math.Clamp(HBefore * Math.Pow(p[Parameter.TierHShare] / HBefore, bite), 0, 0.95);
        var d = Math.Clamp(DBefore * Math.Pow(p[Parameter.TierDShare] / DBefore, bite), 0, 1 - h);
        shares[(int)Tier.H] = h;
        shares[(int)Tier.D] = d;
        shares[(int)Tier.A] = 1 - h - d;
    }

    private const double HBefore = 0.45;
    private const double DBefore = 0.15;
}

/// <summary>Projects under way in three stages, so that the delay from order to service has a hump.</summary>
/// <remarks>Erlang delay of order three, Forrester 1961: mean <c>BuildLag</c>, coefficient of variation 0.58.</remarks>
public struct BuildStages
{
    private const int Stages = 3;
    private double _first;
    private double _second;
    private double _third;

    /// <summary>Stages filled from a steady past.</summary>
    public BuildStages(double underWay) => _first = _second = _third = underWay / Stages;

    /// <summary>Projects under way.</summary>
    public readonly double Total => _first + _second + _third;

    /// <summary>Moves on by a step.</summary>
    /// <param name="begun">Projects begun in the step.</param>
    /// <param name="lag">Mean months from order to service.</param>
    /// <param name="hazard">Hazard of cancellation a month; the last stage is past it.</param>
    /// <param name="dt">Step, months.</param>
    /// <param name="cancelled">Projects cancelled in the step.</param>
    /// <returns>Projects that come into service in the step.</returns>
    public double Step(double begun, double lag, double hazard, double dt, out double cancelled)
    {
        // A project waits 1/flow steps in a stage: so chosen, the mean delay is exact at any step.
        var flow = Math.Min(1, Stages * dt / lag);
        var lost = 1 - Math.Exp(-hazard * dt);
        var done = _third * flow;
        var toThird = _second * flow;
        var toSecond = _first * flow;
        cancelled = ((_first - toSecond) + (_second - toThird)) * lost;
        var firstLeft = (_first - toSecond) * (1 - lost);
        var secondLeft = (_second - toThird) * (1 - lost);
        _third += toThird - done;
        _second = secondLeft + toSecond;
        _first = firstLeft + begun;
        return done;
    }
}
