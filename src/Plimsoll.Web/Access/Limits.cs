using System.Threading.RateLimiting;

namespace Plimsoll.Web.Access;

/// <summary>How much one person may ask in a time.</summary>
internal static class Limits
{
    /// <summary>Tries to sign in from one address.</summary>
    public const string SignIn = "sign-in";

    public static IServiceCollection AddLimits(
        this IServiceCollection services,
        WorkbenchSettings settings
    ) =>
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                RateLimitPartition.GetTokenBucketLimiter(
                    Caller.Of(context.User)?.UserId ?? Address(context),
                    _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = settings.RequestBurst,
                        TokensPerPeriod = settings.RequestsPerSecond,
                        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                        AutoReplenishment = true,
                    }
                )
            );
            options.AddPolicy(
                SignIn,
                context =>
                    RateLimitPartition.GetFixedWindowLimiter(
                        Address(context),
                        _ => new FixedWindowRateLimiterOptions
                        {
                            PermitLimit = 20,
                            Window = TimeSpan.FromMinutes(1),
                        }
                    )
            );
        });

    private static string Address(HttpContext context) =>
        "from " + (context.Connection.RemoteIpAddress?.ToString() ?? "here");
}
