using System.CommandLine;
using Plimsoll.Files;
using Plimsoll.Jobs;

namespace Plimsoll.Cli.Sweep;

/// <summary>What the commands about sweeps share.</summary>
internal static class SweepOptions
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    /// <summary>The sweep file.</summary>
    public static Argument<string> File() =>
        new("file") { Description = "A sweep file (YAML, 'kind: sweep')." };

    /// <summary><c>--ledger</c>.</summary>
    /// <param name="otherwise">What holds without it.</param>
    public static Option<string?> Ledger(string otherwise) =>
        new("--ledger")
        {
            Description =
                $"Where runs and results are kept: a file (SQLite, this machine alone), or postgres://user@host:5432/database (any number of machines; password in PGPASSWORD). Default: {RunLedger.Variable}, else {otherwise}.",
        };

    /// <summary><c>--out</c>.</summary>
    public static Option<string?> Folder() =>
        new("--out")
        {
            Description =
                "Folder for sweep.json, report.html and tables in Parquet and CSV; each file is written whole, sweep.json last. Default: out/JOB.",
        };

    /// <summary><c>--workers</c>.</summary>
    public static Option<int> Workers() =>
        NumberOption.Whole(
            "--workers",
            "Runs computed at the same time by this process, one thread each.",
            1,
            1024,
            () => Environment.ProcessorCount
        );

    /// <summary>Opens and prepares a ledger; workers outlive a database that is gone for ten minutes.</summary>
    /// <param name="address">As given; null for the variable.</param>
    /// <param name="otherwise">Address without either; null when there must be one.</param>
    /// <param name="waits">True to wait for a database that is gone.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="LedgerException">None is named, or it does not answer.</exception>
    public static async Task<IRunLedger> Open(
        string? address,
        string? otherwise,
        bool waits,
        CancellationToken cancellation
    )
    {
        var set = Environment.GetEnvironmentVariable(RunLedger.Variable);
        var named =
            address
            ?? (string.IsNullOrWhiteSpace(set) ? otherwise : set)
            ?? throw new LedgerException(
                LedgerFault.Refused,
                $"No ledger is named: give --ledger, or set {RunLedger.Variable}."
            );
        if (!RunLedger.IsPostgres(named))
        {
            OutputFile.MakeFolderOf(named);
        }
        // The first call tells at once what is wrong; only then is it worth waiting.
        await using (var first = RunLedger.Open(named))
        {
            await first.Prepare(cancellation);
        }
        return RunLedger.Open(named, waits ? _patience : TimeSpan.FromSeconds(5));
    }

    /// <summary>Runs a command's work; a ledger that does not answer ends in a sentence, exit 1, or exit 2 when the request was wrong.</summary>
    public static int Guard(Func<CancellationToken, Task<int>> work) =>
        Commands.Guard(() =>
        {
            try
            {
                return UntilInterrupted.Run(work);
            }
            catch (LedgerException e)
            {
                Console.Error.WriteLine(e.Message);
                return e.Fault switch
                {
                    LedgerFault.MixedEngines
                    or LedgerFault.LaterVersion
                    or LedgerFault.Refused
                    or LedgerFault.Damaged => ExitCode.BadInput,
                    LedgerFault.Unreachable or LedgerFault.Busy or LedgerFault.DiskFull =>
                        ExitCode.Unanswerable,
                };
            }
        });
}
