using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Plimsoll.Web.Access;

/// <summary>Lets in the one person at this machine: only from loopback and only under a loopback name, so that no page of another site can speak for them.</summary>
internal sealed class LocalAccess(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "local";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var from = Context.Connection.RemoteIpAddress;
        var host = Request.Host.Host;
        var near =
            (from is null || IPAddress.IsLoopback(from))
            && (
                host is "localhost" or "[::1]"
                || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
            );
        return Task.FromResult(
            near
                ? AuthenticateResult.Success(
                    new AuthenticationTicket(
                        new Caller(
                            Caller.LocalUser,
                            Environment.UserName,
                            Caller.LocalWorkspace,
                            Role.Admin
                        ).Principal(Scheme_),
                        Scheme_
                    )
                )
                : AuthenticateResult.Fail(
                    "Without accounts the workbench answers this machine alone."
                )
        );
    }
}
