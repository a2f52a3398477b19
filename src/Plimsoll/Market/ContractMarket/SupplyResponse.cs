namespace Plimsoll.Market.ContractMarket;

/// <summary>What the rest of a market already run builds less, or more, because of what added centres do to rents.</summary>
/// <remarks>
/// Orders of every tier follow the expected rent of the H tier (<see cref="Orders"/>), and come after the lag of building; what is being
/// built is cancelled the more, the further that rent lies below its reference. Darkness and exits stay as they were.
/// </remarks>
internal sealed class SupplyResponse(MarketWorld world, MarketRecord record)
{
    private readonly double _elasticity = world.Member.Values[(int)Parameter.OrderElasticity];
    private readonly double _cancel = world.Member.Values[(int)Parameter.CancelSlope];
    private readonly int _lag = Math.Max(
        1,
        (int)Math.Round(world.Member.Values[(int)Parameter.BuildLag])
    );
    private readonly bool _builds = !world.Off.Has(Mechanisms.NewBuild);
    private readonly double[] _shift = new double[record.Path.Months];
    private readonly double[] _more = new double[Segment.Tiers];

    /// <summary>Capacity of the rest of a tier over what it was, 0 or more; 1 where nothing changed.</summary>
    public double Factor(int tier, int m) =>
        record.Path.Capacity[tier][m] is var all and > 0 ? Math.Max(0, 1 + (_more[tier] / all)) : 1;

    /// <summary>A month ends with expected rents of the H tier shifted in logs.</summary>
    public void End(int m, double expectedShift)
    {
        _shift[m] = expectedShift;
        var ordered = m - _lag;
        if (!_builds || m == 0 || ordered < 0)
        {
            return;
        }
        // Cancelled while it was being built: two of its three stages.
        var building = 0.0;
        for (var i = ordered; i < ordered + (2 * _lag / 3); i++)
        {
            building += _cancel * -_shift[i];
        }
        var change = Math.Exp((_elasticity * _shift[ordered]) - building) - 1;
        for (var k = 0; k < Segment.Tiers; k++)
        {
            var came = record.Path.Capacity[k][m] - record.Path.Capacity[k][m - 1];
            _more[k] += change * Math.Max(0, came);
        }
    }
}
