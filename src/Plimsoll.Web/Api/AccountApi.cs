using System.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Web.Access;
using Plimsoll.Web.Runs;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Api;

/// <summary>Accounts let in or not, and their passwords.</summary>
internal static class AccountApi
{
    /// <summary>A password set by an administrator.</summary>
    internal sealed record PasswordOrder(string Password);

    /// <summary>A password that a person changes.</summary>
    /// <param name="Old">The one that holds now.</param>
    /// <param name="Password">The one to hold from now on.</param>
    internal sealed record OwnPasswordOrder(string Old, string Password);

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("people");
        void Route(string path, Delegate handler, string summary) =>
            group
                .MapPost("/people/{id}/" + path, handler)
                .Needs(Role.Admin)
                .Produces<PeopleApi.Person>()
                .ProducesProblem(404)
                .ProducesProblem(422)
                .WithSummary(summary);
        Route(
            "disable",
            Disable,
            "Lets a person in no more, at once: cookies and keys end, what they did stays."
        );
        Route("enable", Enable, "Lets a disabled person in again.");
        Route("unlock", Unlock, "Lets a person try again after too many wrong passwords.");
        Route(
            "password",
            SetPassword,
            "Sets a new password, which the person changes before anything else; their cookies end."
        );
        group
            .MapGet("/keys", Keys)
            .Needs(Role.Viewer)
            .Produces<IReadOnlyList<PeopleApi.KeyDocument>>()
            .WithSummary("The caller's keys that still hold; a secret is shown once and not kept.");
        group
            .MapPut("/me/password", Own)
            .Needs(Role.Viewer)
            .Produces(204)
            .ProducesProblem(422)
            .WithSummary("Changes the caller's own password; all their other cookies end.");
    }

    private static async Task<IResult> Keys(
        HttpContext context,
        WorkbenchStore store,
        TimeProvider clock
    )
    {
        var (caller, now) = (context.Asker(), WorkbenchStore.Now(clock));
        var keys = await store
            .Keys.AsNoTracking()
            .Where(k =>
                k.WorkspaceId == caller.WorkspaceId && k.UserId == caller.UserId && k.Expires > now
            )
            .OrderBy(k => k.Expires)
            .ToListAsync();
        return Results.Ok(
            keys.Select(k => new PeopleApi.KeyDocument(
                    k.Id,
                    k.Name,
                    "",
                    DateTimeOffset.FromUnixTimeMilliseconds(k.Expires)
                ))
                .ToList()
        );
    }

    private static Task<IResult> Disable(string id, Desk desk) =>
        desk.Change(
            id,
            "person.disable",
            async user =>
            {
                if (!await Members.AnotherAdmin(desk.Store, desk.Caller.WorkspaceId, id))
                {
                    return "A workspace keeps an administrator who is let in.";
                }
                await Members.Say(desk.Store, id, a => a.Disabled = true);
                return Said(await desk.Users.UpdateSecurityStampAsync(user));
            }
        );

    private static Task<IResult> Enable(string id, Desk desk) =>
        desk.Change(
            id,
            "person.enable",
            async _ =>
            {
                await Members.Say(desk.Store, id, a => a.Disabled = false);
                return null;
            }
        );

    private static Task<IResult> Unlock(string id, Desk desk) =>
        desk.Change(
            id,
            "person.unlock",
            async user =>
            {
                desk.Tries.Forget(user.Id);
                // Of an earlier release an account itself may be locked.
                return Said(await desk.Users.SetLockoutEndDateAsync(user, null))
                    ?? Said(await desk.Users.ResetAccessFailedCountAsync(user));
            }
        );

    private static Task<IResult> SetPassword(string id, PasswordOrder order, Desk desk) =>
        desk.Change(
            id,
            "person.password",
            async user =>
            {
                if (order.Password is not { Length: <= 200 })
                {
                    return "Give a password of at most 200 characters.";
                }
                foreach (var validator in desk.Users.PasswordValidators)
                {
                    if (
                        Said(await validator.ValidateAsync(desk.Users, user, order.Password)) is
                        { } no
                    )
                    {
                        return no;
                    }
                }
                await Members.Say(desk.Store, id, a => a.MustChange = true);
                user.PasswordHash = desk.Users.PasswordHasher.HashPassword(user, order.Password);
                return Said(await desk.Users.UpdateSecurityStampAsync(user));
            }
        );

    private static async Task<IResult> Own(
        OwnPasswordOrder order,
        HttpContext context,
        OwnPassword passwords
    ) =>
        await passwords.Change(context, order.Old, order.Password) is { } refused
            ? Endpoints.Problem(422, refused)
            : Results.NoContent();

    private static string? Said(IdentityResult result) =>
        result.Succeeded ? null : string.Join(' ', result.Errors.Select(e => e.Description));

    /// <summary>One change of an account of the asker's workspace, whole with its row of the audit or not at all.</summary>
    internal sealed class Desk(
        IHttpContextAccessor context,
        WorkbenchStore store,
        UserManager<WorkbenchUser> users,
        WrongTries tries,
        TimeProvider clock
    )
    {
        public WrongTries Tries => tries;
        public WorkbenchStore Store => store;
        public UserManager<WorkbenchUser> Users => users;
        public Caller Caller => context.HttpContext!.Asker();

        /// <summary>Makes the change.</summary>
        /// <param name="id">Whose account.</param>
        /// <param name="action">What the audit calls it.</param>
        /// <param name="change">Makes it; says why not, or null.</param>
        public async Task<IResult> Change(
            string id,
            string action,
            Func<WorkbenchUser, Task<string?>> change
        )
        {
            // Two administrators who disable each other at one moment: one of them waits or is refused.
            await using var transaction = await store.Database.BeginTransactionAsync(
                IsolationLevel.Serializable
            );
            var member = await store
                .Members.AsNoTracking()
                .FirstOrDefaultAsync(m => m.WorkspaceId == Caller.WorkspaceId && m.UserId == id);
            if (member is null || await users.FindByIdAsync(id) is not { } user)
            {
                return Endpoints.NotFound("person");
            }
            if (await change(user) is { } refused)
            {
                return Endpoints.Problem(422, refused);
            }
            Auditing.Add(store, clock, Caller, action, user.UserName ?? id, id);
            await store.SaveChangesAsync();
            await transaction.CommitAsync();
            return Results.Ok(
                (await PeopleApi.Of(store, clock, tries, Caller.WorkspaceId)).Find(p => p.Id == id)
            );
        }
    }
}
