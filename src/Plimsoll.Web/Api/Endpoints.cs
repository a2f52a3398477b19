using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;
using Plimsoll.Inputs;
using Plimsoll.Web.Access;
using Plimsoll.Web.Runs;
using Plimsoll.Web.Store;

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
                        ? Refusal(invocation.HttpContext, 401, "Sign in first.")
                    : caller.May(role) ? await next(invocation)
                    : await Noted(
                        invocation.HttpContext,
                        caller,
                        $"This takes the role {role}; yours is {caller.Role}."
                    )
        );
        return builder;
    }

    /// <summary>True for what programs ask, who are told of a refusal by a document; people get a page.</summary>
    public static bool ForPrograms(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api")
        || context.Request.Path.StartsWithSegments("/mcp");

    /// <summary>Refuses what a role does not allow, and writes it down.</summary>
    private static async Task<IResult> Noted(HttpContext context, Caller caller, string reason)
    {
        var store = context.RequestServices.GetRequiredService<WorkbenchStore>();
        Auditing.Add(
            store,
            context.RequestServices.GetRequiredService<TimeProvider>(),
            caller,
            "refused",
            InputText.Cut($"{context.Request.Method} {context.Request.Path}")
        );
        await store.SaveChangesAsync();
        return Refusal(context, 403, reason);
    }

    private static IResult Refusal(HttpContext context, int status, string reason) =>
        ForPrograms(context) ? Problem(status, reason) : Results.StatusCode(status);

    /// <summary>Why a request could not be read, where it is a parameter that is none; else what a request must be.</summary>
    public static string Unread(HttpContext context)
    {
        foreach (
            var parameter in context
                .GetEndpoint()
                ?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
                ?? []
        )
        {
            if (
                parameter.ParameterInfo.ParameterType is var type
                && (Nullable.GetUnderlyingType(type) ?? type) == typeof(int)
                && context.Request.Query[parameter.Name].ToString() is var written
                && !int.TryParse(written, CultureInfo.InvariantCulture, out _)
                && (written.Length > 0 || !parameter.IsOptional)
            )
            {
                return $"{parameter.Name}: '{InputText.Cut(written)}' is no whole number.";
            }
        }
        return "The request cannot be read: /openapi/v1.json says what this route takes.";
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
        IReadOnlyList<LocatedFinding> findings
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
