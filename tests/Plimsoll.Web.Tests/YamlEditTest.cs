using Plimsoll.Inputs;
using Plimsoll.Web.Documents;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>A field changes its own value in the text and nothing else, whatever the study.</summary>
public sealed class YamlEditTest
{
    public static TheoryData<string> Shipped => [.. ShippedStudies.Names];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_value_set_anew_is_read_back_and_all_others_stay(string name)
    {
        var text = ShippedStudies.Text(name)!;
        var before = Values(text);
        foreach (var (path, value) in before.Where(v => v.Key != "explanation"))
        {
            var changed = value is "true" ? "false" : value + "1";
            var edited = YamlEdit.Set(text, path, changed, words: false);
            var after = Values(edited);
            Assert.Equal(changed, after[path]);
            Assert.Equal(
                before.Where(v => v.Key != path).OrderBy(v => v.Key, StringComparer.Ordinal),
                after.Where(v => v.Key != path).OrderBy(v => v.Key, StringComparer.Ordinal)
            );
            Assert.Equal(Comments(text), Comments(edited));
        }
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_silent_field_can_be_written_and_taken_away_again(string name)
    {
        var text = ShippedStudies.Text(name)!;
        var before = Values(text);
        foreach (
            var row in StudyDocument.Table.Rows.Where(r =>
                !r.Path.Contains("[]", StringComparison.Ordinal)
                && r.Type is not (InputType.Section or InputType.List)
                && !before.Keys.Any(k =>
                    k == r.Path || k.StartsWith(r.Path + ".", StringComparison.Ordinal)
                )
            )
        )
        {
            var edited = YamlEdit.Set(text, row.Path, "7", words: false);
            Assert.Equal("7", Values(edited)[row.Path]);
            Assert.Equal(before.Count + 1, Values(edited).Count);
            var back = YamlEdit.Set(edited, row.Path, null, words: false);
            Assert.Equal(
                before.OrderBy(v => v.Key, StringComparer.Ordinal),
                Values(back).OrderBy(v => v.Key, StringComparer.Ordinal)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_field_emptied_and_filled_again_stands_where_it_stood(string name)
    {
        var text = ShippedStudies.Text(name)!;
        string[] Keys(string of) =>
            [
                .. of.Split('\n')
                    .Where(l => l.Length > 0 && char.IsAsciiLetter(l[0]))
                    .Select(l => l.Split(':')[0]),
            ];
        foreach (var path in new[] { "name", "question", "decided", "horizon", "seed" })
        {
            var value = Values(text)[path];
            var emptied = YamlEdit.Set(text, path, null, words: false);
            Assert.DoesNotContain(path, Keys(emptied));
            Assert.Equal(Keys(text), Keys(YamlEdit.Set(emptied, path, value, words: true)));
        }
    }

    [Theory]
    [InlineData("name", "=HYPERLINK(\"x\")")]
    [InlineData("name", "- a: b # c")]
    [InlineData("name", "中心：一号, \"二\"")]
    [InlineData("name", "true")]
    [InlineData("name", "2024")]
    [InlineData("name", "a\nb\tc")]
    [InlineData("name", "{ x: 1 }")]
    [InlineData("name", "trailing ")]
    [InlineData("centre.operator", "*alias &anchor !tag")]
    [InlineData("fleet[0].name", "'quoted'")]
    public void Words_stay_the_words_that_were_typed(string path, string words)
    {
        var edited = YamlEdit.Set(ShippedStudies.Text("zhengzhou-2024")!, path, words, words: true);
        Assert.Equal(words, Values(edited)[path]);
    }

    [Fact]
    public void An_item_that_is_not_there_cannot_be_written() =>
        Assert.Throws<ArgumentException>(() =>
            YamlEdit.Set(
                ShippedStudies.Text("zhengzhou-2024")!,
                "signed[0].tenor",
                "24",
                words: false
            )
        );

    [Fact]
    public void Items_are_added_and_removed()
    {
        var text = ShippedStudies.Text("zhengzhou-2024")!;
        var before = Values(text);
        var added = YamlEdit.AddItem(
            text,
            "fleet",
            [KeyValuePair.Create("server", "8xA800"), KeyValuePair.Create("servers", "4")]
        );
        Assert.Equal("8xA800", Values(added)["fleet[1].server"]);
        Assert.Equal("4", Values(added)["fleet[1].servers"]);
        Assert.Equal(before, Values(YamlEdit.RemoveItem(added, "fleet", 1)));
        var first = YamlEdit.RemoveItem(added, "fleet", 0);
        Assert.Equal("8xA800", Values(first)["fleet[0].server"]);
        var signed = YamlEdit.AddItem(text, "signed", [KeyValuePair.Create("tenant", "x")]);
        Assert.Equal("x", Values(signed)["signed[0].tenant"]);
        var quoted = YamlEdit.AddItem(
            text,
            "market.quotes",
            [KeyValuePair.Create("date", "2024-01")]
        );
        Assert.Equal("2024-01", Values(quoted)["market.quotes[0].date"]);
        Assert.Equal(before, Values(YamlEdit.RemoveItem(signed, "signed", 0)));
    }

    [Fact]
    public void An_item_of_empty_keys_is_filled_in_any_order_and_emptied()
    {
        string[] keys = ["tenant", "servers", "price_per_gpu_hour", "tenor"];
        var empty = YamlEdit.AddItem(
            ShippedStudies.Text("zhengzhou-2024")!,
            "signed",
            [.. keys.Select(k => KeyValuePair.Create(k, ""))]
        );
        foreach (var order in new[] { keys, [.. keys.Reverse()] })
        {
            var text = empty;
            foreach (var key in order)
            {
                foreach (var value in new[] { "1: a", "2", "3 # b", "4" })
                {
                    text = YamlEdit.Set(text, $"signed[0].{key}", value, words: key == "tenant");
                    Assert.True(StudyDocument.Of(text).Readable, text[^300..]);
                    Assert.Equal(value, Values(text)[$"signed[0].{key}"]);
                }
            }
            foreach (var key in order)
            {
                text = YamlEdit.Set(text, $"signed[0].{key}", null, words: false);
                Assert.True(StudyDocument.Of(text).Readable, text[^300..]);
            }
        }
        foreach (var key in keys)
        {
            var text = YamlEdit.Set(empty, $"signed[0].{key}", null, words: false);
            Assert.True(StudyDocument.Of(text).Readable, text[^300..]);
            Assert.Equal(Values(empty).Count - 1, Values(text).Count);
        }
    }

    [Fact]
    public void A_number_gets_a_range_and_keeps_it()
    {
        var text = ShippedStudies.Text("zhengzhou-2024")!;
        var ranged = YamlEdit.Set(text, "finance.margin.low", "0.02", false);
        ranged = YamlEdit.Set(ranged, "finance.margin.high", "0.04", false);
        ranged = YamlEdit.Set(ranged, "finance.margin", "0.03", false);
        var values = Values(ranged);
        Assert.Equal("0.03", values["finance.margin.value"]);
        Assert.Equal("0.02", values["finance.margin.low"]);
        Assert.Equal("0.04", values["finance.margin.high"]);
        Assert.True(StudyDocument.Of(ranged).Sound);
    }

    private static Dictionary<string, string> Values(string text) =>
        FormField
            .Values(StudyDocument.Of(text).Root, "")
            .ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);

    private static List<string> Comments(string text) =>
        [
            .. text.Split('\n')
                .Where(l => l.Contains(" #", StringComparison.Ordinal) || l.StartsWith('#'))
                .Select(l => l[l.IndexOf('#', StringComparison.Ordinal)..]),
        ];
}
