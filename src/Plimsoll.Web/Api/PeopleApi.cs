using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Web.Access;
using Plimsoll.Web.Runs;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Api;

/// <summary>Who is in the workspace, what they may do, the keys of their programs, and what was done.</summary>
internal static class PeopleApi
{
    /// <summary>A person in the workspace.</summary>
    /// <param name="Id">Identifier.</param>
    /// <param name="Name">Name.</param>
    /// <param name="Role">Viewer, Analyst, Approver or Admin.</param>
    /// <param name="Disabled">True for one who is let in no more.</param>
    /// <param name="Locked">True after too many wrong passwords, for some minutes.</param>
    internal sealed record Person(
        string Id,
        string Name,
        string Role,
        bool Disabled = false,
        bool Locked = false
    );

    /// <summary>A person to be added.</summary>
    internal sealed record PersonOrder(string Name, string Password, string Role);

    /// <summary>A workspace.</summary>
    internal sealed record WorkspaceDocument(string Id, string Name, DateTimeOffset Created);

    /// <summary>A workspace to be made.</summary>
    /// <param name="Workspace">What it is called.</param>
    /// <param name="Name">Name of its first administrator, who adds all others.</param>
    /// <param name="Password">Password of that administrator.</param>
    internal sealed record WorkspaceOrder(string Workspace, string Name, string Password);

    /// <summary>A role to be given.</summary>
    internal sealed record RoleOrder(string Role);

    /// <summary>A key to be made.</summary>
    /// <param name="Name">What it is for.</param>
    /// <param name="Days">Days that it holds, 1 to 365.</param>
    internal sealed record KeyOrder(string Name, int? Days);

    /// <summary>A key; its secret is shown once.</summary>
    internal sealed record KeyDocument(
        string Id,
        string Name,
        string Secret,
        DateTimeOffset Expires
    );

