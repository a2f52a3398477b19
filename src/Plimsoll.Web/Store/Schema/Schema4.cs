using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Plimsoll.Web.Store.Schema;

/// <summary>Adds the chain of the audit: rows written before stand outside it.</summary>
[DbContext(typeof(WorkbenchStore))]
[Migration("20251201000004_Schema4")]
internal sealed class Schema4 : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "audit_chain",
            t => new
            {
                WorkspaceId = t.Column<string>(maxLength: 200),
                Number = t.Column<long>(),
                AuditId = t.Column<string>(maxLength: 200),
                Hash = t.Column<string>(maxLength: 64),
            },
            constraints: t => t.PrimaryKey("PK_audit_chain", x => new { x.WorkspaceId, x.Number })
        );
        migrationBuilder.CreateIndex(
            "IX_audit_chain_AuditId",
            "audit_chain",
            "AuditId",
            unique: true
        );
    }
}
