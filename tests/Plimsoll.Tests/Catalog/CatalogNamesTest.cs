using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Catalog;

/// <summary>What the catalogue knows is found by the names that people use for it, and by none that could be another's.</summary>
public sealed class CatalogNamesTest
{
    private static readonly CatalogView _all = FactCatalog
        .Shipped()
        .AsOf(new DateOnly(9999, 12, 31));

    private static readonly CatalogNames _names = new(_all);

    private static readonly string _text = File.ReadAllText(
        Path.Combine(TestData.Repository(), "studies", "zhengzhou-2024.yaml")
    );

    [Theory]
    [InlineData("sites", "西安", "Xian")]
    [InlineData("sites", "Xi'an", "Xian")]
    [InlineData("sites", "西安市", "Xian")]
    [InlineData("sites", "中卫", "Zhongwei")]
    [InlineData("sites", "上海", "Shanghai")]
    [InlineData("sites", "法兰克福", "Frankfurt")]
    [InlineData("sites", "new york", "New York")]
    [InlineData("servers", "H800", "8xH800")]
    [InlineData("servers", "8卡H800", "8xH800")]
    [InlineData("servers", "8 x H100", "8xH100")]
    [InlineData("servers", "8×H100", "8xH100")]
    [InlineData("servers", "H100 x8", "8xH100")]
    [InlineData("servers", "NVIDIA H20", "8xH20")]
    [InlineData("servers", "910B", "8x910B")]
    [InlineData("servers", "昇腾910B", "8x910B")]
    [InlineData("servers", "Ascend 910B", "8x910B")]
    [InlineData("servers", "８ｘＨ８００", "8xH800")]
    [InlineData("accelerators", "H800", "H800 SXM5")]
    [InlineData("accelerators", "910B", "Ascend 910B3")]
    [InlineData("accelerators", "寒武纪思元590", "Cambricon MLU590")]
    [InlineData("vouchers", "河南", "Henan")]
    [InlineData("models", "deepseek r1", "DeepSeek-R1")]
    public void A_usual_name_is_the_entry(string kind, string written, string entry) =>
        Assert.Equal(entry, _names.Find(kind, written));

    /// <summary>A chip that is made in several forms, a province, a server of four: none is guessed.</summary>
    [Theory]
    [InlineData("accelerators", "H100")]
    [InlineData("sites", "河南")]
    [InlineData("sites", "Guangdong")]
    [InlineData("servers", "4xH100")]
    [InlineData("servers", "")]
    [InlineData("servers", "市")]
    public void What_could_be_another_is_not_guessed(string kind, string written) =>
        Assert.Null(_names.Find(kind, written));

    [Fact]
    public void A_province_proposes_its_sites()
    {
        Assert.Equal(["Zhengzhou"], _names.Meant("sites", "河南省"));
        Assert.Equal(["Guangzhou", "Shenzhen", "Shaoguan"], _names.Meant("sites", "Guangdong"));
        Assert.Empty(_names.Meant("sites", "nowhere"));
    }

    /// <summary>Every entry is found by its own name, and no further name of one is that of another.</summary>
    [Fact]
    public void Every_further_name_is_of_one_entry()
    {
        foreach (var entry in _all.Kinds.SelectMany(_all.Entries))
        {
            Assert.Equal(entry.Name, _names.Find(entry.Kind, entry.Name));
            foreach (
                var text in new[] { CatalogNames.Also, "name_zh" }
                    .Select(entry.TextOrNull)
                    .OfType<string>()
                    .SelectMany(t => t.Split(';', StringSplitOptions.TrimEntries))
            )
            {
                Assert.Equal(entry.Name, _names.Find(entry.Kind, text));
            }
        }
    }

    [Fact]
    public void A_study_in_the_names_of_the_trade_is_the_same_study()
    {
        var table = StudyInputs.Table();
        var called = (InputMapping)
            YamlInput.Read(
                _text
                    .Replace("name: Zhengzhou #", "name: 郑州 #", StringComparison.Ordinal)
                    .Replace("server: 8xH800", "server: 英伟达 H800", StringComparison.Ordinal)
                    .Replace(
                        "voucher_scheme: Henan",
                        "voucher_scheme: 河南",
                        StringComparison.Ordinal
                    ),
                "study"
            );
        var meant = new InputValues(table, _names.In(called, table));
        Assert.NotEqual("Zhengzhou", new InputValues(table, called).Text("site.name"));
        Assert.Equal("Zhengzhou", meant.Text("site.name"));
        Assert.Equal("8xH800", meant.Items("fleet")[0].Text("server"));
        Assert.Equal("Henan", meant.Text("centre.voucher_scheme"));
    }

    [Fact]
    public void A_name_that_is_none_is_answered_with_what_may_be_meant()
    {
        var findings = Plimsoll
            .Study.Load(
                _text.Replace("name: Zhengzhou #", "name: 广东 #", StringComparison.Ordinal)
            )
            .Check();
        var found = Assert.Single(findings, f => f.Finding.Rule == "not-a-choice");
        Assert.Equal(
            "Did you mean 'Guangzhou'? Near too: Shenzhen, Shaoguan.",
            found.Finding.Remedy
        );
    }
}
