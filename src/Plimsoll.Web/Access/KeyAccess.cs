using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Access;

/// <summary>Lets in a program by its key: <c>Authorization: Bearer …</c>.</summary>
internal sealed class KeyAccess(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    WorkbenchStore store,
    TimeProvider clock
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "key";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }
        var hash = Secret.Hash(header[Bearer.Length..]);
        var now = WorkbenchStore.Now(clock);
        var key = await store
            .Keys.AsNoTracking()
            .FirstOrDefaultAsync(k => k.SecretSha256 == hash && k.Expires > now);
        if (key is null)
        {
            return AuthenticateResult.Fail("The key is unknown or has expired.");
        }
        var caller = await Members.Caller(store, key.UserId, key.WorkspaceId);
        return caller is null
            ? AuthenticateResult.Fail("The key's owner is no longer in this workspace.")
            : AuthenticateResult.Success(
                new AuthenticationTicket(caller.Principal(Scheme_), Scheme_)
            );
    }
}
