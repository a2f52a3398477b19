using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Input;

/// <summary>Slips of one who writes a study with a Chinese keyboard, in the words of the trade: each is named, and a number is offered where the text has one.</summary>
public sealed class ChineseSlipsTest
{
    /// <summary>A currency behind an amount is no other amount: the number is offered on the condition that the study counts in it, and never where the words speak of another measure.</summary>
    [Theory]
    [InlineData("0.52元", "1", 0.52)]
    [InlineData("0.52元/千瓦时", "1", 0.52)]
    [InlineData("0.9亿元", "1", 90_000_000.0)]
    [InlineData("9000万元人民币", "1", 90_000_000.0)]
    [InlineData("11元/卡时", "1", 11.0)]
    [InlineData("64000元/月", "1", null)]
    [InlineData("36个月", "months", 36.0)]
    [InlineData("3年", "months", 36.0)]
    [InlineData("5秒", "ms", 5000.0)]
    [InlineData("5元", "months", null)]
    public void An_amount_with_its_currency_is_offered_as_a_number(
        string text,
        string unit,
        double? number
    )
    {
        var readings = NumberReading.Of(text, unit);
        Assert.Equal(number, readings.Count == 0 ? null : Assert.Single(readings).Value);
        if (text.Contains('元', StringComparison.Ordinal) && number is not null)
        {
            Assert.Equal("the study counts in yuan", readings[0].If);
        }
    }

    [Theory]
    [InlineData("question: 业主", "Did you mean 'owner'?")]
    [InlineData("融资: { margin: 0.02 }", "Did you mean 'finance'?")]
    [InlineData("decided: 2025年6月", "Write 2025-06.")]
    [InlineData("site: { tariff: 52 }", "If cents (fen) are meant, write 0.52.")]
    [InlineData(
        "signed: [{ price_per_gpu_hour: 64000 }]",
        "If a month of an accelerator is meant, write 87.671. If a month of a server of eight accelerators is meant, write 10.959."
    )]
    [InlineData("signed: [{ price_per_gpu_hour：11， tenor: 36 }]", "switch the keyboard")]
    [InlineData("finance: { reserve: }", "take the key away; without it 3 holds")]
    [InlineData("question: owner\nfinance: { reserve: }", "0 only if there is none")]
    public void A_slip_is_answered_with_what_is_meant(string text, string remedy) =>
        Assert.Contains(
            Found("kind: study\n" + text),
            f => f.Finding.Remedy.Contains(remedy, StringComparison.Ordinal)
        );

    /// <summary>The parser stops at the first; all of them are told, each at its sign, in Chinese too.</summary>
    [Fact]
    public void Every_full_width_colon_is_told_at_once()
    {
        const string Text =
            "kind: study\nname：x\nsite:\n  tariff：0.52\n  name: 'a：b'\nfleet:\n  - { server: x, servers：3 }\n";
        var found = Assert.Throws<InputException>(() => YamlInput.Read(Text, "x.yaml")).Findings;
        Assert.Equal([(2, 5), (4, 9), (7, 25)], found.Select(f => (f.Line, f.Column)));
        Assert.All(
            found,
            f =>
                Assert.Contains(
                    "半角",
                    FindingWords.Line(f, PhraseBook.Chinese),
                    StringComparison.Ordinal
                )
        );
    }

    /// <summary>What the parser says of its own states is said in plain words, and in Chinese.</summary>
    [Theory]
    [InlineData("kind: study\nname: \"abc\nx: 1\n")]
    [InlineData("kind: study\nname: a: b\n")]
    [InlineData("kind: study\nsite: {a: 1\nfleet: 2\n")]
    [InlineData("kind: study\nfleet:\n  - a\n  b: 1\n")]
    [InlineData("kind: study\nname: @x\n")]
    [InlineData("kind: study\n\tname: x\n")]
    [InlineData("kind: study\nname: &a x\n")]
    public void A_broken_file_is_told_in_Chinese(string text)
    {
        var found = Assert.Throws<InputException>(() => YamlInput.Read(text, "x.yaml")).Findings;
        Assert.All(
            found,
            f =>
                Assert.DoesNotMatch(
                    "[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}",
                    FindingWords.Line(f, PhraseBook.Chinese)
                )
        );
    }

    /// <summary>Two sentences of a remedy are each told in Chinese, and a likely slip with its alternative.</summary>
    [Theory]
    [InlineData(
        "If cents (fen) are meant, write 0.52. If a price per MWh is meant, write 0.052.",
        "若以分计，请写0.52。若指每兆瓦时的价格，请写0.052。"
    )]
    [InlineData(
        "Perhaps written in units of 10,000 (wan, 万), or written in thousands. Correct the number or its unit.",
        "可能是以万计，或以千计。请改正数值或单位。"
    )]
    public void Sentences_one_after_the_other_are_each_told(string english, string chinese) =>
        Assert.Equal(chinese, PhraseBook.Chinese.Say(FindingWords.Of(english)));

    private static IReadOnlyList<LocatedFinding> Found(string text) =>
        new InputCheck(
            StudyInputs.Table(),
            FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31)).Names,
            "x.yaml"
        ).Run(YamlInput.Read(text, "x.yaml"));
}
