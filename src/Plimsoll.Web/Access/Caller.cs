using System.Security.Claims;

namespace Plimsoll.Web.Access;

/// <summary>Who asks, in which workspace, and what they may do there.</summary>
/// <param name="UserId">Identifier of the person.</param>
/// <param name="Name">Name, as the audit prints it.</param>
/// <param name="WorkspaceId">The workspace whose things they see.</param>
/// <param name="Role">What they may do in it.</param>
internal sealed record Caller(string UserId, string Name, string WorkspaceId, Role Role)
{
    /// <summary>Claim that holds the workspace.</summary>
    public const string WorkspaceClaim = "workspace";

    /// <summary>Claim of those whose password somebody else set.</summary>
    public const string MustChangeClaim = "must-change";

    /// <summary>True while nothing is open to them but a password of their own.</summary>
    public bool MustChange { get; init; }

    /// <summary>The one person of a workbench without accounts.</summary>
    public const string LocalUser = "local";

    /// <summary>Their workspace.</summary>
    public const string LocalWorkspace = "local";

    /// <summary>True when they may do what a role may.</summary>
    public bool May(Role role) => Role >= role;

    /// <summary>Reads who asks; null when nobody is signed in.</summary>
    public static Caller? Of(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true }
        && user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
        && user.FindFirstValue(WorkspaceClaim) is { } workspace
        && Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), out var role)
            ? new Caller(id, user.Identity.Name ?? id, workspace, role)
            {
                MustChange = user.HasClaim(c => c.Type == MustChangeClaim),
            }
            : null;

    /// <summary>The claims of a caller, for a signed-in principal.</summary>
    public ClaimsPrincipal Principal(string scheme) =>
        new(
            new ClaimsIdentity(
                [
                    new Claim(ClaimTypes.NameIdentifier, UserId),
                    new Claim(ClaimTypes.Name, Name),
                    new Claim(WorkspaceClaim, WorkspaceId),
                    new Claim(ClaimTypes.Role, Role.ToString()),
                    .. MustChange ? new[] { new Claim(MustChangeClaim, "") } : [],
                ],
                scheme
            )
        );
}
