using System.Net;
using Microsoft.AspNetCore.Diagnostics;
using Plimsoll.Jobs;
using Plimsoll.Web.Access;
using Plimsoll.Web.Pages;

namespace Plimsoll.Web.Api;

/// <summary>What is said when something fails: never what the program knows of itself.</summary>
internal static class OnError
{
    /// <summary>Seconds after which a database that was away is worth another try.</summary>
    private const string Later = "5";

    public static void Answer(IApplicationBuilder app) =>
        app.Run(async context =>
        {
            var failure = context.Features.Get<IExceptionHandlerFeature>()?.Error;
            Headers.Set(context);
            var (status, detail) = failure switch
            {
                BadHttpRequestException bad => (bad.StatusCode, "The request cannot be read."),
                not null when DatabaseFault.In(failure) => (
                    StatusCodes.Status503ServiceUnavailable,
                    "The database does not answer; nothing was lost, try again."
                ),
                _ => (StatusCodes.Status500InternalServerError, "This is a fault of the program."),
            };
            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                context.Response.Headers.RetryAfter = Later;
            }
            await (
                status == StatusCodes.Status503ServiceUnavailable && ForPeople(context)
                    ? Page(context)
                    : Results.Problem(statusCode: status, detail: detail)
            ).ExecuteAsync(context);
        });

    /// <summary>True for a browser that asks for a page.</summary>
    private static bool ForPeople(HttpContext context) =>
        !Endpoints.ForPrograms(context)
        && context
            .Request.Headers.Accept.ToString()
            .Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>A page that needs nothing but this program: the frame of all others asks the database who looks.</summary>
    private static IResult Page(HttpContext context)
    {
        var reader = new Reader(new HttpContextAccessor { HttpContext = context });
        string Said(string key) => WebUtility.HtmlEncode(reader[key]);
        return Results.Content(
            $"""
            <!doctype html><html lang="{reader.Language.Code}"><head><meta charset="utf-8"><title>Plimsoll</title>
            <link rel="stylesheet" href="/assets/workbench.css"></head>
            <body><main id="main"><h1>{Said("error.away")}</h1><p>{Said(
                "error.away.what"
            )}</p></main></body></html>
            """,
            "text/html; charset=utf-8",
            statusCode: StatusCodes.Status503ServiceUnavailable
        );
    }
}
