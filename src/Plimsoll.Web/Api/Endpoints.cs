using Plimsoll.Web.Access;

namespace Plimsoll.Web.Api;

/// <summary>What all endpoints share: who asks, and what they may do.</summary>
internal static class Endpoints
{
    /// <summary>Largest page of a list.</summary>
    public const int MostOnPage = 100;

    /// <summary>Lets only those in who may do what a role may.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Role role)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.AddEndpointFilterFactory(
            (_, next) =>
                async invocation =>
                    Caller.Of(invocation.HttpContext.User) is not { } caller
                        ? Problem(401, "Sign in first.")
                    : caller.May(role) ? await next(invocation)
                    : Problem(403, $"This takes the role {role}; yours is {caller.Role}.")
        );
        return builder;
    }

    /// <summary>Who asks; only behind <see cref="Needs"/>.</summary>
    public static Caller Asker(this HttpContext context) =>
        Caller.Of(context.User)
        ?? throw new InvalidOperationException(
            "Nobody is signed in behind a check that somebody is."
        );

    /// <summary>A problem with its reason.</summary>
    public static IResult Problem(int status, string reason) =>
        Results.Problem(statusCode: status, detail: reason);

    /// <summary>A problem with findings.</summary>
    public static IResult Problem(
        int status,
        string reason,
        IReadOnlyList<Inputs.LocatedFinding> findings
    ) =>
        Results.Problem(
            statusCode: status,
            detail: reason,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["findings"] = findings.Select(FindingDocument.Of).ToArray(),
            }
        );

    /// <summary>No such thing in this workspace; the same words whether it is another's or nobody's.</summary>
    public static IResult NotFound(string what) => Problem(404, $"There is no such {what} here.");

    /// <summary>Page and size within bounds.</summary>
    public static (int Page, int Size) Page(int? page, int? size) =>
        (Math.Clamp(page ?? 1, 1, 1_000_000), Math.Clamp(size ?? 20, 1, MostOnPage));
}
