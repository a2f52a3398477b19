using System.Text;
using Plimsoll.Catalog;
using Plimsoll.Cli.Inference;
using Plimsoll.Performance;
using Plimsoll.Serving.Cases;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Serving;

/// <summary>Shapes in which models are published: each read as its makers mean it, or refused by the key at fault, never a crash.</summary>
public sealed class PublishedModelTest : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A small dense model with other keys behind it.</summary>
    private static string Small(string keys, string type = "llama") =>
        $$"""{"model_type":"{{type}}","hidden_size":4096,"intermediate_size":14336,"num_attention_heads":32,"num_hidden_layers":32,"vocab_size":32000,"max_position_embeddings":32768{{(keys.Length > 0 ? "," + keys : "")}}}""";

    private static LanguageModel Read(string json) =>
        HuggingFaceConfig.Read(Encoding.UTF8.GetBytes(json), "x");

    private (int Exit, string Output, string Error) Serve(string config, string keys = "")
    {
        _folder.File("config.json", config);
        return Cli.CommandLine.Run(
            "inference",
            "simulate",
            _folder.File(
                "case.yaml",
                $"kind: inference\nmodel_file: config.json\naccelerator: H100 SXM5\n{keys}workload:\n  requests: 60\n  clients:\n    - {{ name: a, rate: 5, input_tokens: 300, output_tokens: 50 }}\n"
            )
        );
    }

    [Theory]
    [InlineData("", "llama", 0)]
    [InlineData("\"sliding_window\":4096", "mistral", 32)]
    [InlineData("\"sliding_window\":null", "mistral", 0)]
    [InlineData("\"sliding_window\":32768", "mistral", 0)]
    [InlineData("\"sliding_window\":4096,\"use_sliding_window\":false", "qwen2", 0)]
    [InlineData("\"sliding_window\":4096", "qwen2", 0)]
    [InlineData(
        "\"sliding_window\":4096,\"use_sliding_window\":true,\"max_window_layers\":28",
        "qwen2",
        4
    )]
    [InlineData("\"sliding_window\":1024", "gemma2", 16)]
    [InlineData("\"sliding_window\":1024", "gemma3_text", 27)]
    [InlineData("\"attention_chunk_size\":8192,\"no_rope_layers\":[]", "llama4_text", 24)]
    public void Layers_with_a_window_are_counted_as_their_kind_does(
        string keys,
        string type,
        int sliding
    )
    {
        var model = Read(Small(keys, type));
        Assert.Equal(sliding, model.SlidingLayers);
        Assert.Equal(sliding > 0, model.SlidingWindow > 0);
    }

    [Theory]
    [InlineData("mistral", "\"sliding_window\":4096")]
    [InlineData("phi3", "\"sliding_window\":2047,\"num_key_value_heads\":32")]
    [InlineData("gpt2", "")]
    [InlineData(
        "qwen3_next",
        "\"num_hidden_layers\":2,\"layer_types\":[\"linear_attention\",\"full_attention\"]"
    )]
    [InlineData("minimax_m2", "\"num_hidden_layers\":2,\"attn_type_list\":[1,1]")]
    [InlineData(
        "granitemoehybrid",
        "\"num_hidden_layers\":2,\"mamba_d_state\":128,\"layer_types\":[\"attention\",\"attention\"]"
    )]
    public void Every_such_shape_is_served(string type, string keys)
    {
        var (exit, output, error) = Serve(Small(keys, type));
        Assert.True(exit == 0, error);
        Assert.Contains("60 completed", output, StringComparison.Ordinal);
        Assert.Contains("parameters read from its config.json", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_in_every_layer_hold_no_fewer_tokens_than_none()
    {
        long Tokens(string keys) =>
            MemoryPlan
                .Of(
                    new Deployment
                    {
                        Accelerator = Accelerator.Of(Performance.Served.View, "H100 SXM5"),
                        Model = Read(Small(keys, "mistral")),
                        Engine = ServingEngine.Vllm,
                        Precision = "bf16",
                    }
                )
                .KvCapacityTokens;
        Assert.InRange(Tokens("\"sliding_window\":4096"), Tokens(""), 1_000_000_000);
    }

    [Theory]
    [InlineData(
        "\"num_local_experts\":8,\"num_experts_per_tok\":9",
        "num_experts_per_tok 9, more than the 8 experts"
    )]
    [InlineData(
        "\"num_key_value_heads\":64",
        "num_key_value_heads 64, no divisor of num_attention_heads 32"
    )]
    [InlineData(
        "\"num_key_value_heads\":3",
        "num_key_value_heads 3, no divisor of num_attention_heads 32"
    )]
    [InlineData("\"num_key_value_heads\":0", "num_key_value_heads 0")]
    [InlineData("\"hidden_size\":\"4096\"", "hidden_size \"4096\", words where a number")]
    [InlineData("\"hidden_size\":4097", "hidden_size 4097, no multiple of num_attention_heads 32")]
    [InlineData("\"kv_lora_rank\":512", "without qk_rope_head_dim, qk_nope_head_dim")]
    [InlineData(
        "\"num_local_experts\":8,\"num_experts_per_tok\":2,\"first_k_dense_replace\":33",
        "33 layers without experts of num_hidden_layers 32"
    )]
    [InlineData(
        "\"num_hidden_layers\":2,\"layer_types\":[\"sliding_attention\",\"sliding_attention\",\"sliding_attention\"],\"sliding_window\":8",
        "layer_types of 3 layers"
    )]
    [InlineData(
        "\"layer_types\":[\"sliding_attention\",\"full_attention\"],\"sliding_window\":8",
        "layer_types of 2 layers and num_hidden_layers 32"
    )]
    [InlineData(
        "\"num_hidden_layers\":2,\"layer_types\":[\"mamba\",\"full_attention\"]",
        "layer_types 'mamba', a kind of layer that is not read"
    )]
    [InlineData(
        "\"num_hidden_layers\":2,\"layer_types\":[\"bogus\",\"conv\"]",
        "layer_types 'bogus', 'conv'"
    )]
    [InlineData(
        "\"hybrid_override_pattern\":\"M-M*\"",
        "state-space layers (hybrid_override_pattern)"
    )]
    [InlineData(
        "\"mamba_d_state\":16,\"attn_layer_period\":8",
        "state-space layers (mamba_d_state)"
    )]
    [InlineData("\"attn_layer_period\":8", "state-space layers (attn_layer_period)")]
    [InlineData("\"attn_type_list\":[1,0]", "attn_type_list of 2 layers")]
    [InlineData(
        "\"vocab_size\":2000000000",
        "vocab_size 2000000000, no whole number of 0 or more, at most"
    )]
    [InlineData(
        "\"architectures\":[\"LlamaForSequenceClassification\"]",
        "writes no answers (architectures LlamaForSequenceClassification)"
    )]
    public void What_no_model_can_be_is_refused_by_its_key(string keys, string words)
    {
        // The last of two equal keys counts.
        var (exit, _, error) = Serve(Small(keys));
        Assert.Equal(2, exit);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deepseek_v3", "kv_lora_rank")]
    [InlineData("bert", "an encoder (model_type bert)")]
    [InlineData("t5", "an encoder (model_type t5)")]
    public void Kinds_that_cannot_be_so_are_refused(string type, string words)
    {
        var (exit, _, error) = Serve(Small("", type));
        Assert.Equal(2, exit);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gemma2", "", true)]
    [InlineData("gemma3_text", "", true)]
    [InlineData("gemma2", "\"tie_word_embeddings\":false", false)]
    [InlineData("llama", "", false)]
    [InlineData("llama", "\"tie_word_embeddings\":true", true)]
    [InlineData("gpt2", "", true)]
    public void Silence_on_ties_is_read_as_the_kind_means_it(string type, string keys, bool tied) =>
        Assert.Equal(tied, Read(Small(keys, type)).TiedEmbedding);

    [Fact]
    public void A_head_s_size_that_is_given_counts_and_groups_that_are_missing_are_heads()
    {
        var model = Read(Small("\"head_dim\":256,\"hidden_size\":4000"));
        Assert.Equal((256, 32), (model.HeadSize, model.KvHeads));
    }

    [Theory]
    [InlineData("""{"quant_method":"fp8","weight_block_size":[128,128]}""", "fp8")]
    [InlineData("""{"quant_method":"awq","bits":4}""", "int4")]
    [InlineData("""{"quant_method":"gptq","bits":8}""", "int8")]
    [InlineData("""{"quant_method":"mxfp4"}""", "fp4")]
    [InlineData("""{"quant_method":"modelopt","quant_algo":"FP8"}""", "fp8")]
    [InlineData("""{"quant_method":"modelopt","quant_algo":"NVFP4"}""", "fp4")]
    [InlineData(
        """{"quant_method":"compressed-tensors","config_groups":{"group_0":{"weights":{"num_bits":8,"type":"float"}}}}""",
        "fp8"
    )]
    [InlineData(
        """{"quant_method":"compressed-tensors","config_groups":{"group_0":{"weights":{"num_bits":4,"type":"int"}}}}""",
        "int4"
    )]
    public void The_checkpoint_s_precision_is_served_unless_another_is_stated(
        string quantised,
        string precision
    )
    {
        var config = Small($"\"quantization_config\":{quantised}");
        var (exit, output, error) = Serve(config);
        Assert.True(exit == 0, error);
        Assert.Contains($"served in {precision}", output, StringComparison.Ordinal);
        Assert.Contains($"H100 SXM5, {precision},", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"quant_method":"gptq","bits":8}""", "int8", true)]
    [InlineData("""{"quant_method":"fp8"}""", "fp8", false)]
    [InlineData(
        """{"quant_method":"compressed-tensors","config_groups":{"group_0":{"weights":{"num_bits":8,"type":"int"},"input_activations":null}}}""",
        "int8",
        true
    )]
    [InlineData(
        """{"quant_method":"compressed-tensors","config_groups":{"group_0":{"weights":{"num_bits":8,"type":"int"},"input_activations":{"num_bits":8,"type":"int"}}}}""",
        "int8",
        false
    )]
    [InlineData(
        """{"quant_method":"compressed-tensors","config_groups":{"group_0":{"weights":{"num_bits":8,"type":"float"},"input_activations":null}}}""",
        "fp8",
        true
    )]
    [InlineData(
        """{"quant_method":"compressed-tensors","config_groups":{"group_0":{"weights":{"num_bits":4,"type":"float"}}}}""",
        "fp4",
        true
    )]
    public void Weights_that_alone_are_narrow_save_bytes_and_no_computing(
        string quantised,
        string precision,
        bool weightsOnly
    )
    {
        Deployment On(string chip, string? stated = null)
        {
            _folder.File("config.json", Small($"\"quantization_config\":{quantised}"));
            return InferenceFile
                .Read(
                    _folder.File(
                        "case.yaml",
                        $"kind: inference\nmodel_file: config.json\naccelerator: {chip}\n{(stated is null ? "" : $"precision: {stated}\n")}workload:\n  clients:\n    - {{ name: a, rate: 5, input_tokens: 300, output_tokens: 50 }}\n"
                    )
                )
                .Deployment;
        }
        var served = On("B200 SXM");
        var format = WeightFormat.Of(served);
        var whole = WeightFormat.Of(served with { WeightsOnly = false });
        Assert.Equal((precision, weightsOnly), (served.Precision, served.WeightsOnly));
        Assert.Equal(whole.FeedForward.Bytes, format.FeedForward.Bytes);
        Assert.Equal(
            weightsOnly ? 16 : whole.FeedForward.MultiplyBits,
            format.FeedForward.MultiplyBits
        );
        Assert.True(whole.FeedForward.MultiplyBits < 16);
        // Stated as stored it is the same checkpoint, stated otherwise it is another.
        Assert.Equal(weightsOnly, On("B200 SXM", precision).WeightsOnly);
        Assert.False(On("B200 SXM", "bf16").WeightsOnly);
        if (weightsOnly)
        {
            // A chip without a unit for it widens it as well.
            Assert.Equal(precision, On("A100 SXM 80GB").Precision);
        }
    }

    [Fact]
    public void A_model_of_the_catalogue_has_the_same_interval_read_from_its_own_file()
    {
        double Error(string model)
        {
            _folder.File(
                "config.json",
                """{"model_type":"llama","hidden_size":4096,"intermediate_size":14336,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"vocab_size":128256,"max_position_embeddings":131072}"""
            );
            return InferenceFile
                .Read(
                    _folder.File(
                        "case.yaml",
                        $"kind: inference\n{model}\naccelerator: H100 SXM5\nengine_version: 0.19.0\nworkload:\n  clients:\n    - {{ name: a, rate: 5, input_tokens: 300, output_tokens: 50 }}\n"
                    )
                )
                .Law.LogError;
        }
        Assert.Equal(Error("model: Llama-3.1 8B"), Error("model_file: config.json"));
    }

    [Fact]
    public void A_precision_that_is_widened_rests_on_a_prior()
    {
        foreach (var quantised in (string[])["int4", "int8"])
        {
            var (exit, _, error) = Serve(Small(""), $"precision: {quantised}\n");
            Assert.Equal(0, exit);
            Assert.Contains("rests-on-a-prior", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_precision_is_warned_of_and_an_unknown_quantiser_asks_for_one()
    {
        var wider = Serve(
            Small(
                """
                "quantization_config":{"quant_method":"awq","bits":4}
                """
            ),
            "precision: bf16\n"
        );
        Assert.Equal(0, wider.Exit);
        Assert.Contains(
            "int4, in which the checkpoint is stored (awq)",
            wider.Error,
            StringComparison.Ordinal
        );
        var unknown = Small("\"quantization_config\":{\"quant_method\":\"aqlm\"}");
        var refused = Serve(unknown);
        Assert.Equal(2, refused.Exit);
        Assert.Contains("a checkpoint quantised by aqlm", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, Serve(unknown, "precision: int4\n").Exit);
    }

    [Fact]
    public void An_unknown_kind_and_a_size_beside_its_name_are_warned_of()
    {
        var (exit, _, error) = Serve(Small("", "foobar"));
        Assert.Equal(0, exit);
        Assert.Contains(
            "unknown-architecture: found model_type 'foobar'",
            error,
            StringComparison.Ordinal
        );
        PublishedModel Named(string name) =>
            HuggingFaceConfig.Published(Encoding.UTF8.GetBytes(Small("")), name);
        Assert.Contains(Named("Example-70B/config.json").Doubts(null), f => f.Rule == "parameters");
        Assert.Empty(Named("Example-8B/config.json").Doubts(null));
        Assert.Empty(Named("Example-8x7B/config.json").Doubts(null));
    }

    [Fact]
    public void Drafts_were_never_measured_and_widen_the_interval_by_what_is_put_in_for_them()
    {
        StepLaw Law(string keys)
        {
            var path = _folder.File(
                "drafts.yaml",
                $"kind: inference\nmodel: Llama-3.1 70B\naccelerator: H100 SXM5\nprecision: fp8\nlayout: {{ tensor_parallel: 4 }}\n{keys}workload:\n  clients:\n    - {{ name: a, rate: 5, input_tokens: 300, output_tokens: 50 }}\n"
            );
            return InferenceFile.Read(path).Law;
        }
        var plain = Law("");
        var drafted = Law("speculative: { draft_tokens: 3, acceptance: 0.7 }\n");
        Assert.Equal(Novelty.KnownDeployment, plain.Error.Novelty);
        Assert.NotEqual(Novelty.KnownDeployment, drafted.Error.Novelty);
        Assert.True(drafted.LogError > plain.LogError);
        // Groups by what was seen differ a little; the cost of drafts is none of a first token.
        Assert.Equal(
            plain.Error.TimeToFirstToken.LogHigh,
            drafted.Error.TimeToFirstToken.LogHigh,
            0.005
        );
        // Many drafts hang on their cost more than few.
        var many = Law("speculative: { draft_tokens: 12, acceptance: 0.7 }\n");
        Assert.True(many.LogError > drafted.LogError);
    }
}
