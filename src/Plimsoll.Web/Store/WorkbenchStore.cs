using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Web.Store;

/// <summary>All that the workbench keeps, in SQLite for one person and in PostgreSQL for a team.</summary>
/// <param name="options">Which database.</param>
/// <param name="key">The secret of the audit's chain; null to write none.</param>
internal sealed class WorkbenchStore(DbContextOptions<WorkbenchStore> options, AuditKey? key = null)
    : IdentityUserContext<WorkbenchUser>(options)
{
    /// <summary>Servers beside each other may link behind the same row: one is told by the database, and links again.</summary>
    private const int MostTries = 50;

    // Within this process one links at a time.
    private static readonly SemaphoreSlim _turn = new(1);

    public DbSet<WorkspaceRow> Workspaces => Set<WorkspaceRow>();
    public DbSet<MemberRow> Members => Set<MemberRow>();
    public DbSet<AccountRow> Accounts => Set<AccountRow>();
    public DbSet<StudyRow> Studies => Set<StudyRow>();
    public DbSet<RevisionRow> Revisions => Set<RevisionRow>();
    public DbSet<AskedRun> Runs => Set<AskedRun>();
    public DbSet<AnswerRow> Answers => Set<AnswerRow>();
    public DbSet<RunFileRow> RunFiles => Set<RunFileRow>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<AuditLinkRow> AuditLinks => Set<AuditLinkRow>();
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
        builder
            .Entity<AuditLinkRow>()
            .ToTable("audit_chain")
            .HasKey(l => new { l.WorkspaceId, l.Number });
        builder.Entity<LinkRow>().ToTable("links").HasIndex(l => l.SecretSha256).IsUnique();
        builder.Entity<KeyRow>().ToTable("access_keys").HasIndex(k => k.SecretSha256).IsUnique();
    }

    /// <summary>Saves, rows of the audit with their links.</summary>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        AuditRow[] rows =
        [
            .. ChangeTracker
                .Entries<AuditRow>()
                .Where(e => e.State == EntityState.Added)
                .Select(e => e.Entity),
        ];
        if (key is null || rows.Length == 0)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (var tries = 1; ; tries++)
            {
                foreach (var stale in ChangeTracker.Entries<AuditLinkRow>().ToList())
                {
                    stale.State = EntityState.Detached;
                }
                var behind = await AuditChain.Link(this, key, rows, cancellationToken);
                try
                {
                    return await base.SaveChangesAsync(
                        acceptAllChangesOnSuccess,
                        cancellationToken
                    );
                }
                catch (DbUpdateException e)
                    when (e is not DbUpdateConcurrencyException && tries < MostTries)
                {
                    if (!await Overtaken(behind, cancellationToken))
                    {
                        throw;
                    }
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>True when another server has linked rows meanwhile.</summary>
    private async Task<bool> Overtaken(
        IReadOnlyDictionary<string, long> behind,
        CancellationToken cancellation
    )
    {
        foreach (var (workspace, number) in behind)
        {
            if (
                await AuditChain.Last(this, workspace, cancellation) is { } last
                && last.Number > number
            )
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Milliseconds since 1970, UTC: the same number in every database.</summary>
    public static long Now(TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A new identifier: later ones sort after earlier ones.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString("N");
}
