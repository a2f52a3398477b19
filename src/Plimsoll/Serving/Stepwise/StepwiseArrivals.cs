using Plimsoll.Workloads;

namespace Plimsoll.Serving.Stepwise;

/// <summary>Reads the source one request at a time.</summary>
internal sealed class StepwiseArrivals(IRequestSource source)
{
    private readonly Request[] _one = new Request[1];
    private long _number;
    private long _epoch;

    /// <summary>The next request, with its pieces copied; null at the end.</summary>
    /// <param name="shift">Picoseconds by which the zero of the clock moves with it.</param>
    public Sequence? Next(out long shift)
    {
        shift = 0;
        if (source.Read(_one) == 0)
        {
            return null;
        }
        shift = (source.EpochSeconds - _epoch) * (long)IntegerStep.PicosecondsPerSecond;
        _epoch = source.EpochSeconds;
        var request = _one[0];
        var pieces = source.Prefixes.Slice(request.PrefixStart, request.PrefixCount).ToArray();
        return new Sequence(_number++, request, request.ArrivalPicoseconds, pieces);
    }
}
