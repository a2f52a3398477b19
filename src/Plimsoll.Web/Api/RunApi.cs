using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Web.Access;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Runs;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Api;

/// <summary>Runs: asked for, followed, stopped, read, signed.</summary>
internal static class RunApi
{
    /// <summary>A run to be made.</summary>
    /// <param name="Study">The study.</param>
    /// <param name="Draws">Joint draws of the world; 2,000 when silent.</param>
    internal sealed record RunOrderDocument(string Study, int? Draws);

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/runs").WithTags("runs");
        group
            .MapPost("", Ask)
            .Needs(Role.Analyst)
            .Produces<RunDocument>(202)
            .ProducesProblem(404)
            .ProducesProblem(422)
            .ProducesProblem(429)
            .WithSummary(
                "Asks for a run; with an Idempotency-Key the same request is the same run, and another request is refused."
            );
        group
            .MapGet("", List)
            .Needs(Role.Viewer)
            .Produces<PageOf<RunDocument>>()
            .WithSummary("Runs of the workspace, the latest first.");
        group
            .MapGet("/{id}", Get)
            .Needs(Role.Viewer)
            .Produces<RunDocument>()
            .ProducesProblem(404)
            .WithSummary("A run and where it stands.");
        group
            .MapGet("/{id}/events", Events)
            .Needs(Role.Viewer)
            .Produces<RunDocument>(200, "text/event-stream")
            .ProducesProblem(404)
            .WithSummary("The run whenever it moves, as server-sent events, until it has ended.");
        group
            .MapPost("/{id}/cancel", Cancel)
            .Needs(Role.Analyst)
            .Produces<RunDocument>()
            .ProducesProblem(404)
            .WithSummary("Stops a run; one that has ended stays as it is.");
        group
            .MapGet("/{id}/files/{name}", File)
            .Needs(Role.Viewer)
            .Produces(200, contentType: "application/octet-stream")
            .ProducesProblem(404)
            .WithSummary(
                "A file of the run: result.json (of a portfolio portfolio.json, of a voucher design voucher.json), report.html, memo.docx, workbook.xlsx, manifest.json, study.yaml."
            );
        group
            .MapGet("/{id}/tables/{name}", Table)
            .Needs(Role.Viewer)
            .Produces(200, contentType: "text/csv")
            .ProducesProblem(404)
            .WithSummary("A table of the result as comma-separated text.");
        group
            .MapGet("/{id}/explain", Explain)
            .Needs(Role.Viewer)
            .Produces<JsonObject>()
            .ProducesProblem(404)
            .WithSummary("A figure opened down to its sources: path=options[0].breach.value.");
        group
            .MapPost("/{id}/sign", Sign)
            .Needs(Role.Approver)
            .Produces<RunDocument>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .WithSummary(
                "Signs a run off: who, when and the hash of its result are kept for good."
            );
    }

    private static async Task<IResult> Ask(
        RunOrderDocument order,
        [FromHeader(Name = "Idempotency-Key")] string? key,
        HttpContext context,
        StudyDesk studies,
        RunDesk runs
    )
    {
        var caller = context.Asker();
        if (key is { Length: > 200 })
        {
            return Endpoints.Problem(422, "An Idempotency-Key has at most 200 characters.");
        }
        if (
            order.Study is null
            || order.Study.Contains('\0', StringComparison.Ordinal)
            || await studies.Find(caller.WorkspaceId, order.Study) is not { } study
        )
        {
            return Endpoints.NotFound("study");
        }
        try
        {
            var run = await runs.Ask(caller, study, order.Draws ?? 2000, key);
            return Results.Accepted($"/api/runs/{run.Row.Id}", RunDocument.Of(run));
        }
        catch (RunDesk.RefusedException e)
        {
            return Endpoints.Problem(e.Status, e.Message, e.Findings);
        }
    }

    private static async Task<IResult> List(
        HttpContext context,
        RunDesk runs,
        string? study,
        int? page,
        int? pageSize
    )
    {
        var (number, size) = Endpoints.Page(page, pageSize);
        var list = await runs.List(context.Asker().WorkspaceId, study, (number - 1) * size, size);
        return Results.Ok(new PageOf<RunDocument>([.. list.Select(RunDocument.Of)], number, size));
    }

    private static async Task<IResult> Get(string id, HttpContext context, RunDesk runs) =>
        await runs.Find(context.Asker().WorkspaceId, id) is { } run
            ? Results.Ok(RunDocument.Of(run))
            : Endpoints.NotFound("run");

    private static async Task<IResult> Events(
        string id,
        HttpContext context,
        RunDesk runs,
        IServiceScopeFactory scopes
    )
    {
        var workspace = context.Asker().WorkspaceId;
        return await runs.Find(workspace, id) is null
            ? Endpoints.NotFound("run")
            : TypedResults.ServerSentEvents(
                Moves(scopes, workspace, id, context.RequestAborted),
                eventType: "run"
            );
    }

    private static async IAsyncEnumerable<RunDocument> Moves(
        IServiceScopeFactory scopes,
        string workspace,
        string id,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        RunDocument? last = null;
        while (!cancellation.IsCancellationRequested)
        {
            await using var scope = scopes.CreateAsyncScope();
            var run = await scope.ServiceProvider.GetRequiredService<RunDesk>().Find(workspace, id);
            if (run is null)
            {
                yield break;
            }
            var now = RunDocument.Of(run);
            if (now != last)
            {
                yield return last = now;
            }
            if (run.Ended)
            {
                yield break;
            }
            try
            {
                await Task.Delay(400, cancellation);
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
        }
    }

    private static async Task<IResult> Cancel(string id, HttpContext context, RunDesk runs)
    {
        var caller = context.Asker();
        return await runs.Find(caller.WorkspaceId, id) is not { } run
            ? Endpoints.NotFound("run")
            : Results.Ok(RunDocument.Of(run.Ended ? run : await runs.Cancel(caller, run)));
    }

    private static async Task<IResult> File(
        string id,
        string name,
        HttpContext context,
        RunDesk runs,
        WorkbenchStore store,
        TimeProvider clock
    )
    {
        if (
            await runs.Find(context.Asker().WorkspaceId, id) is not { } run
            || await runs.File(run, name) is not { } file
        )
        {
            return Endpoints.NotFound("file");
        }
        Auditing.Add(store, clock, context.Asker(), "run.file", id, file.Name);
        await store.SaveChangesAsync();
        return Sent(context, file);
    }

    /// <summary>A file as the browser shall take it: the report is shown without any right, all else is saved.</summary>
    public static IResult Sent(HttpContext context, RunFileRow file)
    {
        if (RunFiles.IsReport(file.Name))
        {
            context.Response.Headers.ContentSecurityPolicy =
                "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";
            return Results.Bytes(file.Bytes, RunFiles.MediaType(file.Name));
        }
        return Results.File(file.Bytes, RunFiles.MediaType(file.Name), file.Name);
    }

    private static async Task<IResult> Table(
        string id,
        string name,
        HttpContext context,
        RunDesk runs,
        WorkbenchStore store,
        TimeProvider clock
    )
    {
        var table = name.Replace(".csv", "", StringComparison.Ordinal);
        if (
            await Document(id, context, runs) is not { } result
            || ResultTables.Csv(result, table) is not { } csv
        )
        {
            return Endpoints.NotFound("table");
        }
        Auditing.Add(store, clock, context.Asker(), "run.file", id, $"{table}.csv");
        await store.SaveChangesAsync();
        return Results.File(Encoding.UTF8.GetBytes(csv), "text/csv; charset=utf-8", $"{table}.csv");
    }

    private static async Task<IResult> Explain(
        string id,
        string path,
        HttpContext context,
        RunDesk runs
    ) =>
        (
            await Result(id, context, runs) is { } result ? Explanation.Of(result, path)
            : await runs.Find(context.Asker().WorkspaceId, id) is { } run
            && await runs.File(run, PortfolioRunFiles.Result) is { } plan
                ? PortfolioExplanation.Of(
                    JsonNode.Parse(plan.Bytes)!,
                    path,
                    run.Row.Text,
                    Words.Language.Of(null)
                )
            : null
        )
            is { } explanation
            ? Results.Ok(explanation)
            : Endpoints.NotFound("figure");

    /// <summary>The result of a run of either kind.</summary>
    private static async Task<JsonNode?> Document(string id, HttpContext context, RunDesk runs) =>
        await runs.Find(context.Asker().WorkspaceId, id) is { } run
        && (
            await runs.File(run, RunFiles.Result)
            ?? await runs.File(run, PortfolioRunFiles.Result)
            ?? await runs.File(run, VoucherRunFiles.Result)
        )
            is { } file
            ? JsonNode.Parse(file.Bytes)
            : null;

    private static async Task<JsonNode?> Result(string id, HttpContext context, RunDesk runs) =>
        await runs.Find(context.Asker().WorkspaceId, id) is { } run
        && await runs.File(run, RunFiles.Result) is { } file
            ? JsonNode.Parse(file.Bytes)
            : null;

    private static async Task<IResult> Sign(
        string id,
        HttpContext context,
        RunDesk runs,
        WorkbenchStore store,
        WorkbenchSettings settings,
        TimeProvider clock
    )
    {
        var caller = context.Asker();
        if (await runs.Find(caller.WorkspaceId, id) is not { } run)
        {
            return Endpoints.NotFound("run");
        }
        if (settings.FourEyes && run.Row.RequestedBy == caller.Name)
        {
            return Endpoints.Problem(409, "A run is signed by another than who asked for it.");
        }
        if (run.Answer is null)
        {
            return Endpoints.Problem(409, "Only a run with a result can be signed.");
        }
        var now = WorkbenchStore.Now(clock);
        var signed = await store
            .Runs.Where(r => r.Id == id && r.SignedBy == "")
            .ExecuteUpdateAsync(s =>
                s.SetProperty(r => r.SignedBy, caller.Name).SetProperty(r => r.Signed, now)
            );
        if (signed == 0)
        {
            return Endpoints.Problem(409, $"It was signed by {run.Row.SignedBy} already.");
        }
        Auditing.Add(
            store,
            clock,
            caller,
            "run.sign",
            id,
            $"study {run.Row.StudySha256}, catalogue {run.Row.CatalogSha256}, engine {run.Row.Engine}, result {run.Answer.ResultSha256}"
                + (run.Row.RequestedBy == caller.Name ? ", own run" : "")
        );
        await store.SaveChangesAsync();
        return Results.Ok(RunDocument.Of((await runs.Find(caller.WorkspaceId, id))!));
    }
}
