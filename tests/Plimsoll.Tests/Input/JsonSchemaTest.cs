using Plimsoll.Cli;
using Plimsoll.Inputs;
using Plimsoll.Yaml;
using Xunit;
using Schema = NJsonSchema.JsonSchema;

namespace Plimsoll.Tests.Input;

/// <summary>The schema that editors use and the check that the program uses agree.</summary>
public sealed class JsonSchemaTest
{
    public static TheoryData<string> Kinds() => [.. InputFiles.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_schema_accepts_what_the_check_accepts(string kind)
    {
        var table = InputFiles.Kinds[kind];
        var schema = await Load(table);
        foreach (var full in (bool[])[false, true])
        {
            var sample = InputSample.Write(table, full);
            var node = YamlInput.Read(sample, "sample.yaml");
            Assert.Empty(Findings(table, node));
            Assert.Empty(schema.Validate(InputSample.Json(node)!.ToJsonString()));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_schema_refuses_what_the_check_refuses(string kind)
    {
        var table = InputFiles.Kinds[kind];
        var schema = await Load(table);
        var refused = 0;
        foreach (var (wrong, why) in Wrong(InputSample.Write(table, full: true), table))
        {
            var node = YamlInput.Read(wrong, "wrong.yaml");
            Assert.True(Findings(table, node).Count > 0, $"the check lets pass: {why}");
            Assert.True(
                schema.Validate(InputSample.Json(node)!.ToJsonString()).Count > 0,
                $"the schema lets pass: {why}"
            );
            refused++;
        }
        Assert.True(refused > 5);
    }

    [Fact]
    public async Task The_schema_is_draft_07_with_descriptions_and_names()
    {
        var table = InputFiles.Kinds["study"];
        var text = JsonSchema.Of(table, InputSample.View.Names).ToJsonString();
        Assert.Contains("http://json-schema.org/draft-07/schema#", text, StringComparison.Ordinal);
        Assert.Contains("\"Zhengzhou\"", text, StringComparison.Ordinal);
        var schema = await Load(table);
        foreach (var row in table.Children(""))
        {
            Assert.NotEmpty(schema.Properties[row.Key].Description!);
        }
    }

    /// <summary>Each line of a file with a scalar made wrong in turn.</summary>
    private static IEnumerable<(string Text, string Why)> Wrong(string sample, InputTable table)
    {
        yield return (sample + "no_such_key: 1\n", "an unknown key");
        yield return (sample.Replace("kind: ", "kind: not-", StringComparison.Ordinal), "a kind");
        var lines = sample.Split('\n');
        // A name that the file itself may have given is for the check alone: a schema does not look up one key in another.
        var words = table
            .Rows.Where(r =>
                r.Type == InputType.Text
                || (
                    r.Type == InputType.CatalogName
                    && table.Rows.Any(own => own.Declares == r.CatalogKind)
                )
            )
            .Select(r => r.Key)
            .ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            var colon = lines[i].IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0)
            {
                continue;
            }
            var key = lines[i][..colon].Trim(' ', '-');
            string With(string value) =>
                string.Join('\n', lines.Select((l, j) => j == i ? $"{l[..colon]}: {value}" : l));
            yield return (With("{ nonsense: 1 }"), $"{key}: a mapping");
            if (!words.Contains(key))
            {
                yield return (With("\"not this\""), $"{key}: other words");
                yield return (With("[[1]]"), $"{key}: a list in a list");
            }
            foreach (
                var row in table.Rows.Where(r => r.Key == key && double.IsFinite(r.Max)).Take(1)
            )
            {
                if (
                    row.Type is InputType.Number or InputType.Integer
                    && table.Rows.Count(r => r.Key == key) == 1
                )
                {
                    yield return (
                        With($"{(row.Max > 0 ? row.Max * 2 : row.Max + 1):0.######}"),
                        $"{key}: above its range"
                    );
                }
            }
        }
        foreach (var row in table.Children("").Where(r => r.Required && r.Key != "kind"))
        {
            yield return (
                System.Text.RegularExpressions.Regex.Replace(
                    sample,
                    $"(?m)^{row.Key}:.*\n(?:[ -].*\n)*",
                    "",
                    System.Text.RegularExpressions.RegexOptions.None,
                    TimeSpan.FromMinutes(1)
                ),
                $"{row.Key} is missing"
            );
        }
    }

    private static IReadOnlyList<LocatedFinding> Findings(InputTable table, InputNode node) =>
        new InputCheck(table, InputSample.View.Names, "file.yaml").Run(node);

    private static Task<Schema> Load(InputTable table) =>
        Schema.FromJsonAsync(
            JsonSchema.Of(table, InputSample.View.Names).ToJsonString(),
            TestContext.Current.CancellationToken
        );
}
