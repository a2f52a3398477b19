using System.Text;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Web.Access;
using Plimsoll.Web.Runs;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Documents;

/// <summary>Keeps studies: every change at once, with what stood before it.</summary>
internal sealed class StudyDesk(
    WorkbenchStore store,
    WorkbenchSettings settings,
    TimeProvider clock
)
{
    /// <summary>Earlier texts that are kept of a study.</summary>
    private const int KeptRevisions = 200;

    /// <summary>Why something is not done.</summary>
    internal sealed class RefusedException(string reason, int status) : Exception(reason)
    {
        public int Status => status;
    }

    /// <summary>Studies of a workspace, the latest changed first.</summary>
    public async Task<IReadOnlyList<StudyRow>> List(string workspace, int skip, int take) =>
        await store
            .Studies.AsNoTracking()
            .Where(s => s.WorkspaceId == workspace && !s.Removed)
            .OrderByDescending(s => s.Updated)
            .ThenBy(s => s.Id)
            .Skip(skip)
            .Take(take)
            .ToListAsync();

    /// <summary>A study of the workspace; null when there is none of this id.</summary>
    public Task<StudyRow?> Find(string workspace, string id) =>
        store
            .Studies.AsNoTracking()
            .FirstOrDefaultAsync(s => s.Id == id && s.WorkspaceId == workspace && !s.Removed);

    /// <summary>Begins a study.</summary>
    public async Task<StudyRow> Begin(Caller caller, string text)
    {
        Bound(text);
        if (
            await store.Studies.CountAsync(s => s.WorkspaceId == caller.WorkspaceId && !s.Removed)
            >= settings.MostStudies
        )
        {
            throw new RefusedException("The workspace is full; remove studies first.", 409);
        }
        var now = WorkbenchStore.Now(clock);
        var row = new StudyRow
        {
            Id = WorkbenchStore.NewId(),
            WorkspaceId = caller.WorkspaceId,
            Name = NameOf(text),
            Text = text,
            Revision = 1,
            Created = now,
            CreatedBy = caller.Name,
            Updated = now,
            UpdatedBy = caller.Name,
        };
        store.Studies.Add(row);
        store.Revisions.Add(Kept(row));
        Auditing.Add(store, clock, caller, "study.begin", row.Id, row.Name);
        await store.SaveChangesAsync();
        return row;
    }

    /// <summary>Keeps a new text.</summary>
    /// <exception cref="RefusedException">Another has changed it meanwhile, or it is too long.</exception>
    public async Task<StudyRow> Change(Caller caller, StudyRow seen, int revision, string text)
    {
        Bound(text);
        if (seen.Revision != revision)
        {
            // The same text sent again after a lost answer is no conflict.
            return seen.Text == text ? seen : throw Overtaken(seen.Revision);
        }
        if (seen.Text == text)
        {
            return seen;
        }
        var row = new StudyRow
        {
            Id = seen.Id,
            WorkspaceId = seen.WorkspaceId,
            Name = NameOf(text),
            Text = text,
            Revision = seen.Revision,
            Created = seen.Created,
            CreatedBy = seen.CreatedBy,
            Updated = WorkbenchStore.Now(clock),
            UpdatedBy = caller.Name,
        };
        store.Attach(row).State = EntityState.Modified;
        store.Entry(row).Property(r => r.Revision).OriginalValue = seen.Revision;
        row.Revision = seen.Revision + 1;
        store.Revisions.Add(Kept(row));
        Auditing.Add(
            store,
            clock,
            caller,
            "study.change",
            row.Id,
            $"revision {row.Revision}, study {StudyDocument.Hash(text)}, {TextChanges.Of(seen.Text, text)}"
        );
        try
        {
            await store.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            store.ChangeTracker.Clear();
            throw Overtaken(seen.Revision + 1);
        }
        if (row.Revision % 50 == 0)
        {
            await store
                .Revisions.Where(r =>
                    r.StudyId == row.Id && r.Revision < row.Revision - KeptRevisions
                )
                .ExecuteDeleteAsync();
        }
        return row;
    }

    /// <summary>Takes the last change back, as a change of its own.</summary>
    public async Task<StudyRow> Undo(Caller caller, StudyRow seen, int revision)
    {
        var before = await store
            .Revisions.AsNoTracking()
            .Where(r => r.StudyId == seen.Id && r.Revision < seen.Revision && r.Text != seen.Text)
            .OrderByDescending(r => r.Revision)
            .FirstOrDefaultAsync();
        return before is null ? seen : await Change(caller, seen, revision, before.Text);
    }

    /// <summary>Takes a study from the list.</summary>
    public async Task Remove(Caller caller, StudyRow row)
    {
        await store
            .Studies.Where(s => s.Id == row.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.Removed, true));
        Auditing.Add(store, clock, caller, "study.remove", row.Id, row.Name);
        await store.SaveChangesAsync();
    }

    private static RefusedException Overtaken(int now) =>
        new($"The study has been changed meanwhile: it stands at revision {now}.", 409);

    private void Bound(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > settings.MostStudyBytes)
        {
            throw new RefusedException(
                $"A study has at most {settings.MostStudyBytes:#,0} bytes.",
                422
            );
        }
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new RefusedException("A study is text, without zero characters.", 422);
        }
    }

    private static string NameOf(string text)
    {
        var name = StudyDocument.Of(text).Name;
        return name.Length switch
        {
            0 => "?",
            > 200 => name[..200],
            _ => name,
        };
    }

    private static RevisionRow Kept(StudyRow row) =>
        new()
        {
            StudyId = row.Id,
            Revision = row.Revision,
            Text = row.Text,
            At = row.Updated,
            By = row.UpdatedBy,
        };
}
