using Plimsoll.Performance;
using Plimsoll.Serving;
using Plimsoll.Workloads;
using Xunit;

namespace Plimsoll.Tests.Serving;

/// <summary>Small cases worked out by hand.</summary>
public sealed class WorkedExampleTest
{
    private static readonly AffineStepLaw Law = new(
        StepSeconds: 0.010,
        SecondsPerDecode: 0.001,
        SecondsPerPrefillToken: 0.0001,
        SecondsPerKvToken: 0.00001,
        KvCapacityTokens: 1600,
        RequestOverheadSeconds: 0.005
    );

    [Fact]
    public void One_request_alone()
    {
        // Ready at 5 ms; prefill 10 + 100 x 0.1 = 20 ms; decodes at 100, 101 KV tokens: 11 + 1.00 and 11 + 1.01 ms.
        var result = Run(new ServingConfig { KeepOutcomes = true }, new Request(0, 100, 3));
        var outcome = result.Outcomes[0];
        Assert.Equal(25_000_000_000, outcome.FirstTokenPicoseconds);
        Assert.Equal(49_010_000_000, outcome.FinishPicoseconds);
        Assert.Equal(0.012005, result.TimePerOutputToken.Mean, 1e-12);
        Assert.Equal(0.04901 / 3, result.EndToEndPerToken.Mean, 1e-12);
        Assert.Equal(2, result.InterToken.Count);
        Assert.Equal(7.0 / 100, result.PeakKvOccupancy, 1e-12);
        Assert.Equal(new TokenAccount(100, 100, 0, 0, 0, 0, 3), result.Tokens);
    }

    [Fact]
    public void A_prompt_longer_than_the_budget_takes_two_steps()
    {
        var config = new ServingConfig
        {
            MaxSequences = 4,
            TokensPerStep = 60,
            KeepOutcomes = true,
        };
        var result = Run(config, new Request(0, 100, 1));
        Assert.Equal(
            5_000_000_000 + 16_000_000_000 + 14_000_000_000,
            result.Outcomes[0].FinishPicoseconds
        );
        Assert.Equal(2, result.Steps);
    }

    [Fact]
    public void The_second_prompt_hits_the_blocks_of_the_first()
    {
        var config = new ServingConfig
        {
            PrefixCache = PrefixCacheMode.Segments,
            KeepOutcomes = true,
        };
        var source = new RequestList(
            new[]
            {
                new Request(0, 100, 1, PrefixCount: 1),
                new Request(1_000_000_000_000, 100, 1, PrefixCount: 1),
            },
            new[] { new PrefixPiece(9, 72) }
        );
        var result = ServingSimulator.Run(Law, config, source);
        Assert.Equal(0, result.Outcomes[0].CachedTokens);
        Assert.Equal(64, result.Outcomes[1].CachedTokens);
        Assert.Equal(64, result.Tokens.CacheHits);
        Assert.Equal(136, result.Tokens.Prefilled);
    }

    [Fact]
    public void Decode_elsewhere_costs_the_transfer_once()
    {
        var config = new ServingConfig
        {
            KeepOutcomes = true,
            Disaggregation = new Disaggregation(1, 0.002, 100_000),
        };
        var result = Run(config, new Request(0, 100, 2));
        Assert.Equal(25_000_000_000, result.Outcomes[0].FirstTokenPicoseconds);
        // Transfer 2 + 1 ms, then one decode of 12 ms.
        Assert.Equal(40_000_000_000, result.Outcomes[0].FinishPicoseconds);
    }

    [Fact]
    public void What_can_never_fit_is_rejected_with_its_reason()
    {
        var whole = new ServingConfig
        {
            MaxSequences = 8,
            TokensPerStep = 64,
            ChunkedPrefill = false,
            KeepOutcomes = true,
        };
        var result = Run(whole, new Request(0, 60, 6), new Request(0, 60, 5));
        Assert.Equal(RequestEnd.RejectedTooLongForStep, result.Outcomes[0].End);
        Assert.Equal(RequestEnd.Completed, result.Outcomes[1].End);
        result = Run(
            new ServingConfig { KeepOutcomes = true },
            new Request(0, 1500, 102),
            new Request(0, 1500, 101)
        );
        Assert.Equal(RequestEnd.RejectedTooLongForKvCache, result.Outcomes[0].End);
        Assert.Equal(RequestEnd.Completed, result.Outcomes[1].End);
        Assert.Equal(1500, result.Tokens.Rejected);
    }

    [Fact]
    public void Impossible_installations_are_refused_with_all_reasons()
    {
        var config = new ServingConfig
        {
            MaxSequences = 300,
            TokensPerStep = 200,
            KvBlockTokens = 12,
            Replicas = 0,
        };
        var refusal = Assert.Throws<ArgumentException>(() => Run(config, new Request(0, 1, 1)));
        Assert.Contains("tokens_per_step", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("kv_block_tokens", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("replicas", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Energy_is_power_times_time()
    {
        var config = new ServingConfig { Power = new ReplicaPower(100, 700), Replicas = 2 };
        var result = Run(config, new Request(0, 100, 3));
        // 44.01 ms busy on one of two replicas in 49.01 ms.
        var joules = (0.04401 * 700) + (((2 * 0.04901) - 0.04401) * 100);
        Assert.Equal(joules / 3.6e6, result.EnergyKilowattHours!.Value, 1e-12);
        Assert.Equal(3 / (joules / 3.6e6), result.OutputTokensPerKilowattHour!.Value, 1e-3);
    }

    private static SimulationResult Run(ServingConfig config, params Request[] requests) =>
        ServingSimulator.Run(Law, config, new RequestList(requests));
}
