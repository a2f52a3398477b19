using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Access;

/// <summary>Who belongs to which workspace.</summary>
internal static class Members
{
    /// <summary>A person in a workspace; null when they are not in it, or disabled.</summary>
    public static async Task<Caller?> Caller(WorkbenchStore store, string user, string workspace)
    {
        var member = await store
            .Members.AsNoTracking()
            .FirstOrDefaultAsync(m => m.UserId == user && m.WorkspaceId == workspace);
        var person = await store.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == user);
        var account = await store
            .Accounts.AsNoTracking()
            .FirstOrDefaultAsync(a => a.UserId == user);
        return
            member is null
            || person is null
            || account is { Disabled: true }
            || !Enum.TryParse<Role>(member.Role, out var role)
            ? null
            : new Caller(user, person.UserName ?? user, workspace, role)
            {
                MustChange = account is { MustChange: true },
            };
    }

    /// <summary>The workspace of the first administrator, whose administrators make further ones.</summary>
    public const string Main = "main";

    /// <summary>The first administrator, made when accounts are on and nobody has one yet.</summary>
    public static async Task First(IServiceProvider services, WorkbenchSettings settings)
    {
        var users = services.GetRequiredService<UserManager<WorkbenchUser>>();
        if (await users.Users.AnyAsync())
        {
            return;
        }
        if (settings.FirstPassword.Length == 0)
        {
            throw new SettingException(
                "Workbench:FirstPassword is missing: expected the password of the first administrator, for nobody has an account yet."
            );
        }
        var store = services.GetRequiredService<WorkbenchStore>();
        var made = await Add(
            store,
            users,
            settings.FirstUser,
            settings.FirstPassword,
            Main,
            Role.Admin
        );
        if (!made.Succeeded)
        {
            throw new SettingException(
                $"Workbench:FirstPassword or Workbench:FirstUser cannot be taken: {string.Join(' ', made.Errors.Select(e => e.Description))}"
            );
        }
    }

    /// <summary>Writes down what an administrator says of an account; the caller saves.</summary>
    public static async Task Say(WorkbenchStore store, string user, Action<AccountRow> change)
    {
        var row = await store.Accounts.FindAsync(user);
        if (row is null)
        {
            row = new AccountRow { UserId = user };
            store.Accounts.Add(row);
        }
        change(row);
    }

    /// <summary>Ends all cookies of a person, also while somebody else writes to the account: a wrong password tried at that moment keeps no session alive.</summary>
    public static async Task EndSessions(
        WorkbenchStore store,
        UserManager<WorkbenchUser> users,
        WorkbenchUser user
    )
    {
        const int MostTries = 20;
        for (var i = 0; i < MostTries; i++)
        {
            if ((await users.UpdateSecurityStampAsync(user)).Succeeded)
            {
                return;
            }
            await store.Entry(user).ReloadAsync();
        }
        throw new BadHttpRequestException(
            "The account was written to by others all the time.",
            StatusCodes.Status409Conflict
        );
    }

    /// <summary>True when a workspace has an administrator who is let in, beside one person.</summary>
    public static Task<bool> AnotherAdmin(WorkbenchStore store, string workspace, string user) =>
        store.Members.AnyAsync(m =>
            m.WorkspaceId == workspace
            && m.UserId != user
            && m.Role == nameof(Role.Admin)
            && !store.Accounts.Any(a => a.UserId == m.UserId && a.Disabled)
        );

    /// <summary>Adds a person to a workspace, which is made where it is new.</summary>
    /// <param name="store">The store.</param>
    /// <param name="users">People.</param>
    /// <param name="name">Name of the person.</param>
    /// <param name="password">Password of the person.</param>
    /// <param name="workspace">Id of the workspace.</param>
    /// <param name="role">What the person may do in it.</param>
    /// <param name="called">What a new workspace is called; its id when null.</param>
    /// <param name="mustChange">True for a password that another knows: it is changed before anything else.</param>
    public static async Task<IdentityResult> Add(
        WorkbenchStore store,
        UserManager<WorkbenchUser> users,
        string name,
        string password,
        string workspace,
        Role role,
        string? called = null,
        bool mustChange = false
    )
    {
        var user = new WorkbenchUser { UserName = name, Workspace = workspace };
        var made = await users.CreateAsync(user, password);
        if (!made.Succeeded)
        {
            return made;
        }
        await Workspace(store, workspace, called ?? workspace);
        if (mustChange)
        {
            await Say(store, user.Id, a => a.MustChange = true);
        }
        store.Members.Add(
            new MemberRow
            {
                WorkspaceId = workspace,
                UserId = user.Id,
                Role = role.ToString(),
            }
        );
        await store.SaveChangesAsync();
        return made;
    }

    /// <summary>Makes a workspace where there is none of this id.</summary>
    private static async Task Workspace(WorkbenchStore store, string id, string name)
    {
        if (!await store.Workspaces.AnyAsync(w => w.Id == id))
        {
            store.Workspaces.Add(
                new WorkspaceRow
                {
                    Id = id,
                    Name = name,
                    Created = WorkbenchStore.Now(TimeProvider.System),
                }
            );
            await store.SaveChangesAsync();
        }
    }
}

/// <summary>Puts the workspace and the role of today into the cookie of a person who signs in; both are read anew whenever the cookie is validated.</summary>
internal sealed class MemberClaims(
    UserManager<WorkbenchUser> users,
    IOptions<IdentityOptions> options,
    WorkbenchStore store
) : UserClaimsPrincipalFactory<WorkbenchUser>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(WorkbenchUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        if (await Members.Caller(store, user.Id, user.Workspace) is { } caller)
        {
            identity.AddClaim(new Claim(Caller.WorkspaceClaim, caller.WorkspaceId));
            identity.AddClaim(new Claim(ClaimTypes.Role, caller.Role.ToString()));
            if (caller.MustChange)
            {
                identity.AddClaim(new Claim(Caller.MustChangeClaim, ""));
            }
        }
        return identity;
    }
}
