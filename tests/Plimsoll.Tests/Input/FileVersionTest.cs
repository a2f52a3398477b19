using System.Text;
using CsCheck;
using Plimsoll.Inputs;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Files;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Input;

/// <summary>A file of an earlier version is read under its new names with a warning, and rewritten with its comments kept.</summary>
public sealed class FileVersionTest
{
    private static readonly InputTable _table = new(
        "study",
        "A study.",
        new("title", InputType.Text, "Its name."),
        new("site", InputType.Section, "Where."),
        new("site.tariff", InputType.Number, "Per kWh."),
        new("fleet", InputType.List, "What."),
        new("fleet[].servers", InputType.Integer, "How many."),
        new("fleet[].price", InputType.Number, "Of one."),
        new("hours", InputType.NumberList, "Numbers.")
    )
    {
        Renames =
        [
            new KeyRename("name", "title", 2),
            new KeyRename("site.price_per_mwh", "tariff", 3, 0.001),
            new KeyRename("fleet[].count", "servers", 2),
            new KeyRename("fleet[].price_wan", "price", 3, 10_000),
        ],
    };

    private const string Old = """
        # Written by hand.
        kind: study
        name: a town   # keep me
        site:
          price_per_mwh: { value: 640, low: 560, high: 700, source: "name: of the price_per_mwh", grade: C } # and me
        fleet:
          - count: 12 # twelve
            "price_wan": 280.5
          - { count: 3, price_wan: 1_000 }
        hours: [1, 2] # name: nothing
        """;

    private const string New = """
        # Written by hand.
        kind: study
        version: 3
        title: a town   # keep me
        site:
          tariff: { value: 0.64, low: 0.56, high: 0.7, source: "name: of the price_per_mwh", grade: C } # and me
        fleet:
          - servers: 12 # twelve
            "price": 2805000
          - { servers: 3, price: 10000000 }
        hours: [1, 2] # name: nothing
        """;

    [Fact]
    public void Old_names_are_read_with_a_warning_each()
    {
        var (root, warnings) = FileVersion.Read(Root(Old), _table, "old.yaml");
        Assert.Empty(new InputCheck(_table, _ => [], "old.yaml").Run(root));
        var values = new InputValues(_table, root);
        Assert.Equal(0.64, values.Number("site.tariff"));
        Assert.Equal(0.7, values.Sourced("site.tariff").High);
        Assert.Equal(2_805_000, values.Items("fleet")[0].Number("price"));
        Assert.Equal(3, values.Items("fleet")[1].Integer("servers"));
        Assert.Equal(6, warnings.Count);
        Assert.All(warnings, w => Assert.True(w.Finding.IsWarning));
        Assert.Contains(
            "old.yaml:5:3: warning: site.price_per_mwh: renamed-key",
            warnings[1].ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("times 0.001", warnings[1].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Rewriting_changes_names_units_and_version_and_nothing_else(string end)
    {
        string With(string text) => text.ReplaceLineEndings(end);
        var rewritten = FileVersion.Rewrite(With(Old), Root(With(Old)), _table);
        Assert.Equal(With(New), rewritten);
        // Once is enough.
        Assert.Equal(rewritten, FileVersion.Rewrite(rewritten, Root(rewritten), _table));
        Assert.Empty(FileVersion.Read(Root(rewritten), _table, "new.yaml").Warnings);
    }

    /// <summary>Whatever numbers stand there, the old file read and the new file read are the same values.</summary>
    [Fact]
    public void A_rewritten_file_means_what_the_old_one_meant() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 99_999], Gen.Bool)
            .Sample(
                (price, wan, flow) =>
                {
                    var text = flow
                        ? $"kind: study\nsite: {{price_per_mwh: {price}}} # c\nfleet: [{{count: 1, price_wan: {wan}}}]\n"
                        : $"kind: study\nversion: 1 # v\nsite:\n  price_per_mwh: {price}\nfleet:\n  - price_wan: {wan}\n    count: 1\n";
                    var before = new InputValues(
                        _table,
                        FileVersion.Read(Root(text), _table, "a.yaml").Root
                    );
                    var rewritten = FileVersion.Rewrite(text, Root(text), _table);
                    var after = new InputValues(_table, Root(rewritten));
                    Assert.Equal(before.Number("site.tariff"), after.Number("site.tariff"));
                    Assert.Equal(
                        before.Items("fleet")[0].Number("price"),
                        after.Items("fleet")[0].Number("price")
                    );
                    Assert.Equal(3, FileVersion.Of(Root(rewritten)));
                },
                iter: 200
            );

    [Fact]
    public void A_file_of_a_later_version_is_refused()
    {
        var finding = Assert.Single(
            new InputCheck(_table, _ => [], "new.yaml").Run(Root("kind: study\nversion: 4\n"))
        );
        Assert.Equal(("newer-version", 2), (finding.Finding.Rule, finding.Line));
    }

    /// <summary>What a later release renamed is not known here: stating this version would only hide it.</summary>
    [Fact]
    public void A_file_of_a_later_version_is_not_rewritten()
    {
        var folder = Directory.CreateTempSubdirectory("plimsoll-migrate-").FullName;
        try
        {
            var file = Path.Combine(folder, "new.yaml");
            const string Text = "kind: study\nversion: 99\nname: x\n";
            File.WriteAllText(file, Text);
            var (exit, _, error) = Plimsoll.Tests.Cli.CommandLine.Run("migrate", file);
            Assert.Equal(2, exit);
            Assert.Contains(
                "2:1: version: newer-version: found 99",
                error,
                StringComparison.Ordinal
            );
            Assert.Equal(Text, File.ReadAllText(file));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    public static MatrixTheoryData<string, string> Writings() =>
        new(["\n", "\r\n", "\r"], ["utf-8", "utf-8 with its mark", "utf-16", "utf-16BE"]);

    /// <summary>What reads is rewritten in its own encoding with its own ends of lines; nothing else changes.</summary>
    [Theory]
    [MemberData(nameof(Writings))]
    public void A_file_keeps_its_encoding_and_its_ends_of_lines(string end, string encoding)
    {
        Encoding written = encoding switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8 with its mark" => new UTF8Encoding(true),
            "utf-16" => Encoding.Unicode,
            _ => Encoding.BigEndianUnicode,
        };
        byte[] Bytes(string text) =>
            [
                .. written.GetPreamble(),
                .. written.GetBytes(text.Replace("|", end, StringComparison.Ordinal)),
            ];
        using var folder = new TempFolder();
        var file = folder.In("a.yaml");
        File.WriteAllBytes(file, Bytes("# 郑州|kind: finance|name: x # it stays|"));
        var (exit, _, error) = CommandLine.Run("migrate", file);
        Assert.True(exit == 0, error);
        Assert.Equal(
            Bytes("# 郑州|kind: finance|version: 1|name: x # it stays|"),
            File.ReadAllBytes(file)
        );
        // A file in place is not given up for another name's sake.
        var other = folder.File("b.yaml", "mine");
        Assert.Equal(2, CommandLine.Run("migrate", file, "--out", other).Exit);
        Assert.Equal("mine", File.ReadAllText(other));
    }

    private static InputMapping Root(string text) => (InputMapping)YamlInput.Read(text, "a.yaml");
}
