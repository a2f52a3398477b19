using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Plimsoll.Web.Tests;

/// <summary>Routes of the API as they are mapped.</summary>
internal static class Routes
{
    public static IEnumerable<string> Of(IServiceProvider services) =>
        services
            .GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal))
            .SelectMany(e =>
                e.Metadata.GetMetadata<HttpMethodMetadata>()!
                    .HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText!.TrimEnd('/')}")
            )
            .Distinct(StringComparer.Ordinal);
}
