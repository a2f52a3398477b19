using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>Whoever changes the audit in the database is found out.</summary>
public sealed class AuditChainTest
{
    [Theory]
    [InlineData("changed")]
    [InlineData("removed")]
    [InlineData("added")]
    [InlineData("chain")]
    [InlineData("tail")]
    public async Task A_row_that_another_hand_touched_is_found(string by)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var server = await WorkbenchServer.Start();
        using var client = server.Client();
        for (var i = 0; i < 3; i++)
        {
            await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy);
        }
        var before = (await client.GetFromJsonAsync<JsonNode>("/api/audit/check", stop))!;
        Assert.True(before["intact"]!.GetValue<bool>());
        Assert.Equal(3, before["rows"]!.GetValue<long>());
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var database = server.Store(scope).Database;
            var done = by switch
            {
                "changed" => await database.ExecuteSqlRawAsync(
                    "update audit set \"By\" = 'nobody' where \"Id\" = (select \"AuditId\" from audit_chain where \"Number\" = 2)",
                    stop
                ),
                "removed" => await database.ExecuteSqlRawAsync(
                    "delete from audit where \"Id\" = (select \"AuditId\" from audit_chain where \"Number\" = 2)",
                    stop
                ),
                "added" => await database.ExecuteSqlRawAsync(
                    "insert into audit (\"Id\", \"WorkspaceId\", \"At\", \"By\", \"Action\", \"Subject\", \"Detail\") select 'x', \"WorkspaceId\", \"At\" + 1, 'nobody', 'run.sign', 'x', '' from audit limit 1",
                    stop
                ),
                "chain" => await database.ExecuteSqlRawAsync(
                    "delete from audit_chain where \"Number\" = 2",
                    stop
                ),
                _ => await database.ExecuteSqlRawAsync(
                    "delete from audit where \"Id\" = (select \"AuditId\" from audit_chain where \"Number\" = 3)",
                    stop
                )
                    + await database.ExecuteSqlRawAsync(
                        "delete from audit_chain where \"Number\" = 3",
                        stop
                    ),
            };
            Assert.True(done >= 1);
        }
        // What was taken from the end is told only by a hash that was kept elsewhere.
        var after = (
            await client.GetFromJsonAsync<JsonNode>(
                $"/api/audit/check?known={before["head"]}",
                stop
            )
        )!;
        Assert.False(after["intact"]!.GetValue<bool>());
        Assert.Equal(
            by is "changed" or "removed" or "chain" ? "2" : null,
            after["broken"]?.ToString()
        );
        Assert.Equal(by == "tail" ? "false" : "true", after["known"]!.ToString());
        var page = await client.GetStringAsync("/audit?check=1", stop);
        Assert.Equal(by != "tail", page.Contains("banner bad", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_servers_that_write_at_once_make_one_chain()
    {
        var folder = Directory.CreateTempSubdirectory("workbench-").FullName;
        await using (var one = await WorkbenchServer.Start(folder))
        await using (var other = await WorkbenchServer.Start(folder))
        {
            using var first = one.Client();
            using var second = other.Client();
            const int Each = 15;
            await Task.WhenAll(
                Enumerable
                    .Range(0, Each)
                    .SelectMany(_ => new[] { first, second })
                    .Select(c => WorkbenchServer.Begin(c, WorkbenchServer.QuickStudy))
            );
            var check = (await second.GetFromJsonAsync<JsonNode>("/api/audit/check"))!;
            Assert.True(check["intact"]!.GetValue<bool>(), check.ToJsonString());
            Assert.Equal(2 * Each, check["rows"]!.GetValue<long>());
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_chain_of_another_workspace_is_its_own()
    {
        await using var server = await SecurityTest.Team();
        using var admin = await SecurityTest.SignIn(server, "admin");
        var check = await admin.GetAsync("/api/audit/check?known=00");
        Assert.Equal(HttpStatusCode.OK, check.StatusCode);
        var said = (await check.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.False(said["known"]!.GetValue<bool>());
        Assert.True(said["rows"]!.GetValue<long>() > 0);
        using var nobody = server.Client();
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await nobody.GetAsync("/api/audit/check")).StatusCode
        );
    }
}
