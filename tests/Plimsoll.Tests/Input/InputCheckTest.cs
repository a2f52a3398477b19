using Plimsoll.Inputs;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Input;

public sealed class InputCheckTest
{
    private static readonly InputTable _table = new(
        "study",
        "A study.",
        new("name", InputType.Text, "Its name.") { Required = true },
        new("servers", InputType.Integer, "How many.")
        {
            Min = 1,
            Max = 100_000,
            Unit = "servers",
        },
        new("share", InputType.Number, "A share.")
        {
            Min = 0,
            Max = 1,
            Unit = "fraction",
        },
        new("online", InputType.Month, "When."),
        new("lit", InputType.Boolean, "Whether."),
        new("role", InputType.Choice, "Whose.") { Choices = ["sponsor", "lender", "owner"] },
        new("site", InputType.Section, "Where."),
        new("site.place", InputType.CatalogName, "Place.") { CatalogKind = "sites" },
        new("site.tariff", InputType.Number, "Price.")
        {
            Min = 0,
            Max = 10,
            Unit = "CNY/kWh",
        },
        new("fleet", InputType.List, "The fleet.") { Min = 1, Max = 3 },
        new("fleet[].server", InputType.Text, "Server.") { Required = true },
        new("fleet[].count", InputType.Integer, "How many.") { Min = 0 },
        new("curve", InputType.NumberList, "Numbers.") { Min = 2, Max = 4 }
    );

