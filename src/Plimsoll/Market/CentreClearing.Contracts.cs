using Plimsoll.Sampling;

namespace Plimsoll.Market;

/// <content>How contracts end, are renewed and are broken.</content>
internal sealed partial class CentreClearing
{
    /// <summary>Contracts end, are renewed at today's ask, or are broken: more readily the further the quote lies below their price.</summary>
    private void Settle(int pool, int m, double quote, double ask)
    {
        var stream = Stream(m, pool, Purpose.Contracts);
        for (var i = _contracts.Count - 1; i >= 0; i--)
        {
            var c = _contracts[i];
            if (c.Pool != pool)
            {
                continue;
            }
            var chance = stream.NextUniform();
            var gap = Math.Max(0, Math.Log(c.Price / Math.Max(1e-9, quote)));
            var breach = c.Hazard + (0.03 * gap);
            var anchor = c.Signed && _scenario.AnchorDefaultMonth == m;
            if (m >= c.End)
            {
                var renew = Math.Clamp(
                    0.55
                        + (0.3 * (_capability - 0.5))
                        - (0.4 * Math.Log(ask / Math.Max(1e-9, quote))),
                    0.05,
                    0.9
                );
                _contracts.RemoveAt(i);
                _leases.Add(c.Close(m, false));
                if (chance < renew && ask <= quote * 1.5)
                {
                    _contracts.Insert(
                        i,
                        c with
                        {
                            Begin = m,
                            End = m + c.Tenor,
                            Price = ask,
                            Signed = false,
                            Prepaid = 0,
                            Hazard = BaseBreach,
                        }
                    );
                }
            }
            else if (anchor || (m > c.Begin && chance < 1 - Math.Exp(-breach)))
            {
                _contracts.RemoveAt(i);
                _leases.Add(c.Close(m, true));
            }
        }
    }

    /// <summary>Chance a month that a tenant leaves early for reasons of its own; own prior.</summary>
    private const double BaseBreach = 0.006;

    private void TrimTo(int pool, int m, double usable)
    {
        var over = Held(pool) - usable;
        for (var i = _contracts.Count - 1; i >= 0 && over > 1e-9; i--)
        {
            var c = _contracts[i];
            if (c.Pool != pool)
            {
                continue;
            }
            var cut = Math.Min(over, c.Accelerators);
            over -= cut;
            _contracts[i] = c with { Accelerators = c.Accelerators - cut };
            if (_contracts[i].Accelerators < 1e-9)
            {
                _contracts.RemoveAt(i);
                _leases.Add(c.Close(m, false));
            }
        }
    }

    private void EndAll(int pool, int m)
    {
        for (var i = _contracts.Count - 1; i >= 0; i--)
        {
            if (_contracts[i].Pool == pool)
            {
                _leases.Add(_contracts[i].Close(m, false));
                _contracts.RemoveAt(i);
            }
        }
    }
}
