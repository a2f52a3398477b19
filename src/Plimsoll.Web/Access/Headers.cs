using System.Text;
using Microsoft.Net.Http.Headers;

namespace Plimsoll.Web.Access;

/// <summary>What every answer tells the browser, and what no request of another site may do.</summary>
internal static class Headers
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Of the frame that holds the text editor alone: the editor writes styles. Scripts are no freer there, it reaches nothing, and only pages of this program may show it.</summary>
    public const string Editor =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; font-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

    /// <summary>What every answer carries, also one about a fault.</summary>
    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
        if (Api.Endpoints.ForPrograms(context))
        {
            // Deals do not stay in a browser's cache.
            headers.CacheControl = "no-store";
        }
    }

    /// <summary>Sets the headers and refuses requests that other sites send through a browser.</summary>
    /// <param name="app">The program.</param>
    /// <param name="hosts">Names under which it answers; none for any.</param>
    public static IApplicationBuilder UseStrictHeaders(
        this IApplicationBuilder app,
        IReadOnlyCollection<string> hosts
    ) =>
        app.Use(
            async (context, next) =>
            {
                Set(context);
                // A probe asks by address.
                if (
                    hosts.Count > 0
                    && !context.Request.Path.StartsWithSegments("/health")
                    && !hosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase)
                )
                {
                    await Api
                        .Endpoints.Problem(400, "This server does not answer under that name.")
                        .ExecuteAsync(context);
                    return;
                }
                if (!Readable(context.Request.ContentType))
                {
                    await Api
                        .Endpoints.Problem(415, "The charset of the content is not known here.")
                        .ExecuteAsync(context);
                    return;
                }
                if (
                    context.Request.Path.Value?.Contains('\0', StringComparison.Ordinal) == true
                    || context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal)
                        == true
                )
                {
                    context.Response.StatusCode = StatusCodes.Status400BadRequest;
                    return;
                }
                if (Foreign(context.Request))
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return;
                }
                await next(context);
            }
        );

    /// <summary>False for a charset that nobody here can read.</summary>
    private static bool Readable(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var media) || !media.Charset.HasValue)
        {
            return true;
        }
        try
        {
            _ = Encoding.GetEncoding(HeaderUtilities.RemoveQuotes(media.Charset).ToString());
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>A change that a page of another site asks for.</summary>
    private static bool Foreign(HttpRequest request)
    {
        if (
            HttpMethods.IsGet(request.Method)
            || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method)
        )
        {
            return false;
        }
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0 && site is not ("same-origin" or "none"))
        {
            return true;
        }
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && (
                !Uri.TryCreate(origin, UriKind.Absolute, out var from)
                || !string.Equals(
                    from.Authority,
                    request.Host.Value,
                    StringComparison.OrdinalIgnoreCase
                )
            );
    }
}
