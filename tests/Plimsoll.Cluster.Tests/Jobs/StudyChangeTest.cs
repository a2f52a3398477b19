using System.Text.Json.Nodes;
using CsCheck;
using Plimsoll.Inputs;
using Plimsoll.Jobs;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Cluster.Tests.Jobs;

/// <summary>Values set in a study, and studies written anew.</summary>
public sealed class StudyChangeTest
{
    private const string Study = """
        kind: study # a remark
        name: "a: b"
        finance:
          gearing: { value: 0.7, low: 0.6, high: 0.8 }
        fleet:
          - server: 8xH800
            servers: 128
        """;

    [Fact]
    public void Values_are_set_where_the_path_leads_and_sections_are_made()
    {
        var changes = StudyChange.Write([
            new StudyChange("finance.gearing", JsonValue.Create(0.5)),
            new StudyChange("fleet[0].servers", JsonValue.Create(64)),
            new StudyChange("market.name", JsonValue.Create("united states")),
        ]);
        var root = (InputMapping)YamlInput.Read(StudyChange.Apply(Study, changes), "study");
        var finance = (InputMapping)root.Find("finance")!.Value;
        Assert.Equal("0.5", ((InputScalar)finance.Find("gearing")!.Value).Text);
        var fleet = (InputMapping)((InputSequence)root.Find("fleet")!.Value).Items[0];
        Assert.Equal("64", ((InputScalar)fleet.Find("servers")!.Value).Text);
        Assert.Equal("8xH800", ((InputScalar)fleet.Find("server")!.Value).Text);
        var market = (InputMapping)root.Find("market")!.Value;
        Assert.Equal("united states", ((InputScalar)market.Find("name")!.Value).Text);
        Assert.Equal("a: b", ((InputScalar)root.Find("name")!.Value).Text);
    }

    [Fact]
    public void Nothing_changed_is_the_text_itself() =>
        Assert.Same(Study, StudyChange.Apply(Study, ""));

    [Theory]
    [InlineData("fleet[3].servers")]
    [InlineData("kind.name")]
    [InlineData("finance[0]")]
    [InlineData("fleet[x]")]
    [InlineData("")]
    public void A_path_that_leads_nowhere_is_refused(string path) =>
        Assert.Throws<InvalidDataException>(() =>
            StudyChange.Apply(Study, StudyChange.Write([new StudyChange(path, 1)]))
        );

    [Fact]
    public void Any_words_are_read_back_as_they_were_set() =>
        Gen.String[Gen.Char[' ', '\uD7FF'], 1, 30]
            .Where(t =>
                t.All(c => !char.IsControl(c) && c is not ('\u2028' or '\u2029' or '\uFEFF'))
            )
            .Sample(text =>
            {
                var changes = StudyChange.Write([new StudyChange("name", JsonValue.Create(text)!)]);
                var root = (InputMapping)YamlInput.Read(StudyChange.Apply(Study, changes), "study");
                Assert.Equal(text, ((InputScalar)root.Find("name")!.Value).Text);
            });

    [Fact]
    public void A_shipped_kind_of_file_written_anew_reads_as_the_same_nodes()
    {
        var root = YamlInput.Read(Study, "study");
        Assert.Equal(Shape(root), Shape(YamlInput.Read(YamlText.Of(root), "study")));
    }

    private static string Shape(InputNode node) =>
        node switch
        {
            InputMapping m =>
                $"{{{string.Join(", ", m.Entries.Select(e => $"{e.Key}: {Shape(e.Value)}"))}}}",
            InputSequence s => $"[{string.Join(", ", s.Items.Select(Shape))}]",
            InputScalar s => $"{s.Text}/{s.Quoted}",
            _ => throw new NotSupportedException(),
        };
}
