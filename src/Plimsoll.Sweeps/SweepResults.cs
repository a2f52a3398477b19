using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Jobs;
using Plimsoll.Quantities;
using Plimsoll.Sweeps.Reports;

namespace Plimsoll.Sweeps;

/// <summary>Writes what a sweep came to: tables in Parquet parts with their index, the same as CSV, and the reports.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="ledger">Its ledger.</param>
/// <param name="engine">What ran it.</param>
/// <param name="folder">Where to.</param>
public sealed class SweepResults(
    Sweep sweep,
    IRunLedger ledger,
    EngineVersion engine,
    string folder
)
{
    private const int RunsOfAPart = 20_000;

    /// <summary>Name of the index: what the sweep was, where every row stands, and what failed.</summary>
    public const string Index = "sweep.json";

    /// <summary>Name of the report.</summary>
    public const string Report = "report.html";

    /// <summary>Reads the ledger once, and writes all files; runs that have not ended stand in the tables without figures.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The index.</returns>
    /// <exception cref="OutputException">The disk is full, read-only or failing.</exception>
    /// <exception cref="LedgerException">The ledger does not answer.</exception>
    public async Task<JsonObject> Write(CancellationToken cancellation = default)
    {
        using var culture = InvariantCulture.Begin();
        var order = sweep.Job(engine);
        var figures = new SweepFigures(sweep);
        var parts = new List<ResultPart>();
        var hash = "";
        // The rows go to the disk as they come: a million of them need no memory.
        await Task.Run(
            () =>
                OutputFile.Write(
                    Path.Combine(folder, "runs.csv"),
                    csv =>
                        hash = Gather(csv, order.Id, figures, parts, cancellation)
                            .GetAwaiter()
                            .GetResult()
                ),
            cancellation
        );
        WriteTables(figures);
        OutputFile.Write(Path.Combine(folder, Report), SweepReport.Html(sweep, figures));
        var index = IndexOf(order, figures, parts, hash);
        OutputFile.Write(
            Path.Combine(folder, Index),
            index.ToJsonString(JsonText.Indented).ReplaceLineEndings("\n") + "\n"
        );
        return index;
    }

    /// <summary>Reads every row once: into parts, lines of CSV, and what the reports are made from.</summary>
    /// <returns>Hash over the results of all runs in their order.</returns>
    private async Task<string> Gather(
        Stream stream,
        string job,
        SweepFigures figures,
        List<ResultPart> parts,
        CancellationToken cancellation
    )
    {
        using var culture = InvariantCulture.Begin();
        var runs = new ParquetTable(SweepTable.RunColumns(sweep));
        var options = new ParquetTable(SweepTable.OptionColumns(sweep));
        using var results = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var csv = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true)
        {
            NewLine = "\n",
        };
        await csv.WriteLineAsync(string.Join(',', Header()));
        var (first, number) = (0L, 0L);
        await foreach (var row in SweepRow.All(sweep, ledger, job, cancellation))
        {
            runs.Add(SweepTable.RunCells(sweep, row));
            foreach (var option in SweepTable.OptionCells(row))
            {
                options.Add(option);
            }
            await csv.WriteLineAsync(
                string.Join(',', SweepTable.RunCells(sweep, row).Select(Cell))
            );
            figures.Add(row);
            results.AppendData(Encoding.ASCII.GetBytes($"{number} {row.Sha256}\n"));
            number++;
            if (runs.Rows == RunsOfAPart)
            {
                await WriteParts(runs, options, job, first, parts, cancellation);
                first = number;
            }
        }
        if (runs.Rows > 0)
        {
            await WriteParts(runs, options, job, first, parts, cancellation);
        }
        return Convert.ToHexStringLower(results.GetHashAndReset());
    }

    private async Task WriteParts(
        ParquetTable runs,
        ParquetTable options,
        string job,
        long first,
        List<ResultPart> parts,
        CancellationToken cancellation
    )
    {
        var number = first / RunsOfAPart;
        foreach (var (table, name) in new[] { (runs, "runs"), (options, "options") })
        {
            using var bytes = new MemoryStream();
            await table.Write(bytes);
            var content = bytes.ToArray();
            var part = new ResultPart(
                $"{name}-{number:00000}.parquet",
                first,
                table.Rows,
                Convert.ToHexStringLower(SHA256.HashData(content))
            );
            OutputFile.Write(Path.Combine(folder, part.File), stream => stream.Write(content));
            await ledger.EnterPart(job, part, cancellation);
            parts.Add(part);
            table.Clear();
        }
    }

    private void WriteTables(SweepFigures figures)
    {
        if (figures.Map is { } map)
        {
            OutputFile.Write(Path.Combine(folder, "verdict-map.csv"), map.Csv());
        }
        OutputFile.Write(Path.Combine(folder, "regret.csv"), figures.Regret.Csv());
        OutputFile.Write(Path.Combine(folder, "frontier.csv"), figures.Frontier.Csv(sweep));
    }

    private JsonObject IndexOf(
        JobOrder order,
        SweepFigures figures,
        IReadOnlyList<ResultPart> parts,
        string resultsHash
    ) =>
        new()
        {
            ["schema"] = "plimsoll.sweep",
            ["version"] = 1,
            ["name"] = sweep.Name,
            ["job"] = order.Id,
            ["engine"] = engine.Engine,
            ["catalogueSha256"] = engine.Catalogue,
            ["draws"] = sweep.Draws,
            ["seed"] = sweep.Seed,
            ["runs"] = figures.Runs,
            ["done"] = figures.Done,
            ["failed"] = figures.Failed,
            ["open"] = figures.Open,
            ["resultsSha256"] = resultsHash,
            ["studies"] = new JsonArray([
                .. sweep
                    .Studies.Take(1000)
                    .Select(s => new JsonObject
                    {
                        ["name"] = s.Name,
                        ["sha256"] = RunOrder.Hash(s.Text),
                    }),
            ]),
            ["axes"] = new JsonArray([
                .. sweep.Axes.Select(a => new JsonObject { ["name"] = a.Name, ["path"] = a.Path }),
            ]),
            ["parts"] = new JsonArray([
                .. parts.Select(p => new JsonObject
                {
                    ["file"] = p.File,
                    ["firstRun"] = p.First,
                    ["rows"] = p.Rows,
                    ["sha256"] = p.Sha256,
                }),
            ]),
            ["verdicts"] = new JsonObject(
                figures.Verdicts.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value))
            ),
            ["failures"] = new JsonArray([
                .. figures
                    .Failures.Take(20)
                    .Select(f => new JsonObject
                    {
                        ["reason"] = f.Reason,
                        ["runs"] = f.Runs,
                        ["firstRun"] = f.First,
                    }),
            ]),
        };

    private IEnumerable<string> Header() =>
        SweepTable.RunColumns(sweep).Select(c => CsvCell.Of(c.Name));

    private static string Cell(JsonNode? value) =>
        value is null ? ""
        : JsonCell.Number(value) is { } number ? number.ToString("R", CultureInfo.InvariantCulture)
        : CsvCell.Of(JsonCell.Words(value)!);
}
