using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Plimsoll.Tests.Cli;
using Plimsoll.Tests.Input;
using Plimsoll.Tests.Reports;
using Xunit;

namespace Plimsoll.Tests.Files;

/// <summary>Words that mean something to a terminal, a spreadsheet, a browser or a printer of tables stay words.</summary>
public sealed partial class HostileTextTest
{
    private const string Place = "@@";

    /// <summary>Words that are allowed and mean something to some program.</summary>
    internal static string[] Legal { get; } =
    [
        "=cmd|' /C calc'!A0",
        "+SUM(1+1)*cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(A1:A9)",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "\"><svg/onload=alert(1)>&amp;&lt;",
        "]]>--><!--",
        "[red]mark[/] [/] [[ ]] [link=file:///etc/passwd]x[/]",
        "{0} {{1}} %s %n ${x} `id` $(id)",
        "| pipe | table\ttab",
        "' OR 1=1 --",
        "郑州的机房 \u0645\u0631\u0643\u0632 🏭 e\u0301",
        "C:\\..\\..\\x /../../etc/passwd",
    ];

    private static readonly string[] _refused =
    [
        "\u001b[31mred",
        "\u001b]0;title\u0007",
        "\u009b31m",
        "bell\u0007",
        "back\bspace",
        "carriage\rreturn",
        "zero\u0000",
        "turned \u202egnp.exe",
        "isolate \u2066x",
        "line\u2028separator",
        "no character \uffff",
        "del\u007f",
    ];

    private static readonly string[] _read =
    [
        "site.place",
        "site.country",
        "site.peak_hours",
        "site.valley_hours",
        "site.bands[].months",
        "site.bands[].hours",
        "offer.tenant",
        "offer.fleet",
        "finance.debt[].funds",
        "serving.engine_version",
        "serving.calibration",
        "actuals_file",
        "version",
    ];

