using Microsoft.EntityFrameworkCore;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Jobs;
using Plimsoll.Market.VoucherDesign;
using Plimsoll.Outlooks;
using Plimsoll.Portfolios;
using Plimsoll.Studies;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Live;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Runs;

/// <summary>Computes a run through the front door and keeps all its files, each once.</summary>
internal sealed class WorkbenchRunner(
    IServiceScopeFactory scopes,
    ContentStore markets,
    WorkbenchSettings settings,
    LiveFirst live,
    TimeProvider clock
) : IStudyRunner
{
    /// <summary>How long a database that is away is waited for before the run is given back: longer than a restart, shorter than a night.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public EngineVersion Version => Engine.Version;

    /// <inheritdoc/>
    public RunResult Run(RunOrder order, RunContext context) =>
        VoucherText.Is(order.Study) ? Voucher(order, context)
        : PortfolioText.Is(order.Study) ? Portfolio(order, context)
        : Study(order, context);

    private RunResult Study(RunOrder order, RunContext context)
    {
        var answer = Plimsoll
            .Study.FromText(order.Study)
            .Run(
                context with
                {
                    Store = markets,
                    GiveWay = live.Wait,
                },
                new StudySettings { Draws = order.Draws, Seed = order.Seed }
            );
        var files = RunFiles.Of(answer, order.Study, Program);
        var result = RunResult.Whole(files.First(f => f.Name == RunFiles.Result).Bytes);
        Keep(
            order,
            files,
            result.Sha256,
            answer.Result.Verdict.Kind.ToString(),
            answer.Result.Verdict.Headline,
            answer.Result.Question,
            context.Cancellation
        );
        return result;
    }

    private RunResult Portfolio(RunOrder order, RunContext context)
    {
        var (portfolio, warnings) = PortfolioText.Read(order.Study);
        // What a search takes is not known before: it is bounded by the clock.
        using var late = new CancellationTokenSource(
            TimeSpan.FromMinutes(settings.MostPortfolioMinutes)
        );
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            late.Token,
            context.Cancellation
        );
        try
        {
            var result = PortfolioRun.Of(
                portfolio,
                new PortfolioSettings { Draws = order.Draws, Seed = order.Seed },
                context with
                {
                    Store = markets,
                    Cancellation = either.Token,
                },
                warnings
            );
            var files = PortfolioRunFiles.Of(result, order.Study, Program);
            var whole = RunResult.Whole(files.First(f => f.Name == PortfolioRunFiles.Result).Bytes);
            Keep(
                order,
                files,
                whole.Sha256,
                PortfolioRunFiles.Kind,
                PlanVerdict.Of(result).Head,
                portfolio.Question.ToString().ToLowerInvariant(),
                either.Token
            );
            return whole;
        }
        catch (OperationCanceledException e)
            when (late.IsCancellationRequested && !context.Cancellation.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"The portfolio took longer than the {settings.MostPortfolioMinutes} minutes given here: lower draws or centres.",
                e
            );
        }
    }

    private RunResult Voucher(RunOrder order, RunContext context)
    {
        var (file, _) = VoucherText.Read(order.Study);
        var result = new VoucherRun(
            file,
            FactCatalog.Shipped().AsOf(file.Market.Start.LastDay)
        ).Run(context.Threads, share => context.Report("schemes", share), context.Cancellation);
        var files = VoucherRunFiles.Of(result, order.Study, Program);
        var whole = RunResult.Whole(files.First(f => f.Name == VoucherRunFiles.Result).Bytes);
        Keep(
            order,
            files,
            whole.Sha256,
            VoucherRunFiles.Kind,
            PhraseBook.English.Say(VoucherWords.Heading(result)),
            VoucherText.Kind,
            context.Cancellation
        );
        return whole;
    }

    private string Program => $"{Engine.Number} ({Version.Engine})";

    /// <summary>Keeps what a run came to; a database that is away is waited for, so that minutes of computing outlive its restart.</summary>
    private void Keep(
        RunOrder order,
        IReadOnlyList<(string Name, byte[] Bytes)> files,
        string sha256,
        string verdict,
        string headline,
        string question,
        CancellationToken cancellation
    )
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                Write(order.Key(Version), files, sha256, verdict, headline, question);
                return;
            }
            catch (Exception e)
                when (DatabaseFault.In(e) && clock.GetElapsedTime(start) < _patience)
            {
                cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private void Write(
        string key,
        IReadOnlyList<(string Name, byte[] Bytes)> files,
        string sha256,
        string verdict,
        string headline,
        string question
    )
    {
        using var scope = scopes.CreateScope();
        var store = scope.ServiceProvider.GetRequiredService<WorkbenchStore>();
        using var transaction = store.Database.BeginTransaction();
        // A worker that died after this and before the ledger heard of it left the same files.
        store.RunFiles.Where(f => f.ResultKey == key).ExecuteDelete();
        store.Answers.Where(a => a.ResultKey == key).ExecuteDelete();
        store.RunFiles.AddRange(
            files.Select(f => new RunFileRow
            {
                ResultKey = key,
                Name = f.Name,
                Bytes = f.Bytes,
                Sha256 = RunFiles.Hash(f.Bytes),
            })
        );
        store.Answers.Add(
            new AnswerRow
            {
                ResultKey = key,
                Verdict = verdict,
                Headline = headline,
                Question = question,
                ResultSha256 = sha256,
                At = WorkbenchStore.Now(clock),
            }
        );
        store.SaveChanges();
        transaction.Commit();
    }
}
