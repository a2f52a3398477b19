using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Plimsoll.Inputs;
using Plimsoll.Web.Access;
using Plimsoll.Web.Api;
using Plimsoll.Web.Charts;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Runs;
using Plimsoll.Web.Store;
using Plimsoll.Web.Words;

namespace Plimsoll.Web.Pages;

/// <summary>What pages send and fetch beside the API: choices of the reader, forms without a script, pieces of a page.</summary>
internal static class PageParts
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/preferences", Prefer).ExcludeFromDescription();
        app.MapPost("/begin", Begin).Needs(Role.Analyst).ExcludeFromDescription();
        app.MapPost("/run", Run).Needs(Role.Analyst).ExcludeFromDescription();
        app.MapGet(BaseMap.Place + "{name}", Ground).Needs(Role.Viewer).ExcludeFromDescription();
        app.MapGet("/parts/studies/{id}/form", Form).Needs(Role.Viewer).ExcludeFromDescription();
        app.MapGet("/parts/runs/{id}/explain", Explain).Needs(Role.Viewer).ExcludeFromDescription();
    }

    private static IResult Prefer(
        [FromForm] string? language,
        [FromForm] string? light,
        [FromForm] string? back,
        HttpContext context
    )
    {
        void Keep(string name, string value) =>
            context.Response.Cookies.Append(
                name,
                value,
                new CookieOptions
                {
                    MaxAge = TimeSpan.FromDays(365),
                    SameSite = SameSiteMode.Lax,
                    HttpOnly = true,
                    Secure = context.Request.IsHttps,
                }
            );
        if (Language.Spoken(language))
        {
            Keep(Reader.LanguageCookie, language!);
        }
        if (light is "light" or "dark" or "auto")
        {
            Keep(Reader.LightCookie, light);
        }
        return Results.LocalRedirect(SignIn.Local(back));
    }

    private static async Task<IResult> Begin(
        [FromForm] string? like,
        HttpContext context,
        StudyDesk desk,
        Reader reader
    )
    {
        if (like is null || ShippedStudies.In(like, reader.Language) is not { } text)
        {
            return Results.LocalRedirect("/");
        }
        try
        {
            var row = await desk.Begin(context.Asker(), text);
            return Results.LocalRedirect($"/studies/{row.Id}");
        }
        catch (StudyDesk.RefusedException e)
        {
            return Results.StatusCode(e.Status);
        }
    }

    private static async Task<IResult> Run(
        [FromForm] string? study,
        [FromForm] string? draws,
        [FromForm] string? key,
        HttpContext context,
        StudyDesk desk,
        RunDesk runs
    )
    {
        if (study is null || await desk.Find(context.Asker().WorkspaceId, study) is not { } row)
        {
            return Results.LocalRedirect("/");
        }
        var wanted = string.IsNullOrWhiteSpace(draws) ? 2000 : WholeNumber.Of(draws);
        try
        {
            var run = await runs.Ask(
                context.Asker(),
                row,
                wanted
                    ?? throw new RunDesk.RefusedException(
                        StatusCodes.Status422UnprocessableEntity,
                        "run.refused.number",
                        InputText.Cut(draws!)
                    ),
                key
            );
            return Results.LocalRedirect($"/runs/{run.Row.Id}");
        }
        catch (RunDesk.RefusedException e)
        {
            // Said at the field, in the reader's language, with what was written.
            return Results.LocalRedirect(
                $"/studies/{row.Id}"
                    + QueryString.Create([
                        new("refused", e.Key),
                        .. e.Arguments.Select(a => new KeyValuePair<string, string?>(
                            "with",
                            Convert.ToString(a, CultureInfo.InvariantCulture)
                        )),
                        new("draws", InputText.Cut(draws ?? "")),
                    ])
            );
        }
    }

    private static IResult Ground(string name, BaseMap ground, HttpContext context)
    {
        if (ground.File(name) is not { } file)
        {
            return Endpoints.NotFound("image");
        }
        context.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.File(file, BaseMap.MediaType(name));
    }

    private static async Task<IResult> Form(string id, HttpContext context, StudyDesk desk) =>
        await desk.Find(context.Asker().WorkspaceId, id) is { } row
            ? new RazorComponentResult<StudyForm>(new { Text = row.Text })
            : Endpoints.NotFound("study");

    private static async Task<IResult> Explain(
        string id,
        string path,
        HttpContext context,
        RunDesk runs,
        Reader reader
    )
    {
        if (
            await runs.Find(context.Asker().WorkspaceId, id) is { } plan
            && (
                await runs.File(
                    plan,
                    RunFiles.In(PortfolioRunFiles.Result, reader.Language.Phrases.Language)
                ) ?? await runs.File(plan, PortfolioRunFiles.Result)
            )
                is { } portfolio
        )
        {
            return
                PortfolioExplanation.Of(Json(portfolio), path, plan.Row.Text, reader.Language)
                    is { } opened
                ? new RazorComponentResult<ExplanationView>(new { Found = opened })
                : Endpoints.NotFound("figure");
        }
        if (
            await runs.Find(context.Asker().WorkspaceId, id) is not { } run
            || await runs.File(run, RunFiles.Result) is not { } file
        )
        {
            return Endpoints.NotFound("figure");
        }
        var spoken = await runs.File(
            run,
            RunFiles.In(RunFiles.Result, reader.Language.Phrases.Language)
        );
        return
            Explanation.Of(Json(file), path, spoken is null ? null : Json(spoken), reader.Language)
                is { } found
            ? new RazorComponentResult<ExplanationView>(new { Found = found })
            : Endpoints.NotFound("figure");
    }

    private static JsonNode Json(RunFileRow file) => JsonNode.Parse(file.Bytes)!;
}