    [Theory]
    [InlineData(
        "servers: 0",
        3,
        10,
        "servers",
        "out-of-range",
        "found '0'; expected a whole number from 1 to 100,000 in servers"
    )]
    [InlineData(
        "servers: 1.5",
        3,
        10,
        "servers",
        "wrong-type",
        "Write a whole number; 1.5 is not one"
    )]
    [InlineData(
        "servers: 1,000",
        3,
        10,
        "servers",
        "wrong-type",
        "Write 1 if the comma marks decimals, or 1000 if the comma parts thousands"
    )]
    [InlineData(
        "servers: 1.024",
        3,
        10,
        "servers",
        "wrong-type",
        "Write 1024 if the point parts thousands"
    )]
    [InlineData(
        "servers: 12.000",
        3,
        10,
        "servers",
        "wrong-type",
        "Write 12 if the point marks decimals, or 12000 if the point parts thousands"
    )]
    [InlineData("servers: 900.000.000", 3, 10, "servers", "wrong-type", "Write")]
    [InlineData("share: 5,3", 3, 8, "share", "wrong-type", "If per cent are meant, write 0.053.")]
    [InlineData("share: 42,75", 3, 8, "share", "wrong-type", "per cent are meant, write 0.4275.")]
    [InlineData("servers: \"8\"", 3, 10, "servers", "wrong-type", "Take the quotes away: 8")]
    [InlineData("servers: 8 servers", 3, 10, "servers", "wrong-type", "Write 8 for 8 servers")]
    [InlineData("share: 80%", 3, 8, "share", "wrong-type", "Write 0.8 for 80%")]
    [InlineData("share:", 3, 7, "share", "empty", "Write a value after 'share:', or take the key")]
    [InlineData("share: ~", 3, 8, "share", "empty", "or take the key away. A share.")]
    [InlineData("site:", 3, 6, "site", "empty", "found no value")]
    [InlineData("fleet:", 3, 7, "fleet", "empty", "found no value")]
    [InlineData("share: { value: 0.5, source: }", 3, 30, "share.source", "wrong-type", "no value")]
    [InlineData("share: 80", 3, 8, "share", "out-of-range", "If per cent are meant, write 0.8.")]
    [InlineData("online: 1999-12", 3, 9, "online", "out-of-range", "from 2000-01 to 2075-12")]
    [InlineData("online: 2076-01", 3, 9, "online", "out-of-range", "from 2000-01 to 2075-12")]
    [InlineData("share: .nan", 3, 8, "share", "wrong-type", "found '.nan'")]
    [InlineData("share: 1e400", 3, 8, "share", "wrong-type", "found '1e400'")]
    [InlineData("share: [0.1]", 3, 8, "share", "wrong-type", "Write one number")]
    [InlineData(
        "share: { value: 0.5, low: 0.6 }",
        3,
        17,
        "share",
        "range-misses-value",
        "found 0.5 outside 0.6 to 0.5"
    )]
    [InlineData(
        "share: { value: 2 }",
        3,
        17,
        "share.value",
        "out-of-range",
        "expected a number from 0 to 1"
    )]
    [InlineData(
        "share: { value: 0.5, hihg: 0.6 }",
        3,
        22,
        "share.hihg",
        "unknown-key",
        "Did you mean 'high'?"
    )]
    [InlineData(
        "share: { value: 0.5, grade: E }",
        3,
        29,
        "share.grade",
        "not-a-choice",
        "A, B, C or D"
    )]
    [InlineData(
        "share: { value: 0.5, grade: 1 }",
        3,
        29,
        "share.grade",
        "not-a-choice",
        "A, B, C or D"
    )]
    [InlineData(
        "share: { value: 0.5, value: 0.6 }",
        3,
        22,
        "share.value",
        "duplicate-key",
        "each once"
    )]
    [InlineData("online: 2024-3", 3, 9, "online", "wrong-type", "Write 2024-03.")]
    [InlineData("online: 2024/03/15", 3, 9, "online", "wrong-type", "Write 2024-03.")]
    [InlineData("online: March", 3, 9, "online", "wrong-type", "Write for example 2024-03.")]
    [InlineData("lit: yes", 3, 6, "lit", "wrong-type", "Write true.")]
    [InlineData("lit: \"false\"", 3, 6, "lit", "wrong-type", "Take the quotes away: false.")]
    [InlineData("role: londer", 3, 7, "role", "not-a-choice", "Did you mean 'lender'?")]
    [InlineData(
        "site: Zhengzhou",
        3,
        7,
        "site",
        "wrong-type",
        "Write its keys below it, indented: place:, tariff:"
    )]
    [InlineData(
        "site: { place: Zengzhou }",
        3,
        16,
        "site.place",
        "not-a-choice",
        "Did you mean 'Zhengzhou'?"
    )]
    [InlineData(
        "site: { place: Atlantis }",
        3,
        16,
        "site.place",
        "not-a-choice",
        "Run 'plimsoll catalog list sites'"
    )]
    [InlineData(
        "tariff: 0.5",
        3,
        1,
        "tariff",
        "unknown-key",
        "The key 'tariff' belongs at 'site.tariff'"
    )]
    [InlineData("serverz: 8", 3, 1, "serverz", "unknown-key", "Did you mean 'servers'?")]
    [InlineData(
        "wholly: 8",
        3,
        1,
        "wholly",
        "unknown-key",
        "Keys here are: kind, version, name, servers"
    )]
    [InlineData("name: again", 3, 1, "name", "duplicate-key", "It stands on line 2 too")]
    [InlineData(
        "fleet: []",
        3,
        8,
        "fleet",
        "wrong-count",
        "found 0 items; expected a list of items, count from 1 to 3"
    )]
    [InlineData(
        "fleet: 8xH100",
        3,
        8,
        "fleet",
        "wrong-type",
        "Write its items below it: '- server: ...'"
    )]
    [InlineData("fleet: [8xH100]", 3, 9, "fleet[0]", "wrong-type", "Write '- server: ...'")]
    [InlineData("fleet: [{ count: 1 }]", 3, 9, "fleet[0].server", "missing-key", "Add 'server:'")]
    [InlineData(
        "fleet: [{ server: a, count: -1 }]",
        3,
        29,
        "fleet[0].count",
        "out-of-range",
        "of at least 0"
    )]
    [InlineData("curve: [1]", 3, 8, "curve", "wrong-count", "found 1 items")]
    [InlineData("curve: [1, x]", 3, 12, "curve[1]", "wrong-type", "found 'x'")]
    public void A_fault_is_reported_with_place_value_rule_and_remedy(
        string line,
        int atLine,
        int atColumn,
        string path,
        string rule,
        string words
    )
    {
        var found = Assert.Single(Check($"kind: study\nname: x\n{line}\n"));
        Assert.Equal((atLine, atColumn), (found.Line, found.Column));
        Assert.Equal(path, found.Finding.Path.Text);
        Assert.Equal(rule, found.Finding.Rule);
        Assert.Contains(words, found.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(
            $"study.yaml:{atLine}:{atColumn}: {path}: ",
            found.ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("servers: 1_000")]
    [InlineData("servers: 1e3")]
    [InlineData("share: 0.5 # half")]
    [InlineData("share: { value: 0.5, low: 0.4, high: 0.6, source: own, grade: D }")]
    [InlineData("online: \"2024-03\"")]
    [InlineData("site: { place: Zhengzhou, tariff: 0.64 }")]
    [InlineData("curve: [1, 2.5e3]")]
    public void Sound_ways_of_writing_pass(string line) =>
        Assert.Empty(Check($"kind: study\nname: x\n{line}\n"));

    [Fact]
    public void All_faults_are_reported_at_once_in_file_order()
    {
        var found = Check(
            "kind: study\nnmae: x\nservers: 0\nshare: 2\nsite:\n  place: Zengzhou\n  tarif: 1\nfleet:\n  - count: x\n"
        );
        Assert.Equal(
            [
                "name",
                "nmae",
                "servers",
                "share",
                "site.place",
                "site.tarif",
                "fleet[0].server",
                "fleet[0].count",
            ],
            found.Select(f => f.Finding.Path.Text)
        );
        Assert.Contains("line 2 has 'nmae'", found[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_without_end_are_cut()
    {
        var text =
            "kind: study\nname: x\n"
            + string.Concat(Enumerable.Range(0, 5000).Select(i => $"k{i}: 1\n"));
        var found = Check(text);
        Assert.Equal(InputCheck.MaxFindings + 1, found.Count);
        Assert.Equal("too-many", found[^1].Finding.Rule);
    }

    [Theory]
    [InlineData("kind: study\nsite:\n\tplace: x\n", 3, 1, "tab")]
    [InlineData("kind: study\nname: \"abc\nx: 1\n", 3, 1, "not-yaml")]
    [InlineData("kind: study\nname: a: b\n", 2, 8, "not-yaml")]
    [InlineData("kind: study\nsite: {a: 1\nfleet: 2\n", 2, 1, "not-yaml")]
    [InlineData("kind: study\nname: &a x\n", 2, 7, "alias")]
    [InlineData("kind: study\nname: !!int 3\n", 2, 7, "tag")]
    [InlineData("kind: study\n---\nkind: study\n", 2, 1, "second-document")]
    [InlineData("kind: study\n? [a]\n: 1\n", 2, 3, "key")]
    [InlineData("", 1, 1, "empty")]
    [InlineData("# nothing\n", 1, 1, "empty")]
    public void What_is_no_plain_yaml_is_refused_with_its_place(
        string text,
        int line,
        int column,
        string rule
    )
    {
        var e = Assert.Throws<InputException>(() => YamlInput.Read(text, "study.yaml"));
        var found = Assert.Single(e.Findings);
        Assert.Equal(rule, found.Finding.Rule);
        Assert.Equal(line, found.Line);
        Assert.True(column == 1 || column == found.Column, $"{found}");
    }

    [Fact]
    public void Values_come_back_typed_with_defaults()
    {
        var table = new InputTable(
            "k",
            "t.",
            new("a", InputType.Number, "A.")
            {
                Default = "3",
                DefaultLow = 2,
                DefaultHigh = 5,
                Source = "own",
                Unit = "kW",
            },
            new("b", InputType.NumberList, "B.") { Default = "1 2,3" },
            new("c", InputType.Month, "C."),
            new("s", InputType.Section, "S."),
            new("s.d", InputType.Boolean, "D.") { Default = "false" }
        );
        InputValues Read(string text) => new(table, (InputMapping)YamlInput.Read(text, "f"));
        var silent = Read("kind: k\n");
        Assert.Equal(
            (3, 2, 5, true),
            (
                silent.Number("a"),
                silent.Sourced("a").Low,
                silent.Sourced("a").High,
                silent.Sourced("a").FromDefault
            )
        );
        Assert.Equal([1, 2, 3], silent.Numbers("b"));
        Assert.Null(silent.MonthOrNull("c"));
        Assert.False(silent.Flag("s.d"));
        var given = Read(
            "kind: k\na: { value: 4, high: 6, grade: B, source: meter }\nb: [7]\nc: 2024-03\ns: { d: true }\n"
        );
        var a = given.Sourced("a");
        Assert.Equal(
            (4, 4, 6, "meter", Quantities.Grade.B, false),
            (a.Value, a.Low, a.High, a.Source, a.Grade, a.FromDefault)
        );
        Assert.Equal([7], given.Numbers("b"));
        Assert.Equal(new Quantities.Month(2024, 3), given.Month("c"));
        Assert.True(given.Section("s").Flag("d"));
    }

    [Fact]
    public void A_table_with_a_row_twice_or_without_its_section_is_refused()
    {
        Assert.Throws<ArgumentException>(() =>
            new InputTable("k", "t", new("a", InputType.Text, "x"), new("a", InputType.Text, "x"))
        );
        Assert.Throws<ArgumentException>(() =>
            new InputTable("k", "t", new InputRow("s.a", InputType.Text, "x"))
        );
    }

    private static IReadOnlyList<LocatedFinding> Check(string text) =>
        new InputCheck(_table, InputSample.View.Names, "study.yaml").Run(
            YamlInput.Read(text, "study.yaml")
        );
}
