using System.Globalization;
using Npgsql;

namespace Plimsoll.Cluster.Membership;

/// <summary>The table of silos in the database of the ledger: who is a member, who is suspected, who is dead.</summary>
/// <remarks>
/// One row a silo and one row with the version of the table; a change of a silo's state raises the version in the same transaction and fails when another came before, which
/// is what the membership protocol of Orleans asks of its table. Signs of life leave the version alone.
/// </remarks>
internal sealed class MembershipDatabase : IAsyncDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS plimsoll_cluster (cluster text PRIMARY KEY, version bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS plimsoll_silo (
            cluster text NOT NULL, silo text NOT NULL, host text NOT NULL, name text NOT NULL, status bigint NOT NULL, gateway bigint NOT NULL,
            suspects text NOT NULL, started timestamptz NOT NULL, alive timestamptz NOT NULL, PRIMARY KEY (cluster, silo));
        """;

    private const string Columns = "silo, host, name, status, gateway, suspects, started, alive";
    private readonly NpgsqlDataSource _source;
    private readonly string _cluster;

    /// <summary>A table.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cluster">Name of the cluster.</param>
    public MembershipDatabase(NpgsqlDataSource source, string cluster) =>
        (_source, _cluster) = (source, cluster);

    /// <summary>Makes the tables.</summary>
    public async Task Prepare(CancellationToken cancellation)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Execute(connection, "SELECT pg_advisory_xact_lock(7546202)", cancellation);
        await Execute(connection, Schema, cancellation);
        await Execute(
            connection,
            "INSERT INTO plimsoll_cluster (cluster, version) VALUES ($1, 0) ON CONFLICT DO NOTHING",
            cancellation,
            _cluster
        );
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>All silos with the version of the table, read at once.</summary>
    /// <param name="silo">The only silo wanted; null for all.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<MembershipTableData> Read(SiloAddress? silo, CancellationToken cancellation)
    {
        // One statement sees one state of the database.
        await using var command = _source.CreateCommand(
            $"SELECT c.version, {Columns} FROM plimsoll_cluster c LEFT JOIN plimsoll_silo s ON s.cluster = c.cluster{(silo is null ? "" : " AND s.silo = $2")} WHERE c.cluster = $1"
        );
        command.Parameters.Add(new NpgsqlParameter { Value = _cluster });
        if (silo is not null)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = silo.ToParsableString() });
        }
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var version = 0L;
        var members = new List<Tuple<MembershipEntry, string>>();
        while (await rows.ReadAsync(cancellation))
        {
            version = rows.GetInt64(0);
            if (!await rows.IsDBNullAsync(1, cancellation))
            {
                members.Add(Tuple.Create(Entry(rows), Tag(version)));
            }
        }
        return new MembershipTableData(members, new TableVersion((int)version, Tag(version)));
    }

    /// <summary>Adds a silo, or changes one, if the version of the table is still the one seen.</summary>
    /// <param name="entry">The silo.</param>
    /// <param name="seen">The version that follows the one seen, with the tag of the one seen.</param>
    /// <param name="insert">True to add it, false to change it.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>False when another change came before, or the silo is there (or not) already.</returns>
    public async Task<bool> Write(
        MembershipEntry entry,
        TableVersion seen,
        bool insert,
        CancellationToken cancellation
    )
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var raised = await Execute(
            connection,
            "UPDATE plimsoll_cluster SET version = $2 WHERE cluster = $1 AND version = $3",
            cancellation,
            _cluster,
            (long)seen.Version,
            long.Parse(seen.VersionEtag, CultureInfo.InvariantCulture)
        );
        if (raised == 0)
        {
            return false;
        }
        var written = await Execute(
            connection,
            insert
                ? $"INSERT INTO plimsoll_silo (cluster, {Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING"
                : "UPDATE plimsoll_silo SET host = $3, name = $4, status = $5, gateway = $6, suspects = $7, started = $8, alive = $9 WHERE cluster = $1 AND silo = $2",
            cancellation,
            _cluster,
            entry.SiloAddress.ToParsableString(),
            entry.HostName ?? "",
            entry.SiloName ?? "",
            (long)entry.Status,
            (long)entry.ProxyPort,
            Suspects(entry),
            Utc(entry.StartTime),
            Utc(entry.IAmAliveTime)
        );
        if (written == 0)
        {
            return false;
        }
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>A sign of life.</summary>
    public async Task Alive(MembershipEntry entry, CancellationToken cancellation)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        await Execute(
            connection,
            "UPDATE plimsoll_silo SET alive = $3 WHERE cluster = $1 AND silo = $2",
            cancellation,
            _cluster,
            entry.SiloAddress.ToParsableString(),
            Utc(entry.IAmAliveTime)
        );
    }

    /// <summary>Takes away dead silos that gave no sign of life since a time.</summary>
    public async Task Clean(DateTimeOffset before, CancellationToken cancellation)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        await Execute(
            connection,
            "DELETE FROM plimsoll_silo WHERE cluster = $1 AND status = $2 AND greatest(alive, started) < $3",
            cancellation,
            _cluster,
            (long)SiloStatus.Dead,
            before.UtcDateTime
        );
    }

    /// <summary>Takes a whole cluster away.</summary>
    public async Task Delete(string cluster, CancellationToken cancellation)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        await Execute(
            connection,
            "DELETE FROM plimsoll_silo WHERE cluster = $1",
            cancellation,
            cluster
        );
        await Execute(
            connection,
            "DELETE FROM plimsoll_cluster WHERE cluster = $1",
            cancellation,
            cluster
        );
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task<int> Execute(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellation,
        params object[] values
    )
    {
#pragma warning disable CA2100 // Every statement is a constant of this file; what others write goes in as values.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static MembershipEntry Entry(NpgsqlDataReader r) =>
        new()
        {
            SiloAddress = SiloAddress.FromParsableString(r.GetString(1)),
            HostName = r.GetString(2),
            SiloName = r.GetString(3),
            Status = (SiloStatus)r.GetInt64(4),
            ProxyPort = (int)r.GetInt64(5),
            SuspectTimes =
            [
                .. r.GetString(6)
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(s => s.Split('|'))
                    .Select(s =>
                        Tuple.Create(
                            SiloAddress.FromParsableString(s[0]),
                            new DateTime(
                                long.Parse(s[1], CultureInfo.InvariantCulture),
                                DateTimeKind.Utc
                            )
                        )
                    ),
            ],
            StartTime = r.GetDateTime(7),
            IAmAliveTime = r.GetDateTime(8),
        };

    private static string Suspects(MembershipEntry entry) =>
        string.Join(
            ' ',
            (entry.SuspectTimes ?? []).Select(s =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{s.Item1.ToParsableString()}|{s.Item2.Ticks}"
                )
            )
        );

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private static string Tag(long version) => version.ToString(CultureInfo.InvariantCulture);
}
