using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Plimsoll.Inputs;

namespace Plimsoll.Market;

/// <summary>The ensemble as plain rows: law, world_link, weight, one column a parameter, and data_to.</summary>
public static class EnsembleFile
{
    /// <summary>Members of a table.</summary>
    /// <param name="table">Rows of one vintage.</param>
    public static IReadOnlyList<Member> Read(CsvTable table) => _read.GetValue(table, Members);

    /// <summary>What was read of tables that are still held: each study of a process asks for the same.</summary>
    private static readonly ConditionalWeakTable<CsvTable, IReadOnlyList<Member>> _read = [];

    private static IReadOnlyList<Member> Members(CsvTable table)
    {
        var names = Enum.GetNames<Parameter>();
        return
        [
            .. table.Rows.Select(r => new Member(
                Enum.Parse<RentLaw>(table.Cell(r, "law")),
                table.Cell(r, "world_link") == "on",
                [.. names.Select(name => Number(table.Cell(r, name)))],
                Number(table.Cell(r, "weight"))
            )),
        ];
    }

    /// <summary>Rows of a fitted artefact.</summary>
    /// <param name="members">Members.</param>
    /// <param name="dataTo">Day of the last datum used.</param>
    public static string Write(IEnumerable<Member> members, DateOnly dataTo)
    {
        var csv = new StringBuilder("law,world_link,weight,")
            .AppendJoin(',', Enum.GetNames<Parameter>())
            .Append(",data_to\n");
        foreach (var member in members)
        {
            csv.Append($"{member.Law},{(member.WorldLink ? "on" : "off")},")
                .Append(Text(member.Weight))
                .Append(',')
                .AppendJoin(',', member.Values.Select(Text))
                .Append($",{dataTo:yyyy-MM-dd}\n");
        }
        return csv.ToString();
    }

    private static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
