using System.Diagnostics;
using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Plimsoll.Tests.Reports;

/// <summary>Recalculates workbooks by LibreOffice without a screen and reads what it found.</summary>
internal static class LibreOffice
{
    /// <summary>Path of the program; null when it is not installed.</summary>
    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder =>
                new[] { "soffice", "libreoffice" }.Select(n => Path.Combine(folder, n))
            )
            .FirstOrDefault(File.Exists);

    /// <summary>Takes every value that stands beside a formula out of a workbook, and sets constants by name, so that all that is left to read was recalculated.</summary>
    /// <param name="file">The workbook; changed in place.</param>
    /// <param name="changes">New values of named cells.</param>
    /// <returns>How many formulas there are.</returns>
    public static int Strip(string file, IReadOnlyDictionary<string, double> changes)
    {
        using var document = SpreadsheetDocument.Open(file, true);
        var workbook = document.WorkbookPart!;
        var names = workbook
            .Workbook!.DefinedNames!.Elements<DefinedName>()
            .Where(n => !n.Name!.Value!.StartsWith("_xlnm", StringComparison.Ordinal))
            .ToDictionary(n => n.Name!.Value!, n => n.Text, StringComparer.Ordinal);
        var targets = changes.ToDictionary(c => names[c.Key], c => c.Value, StringComparer.Ordinal);
        var formulas = 0;
        var set = 0;
        foreach (var (name, part) in Sheets(workbook))
        {
            foreach (var cell in part.Worksheet!.Descendants<Cell>())
            {
                if (cell.CellFormula is not null)
                {
                    formulas++;
                    cell.CellValue = null;
                    cell.DataType = null;
                }
                else if (
                    targets.Count > 0
                    && targets.TryGetValue(
                        $"{name}!{Fixed(cell.CellReference!.Value!)}",
                        out var value
                    )
                )
                {
                    cell.CellValue = new CellValue(
                        value.ToString("R", CultureInfo.InvariantCulture)
                    );
                    set++;
                }
            }
        }
        return set == changes.Count
            ? formulas
            : throw new InvalidOperationException(
                $"{set} of {changes.Count} assumptions were found."
            );
    }

    /// <summary>Recalculates files.</summary>
    /// <param name="files">Workbooks.</param>
    /// <param name="folder">Where the results go, under the same names.</param>
    public static void Recalculate(IEnumerable<string> files, string folder) =>
        Convert(files, folder, "xlsx");

    /// <summary>Opens files and writes them in another format.</summary>
    /// <param name="files">Workbooks, tables, papers or pages.</param>
    /// <param name="folder">Where the results go, under the same names.</param>
    /// <param name="format">Ending of the results.</param>
    public static void Convert(IEnumerable<string> files, string folder, string format)
    {
        var start = new ProcessStartInfo(Program!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var argument in (string[])
                [
                    $"-env:UserInstallation=file://{folder}/profile",
                    "--headless",
                    "--norestore",
                    "--convert-to",
                    format,
                    "--outdir",
                    folder,
                    .. files,
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(20)))
        {
            process.Kill(true);
            throw new TimeoutException("LibreOffice did not end in twenty minutes.");
        }
        foreach (var file in files)
        {
            if (
                !File.Exists(
                    Path.Combine(folder, Path.ChangeExtension(Path.GetFileName(file), format))
                )
            )
            {
                throw new InvalidOperationException(
                    $"LibreOffice made nothing of {file}: {output.Result} {error.Result}"
                );
            }
        }
    }

    /// <summary>Numbers and texts of a workbook by sheet and cell.</summary>
    public static Dictionary<string, Dictionary<string, string>> Read(string file)
    {
        using var document = SpreadsheetDocument.Open(file, false);
        var workbook = document.WorkbookPart!;
        var shared = workbook
            .SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>()
            .Select(s => s.InnerText)
            .ToList();
        var sheets = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (name, part) in Sheets(workbook))
        {
            var cells = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var cell in part.Worksheet!.Descendants<Cell>())
            {
                var text = cell.CellValue?.Text ?? cell.InnerText;
                if (cell.DataType is not null && cell.DataType.Value == CellValues.SharedString)
                {
                    text = shared![int.Parse(text, CultureInfo.InvariantCulture)];
                }
                cells[cell.CellReference!.Value!] = text;
            }
            sheets[name] = cells;
        }
        return sheets;
    }

    private static IEnumerable<(string Name, WorksheetPart Part)> Sheets(WorkbookPart workbook) =>
        workbook
            .Workbook!.Descendants<Sheet>()
            .Select(s => (s.Name!.Value!, (WorksheetPart)workbook.GetPartById(s.Id!.Value!)));

    private static string Fixed(string cell)
    {
        var letters = new string([.. cell.TakeWhile(char.IsLetter)]);
        return $"${letters}${cell[letters.Length..]}";
    }
}
