using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Plimsoll.Web.Store.Schema;

/// <summary>Adds what an administrator says of an account: disabled, or its password to be changed first.</summary>
[DbContext(typeof(WorkbenchStore))]
[Migration("20251101000003_Schema3")]
internal sealed class Schema3 : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable(
            "accounts",
            t => new
            {
                UserId = t.Column<string>(maxLength: 200),
                Disabled = t.Column<bool>(),
                MustChange = t.Column<bool>(),
            },
            constraints: t => t.PrimaryKey("PK_accounts", x => x.UserId)
        );
}
