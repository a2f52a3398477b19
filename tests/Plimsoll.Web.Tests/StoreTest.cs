using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Cluster.Tests;
using Plimsoll.Web.Store;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>The database, as SQLite and as a real PostgreSQL.</summary>
public sealed class StoreTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_of_schema_1_with_data_becomes_the_next(bool server)
    {
        using var postgres = server ? Postgres.Start() : null;
        var file = Path.GetTempFileName();
        await using (var old = Open(file, postgres))
        {
            await old.GetService<IMigrator>()
                .MigrateAsync("20251101000001_Schema1", TestContext.Current.CancellationToken);
            Assert.Equal(
                ["20251101000001_Schema1"],
                await old.Database.GetAppliedMigrationsAsync(TestContext.Current.CancellationToken)
            );
            old.Workspaces.Add(
                new WorkspaceRow
                {
                    Id = "w",
                    Name = "研究",
                    Created = 1,
                }
            );
            old.Users.Add(
                new WorkbenchUser
                {
                    Id = "u",
                    UserName = "who",
                    NormalizedUserName = "WHO",
                    Workspace = "w",
                }
            );
            old.Members.Add(
                new MemberRow
                {
                    WorkspaceId = "w",
                    UserId = "u",
                    Role = "Admin",
                }
            );
            old.Studies.Add(
                new StudyRow
                {
                    Id = "s",
                    WorkspaceId = "w",
                    Name = "n",
                    Text = "kind: study\n",
                    Revision = 3,
                    Created = 1,
                    CreatedBy = "who",
                    Updated = 2,
                    UpdatedBy = "who",
                }
            );
            old.Revisions.Add(
                new RevisionRow
                {
                    StudyId = "s",
                    Revision = 3,
                    Text = "kind: study\n",
                    At = 2,
                    By = "who",
                }
            );
            old.Runs.Add(
                new AskedRun
                {
                    Id = "r",
                    WorkspaceId = "w",
                    StudyId = "s",
                    StudyRevision = 3,
                    Name = "n",
                    Text = "t",
                    Draws = 30,
                    StudySha256 = "a",
                    CatalogSha256 = "b",
                    Engine = "e",
                    ResultKey = "k",
                    RequestedBy = "who",
                    Requested = 5,
                }
            );
            old.RunFiles.Add(
                new RunFileRow
                {
                    ResultKey = "k",
                    Name = "result.json",
                    Bytes = [1, 2, 3],
                    Sha256 = "x",
                }
            );
            old.Answers.Add(
                new AnswerRow
                {
                    ResultKey = "k",
                    Verdict = "Build",
                    Headline = "h",
                    Question = "sponsor",
                    ResultSha256 = "x",
                    At = 6,
                }
            );
            old.Audit.Add(
                new AuditRow
                {
                    Id = "a",
                    WorkspaceId = "w",
                    At = 1,
                    By = "who",
                    Action = "x",
                    Subject = "s",
                    Detail = "d",
                }
            );
            await old.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await using (var now = Open(file, postgres))
        {
            await now.Database.MigrateAsync(TestContext.Current.CancellationToken);
            Assert.Empty(
                await now.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken)
            );
            Assert.Equal(
                "研究",
                (await now.Workspaces.SingleAsync(TestContext.Current.CancellationToken)).Name
            );
            Assert.Equal(
                "who",
                (await now.Users.SingleAsync(TestContext.Current.CancellationToken)).UserName
            );
            Assert.Equal(
                3,
                (await now.Studies.SingleAsync(TestContext.Current.CancellationToken)).Revision
            );
            Assert.Equal(
                [1, 2, 3],
                (await now.RunFiles.SingleAsync(TestContext.Current.CancellationToken)).Bytes
            );
            Assert.Equal(
                "Build",
                (await now.Answers.SingleAsync(TestContext.Current.CancellationToken)).Verdict
            );
            Assert.Single(await now.Runs.ToListAsync(TestContext.Current.CancellationToken));
            Assert.Single(await now.Audit.ToListAsync(TestContext.Current.CancellationToken));
            now.Links.Add(
                new LinkRow
                {
                    Id = "l",
                    WorkspaceId = "w",
                    RunId = "r",
                    SecretSha256 = "h",
                    Expires = 9,
                    CreatedBy = "who",
                }
            );
            now.Keys.Add(
                new KeyRow
                {
                    Id = "k",
                    WorkspaceId = "w",
                    UserId = "u",
                    Name = "n",
                    SecretSha256 = "h",
                    Expires = 9,
                }
            );
            now.UserClaims.Add(
                new()
                {
                    UserId = "u",
                    ClaimType = "t",
                    ClaimValue = "v",
                }
            );
            await now.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Delete(file);
    }

    [Fact]
    public async Task A_team_works_on_PostgreSQL()
    {
        using var postgres = Postgres.Start();
        await using var server = await SecurityTest.Team(
            ("Workbench:Database", "postgresql"),
            ("Workbench:Connection", Connection(postgres))
        );
        using var client = await SecurityTest.SignIn(server, "admin");
        var study = await WorkbenchServer.Begin(client, WorkbenchServer.QuickStudy);
        var run = await WorkbenchServer.Run(client, study["id"]!.ToString(), 30);
        Assert.Equal("done", run["state"]!.ToString());
        Assert.NotEmpty(await client.GetByteArrayAsync($"/api/runs/{run["id"]}/files/memo.docx"));
        Assert.NotEmpty(
            (await client.GetFromJsonAsync<JsonNode>("/api/audit"))!["items"]!.AsArray()
        );
        // The database goes and comes back: what was written is there, the next request is answered.
        postgres.Stop();
        Assert.False((await client.GetAsync("/health/ready")).IsSuccessStatusCode);
        postgres.StartAgain();
        Assert.Equal(
            "done",
            (await client.GetFromJsonAsync<JsonNode>($"/api/runs/{run["id"]}"))![
                "state"
            ]!.ToString()
        );
    }

    internal static string Connection(Postgres postgres) =>
        $"Host=127.0.0.1;Port={postgres.Port};Username=postgres;Database=postgres";

    private static WorkbenchStore Open(string file, Postgres? postgres)
    {
        var options = new DbContextOptionsBuilder<WorkbenchStore>();
        _ = postgres is null
            ? options.UseSqlite($"Data Source={file}")
            : options.UseNpgsql(Connection(postgres));
        options.ConfigureWarnings(w =>
            w.Ignore(
                Microsoft
                    .EntityFrameworkCore
                    .Diagnostics
                    .RelationalEventId
                    .PendingModelChangesWarning
            )
        );
        return new WorkbenchStore(options.Options);
    }
}
