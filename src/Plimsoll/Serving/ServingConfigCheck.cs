using System.Numerics;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Serving.Scaling;

namespace Plimsoll.Serving;

/// <summary>Refuses impossible installations before a run.</summary>
public static class ServingConfigCheck
{
    /// <summary>All that is wrong with an installation.</summary>
    /// <param name="config">The installation.</param>
    /// <param name="at">Where it stands in its file.</param>
    /// <returns>Empty when it can run.</returns>
    public static IReadOnlyList<Finding> Findings(ServingConfig config, InputPath at)
    {
        var findings = new List<Finding>();
        void Require(bool holds, string key, object? found, string expected, string remedy)
        {
            if (!holds)
            {
                findings.Add(
                    new Finding(
                        at.Key(key),
                        "impossible",
                        $"{found ?? "nothing"}",
                        expected,
                        remedy
                    )
                );
            }
        }
        Require(
            config.MaxSequences >= 1,
            "max_sequences",
            config.MaxSequences,
            "1 or more",
            "Give the most sequences of a batch."
        );
        Require(
            config.TokensPerStep >= config.MaxSequences,
            "tokens_per_step",
            config.TokensPerStep,
            $"at least max_sequences ({config.MaxSequences})",
            "Raise the token budget or lower the sequences: each decodes one token a step."
        );
        Require(
            config.KvBlockTokens is >= 1 and <= 1024 && BitOperations.IsPow2(config.KvBlockTokens),
            "kv_block_tokens",
            config.KvBlockTokens,
            "a power of two from 1 to 1024",
            "vLLM's default is 16."
        );
        Require(
            config.Replicas is >= 1 and <= 1_000_000,
            "replicas",
            config.Replicas,
            "1 to 1,000,000",
            "Give the number of replicas."
        );
        Require(
            config.KvCapacityTokens is null or >= 1,
            "kv_capacity_tokens",
            config.KvCapacityTokens,
            "1 or more",
            "Leave it out to take what the memory plan holds."
        );
        Require(
            config.SeriesIntervalSeconds is > 0 and <= 86_400,
            "series_interval_seconds",
            config.SeriesIntervalSeconds,
            "greater than 0, at most a day",
            "Give the length of one interval."
        );
        Require(
            config.ClosedLoopConcurrency >= 0,
            "closed_loop_concurrency",
            config.ClosedLoopConcurrency,
            "0 (open loop) or more",
            "Give the requests kept in the system."
        );
        Require(
            config.WarmUpRequests >= 0,
            "warm_up_requests",
            config.WarmUpRequests,
            "0 or more",
            "Give the requests to leave out of the figures."
        );
        if (config.Disaggregation is { } split)
        {
            Require(
                split.DecodeReplicas is >= 1 and <= 1_000_000
                    && split.TransferLatencySeconds is >= 0 and < 3600
                    && split.TransferTokensPerSecond > 0,
                "disaggregation",
                split,
                "1 or more decode replicas, latency of 0 or more, rate greater than 0",
                "Correct the value out of range."
            );
        }
        if (config.Failures is { } failures)
        {
            Require(
                failures.MeanSecondsBetween > 0
                    && double.IsFinite(failures.MeanSecondsBetween)
                    && failures.RestartSeconds is >= 0 and <= 2e6,
                "failures",
                failures,
                "a mean greater than 0, a restart of 0 to 2e6 seconds",
                "Leave failures out for none."
            );
        }
        for (var i = 0; i < config.Offload.Count; i++)
        {
            var tier = config.Offload[i];
            if (
                tier.CapacityTokens < 0
                || !(tier.TokensPerSecond > 0)
                || tier.LatencySeconds is not (>= 0 and <= 3600)
                || tier.HitShare is not (null or (>= 0 and <= 1))
            )
            {
                findings.Add(
                    new Finding(
                        new InputPath("kv_offload").Item(i),
                        "impossible",
                        $"{tier}",
                        "a capacity of 0 or more, a rate greater than 0, a latency of 0 to 3,600 s, a share of 0 to 1",
                        "Correct the value out of range."
                    )
                );
            }
        }
        if (config.Autoscaling is { } scaling)
        {
            findings.AddRange(AutoscalingCheck.Findings(scaling, config));
        }
        return findings;
    }

    internal static void Refuse(ServingConfig config, params ReadOnlySpan<IStepLaw> laws)
    {
        var findings = Findings(config, new InputPath("serving"));
        if (findings.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, findings));
        }
        foreach (var law in laws)
        {
            var tokens = config.KvCapacityTokens ?? law.KvCapacityTokens;
            if (tokens < config.KvBlockTokens)
            {
                throw new ArgumentException(
                    $"A replica holds {tokens} KV tokens, less than one block of {config.KvBlockTokens}: the model leaves no memory for KV cache."
                );
            }
            if (tokens / config.KvBlockTokens > int.MaxValue / 2)
            {
                throw new ArgumentException(
                    $"A replica holds {tokens} KV tokens: too many blocks."
                );
            }
            if (law.Accelerators < 1 || !(law.RequestOverheadSeconds is >= 0 and < 3600))
            {
                throw new ArgumentException(
                    "The law has an impossible overhead or no accelerator."
                );
            }
        }
    }
}
