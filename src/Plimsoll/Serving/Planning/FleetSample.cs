using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>The part of a fleet that is simulated, and how much of the whole it stands for.</summary>
/// <param name="Installation">With fewer replicas.</param>
/// <param name="Scale">Whole over part, 1 or more.</param>
internal readonly record struct FleetSample(InferenceCase Installation, double Scale)
{
    /// <summary>Replicas simulated, prefill and decode together.</summary>
    public int Replicas =>
        Installation.Config.Replicas + (Installation.Config.Disaggregation?.DecodeReplicas ?? 0);

    /// <summary>Least share of a fleet apart that its sample stands for, by the ratio of prefill and decode replicas.</summary>
    private const double LeastShare = 0.97;

    /// <summary>Takes at most so many replicas. Prefill and decode stand in the fleet's ratio, as the scarcer of the two decides what the whole does: where so few replicas do not hold that ratio, as many as it asks for.</summary>
    public static FleetSample Of(InferenceCase installation, int mostReplicas)
    {
        var config = installation.Config;
        var decode = config.Disaggregation?.DecodeReplicas ?? 0;
        var all = config.Replicas + decode;
        if (all <= mostReplicas)
        {
            return new FleetSample(installation, 1);
        }
        var (first, second) =
            decode == 0 ? (mostReplicas, 0) : Part(config.Replicas, decode, mostReplicas);
        var scale = (double)config.Replicas / first;
        return new FleetSample(
            installation with
            {
                Config = config with
                {
                    Replicas = first,
                    Offload =
                    [
                        .. config.Offload.Select(t =>
                            t.Shared
                                ? t with
                                {
                                    CapacityTokens = (long)(t.CapacityTokens / scale),
                                }
                                : t
                        ),
                    ],
                    Disaggregation = config.Disaggregation is { } split
                        ? split with
                        {
                            DecodeReplicas = second,
                        }
                        : null,
                },
            },
            decode == 0 ? scale : Math.Min(scale, (double)decode / second)
        );
    }

    /// <summary>The few of both kinds that stand for enough of the whole.</summary>
    private static (int First, int Second) Part(int firsts, int seconds, int most)
    {
        for (; most < firsts + seconds; most++)
        {
            var (first, second, share) = Nearest(firsts, seconds, most);
            if (share >= LeastShare)
            {
                return (first, second);
            }
        }
        return (firsts, seconds);
    }

    /// <summary>The few of both kinds that leave least of the whole out when the scarcer decides; the most of those that do as well.</summary>
    private static (int First, int Second, double Share) Nearest(int firsts, int seconds, int most)
    {
        var best = (First: 1, Second: 1, Share: 0.0);
        for (var first = 1; first < most; first++)
        {
            var even = (double)first * seconds / firsts;
            foreach (var near in (double[])[Math.Floor(even), Math.Ceiling(even)])
            {
                var second = (int)Math.Clamp(near, 1, most - first);
                var scale = Math.Min((double)firsts / first, (double)seconds / second);
                var share = scale * (first + second) / (firsts + seconds);
                if (share >= best.Share)
                {
                    best = (first, second, share);
                }
            }
        }
        return best;
    }

    /// <summary>Sequences that the part can hold at once, when its requests have the mean lengths given.</summary>
    public double Sequences(double meanTokens)
    {
        var config = Installation.Config;
        var law = Installation.DecodeLaw ?? Installation.Law;
        var replicas = config.Disaggregation?.DecodeReplicas ?? config.Replicas;
        var held =
            (config.KvCapacityTokens ?? law.KvCapacityTokens) / law.Sequence.Tokens(meanTokens);
        return replicas * Math.Min(config.MaxSequences, Math.Max(1, held));
    }
}
