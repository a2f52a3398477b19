using Microsoft.AspNetCore.Identity;
using Plimsoll.Web.Api;
using Plimsoll.Web.Runs;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Access;

/// <summary>A person changes their own password, and who has it from an administrator does so before anything else.</summary>
internal sealed class OwnPassword(
    UserManager<WorkbenchUser> users,
    SignInManager<WorkbenchUser> signIn,
    WorkbenchStore store,
    WorkbenchSettings settings,
    WrongTries tries,
    TimeProvider clock
)
{
    /// <summary>Page on which it is done.</summary>
    public const string Place = "/account";

    /// <summary>Where its form is sent.</summary>
    public const string Form = "/account/password";

    // All that is open to who has yet to choose a password.
    private static readonly string[] _open =
    [
        Place,
        "/sign-out",
        "/login",
        "/preferences",
        "/api/me",
        "/not-found",
    ];

    /// <summary>Changes it; other cookies of the person end, that of this request goes on.</summary>
    /// <param name="context">The request of the person.</param>
    /// <param name="old">The password that holds now.</param>
    /// <param name="password">The one to hold from now on.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<string?> Change(HttpContext context, string? old, string? password)
    {
        var caller = context.Asker();
        if (!settings.Accounts || await users.FindByIdAsync(caller.UserId) is not { } user)
        {
            return "Without accounts there is no password.";
        }
        if (old is not { Length: <= 200 } || password is not { Length: <= 200 } || old == password)
        {
            return "Give the old password and another of at most 200 characters.";
        }
        var address = context.Connection.RemoteIpAddress;
        if (tries.Waits(user.Id, address))
        {
            return "There were too many tries; wait, or ask an administrator.";
        }
        if (!await users.CheckPasswordAsync(user, old))
        {
            tries.Wrong(user.Id, address);
            return "The old password does not fit.";
        }
        var changed = await users.ChangePasswordAsync(user, old, password);
        if (!changed.Succeeded)
        {
            return string.Join(' ', changed.Errors.Select(e => e.Description));
        }
        await Members.Say(store, user.Id, a => a.MustChange = false);
        Auditing.Add(store, clock, caller, "password.change", user.Id);
        await store.SaveChangesAsync();
        if (!context.Request.Headers.ContainsKey("Authorization"))
        {
            await signIn.SignInAsync(user, isPersistent: false);
        }
        return null;
    }

    /// <summary>Leads who has yet to choose a password to the place where it is done; programs are told.</summary>
    public static async Task First(HttpContext context, RequestDelegate next)
    {
        if (
            Caller.Of(context.User) is not { MustChange: true }
            || Array.Exists(_open, o => context.Request.Path.StartsWithSegments(o))
        )
        {
            await next(context);
        }
        else if (Endpoints.ForPrograms(context))
        {
            await Endpoints
                .Problem(
                    403,
                    "Your password was set by somebody else: change it first, at /account."
                )
                .ExecuteAsync(context);
        }
        else
        {
            context.Response.Redirect(Place);
        }
    }
}
