using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Plimsoll.Web.Store.Schema;

/// <summary>Adds what is given to others: links to one run, and keys for programs.</summary>
[DbContext(typeof(WorkbenchStore))]
[Migration("20251101000002_Schema2")]
internal sealed class Schema2 : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "links",
            t => new
            {
                Id = t.Column<string>(maxLength: 200),
                WorkspaceId = t.Column<string>(maxLength: 200),
                RunId = t.Column<string>(maxLength: 200),
                SecretSha256 = t.Column<string>(maxLength: 200),
                Expires = t.Column<long>(),
                CreatedBy = t.Column<string>(),
                Revoked = t.Column<bool>(),
            },
            constraints: t => t.PrimaryKey("PK_links", x => x.Id)
        );
        migrationBuilder.CreateIndex(
            "IX_links_SecretSha256",
            "links",
            "SecretSha256",
            unique: true
        );
        migrationBuilder.CreateTable(
            "access_keys",
            t => new
            {
                Id = t.Column<string>(maxLength: 200),
                WorkspaceId = t.Column<string>(maxLength: 200),
                UserId = t.Column<string>(maxLength: 200),
                Name = t.Column<string>(),
                SecretSha256 = t.Column<string>(maxLength: 200),
                Expires = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_access_keys", x => x.Id)
        );
        migrationBuilder.CreateIndex(
            "IX_access_keys_SecretSha256",
            "access_keys",
            "SecretSha256",
            unique: true
        );
    }
}
