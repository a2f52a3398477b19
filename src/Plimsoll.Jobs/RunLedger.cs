using Plimsoll.Jobs.Sql;

namespace Plimsoll.Jobs;

/// <summary>Opens a ledger by its address.</summary>
public static class RunLedger
{
    /// <summary>Environment variable that names the ledger where no address is given, so that no password stands on a command line.</summary>
    public const string Variable = "PLIMSOLL_LEDGER";

    /// <summary>A ledger; nothing is read before <see cref="IRunLedger.Prepare"/>.</summary>
    /// <param name="address">A file for SQLite, or <c>postgres://user@host:port/database</c>, or a connection string of PostgreSQL (<c>Host=...;Database=...</c>).</param>
    /// <param name="patience">How long a call waits for a database that is gone before it throws; zero for one try.</param>
    /// <exception cref="LedgerException">The address cannot be read.</exception>
    public static IRunLedger Open(string address, TimeSpan patience = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        var ledger = new SqlLedger(
            IsPostgres(address) ? new PostgresDialect(address) : new SqliteDialect(address)
        );
        return patience > TimeSpan.Zero ? new RetryingLedger(ledger, patience) : ledger;
    }

    /// <summary>True when an address names a server, false when it names a file of this machine.</summary>
    public static bool IsPostgres(string address) =>
        address.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
        || address.Contains("Host=", StringComparison.OrdinalIgnoreCase);
}
