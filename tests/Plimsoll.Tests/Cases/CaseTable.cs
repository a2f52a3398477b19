using Plimsoll.Inputs;
using Plimsoll.Yaml;

namespace Plimsoll.Tests.Cases;

/// <summary>One input that was once accepted, misread or crashed, and what is right.</summary>
/// <param name="Kind">Kind of fault, the name of its folder.</param>
/// <param name="Name">What it is, in words.</param>
/// <param name="File">A file of the case's own; empty when it is made of a shipped one.</param>
/// <param name="Like">A shipped study or example that is changed; empty when the case has its own file.</param>
/// <param name="Changes">Text replaced in it; each must be there.</param>
/// <param name="Table">Text replaced in the tables beside it.</param>
/// <param name="Exit">Exit code of check and run.</param>
/// <param name="Runs">False when only the check is asked.</param>
/// <param name="Says">All must stand in what the check prints.</param>
/// <param name="Never">None may.</param>
internal sealed record CaseRow(
    string Kind,
    string Name,
    string File,
    string Like,
    IReadOnlyList<(string Old, string New)> Changes,
    IReadOnlyList<(string Old, string New)> Table,
    int Exit,
    bool Runs,
    IReadOnlyList<string> Says,
    IReadOnlyList<string> Never
);

/// <summary>The table of cases, from Data/cases/cases.yaml.</summary>
internal static class CaseTable
{
    /// <summary>All rows.</summary>
    public static IReadOnlyList<CaseRow> Rows { get; } =
    [
        .. ((InputSequence)YamlInput.ReadFile(TestData.Path("cases/cases.yaml")))
            .Items.Cast<InputMapping>()
            .Select(Row),
    ];

    /// <summary>Writes the case's file, and the tables and files beside it, into a folder.</summary>
    /// <returns>Path of the file.</returns>
    public static string Write(CaseRow row, string folder)
    {
        Directory.CreateDirectory(folder);
        var source =
            row.File.Length > 0
                ? TestData.Path($"cases/{row.File}")
                : Path.Combine(TestData.Repository(), row.Like);
        foreach (var table in Directory.GetFiles(Path.GetDirectoryName(source)!, "*.csv"))
        {
            var text = System.IO.File.ReadAllText(table);
            System.IO.File.WriteAllText(
                Path.Combine(folder, Path.GetFileName(table)),
                row.Table.Aggregate(
                    text,
                    (t, c) => t.Replace(c.Old, c.New, StringComparison.Ordinal)
                )
            );
        }
        foreach (var beside in Directory.GetFiles(Path.GetDirectoryName(source)!, "*.yaml"))
        {
            // A voucher file names its market, a sweep its study.
            System.IO.File.Copy(beside, Path.Combine(folder, Path.GetFileName(beside)), true);
        }
        var target = Path.Combine(folder, Path.GetFileName(source));
        System.IO.File.WriteAllText(
            target,
            row.Changes.Aggregate(
                System.IO.File.ReadAllText(source),
                (text, change) =>
                    text.Contains(change.Old, StringComparison.Ordinal)
                        ? text.Replace(change.Old, change.New, StringComparison.Ordinal)
                        : throw new InvalidDataException(
                            $"'{change.Old}' is not in {row.File}{row.Like}."
                        )
            )
        );
        return target;
    }

    private static CaseRow Row(InputMapping m) =>
        new(
            Text(m, "kind"),
            Text(m, "name"),
            Text(m, "file"),
            Text(m, "like"),
            Pairs(m, "change"),
            Pairs(m, "table"),
            int.Parse(Text(m, "exit"), System.Globalization.CultureInfo.InvariantCulture),
            Text(m, "runs") != "false",
            Words(m, "says"),
            Words(m, "never")
        );

    private static string Text(InputMapping m, string key) =>
        (m.Find(key)?.Value as InputScalar)?.Text ?? "";

    private static List<string> Words(InputMapping m, string key) =>
        [
            .. ((m.Find(key)?.Value as InputSequence)?.Items ?? [])
                .Cast<InputScalar>()
                .Select(s => s.Text),
        ];

    private static List<(string, string)> Pairs(InputMapping m, string key) =>
        [
            .. ((m.Find(key)?.Value as InputSequence)?.Items ?? [])
                .Cast<InputSequence>()
                .Select(p => (((InputScalar)p.Items[0]).Text, ((InputScalar)p.Items[1]).Text)),
        ];
}
