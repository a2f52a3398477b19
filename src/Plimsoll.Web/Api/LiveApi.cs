using System.Text.Json.Nodes;
using Plimsoll.Web.Access;
using Plimsoll.Web.Live;
using Plimsoll.Web.Runs;

namespace Plimsoll.Web.Api;

/// <summary>What is answered at once, on draws that are held: terms moved, runs compared.</summary>
internal static class LiveApi
{
    /// <summary>Terms to be tried.</summary>
    /// <param name="Changes">New values by path.</param>
    /// <param name="Draws">Draws to price: 500 while sliding, all when silent.</param>
    internal sealed record Terms(IReadOnlyDictionary<string, string> Changes, int? Draws);

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("live");
        group
            .MapPost("/runs/{id}/terms", Price)
            .Needs(Role.Viewer)
            .Produces<JsonObject>()
            .ProducesProblem(404)
            .ProducesProblem(422)
            .WithSummary(
                "The plan on other terms of finance, tax or rule, or other costs of the site, on the draws of the run, with the floors of what is let; what moves fill is refused."
            );
        group
            .MapGet("/compare", Compare)
            .Needs(Role.Viewer)
            .Produces<JsonObject>()
            .ProducesProblem(404)
            .ProducesProblem(422)
            .WithSummary(
                "Two to four runs beside each other, each with the option that its answer names: runs=ID,ID. Differences are paired where the draws are common."
            );
    }

    private static async Task<IResult> Price(
        string id,
        Terms terms,
        HttpContext context,
        RunDesk runs,
        LiveTerms live
    )
    {
        if (await runs.Find(context.Asker().WorkspaceId, id) is not { IsStudy: true } run)
        {
            return Endpoints.NotFound("run of a study with a result");
        }
        var draws = Math.Clamp(terms.Draws ?? run.Row.Draws, 30, run.Row.Draws);
        if (terms.Changes is null || terms.Changes.Count > 50)
        {
            return Endpoints.Problem(422, "Give 'changes', at most 50 of them.");
        }
        try
        {
            return Results.Ok(
                LiveTerms.Document(
                    await live.Price(
                        run.Row.Text,
                        run.Row.Draws,
                        terms.Changes,
                        draws,
                        context.RequestAborted
                    ),
                    draws
                )
            );
        }
        catch (LiveTerms.RefusedException e)
        {
            return Endpoints.Problem(422, e.Message, e.Findings);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return Results.Empty;
        }
    }

    private static async Task<IResult> Compare(
        string runs,
        HttpContext context,
        RunDesk desk,
        Comparison comparison
    )
    {
        var ids = runs.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (ids.Count is < 2 or > 4)
        {
            return Endpoints.Problem(422, "Name two to four runs: runs=ID,ID.");
        }
        var views = new List<RunView>();
        foreach (var id in ids)
        {
            if (await desk.Find(context.Asker().WorkspaceId, id) is not { IsStudy: true } run)
            {
                return Endpoints.NotFound("run of a study with a result");
            }
            views.Add(run);
        }
        return Results.Ok(Comparison.Document(views, await comparison.Of(views)));
    }
}
