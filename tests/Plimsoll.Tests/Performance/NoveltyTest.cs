using CsCheck;
using Plimsoll.Catalog;
using Plimsoll.Performance;
using Xunit;

namespace Plimsoll.Tests.Performance;

/// <summary>What counts as measured: an architecture on an engine, a layout of it on a chip; never a family or a name.</summary>
public sealed class NoveltyTest
{
    private static readonly Calibration _calibration = Calibration.Of(Served.View);

    private static LanguageModel Model(string name) => LanguageModel.Of(Served.View, name);

    private static Deployment On(LanguageModel model, string chip, int tp) =>
        Served.On(chip, model, tp) with
        {
            Engine = ServingEngine.Vllm,
            Precision = "fp8",
        };

    private static Novelty Of(Deployment d) => _calibration.ErrorOf(d).Novelty;

    [Theory]
    [InlineData("Llama-3.1 70B", 4, Novelty.KnownDeployment)]
    [InlineData("Llama-3.1 70B", 2, Novelty.NewDeployment)]
    [InlineData("Llama-3.1 8B", 4, Novelty.NewDeployment)]
    [InlineData("Llama-3.1 405B", 8, Novelty.NewModel)]
    [InlineData("Llama-2 70B", 4, Novelty.NewModel)]
    [InlineData("Llama-2 7B", 4, Novelty.NewModel)]
    public void A_label_is_what_the_measured_rows_hold(string model, int tp, Novelty expected) =>
        Assert.Equal(expected, Of(On(Model(model), "H100 SXM5", tp)));

    [Fact]
    public void A_sister_of_a_measured_model_is_a_new_model_and_a_namesake_is_not() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 40])
            .Sample(
                (part, by) =>
                {
                    var model = Model("Llama-3.1 70B") with { Name = "mine" };
                    Assert.Equal(Novelty.KnownDeployment, Of(On(model, "H100 SXM5", 4)));
                    var other = part switch
                    {
                        0 => model with { Layers = model.Layers + by },
                        1 => model with { Hidden = model.Hidden + (128 * by) },
                        2 => model with { FeedForward = model.FeedForward + (128 * by) },
                        _ => model with { KvHeads = model.KvHeads + (4 * by) },
                    };
                    var known = _calibration.ErrorOf(On(model, "H100 SXM5", 4));
                    var sister = _calibration.ErrorOf(On(other, "H100 SXM5", 4));
                    return sister.Novelty == Novelty.NewModel && sister.LogError > known.LogError;
                },
                iter: 40
            );

    [Fact]
    public void Sparse_attention_is_a_model_of_its_own()
    {
        var dense = Served.On("H200 SXM", Served.DeepSeekV3, 8) with
        {
            Engine = ServingEngine.Sglang,
            Precision = "fp8",
        };
        Assert.Equal(Novelty.KnownDeployment, Of(dense));
        Assert.Equal(
            Novelty.NewModel,
            Of(dense with { Model = dense.Model with { SparseTokens = 2048 } })
        );
    }

    [Fact]
    public void A_chip_without_data_is_never_better_known_than_a_sister_of_measured_ones()
    {
        foreach (var engine in Enum.GetValues<ServingEngine>())
        {
            foreach (var model in (string[])["Llama-3.1 70B", "gpt-oss-120b", "Mistral 7B v0.3"])
            {
                PredictionError Error(string chip) =>
                    _calibration.ErrorOf(Served.On(chip, Model(model), 8) with { Engine = engine });
                var sister = Error("H800 SXM5");
                Assert.Equal(Novelty.NewChip, sister.Novelty);
                foreach (var chip in (string[])["A100 SXM 80GB", "L4", "Ascend 910B3"])
                {
                    var error = Error(chip);
                    Assert.Equal(Novelty.ChipWithoutData, error.Novelty);
                    Assert.True(error.LogError >= sister.LogError, $"{engine} {model} {chip}");
                }
            }
        }
    }

    [Fact]
    public void A_tensor_group_over_servers_may_be_as_slow_as_its_warning_says()
    {
        var inside = _calibration.ErrorOf(On(Model("Llama-3.1 70B"), "H100 SXM5", 2));
        var across = _calibration.ErrorOf(On(Model("Llama-3.1 70B"), "H100 SXM5", 16));
        Assert.Equal(Novelty.NewDeployment, across.Novelty);
        Assert.Equal(
            inside.TimePerOutputToken.High(1) * DeploymentDoubts.MostOverServers,
            across.TimePerOutputToken.High(1),
            1e-9
        );
    }
}
