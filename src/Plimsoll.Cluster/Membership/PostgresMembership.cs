using Npgsql;
using Orleans.Messaging;

namespace Plimsoll.Cluster.Membership;

/// <summary>The table of silos as Orleans asks for it.</summary>
internal sealed class PostgresMembership(MembershipDatabase database) : IMembershipTable
{
    private const int MostTries = 120;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    /// <remarks>A silo that starts while the database does waits for it.</remarks>
    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await database.Prepare(CancellationToken.None);
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient && tries < MostTries)
            {
                await Task.Delay(_pause);
            }
        }
    }

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId) =>
        database.Delete(clusterId, CancellationToken.None);

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        database.Clean(beforeDate, CancellationToken.None);

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRow(SiloAddress key) =>
        database.Read(key, CancellationToken.None);

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAll() => database.Read(null, CancellationToken.None);

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        database.Write(entry, tableVersion, insert: true, CancellationToken.None);

    /// <inheritdoc/>
    /// <remarks>The tag of a row is the version of the table, which the write tests.</remarks>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        database.Write(entry, tableVersion, insert: false, CancellationToken.None);

    /// <inheritdoc/>
    public Task UpdateIAmAlive(MembershipEntry entry) =>
        database.Alive(entry, CancellationToken.None);
}

/// <summary>Where a client finds the silos: the gateways of those that are active.</summary>
internal sealed class PostgresGateways(MembershipDatabase database) : IGatewayListProvider
{
    /// <inheritdoc/>
    public TimeSpan MaxStaleness => TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public bool IsUpdatable => true;

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => database.Prepare(CancellationToken.None);

    /// <inheritdoc/>
    public async Task<IList<Uri>> GetGateways() =>
        [
            .. (await database.Read(null, CancellationToken.None))
                .Members.Select(m => m.Item1)
                .Where(m => m.Status == SiloStatus.Active && m.ProxyPort > 0)
                .Select(m =>
                    SiloAddress
                        .New(m.SiloAddress.Endpoint.Address, m.ProxyPort, m.SiloAddress.Generation)
                        .ToGatewayUri()
                ),
        ];
}
