using Microsoft.EntityFrameworkCore;
using Plimsoll.Files;
using Plimsoll.Jobs;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Runs;

/// <summary>Computes a run through the front door and keeps all its files, each once.</summary>
internal sealed class WorkbenchRunner(
    IServiceScopeFactory scopes,
    ContentStore markets,
    TimeProvider clock
) : IStudyRunner
{
    /// <inheritdoc/>
    public EngineVersion Version => Engine.Version;

    /// <inheritdoc/>
    public RunResult Run(RunOrder order, RunContext context)
    {
        var answer = Plimsoll
            .Study.Load(order.Study)
            .Run(
                context with
                {
                    Store = markets,
                },
                new StudySettings { Draws = order.Draws, Seed = order.Seed }
            );
        var files = RunFiles.Of(answer, order.Study, $"{Engine.Number} ({Version.Engine})");
        var result = RunResult.Whole(files.First(f => f.Name == RunFiles.Result).Bytes);
        Keep(order.Key(Version), answer, files, result.Sha256);
        return result;
    }

    private void Keep(
        string key,
        StudyAnswer answer,
        IReadOnlyList<(string Name, byte[] Bytes)> files,
        string sha256
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
                Verdict = answer.Result.Verdict.Kind.ToString(),
                Headline = answer.Result.Verdict.Headline,
                Question = answer.Result.Question,
                ResultSha256 = sha256,
                At = WorkbenchStore.Now(clock),
            }
        );
        store.SaveChanges();
        transaction.Commit();
    }
}