    /// <summary>One thing done.</summary>
    internal sealed record Entry(
        DateTimeOffset At,
        string By,
        string Action,
        string Subject,
        string Detail
    )
    {
        public static Entry Of(AuditRow row) =>
            new(
                DateTimeOffset.FromUnixTimeMilliseconds(row.At),
                row.By,
                row.Action,
                row.Subject,
                row.Detail
            );
    }

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("people");
        group
            .MapGet("/me", (HttpContext context) => Me(context.Asker()))
            .Needs(Role.Viewer)
            .Produces<Person>()
            .WithSummary("Who asks, and their role in the workspace.");
        group
            .MapGet("/audit", Audit)
            .Needs(Role.Viewer)
            .Produces<PageOf<Entry>>()
            .WithSummary(
                "What was done in the workspace, the latest first; nothing of it can be changed."
            );
        group
            .MapGet("/audit/check", CheckAudit)
            .Needs(Role.Viewer)
            .Produces<AuditCheck>()
            .WithSummary(
                "Reckons the chain of the audit anew: whether a row was changed, taken away or added by another hand, and whether a hash that was kept elsewhere (known) stands in it."
            );
        group
            .MapGet("/people", People)
            .Needs(Role.Admin)
            .Produces<IReadOnlyList<Person>>()
            .WithSummary("People of the workspace.");
        group
            .MapPost("/people", AddPerson)
            .Needs(Role.Admin)
            .Produces<Person>(201)
            .ProducesProblem(409)
            .ProducesProblem(422)
            .WithSummary(
                "Adds a person to the workspace, who changes the password given here before anything else."
            );
        group
            .MapPut("/people/{id}", GiveRole)
            .Needs(Role.Admin)
            .Produces<Person>()
            .ProducesProblem(404)
            .ProducesProblem(422)
            .WithSummary("Gives a person another role.");
        group
            .MapGet("/workspaces", Workspaces)
            .Needs(Role.Admin)
            .Produces<IReadOnlyList<WorkspaceDocument>>()
            .WithSummary(
                "Workspaces by name: all of them for administrators of the first, to others their own."
            );
        group
            .MapPost("/workspaces", AddWorkspace)
            .Needs(Role.Admin)
            .Produces<WorkspaceDocument>(201)
            .ProducesProblem(409)
            .ProducesProblem(422)
            .WithSummary(
                "Makes a workspace with its first administrator; only administrators of the first workspace do, and they see nothing of what is done in it."
            );
        group
            .MapPost("/keys", GiveKey)
            .Needs(Role.Viewer)
            .Produces<KeyDocument>(201)
            .ProducesProblem(422)
            .WithSummary("A key by which a program acts for the caller; its secret is shown once.");
        group
            .MapDelete("/keys/{id}", TakeKey)
            .Needs(Role.Viewer)
            .Produces(204)
            .ProducesProblem(404)
            .WithSummary("Takes a key back.");
    }

    private static Person Me(Caller caller) =>
        new(caller.UserId, caller.Name, caller.Role.ToString());

    private static async Task<IResult> CheckAudit(
        HttpContext context,
        WorkbenchStore store,
        AuditKey key,
        string? known
    ) => Results.Ok(await AuditChain.Check(store, key, context.Asker().WorkspaceId, known));

    private static async Task<IResult> Audit(
        HttpContext context,
        WorkbenchStore store,
        int? page,
        int? pageSize
    )
    {
        var workspace = context.Asker().WorkspaceId;
        var (number, size) = Endpoints.Page(page, pageSize);
        var rows = await store
            .Audit.AsNoTracking()
            .Where(a => a.WorkspaceId == workspace)
            .OrderByDescending(a => a.At)
            .ThenByDescending(a => a.Id)
            .Skip((number - 1) * size)
            .Take(size)
            .ToListAsync();
        return Results.Ok(new PageOf<Entry>([.. rows.Select(Entry.Of)], number, size));
    }

    private static async Task<IResult> People(
        HttpContext context,
        WorkbenchStore store,
        WrongTries tries,
        TimeProvider clock
    ) => Results.Ok(await Of(store, clock, tries, context.Asker().WorkspaceId));

    /// <summary>People of a workspace by name.</summary>
    public static async Task<List<Person>> Of(
        WorkbenchStore store,
        TimeProvider clock,
        WrongTries tries,
        string workspace
    )
    {
        var now = clock.GetUtcNow();
        var rows = await store
            .Members.AsNoTracking()
            .Where(m => m.WorkspaceId == workspace)
            .Join(
                store.Users,
                m => m.UserId,
                u => u.Id,
                (m, u) =>
                    new
                    {
                        u.Id,
                        u.UserName,
                        m.Role,
                        u.LockoutEnd,
                        Disabled = store.Accounts.Any(a => a.UserId == u.Id && a.Disabled),
                    }
            )
            .ToListAsync();
        return
        [
            .. rows.Select(r => new Person(
                    r.Id,
                    r.UserName ?? "",
                    r.Role,
                    r.Disabled,
                    r.LockoutEnd > now || tries.AnyWaits(r.Id)
                ))
                .OrderBy(p => p.Name, StringComparer.Ordinal),
        ];
    }

    private static async Task<IResult> AddPerson(
        PersonOrder order,
        HttpContext context,
        WorkbenchStore store,
        WorkbenchSettings settings,
        UserManager<WorkbenchUser> users,
        TimeProvider clock
    )
    {
        var caller = context.Asker();
        if (!settings.Accounts)
        {
            return Endpoints.Problem(409, "This workbench has no accounts; they are a setting.");
        }
        if (!Known(order.Role, out var role))
        {
            return Endpoints.Problem(422, "A role is Viewer, Analyst, Approver or Admin.");
        }
        if (!Writable(order.Name) || order.Password is not { Length: <= 200 })
        {
            return Endpoints.Problem(422, "Give a name of at most 100 characters and a password.");
        }
        var made = await Members.Add(
            store,
            users,
            order.Name,
            order.Password,
            caller.WorkspaceId,
            role,
            mustChange: true
        );
        if (!made.Succeeded)
        {
            return Endpoints.Problem(422, string.Join(' ', made.Errors.Select(e => e.Description)));
        }
        Auditing.Add(store, clock, caller, "person.add", order.Name, role.ToString());
        await store.SaveChangesAsync();
        var user = await users.FindByNameAsync(order.Name);
        return Results.Created("/api/people", new Person(user!.Id, order.Name, role.ToString()));
    }

    /// <summary>Workspaces that a caller may know of.</summary>
    public static Task<List<WorkspaceRow>> Known(WorkbenchStore store, Caller caller) =>
        store
            .Workspaces.AsNoTracking()
            .Where(w => caller.WorkspaceId == Members.Main || w.Id == caller.WorkspaceId)
            .OrderBy(w => w.Name)
            .ThenBy(w => w.Id)
            .ToListAsync();

    private static async Task<IResult> Workspaces(HttpContext context, WorkbenchStore store) =>
        Results.Ok((await Known(store, context.Asker())).Select(Of).ToList());

    private static async Task<IResult> AddWorkspace(
        WorkspaceOrder order,
        HttpContext context,
        WorkbenchStore store,
        WorkbenchSettings settings,
        UserManager<WorkbenchUser> users,
        TimeProvider clock
    )
    {
        var caller = context.Asker();
        if (!settings.Accounts)
        {
            return Endpoints.Problem(409, "This workbench has no accounts; they are a setting.");
        }
        if (caller.WorkspaceId != Members.Main)
        {
            return Endpoints.Problem(
                403,
                "Workspaces are made by administrators of the first workspace."
            );
        }
        if (
            !Writable(order.Workspace)
            || !Writable(order.Name)
            || order.Password is not { Length: <= 200 }
        )
        {
            return Endpoints.Problem(
                422,
                "Give the workspace and its first administrator names of at most 100 characters, and a password."
            );
        }
        if (await store.Workspaces.AnyAsync(w => w.Name == order.Workspace))
        {
            return Endpoints.Problem(409, "There is a workspace of this name already.");
        }
        var id = WorkbenchStore.NewId();
        var made = await Members.Add(
            store,
            users,
            order.Name,
            order.Password,
            id,
            Role.Admin,
            order.Workspace,
            mustChange: true
        );
        if (!made.Succeeded)
        {
            return Endpoints.Problem(422, string.Join(' ', made.Errors.Select(e => e.Description)));
        }
        Auditing.Add(store, clock, caller, "workspace.add", id, $"{order.Workspace}, {order.Name}");
        await store.SaveChangesAsync();
        return Results.Created(
            "/api/workspaces",
            Of(await store.Workspaces.AsNoTracking().FirstAsync(w => w.Id == id))
        );
    }

    private static WorkspaceDocument Of(WorkspaceRow row) =>
        new(row.Id, row.Name, DateTimeOffset.FromUnixTimeMilliseconds(row.Created));

    /// <summary>True for a name that can be kept and shown.</summary>
    private static bool Writable(string? name) =>
        name is { Length: > 0 and <= 100 }
        && !string.IsNullOrWhiteSpace(name)
        && !name.Any(char.IsControl);

    private static async Task<IResult> GiveRole(
        string id,
        RoleOrder order,
        HttpContext context,
        WorkbenchStore store,
        UserManager<WorkbenchUser> users,
        TimeProvider clock
    )
    {
        var caller = context.Asker();
        if (!Known(order.Role, out var role))
        {
            return Endpoints.Problem(422, "A role is Viewer, Analyst, Approver or Admin.");
        }
        var member = await store.Members.FirstOrDefaultAsync(m =>
            m.WorkspaceId == caller.WorkspaceId && m.UserId == id
        );
        if (member is null || await users.FindByIdAsync(id) is not { } user)
        {
            return Endpoints.NotFound("person");
        }
        if (id == caller.UserId && role < Role.Admin)
        {
            return Endpoints.Problem(422, "An administrator cannot lower their own role.");
        }
        if (
            role < Role.Admin
            && member.Role == nameof(Role.Admin)
            && !await Members.AnotherAdmin(store, caller.WorkspaceId, id)
        )
        {
            return Endpoints.Problem(422, "A workspace keeps an administrator who is let in.");
        }
        member.Role = role.ToString();
        Auditing.Add(store, clock, caller, "person.role", user.UserName ?? id, role.ToString());
        await store.SaveChangesAsync();
        // Cookies of the old role end at their next request.
        await Members.EndSessions(store, users, user);
        return Results.Ok(new Person(id, user.UserName ?? id, role.ToString()));
    }

    private static async Task<IResult> GiveKey(
        KeyOrder order,
        HttpContext context,
        WorkbenchStore store,
        WorkbenchSettings settings,
        TimeProvider clock
    )
    {
        var caller = context.Asker();
        var days = order.Days ?? 90;
        if (!settings.Accounts)
        {
            return Endpoints.Problem(422, "Without accounts programs on this machine need no key.");
        }
        if (days is < 1 or > 365 || !Writable(order.Name))
        {
            return Endpoints.Problem(422, "Give a name of at most 100 characters; 1 to 365 days.");
        }
        var secret = Secret.New();
        var row = new KeyRow
        {
            Id = WorkbenchStore.NewId(),
            WorkspaceId = caller.WorkspaceId,
            UserId = caller.UserId,
            Name = order.Name,
            SecretSha256 = Secret.Hash(secret),
            Expires = WorkbenchStore.Now(clock) + (days * 86_400_000L),
        };
        store.Keys.Add(row);
        Auditing.Add(store, clock, caller, "key.give", row.Id, $"{order.Name}, {days} days");
        await store.SaveChangesAsync();
        return Results.Created(
            "/api/keys",
            new KeyDocument(
                row.Id,
                row.Name,
                secret,
                DateTimeOffset.FromUnixTimeMilliseconds(row.Expires)
            )
        );
    }

    private static async Task<IResult> TakeKey(
        string id,
        HttpContext context,
        WorkbenchStore store,
        TimeProvider clock
    )
    {
        var caller = context.Asker();
        var taken = await store
            .Keys.Where(k =>
                k.Id == id
                && k.WorkspaceId == caller.WorkspaceId
                && (k.UserId == caller.UserId || caller.Role == Role.Admin)
            )
            .ExecuteDeleteAsync();
        if (taken == 0)
        {
            return Endpoints.NotFound("key");
        }
        Auditing.Add(store, clock, caller, "key.take-back", id);
        await store.SaveChangesAsync();
        return Results.NoContent();
    }

    private static bool Known(string? word, out Role role)
    {
        role = Role.Viewer;
        return word is not null
            && !int.TryParse(word, out _)
            && Enum.TryParse(word, out role)
            && Enum.IsDefined(role);
    }
}