    [Fact]
    public void Every_text_key_of_a_study_is_tried()
    {
        var table = StudyInputs.Table();
        var text = Text("words");
        var unset = table
            .Rows.Where(r => r.Type == InputType.Text)
            .Where(r =>
                !Present(
                    YamlRoot(text),
                    r.Path.Replace("[]", "", StringComparison.Ordinal).Split('.')
                )
            )
            .Select(r => r.Path)
            // Words that are looked up or parsed, and so refused where they mean nothing.
            .Where(path => !_read.Contains(path));
        Assert.Empty(unset);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_commands_a_terminal_is_refused_with_its_place(int which)
    {
        using var folder = new TempFolder();
        var bad = InputSample.Quoted(_refused[which]);
        var text = Text("words");
        var keys = Regex.Matches(text, "\"words\"", RegexOptions.None, TimeSpan.FromMinutes(1));
        foreach (Match key in keys)
        {
            var path = folder.File(
                "s.yaml",
                text[..key.Index] + bad + text[(key.Index + key.Length)..]
            );
            var (exit, output, error) = CommandLine.Run("study", "check", path);
            Assert.Equal((2, ""), (exit, output));
            var line = text[..key.Index].Count(c => c == '\n') + 1;
            Assert.Contains($"{path}:{line}:", error, StringComparison.Ordinal);
            Assert.Contains("control-character", error, StringComparison.Ordinal);
            Clean(error);
        }
        Assert.True(keys.Count > 8);
        // In keys, values of every type and sources too.
        foreach (
            var line in (string[])
                [$"{bad}: 1", $"horizon: {bad}", $"site: {{ name: {bad} }}", $"question: [{bad}]"]
        )
        {
            var (exit, _, error) = CommandLine.Run(
                "study",
                "check",
                folder.File("s.yaml", $"kind: study\n{line}\n")
            );
            Assert.Equal(2, exit);
            Assert.Contains("control-character", error, StringComparison.Ordinal);
            Clean(error);
        }
    }

    [Fact]
    public void Text_is_bounded()
    {
        using var folder = new TempFolder();
        foreach (
            var (length, key, exit) in ((int, string, int)[])
                [
                    (200, "name", 0),
                    (201, "name", 2),
                    (32_000, "explanation", 0),
                    (32_001, "explanation", 2),
                    (200, "tenant", 0),
                    (201, "tenant", 2),
                ]
        )
        {
            var text = Regex.Replace(
                Text("words"),
                $"(?<=\\b{key}: )\"words\"",
                $"\"{new string('x', length)}\"",
                RegexOptions.None,
                TimeSpan.FromMinutes(1)
            );
            var run = CommandLine.Run("study", "check", folder.File("s.yaml", text));
            Assert.True(run.Exit == exit, $"{key} {length}: {run.Error}");
        }
    }

    /// <summary>One run with another hostile text in every key: terminal, JSON, page and workbook are clean.</summary>
    [Fact]
    public void Legal_text_in_every_key_stays_text_in_every_output()
    {
        using var folder = new TempFolder();
        var next = 0;
        var text = Regex.Replace(
            Text(Place),
            $"\"{Place}\"",
            _ => InputSample.Quoted(Legal[next++ % Legal.Length]),
            RegexOptions.None,
            TimeSpan.FromMinutes(1)
        );
        var file = folder.File("s.yaml", text);
        var (exit, output, error) = CommandLine.Run(
            "study",
            "run",
            file,
            "--draws",
            "30",
            "--out",
            folder.In("out")
        );
        Assert.True(exit == 0, error);
        Clean(output);
        Clean(error);
        WholeFolder.Check(folder.In("out"));
        _ = JsonNode.Parse(File.ReadAllText(folder.In("out/result.json")));
        CleanPage(File.ReadAllText(folder.In("out/report.html")));
        CleanWorkbook(folder.In("out/workbook.xlsx"));
        HostileKindsTest.CleanFolder(folder.In("out"));
        Assert.True(File.Exists(folder.In("out/memo.docx")));
        if (LibreOffice.Program is not null)
        {
            // A spreadsheet program opens it and computes every formula.
            Directory.CreateDirectory(folder.In("opened"));
            LibreOffice.Recalculate([folder.In("out/workbook.xlsx")], folder.In("opened"));
            CleanWorkbook(folder.In("opened/workbook.xlsx"), valid: false);
        }
    }

    [Fact]
    public void A_cell_of_comma_separated_text_is_no_formula()
    {
        foreach (var text in Legal)
        {
            var cell = CsvCell.Of(text);
            var read = CsvTable.Parse($"a,b\n{cell},1\n", "x.csv").Rows[0].Cells[0];
            Assert.Contains(read, (string[])[text, "'" + text]);
            Assert.DoesNotContain(read.TrimStart()[0], "=+-@");
        }
        foreach (var number in (string[])["-12.5", "+3", "-1e-3", "12", ""])
        {
            Assert.Equal(number, CsvCell.Of(number));
        }
        foreach (var formula in (string[])["=1", " =1", "\t=1", "\n=1", "-x", "＝1", "@a", "+a"])
        {
            Assert.Contains('\'', CsvCell.Of(formula));
        }
    }

    [Fact]
    public void Tables_of_a_market_and_of_a_case_hold_no_formula()
    {
        using var folder = new TempFolder();
        var market = TestData.Text("cases/injection/formula-centre-name.yaml");
        var run = CommandLine.Run(
            "market",
            "run",
            folder.File("m.yaml", market),
            "--csv",
            folder.In("m")
        );
        Assert.True(run.Exit == 0, run.Error);
        Clean(run.Out);
        var finance = TestData.Text("cases/injection/formula-tranche-name.yaml");
        run = CommandLine.Run(
            "finance",
            "run",
            folder.File("f.yaml", finance),
            "--out",
            folder.In("f")
        );
        Assert.True(run.Exit == 0, run.Error);
        Clean(run.Out);
        var tables = Directory.GetFiles(folder.Path, "*.csv", SearchOption.AllDirectories);
        Assert.True(tables.Length >= 4);
        var quoted = 0;
        foreach (var file in tables)
        {
            var table = CsvTable.Parse(File.ReadAllText(file), file);
            foreach (var cell in table.Rows.SelectMany(r => r.Cells).Concat(table.Header))
            {
                quoted += cell.StartsWith('\'') ? 1 : 0;
                Assert.False(
                    cell.TrimStart() is ['=' or '+' or '-' or '@', ..]
                        && !double.TryParse(
                            cell,
                            System.Globalization.CultureInfo.InvariantCulture,
                            out _
                        ),
                    cell
                );
            }
        }
        Assert.True(quoted > 0);
    }

    [Theory]
    [InlineData("cases/injection/ansi-market-name.yaml", "market")]
    [InlineData("cases/injection/name-longer-than-a-cell.yaml", "study")]
    [InlineData("cases/injection/title-escape-finance.yaml", "finance")]
    [InlineData("cases/injection/turned-client-name.yaml", "inference")]
    public void The_cases_met_are_refused(string name, string group)
    {
        using var folder = new TempFolder();
        var path = folder.File("case.yaml", TestData.Text(name));
        string[] command = group == "inference" ? ["inference", "simulate"] : [group, "run"];
        var (exit, output, error) = CommandLine.Run([.. command, path]);
        Assert.Equal((2, ""), (exit, output));
        Clean(error);
        Assert.InRange(error.Length, 10, 2000);
    }

    [Theory]
    [InlineData("study", "run", "no-such-study", "--json")]
    [InlineData("study", "check", "no-such.yaml", "--json")]
    [InlineData("study", "run", "--json")]
    [InlineData("study", "runn", "--json")]
    [InlineData("study", "run", "zhengzhou-2024", "--draws", "abc", "--json")]
    [InlineData("finance", "run", "BROKEN", "--json")]
    [InlineData("market", "run", "BROKEN", "--json")]
    [InlineData("inference", "simulate", "BROKEN", "--json")]
    [InlineData("training", "estimate", "BROKEN", "--json")]
    [InlineData("catalog", "show", "no-such-thing", "--json")]
    public void An_error_under_json_is_a_json_document(params string[] arguments)
    {
        using var folder = new TempFolder();
        var broken = folder.File("b.yaml", "kind: study\n\"a\\u001b\": 1\n");
        var (exit, output, _) = CommandLine.Run([
            .. arguments.Select(a => a == "BROKEN" ? broken : a),
        ]);
        Assert.InRange(exit, 1, 2);
        var document = JsonNode.Parse(output)!;
        if (document["findings"] is null)
        {
            Assert.Equal(exit, (int)document["error"]!["exit"]!);
            Assert.NotEmpty(document["error"]!["messages"]!.AsArray());
        }
    }

    public static TheoryData<int> Refused => [.. Enumerable.Range(0, _refused.Length)];

    /// <summary>Text that commands no terminal.</summary>
    internal static void Clean(string text) =>
        Assert.DoesNotContain(
            text,
            c => char.IsControl(c) && c is not ('\n' or '\r') || c is >= '\u202a' and <= '\u202e'
        );

    private static void CleanPage(string page)
    {
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Handler(), page);
        Assert.Contains("&lt;script&gt;", page, StringComparison.OrdinalIgnoreCase);
    }

