using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Inputs;
using Plimsoll.Jobs;
using Plimsoll.Market.VoucherDesign;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Web.Access;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Store;
using Plimsoll.Web.Words;

namespace Plimsoll.Web.Runs;

/// <summary>Asks for runs, finds them and stops them, each within its workspace.</summary>
internal sealed class RunDesk(
    WorkbenchStore store,
    IRunLedger ledger,
    WorkbenchSettings settings,
    TimeProvider clock
)
{
    private const string CancelAction = "run.cancel";

    /// <summary>Why a run is not taken, as a text of the pages with its arguments; the findings where the study is not sound.</summary>
    internal sealed class RefusedException(int status, string key, params object[] arguments)
        : Exception(Language.Of(null).Say(key, arguments))
    {
        /// <summary>What the keys of all refusals begin with.</summary>
        public const string Keys = "run.refused.";

        public int Status => status;
        public string Key => key;
        public IReadOnlyList<object> Arguments => arguments;
        public IReadOnlyList<LocatedFinding> Findings { get; init; } = [];
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
            return Same(before, study, draws);
        }
        if (draws < 30 || draws > settings.MostDraws)
        {
            throw new RefusedException(
                StatusCodes.Status422UnprocessableEntity,
                "run.refused.draws",
                draws,
                settings.MostDraws
            );
        }
        var document = StudyDocument.Of(study.Text);
        if (document is { IsVoucher: true, Sound: true })
        {
            // How many histories a design draws stands in it.
            draws = VoucherText.Read(study.Text).File.Market.Draws;
        }
        if (!document.Sound)
        {
            throw new RefusedException(
                StatusCodes.Status422UnprocessableEntity,
                "run.refused.unsound"
            )
            {
                Findings = document.Findings,
            };
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
                StatusCodes.Status429TooManyRequests,
                "run.refused.open",
                open,
                settings.RunsPerUser
            );
        }
        var order = new RunOrder
        {
            Study = study.Text,
            Draws = draws,
            Sharing = caller.WorkspaceId,
        };
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
            return await Asked(caller, askedAs) is { } other
                ? Same(other, study, draws)
                : throw new RefusedException(StatusCodes.Status409Conflict, "run.refused.entered");
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

    /// <summary>True when the study of a run reads otherwise today, or is gone.</summary>
    public async Task<bool> Changed(RunView run) =>
        await store
            .Studies.AsNoTracking()
            .Where(s => s.Id == run.Row.StudyId && !s.Removed)
            .Select(s => s.Text)
            .FirstOrDefaultAsync()
            is not { } text
        || StudyDocument.Hash(text) != run.Row.StudySha256;

    /// <summary>Stops a run; what is done stays.</summary>
    public async Task<RunView> Cancel(Caller caller, RunView run)
    {
        // Written down before it is done: a stopped run is told by it from one that an answer of the same text belongs to.
        Auditing.Add(store, clock, caller, CancelAction, run.Row.Id);
        await store.SaveChangesAsync();
        await ledger.Cancel(run.Row.Id);
        return await View(run.Row);
    }

    /// <summary>A file of a run; null when there is none of this name, or the run has no answer: files belong to a result, which another run of the same text may have left.</summary>
    public async Task<RunFileRow?> File(RunView run, string name) =>
        run.Answer is null
            ? null
            : await store
                .RunFiles.AsNoTracking()
                .FirstOrDefaultAsync(f => f.ResultKey == run.Row.ResultKey && f.Name == name);

    /// <summary>The first sentence of the verdict on each portfolio and voucher design among runs, by the run's id: what a list says of it.</summary>
    /// <param name="runs">The runs; studies are passed over.</param>
    /// <param name="language">Language of the sentence.</param>
    public async Task<IReadOnlyDictionary<string, string>> Heads(
        IEnumerable<RunView> runs,
        string language
    )
    {
        var plans = runs.Where(r =>
                r.Answer?.Verdict is PortfolioRunFiles.Kind or VoucherRunFiles.Kind
            )
            .ToList();
        var keys = plans.Select(r => r.Row.ResultKey).Distinct().ToList();
        var (plan, voucher) = (
            PortfolioRunFiles.VerdictIn(language),
            VoucherRunFiles.WordsIn(language)
        );
        var files = await store
            .RunFiles.AsNoTracking()
            .Where(f => (f.Name == plan || f.Name == voucher) && keys.Contains(f.ResultKey))
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
    public async Task<IReadOnlyList<string>> Files(RunView run) =>
        run.Answer is null
            ? []
            : await store
                .RunFiles.Where(f => f.ResultKey == run.Row.ResultKey)
                .Select(f => f.Name)
                .ToListAsync();

    private void Bound(StudyDocument document, int draws)
    {
        var (months, work) = Work(document, draws);
        RefusedException Refused(string key, double asks, double most) =>
            new(
                StatusCodes.Status422UnprocessableEntity,
                "run.refused." + key,
                asks.ToString("0", CultureInfo.InvariantCulture),
                most.ToString("0", CultureInfo.InvariantCulture)
            );
        if (months > settings.MostMonths)
        {
            throw Refused("months", months, settings.MostMonths);
        }
        if (work.Bytes > settings.MostMegabytes * 1e6)
        {
            throw Refused("memory", work.Bytes / 1e6, settings.MostMegabytes);
        }
        if (work.CpuSeconds > settings.MostMinutes * 60)
        {
            throw Refused("minutes", work.CpuSeconds / 60, settings.MostMinutes);
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
        if (document.IsVoucher)
        {
            var file = VoucherText.Read(document.Text).File;
            return (file.Market.Months, VoucherWork.Of(file));
        }
        var values = new InputValues(StudyDocument.Table, document.Root!);
        return (
            values.Integer("horizon"),
            StudyWork.Of(values, new StudySettings { Draws = draws })
        );
    }

    /// <summary>The run that was asked for under a key, if the same is asked for again.</summary>
    private static RunView Same(RunView before, StudyRow study, int draws) =>
        before.Row.StudyId == study.Id && before.Row.Draws == draws
            ? before
            : throw new RefusedException(
                StatusCodes.Status422UnprocessableEntity,
                "run.refused.key"
            );

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

    private Task Enter(AskedRun row)
    {
        var order = new RunOrder
        {
            Study = row.Text,
            Draws = row.Draws,
            Sharing = row.WorkspaceId,
        };
        return ledger.Enter(
            new JobOrder(row.Id, row.Name, Engine.Version)
            {
                Workspace = row.WorkspaceId,
                Owner = row.RequestedBy,
            },
            // A run asked for before results were each workspace's own keeps the name it was given.
            [order.Key(Engine.Version) == row.ResultKey ? order : order with { Sharing = "" }]
        );
    }

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
        var stopped = await Stopped([
            .. rows.Where(r => answers.ContainsKey(r.ResultKey)).Select(r => r.Id),
        ]);
        var views = new List<RunView>(rows.Count);
        foreach (var row in rows)
        {
            var answer = answers.GetValueOrDefault(row.ResultKey);
            RunRecord? record = null;
            if (answer is null || stopped.Contains(row.Id))
            {
                record = await Record(row);
                if (record is null && answer is null && !Engine.Stale(row))
                {
                    await Enter(row);
                    record = await Record(row);
                }
                // An answer to the same text that another run found is not its own.
                answer = record is null or { State: RunState.Done } ? answer : null;
            }
            views.Add(new RunView(row, record, answer));
        }
        return views;
    }

    /// <summary>Those of some runs that somebody asked to stop; whether in time is the ledger's to say.</summary>
    private async Task<HashSet<string>> Stopped(List<string> runs) =>
        runs.Count == 0
            ? []
            :
            [
                .. await store
                    .Audit.AsNoTracking()
                    .Where(a => a.Action == CancelAction && runs.Contains(a.Subject))
                    .Select(a => a.Subject)
                    .ToListAsync(),
            ];
}
