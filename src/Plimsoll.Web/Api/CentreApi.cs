using Plimsoll.Inputs;
using Plimsoll.Portfolios;
using Plimsoll.Web.Access;
using Plimsoll.Web.Documents;

namespace Plimsoll.Web.Api;

/// <summary>Centres of a portfolio from a table with a map of its columns.</summary>
internal static class CentreApi
{
    /// <summary>A table to be read.</summary>
    /// <param name="Revision">The revision that it changes.</param>
    /// <param name="Csv">The table: comma-separated text with a header.</param>
    /// <param name="Columns">Keys of a centre by header, beside the headers that are keys themselves; <c>ignore</c> leaves a column out.</param>
    /// <param name="Draft">True to be told only what the columns mean.</param>
    internal sealed record TableOrder(
        int Revision,
        string? Csv,
        IReadOnlyDictionary<string, string>? Columns,
        bool? Draft
    );

    /// <summary>A column of a table.</summary>
    /// <param name="Header">As written.</param>
    /// <param name="Key">The key of a centre that it means; null where nobody can tell.</param>
    internal sealed record Column(string Header, string? Key);

    /// <summary>What a table holds.</summary>
    /// <param name="Rows">Centres.</param>
    /// <param name="Columns">Its columns in order.</param>
    internal sealed record TableDraft(int Rows, IReadOnlyList<Column> Columns);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGroup("")
            .WithTags("studies")
            .MapPost("/studies/{id}/centres", Read)
            .Needs(Role.Analyst)
            .Produces<StudyContent>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422)
            .WithSummary(
                "Adds the centres of a table to a portfolio: the header's words are keys of a centre unless 'columns' says otherwise; with 'draft' only what the columns mean."
            );

    private static async Task<IResult> Read(
        string id,
        TableOrder order,
        HttpContext context,
        StudyDesk desk,
        WorkbenchSettings settings
    )
    {
        if (await desk.Find(context.Asker().WorkspaceId, id) is not { } row)
        {
            return Endpoints.NotFound("study");
        }
        var document = StudyDocument.Of(row.Text);
        if (!document.Readable || !document.IsPortfolio)
        {
            return Endpoints.Problem(
                422,
                "Only a portfolio has centres, and only one whose text is YAML."
            );
        }
        if (order.Csv is not { Length: > 0 } csv || csv.Length > settings.MostStudyBytes)
        {
            return Endpoints.Problem(
                422,
                $"Give a table of at most {settings.MostStudyBytes:#,0} bytes as 'csv'."
            );
        }
        CsvTable table;
        try
        {
            table = CsvTable.Parse(csv.TrimStart('\uFEFF'), "table");
        }
        catch (InvalidDataException e)
        {
            return Endpoints.Problem(422, e.Message);
        }
        var columns = order.Columns ?? new Dictionary<string, string>();
        if (order.Draft == true)
        {
            return Results.Ok(
                new TableDraft(
                    table.Rows.Count,
                    [
                        .. table.Header.Select(h => new Column(
                            h,
                            columns.TryGetValue(h, out var said)
                                ? said
                                : CentreTable.KeyOf(h, document.Rows)
                        )),
                    ]
                )
            );
        }
        var findings = new List<LocatedFinding>();
        var centres = CentreTable.Read(table, columns, document.Rows, findings);
        if (findings.Count > 0)
        {
            return Endpoints.Problem(422, "The table cannot be read.", findings);
        }
        try
        {
            return Results.Ok(
                StudyContent.Of(
                    await desk.Change(
                        context.Asker(),
                        row,
                        order.Revision,
                        CentreText.Add(row.Text, centres)
                    )
                )
            );
        }
        catch (ArgumentException e)
        {
            return Endpoints.Problem(422, e.Message);
        }
        catch (StudyDesk.RefusedException e)
        {
            return Endpoints.Problem(e.Status, e.Message);
        }
    }
}
