using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Access;

/// <summary>Asks at every request whether a cookie still holds, and reads the role of now: a role, an account or a session taken away ends at once.</summary>
internal static class StampCheck
{
    /// <summary>Claim of those whom another issuer let in: they have no password here to change.</summary>
    public const string IssuerClaim = "issuer-let-in";

    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var signIn = services.GetRequiredService<SignInManager<WorkbenchUser>>();
        var user = await signIn.ValidateSecurityStampAsync(context.Principal);
        var principal = user is null ? null : await signIn.CreateUserPrincipalAsync(user);
        if (principal is null || Caller.Of(principal) is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }
        if (context.Principal!.HasClaim(c => c.Type == IssuerClaim))
        {
            LetIn(principal);
        }
        context.ReplacePrincipal(principal);
    }

    /// <summary>Marks one whom another issuer let in.</summary>
    public static void LetIn(ClaimsPrincipal principal)
    {
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.AddClaim(new Claim(IssuerClaim, ""));
        foreach (var claim in identity.FindAll(Caller.MustChangeClaim).ToList())
        {
            identity.RemoveClaim(claim);
        }
    }
}
