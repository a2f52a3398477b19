using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Plimsoll.Jobs;

namespace Plimsoll.Sweeps;

/// <summary>A run of a sweep with what it came to.</summary>
/// <param name="Point">What was run.</param>
/// <param name="Record">Where it stands.</param>
/// <param name="Sha256">SHA-256 of its whole result document; empty without a result.</param>
/// <param name="Outputs">What was kept, by path; null without a result.</param>
public sealed record SweepRow(
    SweepPoint Point,
    RunRecord Record,
    string Sha256,
    JsonObject? Outputs
)
{
    private const int Page = 500;

    /// <summary>Rows of a sweep in the order of its runs, read as a stream.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="ledger">Its ledger.</param>
    /// <param name="job">Its job.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="LedgerException">The ledger does not answer, or holds another sweep under this name.</exception>
    public static async IAsyncEnumerable<SweepRow> All(
        Sweep sweep,
        IRunLedger ledger,
        string job,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        var next = 0L;
        using var points = sweep.Points().GetEnumerator();
        while (true)
        {
            var rows = await ledger.Rows(job, next, Page, cancellation);
            foreach (var row in rows)
            {
                if (row.Record.Number != next || !points.MoveNext())
                {
                    throw new LedgerException(
                        LedgerFault.Damaged,
                        $"Run {next} of the sweep is missing in the ledger; enter the sweep again."
                    );
                }
                next++;
                yield return new SweepRow(
                    points.Current,
                    row.Record,
                    row.Result?.Sha256 ?? "",
                    row.Result is null ? null : JsonNode.Parse(row.Result.Document)!.AsObject()
                );
            }
            if (rows.Count < Page)
            {
                break;
            }
        }
    }

    /// <summary>A number kept of the run; null when it has none.</summary>
    public double? Number(string path) => JsonCell.Number(Outputs?[path]);

    /// <summary>Words kept of the run; null when it has none.</summary>
    public string? Words(string path) => JsonCell.Words(Outputs?[path]);

    /// <summary>The options of the run, each with what was kept of it, in the order of <see cref="SweepOutput.OfOptions"/>.</summary>
    public IReadOnlyList<IReadOnlyList<JsonNode?>> Options()
    {
        var columns = SweepOutput.OfOptions.Select(o => Outputs?[o.Path] as JsonArray).ToList();
        var count = columns[0]?.Count ?? 0;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => columns.ConvertAll(c => c is not null && i < c.Count ? c[i] : null)),
        ];
    }
}
