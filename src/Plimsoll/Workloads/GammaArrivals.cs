using MathNet.Numerics.Distributions;
using Plimsoll.Sampling;

namespace Plimsoll.Workloads;

/// <summary>An open-loop workload of gamma gaps and log-normal lengths.</summary>
/// <param name="Requests">How many; 1 or more.</param>
/// <param name="RequestsPerSecond">Mean rate; more than 0.</param>
/// <param name="ArrivalCv">Standard deviation of the gaps over their mean; 1 is Poisson.</param>
/// <param name="InputTokens">Mean prompt length after cache hits.</param>
/// <param name="OutputTokens">Mean answer length.</param>
/// <param name="MaxTokens">Longest prompt and answer together.</param>
public sealed record GammaArrivals(
    int Requests,
    double RequestsPerSecond,
    double ArrivalCv,
    double InputTokens,
    double OutputTokens,
    long MaxTokens
)
{
    /// <summary>Deviation of log length; production traces show 0.6 to 1.2.</summary>
    private const double LengthSigma = 0.8;

    /// <summary>The requests; the same lengths and gap quantiles at every rate, so that rates compare on common random numbers.</summary>
    public RequestList ToList(ulong seed)
    {
        var stream = RandomStream.Keyed(seed, 0, EntityId.Of("gamma arrivals"), Purpose.Arrivals);
        var lengths = RandomStream.Keyed(seed, 0, EntityId.Of("gamma arrivals"), Purpose.Sizes);
        var shape = 1 / (ArrivalCv * ArrivalCv);
        var requests = new Request[Requests];
        var now = 0.0;
        for (var i = 0; i < Requests; i++)
        {
            now += Gamma.InvCDF(shape, shape * RequestsPerSecond, stream.NextOpenUniform());
            var input = Length(InputTokens, ref lengths, MaxTokens / 2);
            var output = Length(OutputTokens, ref lengths, MaxTokens - input);
            requests[i] = new Request((long)(now * 1e12), input, output);
        }
        return new RequestList(requests);
    }

    private static int Length(double mean, ref RandomStream stream, long most)
    {
        var z = Normal.InvCDF(0, 1, stream.NextOpenUniform());
        return (int)
            Math.Clamp(
                mean * Math.Exp((LengthSigma * z) - (LengthSigma * LengthSigma / 2)),
                1,
                Math.Max(1, most)
            );
    }
}
