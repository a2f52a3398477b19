using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
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
        app.MapGet("/sign-in/openid", OpenId).ExcludeFromDescription();
    }

    private static async Task<IResult> In(
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm] string? back,
        SignInManager<WorkbenchUser> signIn,
        UserManager<WorkbenchUser> users,
        WorkbenchStore store,
        TimeProvider clock,
        HttpContext context
    )
    {
        // Whatever stood in the cookie before ends here: a fixed session leads nowhere.
        await signIn.SignOutAsync();
        var user = name is { Length: > 0 and <= 100 } ? await users.FindByNameAsync(name) : null;
        var result = user is null
            ? Microsoft.AspNetCore.Identity.SignInResult.Failed
            : await signIn.PasswordSignInAsync(user, password ?? "", false, lockoutOnFailure: true);
        if (user is not null)
        {
            Auditing.Add(
                store,
                clock,
                user.Workspace,
                user.UserName ?? user.Id,
                result.Succeeded ? "sign-in" : "sign-in.refused",
                user.Id,
                context.Connection.RemoteIpAddress?.ToString() ?? ""
            );
            await store.SaveChangesAsync();
        }
        return result.Succeeded
            ? Results.LocalRedirect(Local(back))
            : Results.LocalRedirect("/login?refused=1");
    }

    private static async Task<IResult> Out(
        [FromForm] string? back,
        SignInManager<WorkbenchUser> signIn
    )
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect(Local(back));
    }

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
