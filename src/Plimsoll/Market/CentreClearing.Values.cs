namespace Plimsoll.Market;

/// <content>What an accelerator is worth: in tokens, on spot, second-hand.</content>
internal sealed partial class CentreClearing
{
    /// <summary>Share of offered accelerators busy with tokens: rises towards what the centre's reach and the market's inference demand allow.</summary>
    private double TokenLoad(int m, int tier, double offered)
    {
        var g = _offset + m;
        if (offered <= 0)
        {
            return 0;
        }
        var demand =
            _path.Demand[tier][g] * 8 * (1 - _path.TrainingShare[g]) * _plan.ReachableShare;
        var rivals = _path.Capacity[tier][g] * 8;
        var target = Math.Min(
            0.8,
            demand / Math.Max(1, rivals) * Math.Exp((1.5 * (_capability - 0.5)) + (0.5 * _taste))
        );
        _tokenLoad += 0.15 * (target - _tokenLoad);
        return _tokenLoad;
    }

    private double SpotLoad(int tier, int g) =>
        0.25 * Math.Min(1, _path.Demand[tier][g] / Math.Max(1, _path.Capacity[tier][g]));

    /// <summary>What an accelerator-hour earns in tokens: goodput at the promise times the price; the price falls as serving improves.</summary>
    private double TokenValue(int m)
    {
        if (_plan.Inference is not { } inference)
        {
            return 0;
        }
        var years = m / 12.0;
        var decay = Math.Log(2) / _p[(int)Parameter.GrowthHalfLife];
        var reach = (1 - Math.Exp(-decay * years)) / decay;
        var price = _tokenPrice * Math.Exp(-_p[(int)Parameter.ServingGrowth] * reach);
        return inference.GoodputTokensPerSecond
            * 3600
            / 1e6
            * price
            * Math.Pow(1 + inference.SoftwareGrowthPerYear, years);
    }

    /// <summary>Second-hand price of one accelerator with its share of the server: what it will still earn, and never more than a new one.</summary>
    private double Resale(int m, int tier)
    {
        var g = Math.Min(_path.Months - 1, _offset + m);
        var net =
            ((_path.Quote[tier][g] * 0.6) - (_plan.AvoidableCostPerAcceleratorMonth * 8 * 1.5)) / 8;
        var age = Math.Max(0, m - Math.Max(0, _plan.Fleets[0].Online - _plan.Start));
        var life = Math.Max(6, 60 - age);
        var annuity = (1 - Math.Pow(1 + (0.2 / 12), -life)) / (0.2 / 12);
        var ceiling = _path.Reference[g] * 28 / 8 * (tier == 0 ? 1 : 0.45) * Math.Exp(-0.012 * age);
        var glut = Math.Max(
            0,
            (_path.Capacity[tier][g] - _path.Let[tier][g]) / Math.Max(1, _path.Capacity[tier][g])
                - 0.3
        );
        return Math.Max(0.03 * ceiling, Math.Min(ceiling, net * annuity) * (1 - (0.35 * glut)));
    }
}
