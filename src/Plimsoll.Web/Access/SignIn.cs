using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Plimsoll.Web.Api;
using Plimsoll.Web.Runs;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Access;

/// <summary>Signing in and out by forms of the pages, with the antiforgery token that they carry.</summary>
internal static class SignIn
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-in", In).RequireRateLimiting(Limits.SignIn).ExcludeFromDescription();
        app.MapPost("/sign-out", Out).ExcludeFromDescription();
        app.MapPost(OwnPassword.Form, Password).Needs(Role.Viewer).ExcludeFromDescription();
        app.MapGet("/sign-in/openid", OpenId).ExcludeFromDescription();
    }

    private static async Task<IResult> In(
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm] string? back,
        SignInManager<WorkbenchUser> signIn,
        UserManager<WorkbenchUser> users,
        NobodysPassword nobody,
        WrongTries tries,
        WorkbenchStore store,
        TimeProvider clock,
        HttpContext context
    )
    {
        // Whatever stood in the cookie before ends here: a fixed session leads nowhere.
        await signIn.SignOutAsync();
        var user = name is { Length: > 0 and <= 100 } ? await users.FindByNameAsync(name) : null;
        var address = context.Connection.RemoteIpAddress;
        var locked = user is not null && tries.Waits(user.Id, address);
        // A hash is reckoned for whoever is named: the time tells nothing of who has an account.
        var fits = user is not null && await users.CheckPasswordAsync(user, password ?? "");
        if (user is null)
        {
            nobody.Try(password ?? "");
        }
        var open =
            fits && !locked && await Members.Caller(store, user!.Id, user.Workspace) is not null;
        if (user is not null && !locked)
        {
            if (fits)
            {
                tries.Right(user.Id, address);
            }
            else
            {
                tries.Wrong(user.Id, address);
            }
        }
        // A name that nobody has is not written down: it may be a password in the wrong field.
        Auditing.Add(
            store,
            clock,
            user?.Workspace ?? Members.Main,
            user is null ? "" : user.UserName ?? user.Id,
            open ? "sign-in"
                : user is null ? "sign-in.unknown"
                : "sign-in.refused",
            user?.Id ?? "",
            context.Connection.RemoteIpAddress?.ToString() ?? ""
        );
        await store.SaveChangesAsync();
        if (!open)
        {
            return Results.LocalRedirect("/login?refused=1");
        }
        await signIn.SignInAsync(user!, isPersistent: false);
        return Results.LocalRedirect(Local(back));
    }

    /// <summary>Ends the session in every browser of the person: a cookie kept aside is worth nothing after it.</summary>
    private static async Task<IResult> Out(
        [FromForm] string? back,
        HttpContext context,
        SignInManager<WorkbenchUser> signIn,
        UserManager<WorkbenchUser> users,
        WorkbenchStore store,
        TimeProvider clock
    )
    {
        if (
            Caller.Of(context.User) is { } caller
            && await users.FindByIdAsync(caller.UserId) is { } user
        )
        {
            await Members.EndSessions(store, users, user);
            Auditing.Add(store, clock, caller, "sign-out", user.Id);
            await store.SaveChangesAsync();
        }
        await signIn.SignOutAsync();
        return Results.LocalRedirect(Local(back));
    }

    private static async Task<IResult> Password(
        [FromForm] string? old,
        [FromForm] string? password,
        HttpContext context,
        OwnPassword passwords
    ) =>
        Results.LocalRedirect(
            await passwords.Change(context, old, password) is null
                ? OwnPassword.Place + "?changed=1"
                : OwnPassword.Place + "?refused=1"
        );

    private static IResult OpenId(WorkbenchSettings settings) =>
        settings.OpenIdAuthority.Length > 0
            ? Results.Challenge(new AuthenticationProperties { RedirectUri = "/" }, ["openid"])
            : Results.NotFound();

    /// <summary>A place of this program; the first page for all else.</summary>
    public static string Local(string? back) =>
        back is ['/', ..]
        && !back.StartsWith("//", StringComparison.Ordinal)
        && !back.Contains('\\', StringComparison.Ordinal)
            ? back
            : "/";
}