    private static void CleanWorkbook(string file, bool valid = true)
    {
        using var document = SpreadsheetDocument.Open(file, false);
        if (valid)
        {
            var validator = new DocumentFormat.OpenXml.Validation.OpenXmlValidator();
            Assert.Empty(validator.Validate(document).Select(e => e.Description));
        }
        var found =
            document.WorkbookPart!.SharedStringTablePart?.SharedStringTable?.InnerText.Contains(
                "cmd|",
                StringComparison.Ordinal
            )
                is true
                ? 1
                : 0;
        foreach (var part in document.WorkbookPart!.WorksheetParts)
        {
            foreach (var cell in part.Worksheet!.Descendants<Cell>())
            {
                Assert.DoesNotContain(
                    "cmd|",
                    cell.CellFormula?.Text ?? "",
                    StringComparison.Ordinal
                );
                Assert.InRange(cell.InnerText.Length, 0, 32_767 + 200);
                found += cell.InnerText.Contains("cmd|", StringComparison.Ordinal) ? 1 : 0;
            }
        }
        Assert.True(found > 0);
    }

    private static InputMapping YamlRoot(string text) =>
        (InputMapping)Plimsoll.Yaml.YamlInput.Read(text, "s.yaml");

    private static bool Present(InputNode? node, ReadOnlySpan<string> path) =>
        node switch
        {
            InputSequence list => Present(list.Items[0], path),
            InputMapping mapping when path.Length > 0 => mapping.Find(path[0]) is { } entry
                && Present(entry.Value, path[1..]),
            _ => path.Length == 0 && node is InputScalar,
        };

    /// <summary>A study with the same words in every text key.</summary>
    private static string Text(string words) =>
        TestData
            .Text("cases/injection/every-text-key.yaml")
            .Replace(Place, words, StringComparison.Ordinal);

    [GeneratedRegex("<[^>]*\\son[a-z]+\\s*=", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Handler();
}
