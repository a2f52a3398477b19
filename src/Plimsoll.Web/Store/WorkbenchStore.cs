using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Web.Store;

/// <summary>All that the workbench keeps, in SQLite for one person and in PostgreSQL for a team.</summary>
internal sealed class WorkbenchStore(DbContextOptions<WorkbenchStore> options)
    : IdentityUserContext<WorkbenchUser>(options)
{
    public DbSet<WorkspaceRow> Workspaces => Set<WorkspaceRow>();
    public DbSet<MemberRow> Members => Set<MemberRow>();
    public DbSet<AccountRow> Accounts => Set<AccountRow>();
    public DbSet<StudyRow> Studies => Set<StudyRow>();
    public DbSet<RevisionRow> Revisions => Set<RevisionRow>();
    public DbSet<AskedRun> Runs => Set<AskedRun>();
    public DbSet<AnswerRow> Answers => Set<AnswerRow>();
    public DbSet<RunFileRow> RunFiles => Set<RunFileRow>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<LinkRow> Links => Set<LinkRow>();
    public DbSet<KeyRow> Keys => Set<KeyRow>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<WorkspaceRow>().ToTable("workspaces");
        builder.Entity<MemberRow>().ToTable("members").HasKey(m => new { m.WorkspaceId, m.UserId });
        builder.Entity<AccountRow>().ToTable("accounts").HasKey(a => a.UserId);
        builder.Entity<StudyRow>().ToTable("studies").HasIndex(s => s.WorkspaceId);
        // Two writers of one revision: the second is told, nothing is overwritten.
        builder.Entity<StudyRow>().Property(s => s.Revision).IsConcurrencyToken();
        builder
            .Entity<RevisionRow>()
            .ToTable("revisions")
            .HasKey(r => new { r.StudyId, r.Revision });
        builder
            .Entity<AskedRun>()
            .ToTable("runs")
            .HasIndex(r => new { r.WorkspaceId, r.Requested });
        builder
            .Entity<AskedRun>()
            .HasIndex(r => new
            {
                r.WorkspaceId,
                r.RequestedBy,
                r.AskedAs,
            })
            .IsUnique();
        builder.Entity<RunFileRow>().ToTable("run_files").HasKey(f => new { f.ResultKey, f.Name });
        builder.Entity<AnswerRow>().ToTable("answers").HasKey(a => a.ResultKey);
        builder.Entity<AuditRow>().ToTable("audit").HasIndex(a => new { a.WorkspaceId, a.At });
        builder.Entity<LinkRow>().ToTable("links").HasIndex(l => l.SecretSha256).IsUnique();
        builder.Entity<KeyRow>().ToTable("access_keys").HasIndex(k => k.SecretSha256).IsUnique();
    }

    /// <summary>Milliseconds since 1970, UTC: the same number in every database.</summary>
    public static long Now(TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A new identifier: later ones sort after earlier ones.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString("N");
}
