using System.Text;
using Plimsoll.Catalog;
using Plimsoll.Performance;
using Plimsoll.Serving.Cases;
using Xunit;

namespace Plimsoll.Tests.Serving;

/// <summary>A published config.json is the model that the catalogue has, and what it lacks is named.</summary>
public sealed class HuggingFaceConfigTest
{
    private static readonly CatalogView _view = FactCatalog
        .Shipped()
        .AsOf(new DateOnly(9999, 12, 31));

    [Theory]
    [InlineData(
        "Llama-3.1 8B",
        """{"model_type":"llama","hidden_size":4096,"intermediate_size":14336,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"vocab_size":128256,"max_position_embeddings":131072,"tie_word_embeddings":false}"""
    )]
    [InlineData(
        "DeepSeek-V3",
        """{"model_type":"deepseek_v3","first_k_dense_replace":3,"hidden_size":7168,"intermediate_size":18432,"kv_lora_rank":512,"max_position_embeddings":163840,"moe_intermediate_size":2048,"moe_layer_freq":1,"n_routed_experts":256,"n_shared_experts":1,"num_attention_heads":128,"num_experts_per_tok":8,"num_hidden_layers":61,"num_key_value_heads":128,"q_lora_rank":1536,"qk_nope_head_dim":128,"qk_rope_head_dim":64,"v_head_dim":128,"vocab_size":129280,"quantization_config":{"quant_method":"fp8","weight_block_size":[128,128]}}"""
    )]
    [InlineData(
        "gpt-oss-120b",
        """{"model_type":"gpt_oss","head_dim":64,"hidden_size":2880,"intermediate_size":2880,"num_attention_heads":64,"num_hidden_layers":4,"num_key_value_heads":8,"num_local_experts":128,"num_experts_per_tok":4,"sliding_window":128,"layer_types":["sliding_attention","full_attention","sliding_attention","full_attention"],"vocab_size":201088,"max_position_embeddings":131072,"quantization_config":{"quant_method":"mxfp4"}}"""
    )]
    [InlineData(
        "Qwen3-Next 80B-A3B",
        """{"model_type":"qwen3_next","full_attention_interval":4,"head_dim":256,"hidden_size":2048,"intermediate_size":5120,"moe_intermediate_size":512,"num_attention_heads":16,"num_experts":512,"num_experts_per_tok":10,"num_hidden_layers":48,"num_key_value_heads":2,"shared_expert_intermediate_size":512,"mlp_only_layers":[],"decoder_sparse_step":1,"vocab_size":151936,"max_position_embeddings":262144}"""
    )]
    [InlineData(
        "Gemma-3 27B",
        """{"model_type":"gemma3","text_config":{"model_type":"gemma3_text","head_dim":128,"hidden_size":5376,"intermediate_size":21504,"num_attention_heads":32,"num_hidden_layers":62,"num_key_value_heads":16,"sliding_window":1024,"sliding_window_pattern":6,"vocab_size":262208,"max_position_embeddings":131072,"tie_word_embeddings":true},"vision_config":{"hidden_size":1152}}"""
    )]
    [InlineData(
        "Mixtral 8x7B",
        """{"model_type":"mixtral","hidden_size":4096,"intermediate_size":14336,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"num_local_experts":8,"num_experts_per_tok":2,"sliding_window":null,"vocab_size":32000,"max_position_embeddings":32768}"""
    )]
    public void It_is_the_model_of_the_catalogue(string name, string json)
    {
        var read = HuggingFaceConfig.Read(Encoding.UTF8.GetBytes(json), "x");
        var known = LanguageModel.Of(_view, name);
        if (name == "gpt-oss-120b")
        {
            // Cut to four layers in the text above.
            Assert.Equal((2, 128), (read.SlidingLayers, read.SlidingWindow));
            known = known with { Layers = 4, SlidingLayers = 2 };
        }
        Assert.Equal(known.Family, read.Family);
        Assert.Equal(known.WeightPrecision, read.WeightPrecision);
        Assert.Equal(known.MaxContext, read.MaxContext);
        Assert.Equal(ModelSizes.Of(known), ModelSizes.Of(read));
    }

    [Theory]
    [InlineData("""{"hidden_size":4096}""", "num_hidden_layers or n_layer")]
    [InlineData(
        """{"num_hidden_layers":2,"hidden_size":64,"num_attention_heads":4,"vocab_size":100}""",
        "without intermediate_size"
    )]
    [InlineData(
        """{"num_hidden_layers":2,"hidden_size":64,"num_attention_heads":4,"vocab_size":100,"intermediate_size":8,"n_routed_experts":4}""",
        "num_experts_per_tok"
    )]
    [InlineData("""{"num_hidden_layers":2.5}""", "num_hidden_layers 2.5")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{", "no JSON that can be read")]
    public void What_it_lacks_is_named(string json, string words) =>
        Assert.Contains(
            words,
            Assert
                .Throws<InvalidDataException>(() =>
                    HuggingFaceConfig.Read(Encoding.UTF8.GetBytes(json), "x")
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_file_serves_like_the_catalogues_model()
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll");
        try
        {
            File.WriteAllText(
                Path.Combine(folder.FullName, "config.json"),
                """{"model_type":"llama","hidden_size":4096,"intermediate_size":14336,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"vocab_size":128256,"max_position_embeddings":131072}"""
            );
            string Output(string model)
            {
                var path = Path.Combine(folder.FullName, "case.yaml");
                File.WriteAllText(
                    path,
                    $"kind: inference\n{model}\naccelerator: H100 SXM5\nworkload:\n  requests: 500\n  clients:\n    - {{ name: a, rate: 5, input_tokens: 300, output_tokens: 50 }}\n"
                );
                var (exit, output, error) = Cli.CommandLine.Run(
                    "inference",
                    "simulate",
                    path,
                    "--json"
                );
                Assert.Equal("", Cli.CommandLine.Complaints(error));
                Assert.Equal(0, exit);
                return System.Text.Json.Nodes.JsonNode.Parse(output)!["latency"]!.ToJsonString();
            }
            Assert.Equal(Output("model: Llama-3.1 8B"), Output("model_file: config.json"));
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
