using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Performance.Points;

namespace Plimsoll.Cli.Inference;

/// <summary><c>inference points audit FILE</c>: which measured rows can be used, and why the others cannot.</summary>
internal static class PointsCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "CSV of measured serving points." };
        var json = CommonOptions.Json();
        var audit = new Command(
            "audit",
            "Sort measured rows into usable ones and ones left out, each with its reason."
        )
        {
            file,
            json,
        };
        audit.SetAction(result =>
            Commands.Guard(() => Run(result.GetValue(file)!, result.GetValue(json)))
        );
        return new Command("points", "Measured serving points.") { audit };
    }

    /// <summary>A row that is left out: its line, the reason, what was found, and what mends it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="point">The row.</param>
    internal static string Said(string file, MeasuredPoint point) =>
        $"{file}:{point.Row.Line}: {point.Row.Id}: {point.Unresolved}{(Found(point) is { Length: > 0 } found ? $" ({found})" : "")}. {PointAudit.Remedy(point.Unresolved)}";

    private static string Found(MeasuredPoint point) =>
        point.Row.Fault.Length > 0 ? point.Row.Fault : point.Found;

    private static int Run(string file, bool json)
    {
        var points = PointsFile.Audit(PointsFile.View(), file, "file");
        var usable = points.Count(p => p.IsResolved);
        var left = points.Where(p => !p.IsResolved).ToList();
        if (json)
        {
            JsonOutput.Print(
                new JsonObject
                {
                    ["rows"] = points.Count,
                    ["usable"] = usable,
                    ["unresolved"] = ValidateCommand.Reasons(PointAudit.Reasons(points)),
                    ["points"] = new JsonArray([
                        .. left.Select(p => new JsonObject
                        {
                            ["id"] = p.Row.Id,
                            ["line"] = p.Row.Line,
                            ["reason"] = p.Unresolved,
                            ["found"] = Found(p) is { Length: > 0 } found ? found : null,
                            ["remedy"] = PointAudit.Remedy(p.Unresolved),
                        }),
                    ]),
                }
            );
            return ExitCode.Success;
        }
        Console.WriteLine($"{points.Count} rows, {usable} usable");
        foreach (var (reason, count) in PointAudit.Reasons(points))
        {
            Console.WriteLine($"{count, 6}  {reason}");
        }
        foreach (var p in left)
        {
            Console.WriteLine(Said(file, p));
        }
        return ExitCode.Success;
    }
}
