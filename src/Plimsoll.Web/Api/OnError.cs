using Microsoft.AspNetCore.Diagnostics;
using Plimsoll.Jobs;

namespace Plimsoll.Web.Api;

/// <summary>What is said when something fails: never what the program knows of itself.</summary>
internal static class OnError
{
    public static void Answer(IApplicationBuilder app) =>
        app.Run(async context =>
        {
            var failure = context.Features.Get<IExceptionHandlerFeature>()?.Error;
            var (status, detail) = failure switch
            {
                BadHttpRequestException bad => (bad.StatusCode, "The request cannot be read."),
                LedgerException { IsTransient: true } => (
                    StatusCodes.Status503ServiceUnavailable,
                    "The ledger of runs does not answer; nothing was lost, try again."
                ),
                System.Data.Common.DbException => (
                    StatusCodes.Status503ServiceUnavailable,
                    "The database does not answer; nothing was lost, try again."
                ),
                _ => (StatusCodes.Status500InternalServerError, "This is a fault of the program."),
            };
            await Results.Problem(statusCode: status, detail: detail).ExecuteAsync(context);
        });
}
