using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;

namespace Plimsoll.Web.Store.Schema;

/// <summary>The first form of the database: people, workspaces, studies, runs and the audit.</summary>
/// <remarks>Written by hand, without a type of any one database: the provider names them.</remarks>
[DbContext(typeof(WorkbenchStore))]
[Migration("20251101000001_Schema1")]
internal sealed class Schema1 : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        People(migrationBuilder);
        migrationBuilder.CreateTable(
            "workspaces",
            t => new
            {
                Id = Key(t),
                Name = Text(t),
                Created = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_workspaces", x => x.Id)
        );
        migrationBuilder.CreateTable(
            "members",
            t => new
            {
                WorkspaceId = Key(t),
                UserId = Key(t),
                Role = Text(t),
            },
            constraints: t => t.PrimaryKey("PK_members", x => new { x.WorkspaceId, x.UserId })
        );
        migrationBuilder.CreateTable(
            "studies",
            t => new
            {
                Id = Key(t),
                WorkspaceId = Key(t),
                Name = Text(t),
                Text = Text(t),
                Revision = t.Column<int>(),
                Created = t.Column<long>(),
                CreatedBy = Text(t),
                Updated = t.Column<long>(),
                UpdatedBy = Text(t),
                Removed = t.Column<bool>(),
            },
            constraints: t => t.PrimaryKey("PK_studies", x => x.Id)
        );
        migrationBuilder.CreateIndex("IX_studies_WorkspaceId", "studies", "WorkspaceId");
        migrationBuilder.CreateTable(
            "revisions",
            t => new
            {
                StudyId = Key(t),
                Revision = t.Column<int>(),
                Text = Text(t),
                At = t.Column<long>(),
                By = Text(t),
            },
            constraints: t => t.PrimaryKey("PK_revisions", x => new { x.StudyId, x.Revision })
        );
        Runs(migrationBuilder);
        migrationBuilder.CreateTable(
            "audit",
            t => new
            {
                Id = Key(t),
                WorkspaceId = Key(t),
                At = t.Column<long>(),
                By = Text(t),
                Action = Text(t),
                Subject = Text(t),
                Detail = Text(t),
            },
            constraints: t => t.PrimaryKey("PK_audit", x => x.Id)
        );
        migrationBuilder.CreateIndex("IX_audit_WorkspaceId_At", "audit", ["WorkspaceId", "At"]);
    }

    private static void Runs(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "runs",
            t => new
            {
                Id = Key(t),
                WorkspaceId = Key(t),
                StudyId = Key(t),
                StudyRevision = t.Column<int>(),
                Name = Text(t),
                Text = Text(t),
                Draws = t.Column<int>(),
                StudySha256 = Text(t),
                CatalogSha256 = Text(t),
                Engine = Text(t),
                RequestedBy = Key(t),
                Requested = t.Column<long>(),
                AskedAs = t.Column<string>(nullable: true, maxLength: 200),
                ResultKey = Key(t),
                SignedBy = Text(t),
                Signed = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_runs", x => x.Id)
        );
        migrationBuilder.CreateIndex(
            "IX_runs_WorkspaceId_Requested",
            "runs",
            ["WorkspaceId", "Requested"]
        );
        migrationBuilder.CreateIndex(
            "IX_runs_WorkspaceId_RequestedBy_AskedAs",
            "runs",
            ["WorkspaceId", "RequestedBy", "AskedAs"],
            unique: true
        );
        migrationBuilder.CreateTable(
            "run_files",
            t => new
            {
                ResultKey = Key(t),
                Name = Key(t),
                Bytes = t.Column<byte[]>(),
                Sha256 = Text(t),
            },
            constraints: t => t.PrimaryKey("PK_run_files", x => new { x.ResultKey, x.Name })
        );
        migrationBuilder.CreateTable(
            "answers",
            t => new
            {
                ResultKey = Key(t),
                Verdict = Text(t),
                Headline = Text(t),
                Question = Text(t),
                ResultSha256 = Text(t),
                At = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_answers", x => x.ResultKey)
        );
    }

    /// <summary>The tables of ASP.NET Core Identity without roles.</summary>
    private static void People(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "AspNetUsers",
            t => new
            {
                Id = Key(t),
                Workspace = Text(t),
                UserName = t.Column<string>(nullable: true, maxLength: 256),
                NormalizedUserName = t.Column<string>(nullable: true, maxLength: 256),
                Email = t.Column<string>(nullable: true, maxLength: 256),
                NormalizedEmail = t.Column<string>(nullable: true, maxLength: 256),
                EmailConfirmed = t.Column<bool>(),
                PasswordHash = t.Column<string>(nullable: true),
                SecurityStamp = t.Column<string>(nullable: true),
                ConcurrencyStamp = t.Column<string>(nullable: true),
                PhoneNumber = t.Column<string>(nullable: true),
                PhoneNumberConfirmed = t.Column<bool>(),
                TwoFactorEnabled = t.Column<bool>(),
                LockoutEnd = t.Column<DateTimeOffset>(nullable: true),
                LockoutEnabled = t.Column<bool>(),
                AccessFailedCount = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("PK_AspNetUsers", x => x.Id)
        );
        migrationBuilder.CreateIndex(
            "UserNameIndex",
            "AspNetUsers",
            "NormalizedUserName",
            unique: true
        );
        migrationBuilder.CreateIndex("EmailIndex", "AspNetUsers", "NormalizedEmail");
        migrationBuilder.CreateTable(
            "AspNetUserClaims",
            t => new
            {
                Id = t.Column<int>()
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation(
                        "Npgsql:ValueGenerationStrategy",
                        Npgsql
                            .EntityFrameworkCore
                            .PostgreSQL
                            .Metadata
                            .NpgsqlValueGenerationStrategy
                            .IdentityByDefaultColumn
                    ),
                UserId = Key(t),
                ClaimType = t.Column<string>(nullable: true),
                ClaimValue = t.Column<string>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_AspNetUserClaims", x => x.Id)
        );
        migrationBuilder.CreateTable(
            "AspNetUserLogins",
            t => new
            {
                LoginProvider = Key(t),
                ProviderKey = Key(t),
                ProviderDisplayName = t.Column<string>(nullable: true),
                UserId = Key(t),
            },
            constraints: t =>
                t.PrimaryKey("PK_AspNetUserLogins", x => new { x.LoginProvider, x.ProviderKey })
        );
        migrationBuilder.CreateTable(
            "AspNetUserTokens",
            t => new
            {
                UserId = Key(t),
                LoginProvider = Key(t),
                Name = Key(t),
                Value = t.Column<string>(nullable: true),
            },
            constraints: t =>
                t.PrimaryKey(
                    "PK_AspNetUserTokens",
                    x => new
                    {
                        x.UserId,
                        x.LoginProvider,
                        x.Name,
                    }
                )
        );
    }

    private static OperationBuilder<AddColumnOperation> Key(ColumnsBuilder t) =>
        t.Column<string>(maxLength: 200);

    private static OperationBuilder<AddColumnOperation> Text(ColumnsBuilder t) =>
        t.Column<string>();
}
