using System.ComponentModel;
using System.Text;
using Plimsoll.Web.Access;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Api;

/// <summary>Studies: shipped ones, one's own, their text and their fields.</summary>
internal static class StudyApi
{
    /// <summary>A study to be begun.</summary>
    /// <param name="Like">A shipped study to begin from; null for none.</param>
    /// <param name="Text">A text to begin from; null for none.</param>
    internal sealed record Beginning(string? Like, string? Text);

    /// <summary>A text to be kept.</summary>
    /// <param name="Text">The whole text.</param>
    /// <param name="Revision">The revision that it changes.</param>
    internal sealed record Rewrite(string Text, int Revision);

    /// <summary>A text to be checked.</summary>
    internal sealed record CheckOrder(string Text);

    /// <summary>What the check says.</summary>
    internal sealed record CheckAnswer(bool Sound, IReadOnlyList<FindingDocument> Findings);

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("studies");
        group
            .MapGet("/shipped", () => ShippedStudies.All)
            .Needs(Role.Viewer)
            .WithSummary(
                "Names of the studies, portfolios and voucher designs that come with the program."
            );
        group
            .MapPost("/check", Check)
            .Needs(Role.Viewer)
            .Produces<CheckAnswer>()
            .WithSummary("Everything wrong with a text at once, with line, field and remedy.");
        group
            .MapGet("/studies", List)
            .Needs(Role.Viewer)
            .Produces<PageOf<StudyListItem>>()
            .WithSummary("Studies of the workspace, the latest changed first.");
        group
            .MapPost("/studies", Begin)
            .Needs(Role.Analyst)
            .Produces<StudyContent>(201)
            .ProducesProblem(422)
            .WithSummary("Begins a study from a shipped one or from a text.");
        group
            .MapGet("/studies/{id}", Get)
            .Needs(Role.Viewer)
            .Produces<StudyContent>()
            .ProducesProblem(404)
            .WithSummary("A study with its text, its values by field and its findings.");
        group
            .MapGet("/studies/{id}/text", TextOf)
            .Needs(Role.Viewer)
            .Produces(200, contentType: "application/yaml")
            .ProducesProblem(404)
            .WithSummary("The text of a study as a file for the command line.");
        group
            .MapPut("/studies/{id}", Put)
            .Needs(Role.Analyst)
            .Produces<StudyContent>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422)
            .WithSummary(
                "Keeps a new text; 409 with the text that stands when another has changed it meanwhile."
            );
        group
            .MapPatch("/studies/{id}/fields", Patch)
            .Needs(Role.Analyst)
            .Produces<StudyContent>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422)
            .WithSummary("Changes fields: the rest of the text stays as it was written.");
        group
            .MapPost("/studies/{id}/undo", Undo)
            .Needs(Role.Analyst)
            .Produces<StudyContent>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .WithSummary("Takes the last change back; taken back again, it comes again.");
        group
            .MapDelete("/studies/{id}", Remove)
            .Needs(Role.Analyst)
            .Produces(204)
            .ProducesProblem(404)
            .WithSummary("Takes a study from the list; its runs stay.");
    }

    private static IResult Check(CheckOrder order, WorkbenchSettings settings)
    {
        if (Encoding.UTF8.GetByteCount(order.Text ?? "") > settings.MostStudyBytes)
        {
            return Endpoints.Problem(422, "The text is too long.");
        }
        var document = StudyDocument.Of(order.Text ?? "");
        return Results.Ok(
            new CheckAnswer(document.Sound, [.. document.Findings.Select(FindingDocument.Of)])
        );
    }

    private static async Task<IResult> List(
        HttpContext context,
        StudyDesk desk,
        int? page,
        int? pageSize
    )
    {
        var (number, size) = Endpoints.Page(page, pageSize);
        var rows = await desk.List(context.Asker().WorkspaceId, (number - 1) * size, size);
        return Results.Ok(
            new PageOf<StudyListItem>([.. rows.Select(StudyListItem.Of)], number, size)
        );
    }

    private static Task<IResult> Begin(Beginning order, HttpContext context, StudyDesk desk) =>
        Guard(async () =>
        {
            var text =
                order.Text
                ?? (
                    order.Like is { } like
                        ? ShippedStudies.Text(like)
                            ?? throw new StudyDesk.RefusedException(
                                $"No study ships under this name; there are {string.Join(", ", ShippedStudies.All)}.",
                                422
                            )
                        : throw new StudyDesk.RefusedException(
                            "Say what to begin from: 'like' or 'text'.",
                            422
                        )
                );
            var row = await desk.Begin(context.Asker(), text);
            return Results.Created($"/api/studies/{row.Id}", StudyContent.Of(row));
        });

    private static async Task<IResult> Get(string id, HttpContext context, StudyDesk desk) =>
        await desk.Find(context.Asker().WorkspaceId, id) is { } row
            ? Results.Ok(StudyContent.Of(row))
            : Endpoints.NotFound("study");

    private static async Task<IResult> TextOf(string id, HttpContext context, StudyDesk desk) =>
        await desk.Find(context.Asker().WorkspaceId, id) is { } row
            ? Results.File(
                Encoding.UTF8.GetBytes(row.Text),
                "application/yaml; charset=utf-8",
                "study.yaml"
            )
            : Endpoints.NotFound("study");

    private static Task<IResult> Put(
        string id,
        Rewrite order,
        HttpContext context,
        StudyDesk desk
    ) =>
        Changing(
            id,
            context,
            desk,
            row => desk.Change(context.Asker(), row, order.Revision, order.Text ?? "")
        );

    private static Task<IResult> Patch(
        string id,
        FieldChanges order,
        HttpContext context,
        StudyDesk desk
    ) =>
        Changing(
            id,
            context,
            desk,
            row => desk.Change(context.Asker(), row, order.Revision, order.Apply(row.Text))
        );

    private static Task<IResult> Undo(
        string id,
        [Description("The revision that is to be taken back.")] int revision,
        HttpContext context,
        StudyDesk desk
    ) => Changing(id, context, desk, row => desk.Undo(context.Asker(), row, revision));

    private static Task<IResult> Remove(string id, HttpContext context, StudyDesk desk) =>
        Guard(async () =>
        {
            if (await desk.Find(context.Asker().WorkspaceId, id) is not { } row)
            {
                return Endpoints.NotFound("study");
            }
            await desk.Remove(context.Asker(), row);
            return Results.NoContent();
        });

    private static Task<IResult> Changing(
        string id,
        HttpContext context,
        StudyDesk desk,
        Func<StudyRow, Task<StudyRow>> change
    ) =>
        Guard(async () =>
            await desk.Find(context.Asker().WorkspaceId, id) is { } row
                ? Results.Ok(StudyContent.Of(await change(row)))
                : Endpoints.NotFound("study")
        );

    private static async Task<IResult> Guard(Func<Task<IResult>> work)
    {
        try
        {
            return await work();
        }
        catch (StudyDesk.RefusedException e)
        {
            return Endpoints.Problem(e.Status, e.Message);
        }
    }
}
