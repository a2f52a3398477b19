using System.Data.Common;

namespace Plimsoll.Jobs.Sql;

/// <summary>What differs between the databases that a ledger may lie in.</summary>
internal abstract class LedgerDialect : IAsyncDisposable
{
    /// <summary>Where the ledger lies, for people; never a password.</summary>
    public abstract string Place { get; }

    /// <summary>Milliseconds since 1970 by the clock of the database: workers whose clocks disagree agree about leases.</summary>
    public abstract string Now { get; }

    /// <summary>What stands behind a selection of runs to be leased, so that two workers never wait for each other.</summary>
    public abstract string Skipping { get; }

    /// <summary>Type of a column of bytes.</summary>
    public abstract string Bytes { get; }

    /// <summary>Taken before the tables are looked at, so that two processes do not make them at once; null when the transaction does.</summary>
    public abstract string? SchemaLock { get; }

    /// <summary>Opens a connection.</summary>
    public abstract Task<DbConnection> Open(CancellationToken cancellation);

    /// <summary>Begins a transaction.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="writes">False when nothing will be written.</param>
    /// <param name="cancellation">Stops.</param>
    public abstract Task<DbTransaction> Begin(
        DbConnection connection,
        bool writes,
        CancellationToken cancellation
    );

    /// <summary>Whether a table is there, as a query of one number.</summary>
    public abstract string TableQuery(string table);

    /// <summary>Words what the database said.</summary>
    public abstract LedgerException Fault(Exception cause);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
