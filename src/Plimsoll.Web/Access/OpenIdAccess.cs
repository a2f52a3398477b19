using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Access;

/// <summary>Lets people in whom an OpenID Connect issuer vouches for, if a person of that name is in a workspace.</summary>
internal static class OpenIdAccess
{
    public static void Add(AuthenticationBuilder authentication, WorkbenchSettings settings) =>
        authentication.AddOpenIdConnect(
            "openid",
            o =>
            {
                o.Authority = settings.OpenIdAuthority;
                o.ClientId = settings.OpenIdClient;
                o.ClientSecret = settings.OpenIdSecret;
                o.ResponseType = "code";
                o.SignInScheme = IdentityConstants.ApplicationScheme;
                o.Events.OnTicketReceived = async ticket =>
                {
                    var services = ticket.HttpContext.RequestServices;
                    var name =
                        ticket.Principal?.FindFirstValue("preferred_username")
                        ?? ticket.Principal?.FindFirstValue(ClaimTypes.Email)
                        ?? ticket.Principal?.FindFirstValue("email");
                    var user = name is null
                        ? null
                        : await services
                            .GetRequiredService<UserManager<WorkbenchUser>>()
                            .FindByNameAsync(name);
                    if (
                        user is null
                        || await Members.Caller(
                            services.GetRequiredService<WorkbenchStore>(),
                            user.Id,
                            user.Workspace
                        )
                            is null
                    )
                    {
                        ticket.Fail("Nobody of this name is in a workspace.");
                        return;
                    }
                    ticket.Principal = await services
                        .GetRequiredService<IUserClaimsPrincipalFactory<WorkbenchUser>>()
                        .CreateAsync(user);
                    StampCheck.LetIn(ticket.Principal);
                };
            }
        );
}
