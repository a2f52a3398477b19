using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Access;

/// <summary>Who belongs to which workspace.</summary>
internal static class Members
{
    /// <summary>A person in a workspace; null when they are not in it.</summary>
    public static async Task<Caller?> Caller(WorkbenchStore store, string user, string workspace)
    {
        var member = await store
            .Members.AsNoTracking()
            .FirstOrDefaultAsync(m => m.UserId == user && m.WorkspaceId == workspace);
        var person = await store.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == user);
        return member is null || person is null || !Enum.TryParse<Role>(member.Role, out var role)
            ? null
            : new Caller(user, person.UserName ?? user, workspace, role);
    }

    /// <summary>The workspace of the first administrator, whose administrators make further ones.</summary>
    public const string Main = "main";

    /// <summary>The first administrator, made when accounts are on and nobody has one yet.</summary>
    public static async Task First(IServiceProvider services, WorkbenchSettings settings)
    {
        var users = services.GetRequiredService<UserManager<WorkbenchUser>>();
        if (settings.FirstPassword.Length == 0 || await users.Users.AnyAsync())
        {
            return;
        }
        var store = services.GetRequiredService<WorkbenchStore>();
        await Add(store, users, settings.FirstUser, settings.FirstPassword, Main, Role.Admin);
    }

    /// <summary>Adds a person to a workspace, which is made where it is new.</summary>
    /// <param name="store">The store.</param>
    /// <param name="users">People.</param>
    /// <param name="name">Name of the person.</param>
    /// <param name="password">Password of the person.</param>
    /// <param name="workspace">Id of the workspace.</param>
    /// <param name="role">What the person may do in it.</param>
    /// <param name="called">What a new workspace is called; its id when null.</param>
    public static async Task<IdentityResult> Add(
        WorkbenchStore store,
        UserManager<WorkbenchUser> users,
        string name,
        string password,
        string workspace,
        Role role,
        string? called = null
    )
    {
        var user = new WorkbenchUser { UserName = name, Workspace = workspace };
        var made = await users.CreateAsync(user, password);
        if (!made.Succeeded)
        {
            return made;
        }
        await Workspace(store, workspace, called ?? workspace);
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
        }
        return identity;
    }
}
