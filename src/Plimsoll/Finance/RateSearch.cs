namespace Plimsoll.Finance;

/// <summary>Finds every rate at which the value of a flow is zero.</summary>
/// <remarks>
/// Works in x, the log of one plus the yearly rate, from -16 to 16. One change of sign in time order has at most one root (Descartes), found by bisection.
/// Otherwise the range is scanned in steps of 0.02; between two points of like sign a dip towards zero is followed to its bottom, so that a pair of roots
/// inside one step is seen.
/// </remarks>
internal static class RateSearch
{
    private const double Low = -16;
    private const double High = 16;
    private const double Step = 0.02;

    /// <summary>All roots in rising order, as yearly rates.</summary>
    /// <param name="flow">Money.</param>
    /// <param name="times">Years of each, any order.</param>
    public static List<double> Rates(ReadOnlySpan<double> flow, ReadOnlySpan<double> times)
    {
        var value = new FlowValue(flow, times);
        var roots = value.SignChanges switch
        {
            0 => [],
            1 => Only(value),
            _ => Scan(value),
        };
        return [.. roots.Select(x => Math.Exp(x) - 1)];
    }

    private static List<double> Only(FlowValue value) =>
        (value.At(Low) < 0) == (value.At(High) < 0) ? [] : [Bisect(value, Low, High)];

    private static List<double> Scan(FlowValue value)
    {
        var roots = new List<double>();
        double twoBack = 0,
            before = value.At(Low);
        var steps = (int)Math.Round((High - Low) / Step);
        for (var k = 1; k <= steps; k++)
        {
            var x = Low + (k * Step);
            var now = value.At(x);
            if (before == 0)
            {
                roots.Add(x - Step);
            }
            else if (before * now < 0)
            {
                roots.Add(Bisect(value, x - Step, x));
            }
            else if (
                k > 1
                && twoBack * before > 0
                && Math.Abs(before) < Math.Abs(twoBack)
                && Math.Abs(before) < Math.Abs(now)
            )
            {
                Dip(value, x - (2 * Step), x, roots);
            }
            (twoBack, before) = (before, now);
        }
        return roots;
    }

    private static void Dip(FlowValue value, double low, double high, List<double> roots)
    {
        var sign = Math.Sign(value.At(low));
        var (a, b) = (low, high);
        for (var k = 0; k < 60; k++)
        {
            double p = a + ((b - a) * 0.382),
                q = a + ((b - a) * 0.618);
            double atP = value.At(p) * sign,
                atQ = value.At(q) * sign;
            if (atP < 0 || atQ < 0)
            {
                var middle = atP < 0 ? p : q;
                roots.Add(Bisect(value, low, middle));
                roots.Add(Bisect(value, middle, high));
                return;
            }
            (a, b) = atP < atQ ? (a, q) : (p, b);
        }
    }

    private static double Bisect(FlowValue value, double low, double high)
    {
        var sign = value.At(low) < 0;
        for (var k = 0; k < 100; k++)
        {
            var middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
            {
                break;
            }
            if ((value.At(middle) < 0) == sign)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /// <summary>The value of a flow up to a positive factor, so that neither far rates nor long times overflow.</summary>
    private readonly struct FlowValue
    {
        private readonly double[] _flow;
        private readonly double[] _times;
        private readonly bool _even;

        public FlowValue(ReadOnlySpan<double> flow, ReadOnlySpan<double> times)
        {
            var kept = new List<(double Time, double Amount)>();
            for (var i = 0; i < flow.Length; i++)
            {
                if (flow[i] != 0)
                {
                    kept.Add((times[i], flow[i]));
                }
            }
            kept.Sort((a, b) => a.Time.CompareTo(b.Time));
            _even = Even(times);
            if (_even && kept.Count > 0)
            {
                var first = times.IndexOf(kept[0].Time);
                var last = times.LastIndexOf(kept[^1].Time);
                _flow = flow[first..(last + 1)].ToArray();
                _times = times[first..(last + 1)].ToArray();
            }
            else
            {
                _flow = [.. kept.Select(k => k.Amount)];
                _times = [.. kept.Select(k => k.Time)];
            }
            SignChanges = Changes();
        }

        public int SignChanges { get; }

        public double At(double x)
        {
            double sum = 0;
            if (_even)
            {
                var factor = Math.Exp(
                    -Math.Abs(x) * (_times.Length > 1 ? _times[1] - _times[0] : 0)
                );
                for (var i = 0; i < _flow.Length; i++)
                {
                    sum = (sum * factor) + (x >= 0 ? _flow[^(i + 1)] : _flow[i]);
                }
                return sum;
            }
            var origin = x >= 0 ? _times[0] : _times[^1];
            for (var i = 0; i < _flow.Length; i++)
            {
                sum += _flow[i] * Math.Exp(-x * (_times[i] - origin));
            }
            return sum;
        }

        private static bool Even(ReadOnlySpan<double> times)
        {
            for (var i = 2; i < times.Length; i++)
            {
                if (Math.Abs(times[i] - times[i - 1] - (times[1] - times[0])) > 1e-12)
                {
                    return false;
                }
            }
            return times.Length < 2 || times[1] > times[0];
        }

        private int Changes()
        {
            int changes = 0,
                last = 0;
            for (var i = 0; i < _flow.Length; )
            {
                double sum = 0;
                var time = _times[i];
                for (; i < _flow.Length && _times[i] == time; i++)
                {
                    sum += _flow[i];
                }
                var sign = Math.Sign(sum);
                changes += sign != 0 && last != 0 && sign != last ? 1 : 0;
                last = sign == 0 ? last : sign;
            }
            return changes;
        }
    }
}
