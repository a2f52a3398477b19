using Microsoft.EntityFrameworkCore;
using Plimsoll.Web.Access;
using Plimsoll.Web.Runs;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Api;

/// <summary>Links by which anybody may read one run until a day.</summary>
internal static class LinkApi
{
    /// <summary>A link to be made.</summary>
    /// <param name="Days">Days that it holds, 1 to 365; 30 when silent.</param>
    internal sealed record LinkOrder(int? Days);

    /// <summary>A link.</summary>
    /// <param name="Id">Its name, to take it back.</param>
    /// <param name="Address">What to hand on; empty when listed, for it is not kept.</param>
    /// <param name="Expires">Until when it holds.</param>
    /// <param name="CreatedBy">Who gave it.</param>
    internal sealed record LinkDocument(
        string Id,
        string Address,
        DateTimeOffset Expires,
        string CreatedBy
    );

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/runs/{id}/links").WithTags("links");
        group
            .MapPost("", Give)
            .Needs(Role.Approver)
            .Produces<LinkDocument>(201)
            .ProducesProblem(404)
            .ProducesProblem(422)
            .WithSummary("Gives a read-only link to one run; its address is shown once.");
        group
            .MapGet("", List)
            .Needs(Role.Viewer)
            .Produces<IReadOnlyList<LinkDocument>>()
            .ProducesProblem(404)
            .WithSummary("Links of a run that still hold.");
        group
            .MapDelete("/{link}", TakeBack)
            .Needs(Role.Approver)
            .Produces(204)
            .ProducesProblem(404)
            .WithSummary("Takes a link back.");
    }

    /// <summary>The run behind a secret; null when the link is unknown, taken back or expired.</summary>
    public static async Task<AskedRun?> Open(
        WorkbenchStore store,
        TimeProvider clock,
        string secret
    )
    {
        var hash = Secret.Hash(secret);
        var now = WorkbenchStore.Now(clock);
        var link = await store
            .Links.AsNoTracking()
            .FirstOrDefaultAsync(l => l.SecretSha256 == hash && !l.Revoked && l.Expires > now);
        if (link is null)
        {
            return null;
        }
        Auditing.Add(
            store,
            clock,
            link.WorkspaceId,
            "",
            "link.read",
            link.RunId,
            $"link {link.Id}"
        );
        await store.SaveChangesAsync();
        return await store
            .Runs.AsNoTracking()
            .FirstOrDefaultAsync(r => r.Id == link.RunId && r.WorkspaceId == link.WorkspaceId);
    }

    private static async Task<IResult> Give(
        string id,
        LinkOrder order,
        HttpContext context,
        RunDesk runs,
        WorkbenchStore store,
        TimeProvider clock
    )
    {
        var caller = context.Asker();
        var days = order.Days ?? 30;
        if (days is < 1 or > 365)
        {
            return Endpoints.Problem(422, "A link holds 1 to 365 days.");
        }
        if (await runs.Find(caller.WorkspaceId, id) is not { Answer: not null })
        {
            return Endpoints.NotFound("run with a result");
        }
        var secret = Secret.New();
        var row = new LinkRow
        {
            Id = WorkbenchStore.NewId(),
            WorkspaceId = caller.WorkspaceId,
            RunId = id,
            SecretSha256 = Secret.Hash(secret),
            Expires = WorkbenchStore.Now(clock) + (days * 86_400_000L),
            CreatedBy = caller.Name,
        };
        store.Links.Add(row);
        Auditing.Add(store, clock, caller, "link.give", id, $"link {row.Id}, {days} days");
        await store.SaveChangesAsync();
        return Results.Created($"/api/runs/{id}/links", Of(row, $"/l/{secret}"));
    }

    private static async Task<IResult> List(
        string id,
        HttpContext context,
        WorkbenchStore store,
        TimeProvider clock
    )
    {
        var workspace = context.Asker().WorkspaceId;
        var now = WorkbenchStore.Now(clock);
        if (!await store.Runs.AnyAsync(r => r.Id == id && r.WorkspaceId == workspace))
        {
            return Endpoints.NotFound("run");
        }
        var rows = await store
            .Links.AsNoTracking()
            .Where(l =>
                l.RunId == id && l.WorkspaceId == workspace && !l.Revoked && l.Expires > now
            )
            .OrderBy(l => l.Expires)
            .ToListAsync();
        return Results.Ok(rows.Select(r => Of(r, "")).ToList());
    }

    private static async Task<IResult> TakeBack(
        string id,
        string link,
        HttpContext context,
        WorkbenchStore store,
        TimeProvider clock
    )
    {
        var caller = context.Asker();
        var taken = await store
            .Links.Where(l =>
                l.Id == link && l.RunId == id && l.WorkspaceId == caller.WorkspaceId && !l.Revoked
            )
            .ExecuteUpdateAsync(s => s.SetProperty(l => l.Revoked, true));
        if (taken == 0)
        {
            return Endpoints.NotFound("link");
        }
        Auditing.Add(store, clock, caller, "link.take-back", id, $"link {link}");
        await store.SaveChangesAsync();
        return Results.NoContent();
    }

    private static LinkDocument Of(LinkRow row, string address) =>
        new(row.Id, address, DateTimeOffset.FromUnixTimeMilliseconds(row.Expires), row.CreatedBy);
}
