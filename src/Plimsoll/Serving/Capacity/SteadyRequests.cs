using MathNet.Numerics.Distributions;
using Plimsoll.Sampling;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Capacity;

/// <summary>Requests of one shape that can be sent at any rate: the same lengths and the same quantiles of the gaps, so that rates and shapes compare on common random numbers.</summary>
/// <remarks>Gaps are gamma, lengths log-normal with the coefficient of variation seen in production (0.9 to 1.2 for prompts in the Azure traces).</remarks>
internal sealed class SteadyRequests
{
    /// <summary>Deviation of the logarithm of a length: a coefficient of variation of 0.95.</summary>
    private const double LengthSigma = 0.8;
    private readonly double[] _unitTimes;
    private readonly int[] _inputs;
    private readonly int[] _outputs;
    private readonly double _stored;

    /// <param name="shape">Mean lengths, hit share and burstiness.</param>
    /// <param name="count">Requests.</param>
    /// <param name="longest">Longest prompt and answer together.</param>
    /// <param name="seed">Seed of the quantiles.</param>
    public SteadyRequests(in RequestShape shape, int count, long longest, ulong seed)
    {
        var entity = EntityId.Of("steady requests");
        var gaps = RandomStream.Keyed(seed, 0, entity, Purpose.Arrivals);
        var sizes = RandomStream.Keyed(seed, 0, entity, Purpose.Sizes);
        _unitTimes = new double[count];
        _inputs = new int[count];
        _outputs = new int[count];
        _stored = shape.CacheHitShare;
        var form = 1 / (shape.ArrivalCv * shape.ArrivalCv);
        var now = 0.0;
        for (var i = 0; i < count; i++)
        {
            var u = gaps.NextOpenUniform();
            now += form == 1 ? -Math.Log(1 - u) : Gamma.InvCDF(form, form, u);
            _unitTimes[i] = now;
            _inputs[i] = Length(shape.InputTokens, ref sizes, longest - 1);
            _outputs[i] = Length(shape.OutputTokens, ref sizes, longest - _inputs[i]);
        }
        // A finite draw of bursty gaps misses its rate; what is asked for is the rate.
        var stretch = count / now;
        for (var i = 0; i < count; i++)
        {
            _unitTimes[i] *= stretch;
        }
        OutputTokens = _outputs.Average();
    }

    /// <summary>Mean answer length that was drawn.</summary>
    public double OutputTokens { get; }

    /// <summary>Answer length of one request.</summary>
    public int OutputOf(int request) => _outputs[request];

    /// <summary>The requests at a rate.</summary>
    public RequestList At(double requestsPerSecond)
    {
        var requests = new Request[_unitTimes.Length];
        for (var i = 0; i < requests.Length; i++)
        {
            requests[i] = new Request(
                (long)(_unitTimes[i] / requestsPerSecond * IntegerStep.PicosecondsPerSecond),
                _inputs[i],
                _outputs[i],
                StoredTokens: (int)(_inputs[i] * _stored)
            );
        }
        return new RequestList(requests);
    }

    private static int Length(double mean, ref RandomStream stream, long longest)
    {
        var z = Normal.InvCDF(0, 1, stream.NextOpenUniform());
        var length = mean * Math.Exp((LengthSigma * z) - (LengthSigma * LengthSigma / 2));
        return (int)Math.Clamp(length, 1, Math.Max(1, longest));
    }
}
