using Microsoft.EntityFrameworkCore;
using Plimsoll.Inputs;
using Plimsoll.Jobs;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Web.Access;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Runs;

/// <summary>Asks for runs, finds them and stops them, each within its workspace.</summary>
internal sealed class RunDesk(
    WorkbenchStore store,
    IRunLedger ledger,
    WorkbenchSettings settings,
    TimeProvider clock
)
{
    /// <summary>Why a run is not taken; the findings where the study is not sound.</summary>
    internal sealed class RefusedException(
        string reason,
        int status,
        IReadOnlyList<LocatedFinding>? findings = null
    ) : Exception(reason)
    {
        public int Status => status;
        public IReadOnlyList<LocatedFinding> Findings => findings ?? [];
    }

    /// <summary>Asks for a run of a study as it stands.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="study">The study.</param>
    /// <param name="draws">Joint draws.</param>
    /// <param name="askedAs">A key of the caller's: the same key is the same run; null for none.</param>
    /// <exception cref="RefusedException">Not sound, or beyond a limit.</exception>
    public async Task<RunView> Ask(Caller caller, StudyRow study, int draws, string? askedAs)
    {
        if (askedAs is not null && await Asked(caller, askedAs) is { } before)
        {
            return before;
        }
        if (draws < 30 || draws > settings.MostDraws)
        {
            throw new RefusedException(
                $"draws: {draws} is not between 30 and {settings.MostDraws}.",
                StatusCodes.Status422UnprocessableEntity
            );
        }
        var document = StudyDocument.Of(study.Text);
        if (!document.Sound)
        {
            throw new RefusedException(
                "The study is not sound.",
                StatusCodes.Status422UnprocessableEntity,
                document.Findings
            );
        }
        Bound(document, draws);
        var open = 0;
        foreach (var run in await Open(caller.WorkspaceId))
        {
            open += run.Row.RequestedBy == caller.Name && !run.Ended ? 1 : 0;
        }
        if (open >= settings.RunsPerUser)
        {
            throw new RefusedException(
                $"{open} of your runs wait already; at most {settings.RunsPerUser} may.",
                StatusCodes.Status429TooManyRequests
            );
        }
        var order = new RunOrder { Study = study.Text, Draws = draws };
        var row = new AskedRun
        {
            Id = WorkbenchStore.NewId(),
            WorkspaceId = caller.WorkspaceId,
            StudyId = study.Id,
            StudyRevision = study.Revision,
            Name = document.Name,
            Text = study.Text,
            Draws = draws,
            StudySha256 = document.Sha256,
            CatalogSha256 = Engine.Version.Catalogue,
            Engine = Engine.Version.Engine,
            ResultKey = order.Key(Engine.Version),
            RequestedBy = caller.Name,
            Requested = WorkbenchStore.Now(clock),
            AskedAs = askedAs,
        };
        store.Runs.Add(row);
        Auditing.Add(
            store,
            clock,
            caller,
            "run.ask",
            row.Id,
            $"study {row.StudySha256}, catalogue {row.CatalogSha256}, engine {row.Engine}, draws {draws}"
        );
        try
        {
            await store.SaveChangesAsync();
        }
        catch (DbUpdateException) when (askedAs is not null)
        {
            // The same key at the same moment: the other one made it.
            store.ChangeTracker.Clear();
            return await Asked(caller, askedAs)
                ?? throw new RefusedException(
                    "The run could not be entered.",
                    StatusCodes.Status409Conflict
                );
        }
        // Entered after the row: a run without a job is entered again when it is looked at.
        await Enter(row);
        return await View(row);
    }

    /// <summary>A run of the workspace; null when there is none of this id.</summary>
    public async Task<RunView?> Find(string workspace, string id) =>
        await store
            .Runs.AsNoTracking()
            .FirstOrDefaultAsync(r => r.Id == id && r.WorkspaceId == workspace)
            is { } row
            ? await View(row)
            : null;

    /// <summary>Runs of the workspace, the latest first.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="study">Of one study; null for all.</param>
    /// <param name="skip">Runs left out.</param>
    /// <param name="take">Most runs.</param>
    public async Task<IReadOnlyList<RunView>> List(
        string workspace,
        string? study,
        int skip,
        int take
    )
    {
        var rows = await store
            .Runs.AsNoTracking()
            .Where(r => r.WorkspaceId == workspace && (study == null || r.StudyId == study))
            .OrderByDescending(r => r.Requested)
            .ThenByDescending(r => r.Id)
            .Skip(skip)
            .Take(take)
            .ToListAsync();
        return await Views(rows);
    }

    /// <summary>Stops a run; what is done stays.</summary>
    public async Task<RunView> Cancel(Caller caller, RunView run)
    {
        await ledger.Cancel(run.Row.Id);
        Auditing.Add(store, clock, caller, "run.cancel", run.Row.Id);
        await store.SaveChangesAsync();
        return await View(run.Row);
    }

    /// <summary>A file of a run; null when there is none of this name.</summary>
    public Task<RunFileRow?> File(AskedRun run, string name) =>
        store
            .RunFiles.AsNoTracking()
            .FirstOrDefaultAsync(f => f.ResultKey == run.ResultKey && f.Name == name);

    /// <summary>The first sentence of the verdict on each portfolio among runs, by the run's id: what a list says of it.</summary>
    /// <param name="runs">The runs; studies are passed over.</param>
    /// <param name="language">Language of the sentence.</param>
    public async Task<IReadOnlyDictionary<string, string>> Heads(
        IEnumerable<RunView> runs,
        string language
    )
    {
        var plans = runs.Where(r => r.Answer?.Verdict == PortfolioRunFiles.Kind).ToList();
        var keys = plans.Select(r => r.Row.ResultKey).Distinct().ToList();
        var name = PortfolioRunFiles.VerdictIn(language);
        var files = await store
            .RunFiles.AsNoTracking()
            .Where(f => f.Name == name && keys.Contains(f.ResultKey))
            .ToDictionaryAsync(f => f.ResultKey);
        return plans
            .Where(r => files.ContainsKey(r.Row.ResultKey))
            .ToDictionary(
                r => r.Row.Id,
                r =>
                    System.Text.Encoding.UTF8.GetString(files[r.Row.ResultKey].Bytes).Split('\n')[0]
            );
    }

    /// <summary>Names of the files of a run.</summary>
    public async Task<IReadOnlyList<string>> Files(AskedRun run) =>
        await store
            .RunFiles.Where(f => f.ResultKey == run.ResultKey)
            .Select(f => f.Name)
            .ToListAsync();

    private void Bound(StudyDocument document, int draws)
    {
        var (months, work) = Work(document, draws);
        var reason =
            months > settings.MostMonths
                ? $"horizon: {months} months, at most {settings.MostMonths} are run here."
            : work.Bytes > settings.MostMegabytes * 1e6
                ? $"The run would take {work.Bytes / 1e6:0} MB, at most {settings.MostMegabytes:0} are given here: lower draws or horizon."
            : work.CpuSeconds > settings.MostMinutes * 60
                ? $"The run would take {work.CpuSeconds / 60:0} minutes, at most {settings.MostMinutes:0} are given here: lower draws or horizon."
            : null;
        if (reason is not null)
        {
            throw new RefusedException(reason, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static (int Months, WorkEstimate Work) Work(StudyDocument document, int draws)
    {
        if (document.IsPortfolio)
        {
            // All centres are held in all draws; the time of the search is bounded by the clock.
            var portfolio = PortfolioText.Read(document.Root!).Portfolio;
            return (
                portfolio.Months,
                new WorkEstimate(
                    0,
                    250e6 + (800.0 * draws * portfolio.Months * portfolio.Centres.Count)
                )
            );
        }
        var values = new InputValues(StudyDocument.Table, document.Root!);
        return (
            values.Integer("horizon"),
            StudyWork.Of(values, new StudySettings { Draws = draws })
        );
    }

    private async Task<RunView?> Asked(Caller caller, string askedAs) =>
        await store
            .Runs.AsNoTracking()
            .FirstOrDefaultAsync(r =>
                r.WorkspaceId == caller.WorkspaceId
                && r.RequestedBy == caller.Name
                && r.AskedAs == askedAs
            )
            is { } row
            ? await View(row)
            : null;

    private async Task<IReadOnlyList<RunView>> Open(string workspace)
    {
        var rows = await store
            .Runs.AsNoTracking()
            .Where(r =>
                r.WorkspaceId == workspace && !store.Answers.Any(a => a.ResultKey == r.ResultKey)
            )
            .OrderByDescending(r => r.Requested)
            .Take(200)
            .ToListAsync();
        return await Views(rows);
    }

    private Task Enter(AskedRun row) =>
        ledger.Enter(
            new JobOrder(row.Id, row.Name, Engine.Version)
            {
                Workspace = row.WorkspaceId,
                Owner = row.RequestedBy,
            },
            [new RunOrder { Study = row.Text, Draws = row.Draws }]
        );

    private async Task<RunRecord?> Record(AskedRun row) =>
        await ledger.Runs(row.Id, 0, 1) is [var record, ..] ? record : null;

    private async Task<RunView> View(AskedRun row) => (await Views([row]))[0];

    private async Task<IReadOnlyList<RunView>> Views(List<AskedRun> rows)
    {
        var keys = rows.Select(r => r.ResultKey).Distinct().ToList();
        var answers = await store
            .Answers.AsNoTracking()
            .Where(a => keys.Contains(a.ResultKey))
            .ToDictionaryAsync(a => a.ResultKey);
        var views = new List<RunView>(rows.Count);
        foreach (var row in rows)
        {
            var answer = answers.GetValueOrDefault(row.ResultKey);
            RunRecord? record = null;
            if (answer is null)
            {
                record = await Record(row);
                if (record is null && !Engine.Stale(row))
                {
                    await Enter(row);
                    record = await Record(row);
                }
            }
            views.Add(new RunView(row, record, answer));
        }
        return views;
    }
}
