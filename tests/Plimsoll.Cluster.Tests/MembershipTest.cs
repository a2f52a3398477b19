using System.Net;
using Npgsql;
using Plimsoll.Cluster.Membership;
using Xunit;

namespace Plimsoll.Cluster.Tests;

/// <summary>The table of silos keeps what the membership protocol of Orleans asks of it, on a real PostgreSQL.</summary>
public sealed class MembershipTest(MembershipTest.Server server)
    : IClassFixture<MembershipTest.Server>
{
    public sealed class Server : IDisposable
    {
        private Postgres? _postgres;

        public Postgres Get() => _postgres ??= Postgres.Start();

        public void Dispose() => _postgres?.Dispose();
    }

    private static int _number;

    private async Task<(PostgresMembership Table, PostgresGateways Gateways)> Prepared()
    {
        var name = $"c{Interlocked.Increment(ref _number)}";
        var source = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={server.Get().Port};Username=postgres;Database=postgres"
        );
        var database = new MembershipDatabase(source, name);
        var table = new PostgresMembership(database);
        await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => table.InitializeMembershipTable(true))
        );
        return (table, new PostgresGateways(database));
    }

    private static MembershipEntry Entry(int port, SiloStatus status = SiloStatus.Joining) =>
        new()
        {
            SiloAddress = SiloAddress.New(IPAddress.Loopback, port, 7),
            HostName = "host",
            SiloName = $"silo {port}",
            Status = status,
            ProxyPort = port + 1000,
            SuspectTimes = [],
            StartTime = new DateTime(2025, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            IAmAliveTime = new DateTime(2025, 1, 2, 3, 5, 5, DateTimeKind.Utc),
        };

    [Fact]
    public async Task A_silo_is_added_once_and_raises_the_version()
    {
        var (table, _) = await Prepared();
        var empty = (await table.ReadAll()).Version;
        Assert.True(await table.InsertRow(Entry(1), empty.Next()));
        var one = await table.ReadAll();
        Assert.Equal(empty.Version + 1, one.Version.Version);
        Assert.False(await table.InsertRow(Entry(1), one.Version.Next()));
        Assert.Equal(one.Version.Version, (await table.ReadAll()).Version.Version);
        // Another change came before: the version seen is an old one.
        Assert.False(await table.InsertRow(Entry(2), empty.Next()));
        Assert.Single((await table.ReadAll()).Members);
    }

    [Fact]
    public async Task Of_many_writers_that_saw_the_same_version_one_wins()
    {
        var (table, _) = await Prepared();
        var seen = (await table.ReadAll()).Version;
        var written = await Task.WhenAll(
            Enumerable.Range(1, 12).Select(i => table.InsertRow(Entry(i), seen.Next()))
        );
        Assert.Single(written, w => w);
        Assert.Single((await table.ReadAll()).Members);
    }

    [Fact]
    public async Task A_change_needs_the_version_seen_and_a_sign_of_life_does_not_disturb_it()
    {
        var (table, _) = await Prepared();
        var empty = (await table.ReadAll()).Version;
        await table.InsertRow(Entry(1), empty.Next());
        var seen = await table.ReadAll();
        var alive = Entry(1);
        alive.IAmAliveTime = alive.IAmAliveTime.AddMinutes(3);
        await table.UpdateIAmAlive(alive);
        var changed = Entry(1, SiloStatus.Active);
        changed.SuspectTimes =
        [
            Tuple.Create(SiloAddress.New(IPAddress.Loopback, 9, 8), changed.StartTime),
        ];
        Assert.False(await table.UpdateRow(Entry(2), seen.Members[0].Item2, seen.Version.Next()));
        Assert.True(await table.UpdateRow(changed, seen.Members[0].Item2, seen.Version.Next()));
        Assert.False(await table.UpdateRow(changed, seen.Members[0].Item2, seen.Version.Next()));
        var read = (await table.ReadRow(changed.SiloAddress)).Members.Single().Item1;
        Assert.Equal(SiloStatus.Active, read.Status);
        Assert.Equal(changed.SuspectTimes, read.SuspectTimes);
        Assert.Equal(changed.StartTime, read.StartTime);
        Assert.Empty((await table.ReadRow(Entry(5).SiloAddress)).Members);
    }

    [Fact]
    public async Task Clients_find_active_silos_and_the_long_dead_are_taken_away()
    {
        var (table, gateways) = await Prepared();
        foreach (
            var entry in new[] { Entry(1, SiloStatus.Active), Entry(2, SiloStatus.Dead), Entry(3) }
        )
        {
            await table.InsertRow(entry, (await table.ReadAll()).Version.Next());
        }
        Assert.Equal(1001, Assert.Single(await gateways.GetGateways()).Port);
        await table.CleanupDefunctSiloEntries(
            new DateTimeOffset(2025, 1, 2, 3, 5, 0, TimeSpan.Zero)
        );
        Assert.Equal(3, (await table.ReadAll()).Members.Count);
        await table.CleanupDefunctSiloEntries(
            new DateTimeOffset(2025, 1, 3, 0, 0, 0, TimeSpan.Zero)
        );
        Assert.Equal(2, (await table.ReadAll()).Members.Count);
    }
}
