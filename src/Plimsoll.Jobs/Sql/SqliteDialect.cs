using System.Data.Common;
using Microsoft.Data.Sqlite;
using Plimsoll.Inputs;

namespace Plimsoll.Jobs.Sql;

/// <summary>A ledger in a file, for one machine: no server, any number of processes.</summary>
/// <remarks>
/// The file is written through a log (WAL), so readers never wait, and a process killed at any moment leaves it whole. After a loss of power the last results may be
/// missing; they are then computed again. WAL needs a disk of this machine, no network share.
/// </remarks>
/// <param name="file">The file; made when it is not there.</param>
/// <param name="pages">Most pages the file may have; 0 for no bound. For tests of a full disk.</param>
internal sealed class SqliteDialect(string file, long pages = 0) : LedgerDialect
{
    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        DefaultTimeout = 60,
        Pooling = pages == 0,
    }.ToString();

    /// <inheritdoc/>
    public override string Place => InputText.Cut(file);

    /// <inheritdoc/>
    public override string Now => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

    /// <inheritdoc/>
    public override string Skipping => "";

    /// <inheritdoc/>
    public override string Bytes => "BLOB";

    /// <inheritdoc/>
    public override string? SchemaLock => null;

    /// <inheritdoc/>
    public override async Task<DbConnection> Open(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText =
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                + (pages > 0 ? $"PRAGMA max_page_count = {pages};" : "");
            await command.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task<DbTransaction> Begin(
        DbConnection connection,
        bool writes,
        CancellationToken cancellation
    ) =>
        // One that will write takes the right to write at once: a later upgrade could be refused.
        Task.FromResult<DbTransaction>(
            ((SqliteConnection)connection).BeginTransaction(deferred: !writes)
        );

    /// <inheritdoc/>
    public override string TableQuery(string table) =>
        $"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{table}'";

    /// <inheritdoc/>
    public override LedgerException Fault(Exception cause)
    {
        const int Busy = 5;
        const int Locked = 6;
        const int ReadOnly = 8;
        const int InputOutput = 10;
        const int Corrupt = 11;
        const int Full = 13;
        const int CannotOpen = 14;
        const int NotADatabase = 26;
        var code = (cause as SqliteException)?.SqliteErrorCode ?? 0;
        var (fault, why) = code switch
        {
            Busy or Locked => (LedgerFault.Busy, "other processes hold it"),
            Full => (LedgerFault.DiskFull, "the disk is full"),
            InputOutput => (LedgerFault.DiskFull, "the disk refused to read or write"),
            ReadOnly => (LedgerFault.Refused, "it may not be written"),
            CannotOpen => (
                LedgerFault.Refused,
                "it cannot be opened; its folder must be there and may be written"
            ),
            Corrupt or NotADatabase => (LedgerFault.Damaged, "it is no sound ledger"),
            _ => (LedgerFault.Refused, InputText.Cut(cause.Message)),
        };
        return new LedgerException(
            fault,
            $"The ledger '{Place}' was not written: {why}. What it holds is untouched; the same command goes on from there.",
            cause
        );
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }
}
