using System.Data.Common;
using System.Net.Sockets;
using Npgsql;
using Plimsoll.Inputs;

namespace Plimsoll.Jobs.Sql;

/// <summary>A ledger in PostgreSQL, for any number of machines.</summary>
internal sealed class PostgresDialect : LedgerDialect
{
    private readonly NpgsqlDataSource _source;

    /// <summary>A ledger in a database.</summary>
    /// <param name="address">As <c>postgres://user@host:port/database</c>, or the pairs of a connection string.</param>
    /// <exception cref="LedgerException">The address cannot be read.</exception>
    public PostgresDialect(string address)
    {
        try
        {
            var parts = PostgresAddress.Parts(address);
            _source = NpgsqlDataSource.Create(parts);
            Place = InputText.Cut($"{parts.Host}:{parts.Port}/{parts.Database}");
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            throw new LedgerException(
                LedgerFault.Refused,
                "The address of the ledger cannot be read; expected postgres://user@host:5432/database, with the password in PGPASSWORD or a password file.",
                e
            );
        }
    }

    /// <inheritdoc/>
    public override string Place { get; }

    /// <inheritdoc/>
    public override string Now => "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    /// <inheritdoc/>
    public override string Skipping => "FOR UPDATE SKIP LOCKED";

    /// <inheritdoc/>
    public override string Bytes => "bytea";

    /// <inheritdoc/>
    public override string? SchemaLock => "SELECT pg_advisory_xact_lock(7546201)";

    /// <inheritdoc/>
    public override async Task<DbConnection> Open(CancellationToken cancellation) =>
        await _source.OpenConnectionAsync(cancellation);

    /// <inheritdoc/>
    public override async Task<DbTransaction> Begin(
        DbConnection connection,
        bool writes,
        CancellationToken cancellation
    ) => await connection.BeginTransactionAsync(cancellation);

    /// <inheritdoc/>
    public override string TableQuery(string table) =>
        $"SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = '{table}'";

    /// <inheritdoc/>
    public override LedgerException Fault(Exception cause)
    {
        var state = (cause as PostgresException)?.SqlState;
        var (fault, why) = state switch
        {
            PostgresErrorCodes.DiskFull => (
                LedgerFault.DiskFull,
                "the disk of the database is full"
            ),
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => (
                LedgerFault.Busy,
                "others hold what was asked for"
            ),
            PostgresErrorCodes.InvalidPassword
            or PostgresErrorCodes.InvalidAuthorizationSpecification => (
                LedgerFault.Refused,
                "user or password is not accepted"
            ),
            PostgresErrorCodes.InvalidCatalogName => (
                LedgerFault.Refused,
                "there is no such database"
            ),
            null when IsBrokenOff(cause) => (LedgerFault.Unreachable, "it cannot be reached"),
            _ when (cause as DbException)?.IsTransient == true || IsGoing(state) => (
                LedgerFault.Unreachable,
                "it is starting, stopping or out of connections"
            ),
            _ => (LedgerFault.Refused, InputText.Cut(cause.Message)),
        };
        return new LedgerException(
            fault,
            $"The ledger at {Place} did not answer: {why}. What it holds is untouched; the same command goes on from there.",
            cause
        );
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>A connection that an administrator or a crash ended (class 57P), or that could not be made (class 08).</summary>
    private static bool IsGoing(string? state) =>
        state is not null
        && (
            state.StartsWith("57P", StringComparison.Ordinal)
            || state.StartsWith("08", StringComparison.Ordinal)
        );

    private static bool IsBrokenOff(Exception cause) =>
        cause is NpgsqlException { IsTransient: true }
        || cause is IOException or SocketException or TimeoutException
        || cause.InnerException is { } inner && IsBrokenOff(inner);
}
