using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Server;
using Plimsoll.Catalog;
using Plimsoll.Web.Access;
using Plimsoll.Web.Api;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Live;
using Plimsoll.Web.Runs;

namespace Plimsoll.Web.Mcp;

/// <summary>What a program may ask in the Model Context Protocol: the same as by the HTTP API, within the same workspace.</summary>
[McpServerToolType]
internal sealed class WorkbenchTools(
    StudyDesk studies,
    RunDesk runs,
    Comparison comparison,
    IHttpContextAccessor context
)
{
    private Caller Asker =>
        context.HttpContext is { } http
            ? http.Asker()
            : new Caller(Caller.LocalUser, Environment.UserName, Caller.LocalWorkspace, Role.Admin);

    [McpServerTool(Name = "list_studies", ReadOnly = true)]
    [Description("Names of the shipped studies, and the studies of the workspace with their ids.")]
    public async Task<string> ListStudies() =>
        JsonSerializer.Serialize(
            new
            {
                shipped = ShippedStudies.Names.Concat(ShippedStudies.Portfolios),
                studies = (await studies.List(Asker.WorkspaceId, 0, 100)).Select(StudyListItem.Of),
            },
            JsonSerializerOptions.Web
        );

    [McpServerTool(Name = "check_study", ReadOnly = true)]
    [Description(
        "Checks the text of a study file (YAML) and says everything wrong at once, with line, field and remedy."
    )]
    public static string CheckStudy([Description("The text.")] string text)
    {
        var document = StudyDocument.Of(text);
        return JsonSerializer.Serialize(
            new StudyApi.CheckAnswer(
                document.Sound,
                [.. document.Findings.Select(FindingDocument.Of)]
            ),
            JsonSerializerOptions.Web
        );
    }

    [McpServerTool(Name = "run_study")]
    [Description(
        "Runs a study and waits for its verdict: give a shipped name, the id of a study, or a text. Takes some seconds to minutes."
    )]
    public async Task<string> RunStudy(
        [Description(
            "Name of a shipped study, such as zhengzhou-2024, or an id from list_studies."
        )]
            string? study = null,
        [Description("Text of a study (YAML), in place of a name.")] string? text = null,
        [Description("Joint draws, 30 to 20,000.")] int draws = 2000,
        CancellationToken cancellation = default
    )
    {
        var caller = Asker;
        if (!caller.May(Role.Analyst))
        {
            throw new McpException("This takes the role Analyst.");
        }
        try
        {
            var row =
                study is not null && await studies.Find(caller.WorkspaceId, study) is { } own ? own
                : (text ?? (study is null ? null : ShippedStudies.Text(study))) is { } begun
                    ? await studies.Begin(caller, begun)
                : throw new McpException("There is no such study; list_studies names them.");
            var run = await runs.Ask(caller, row, draws, null);
            while (!run.Ended)
            {
                await Task.Delay(300, cancellation);
                run = await runs.Find(caller.WorkspaceId, run.Row.Id) ?? run;
            }
            return run.Answer is null
                    ? throw new McpException($"The run {run.State}: {run.Record?.Reason}")
                : run.IsStudy ? await Verdict(run)
                : await Plan(run);
        }
        catch (RunDesk.RefusedException e)
        {
            throw new McpException(
                e.Message + " " + string.Join(' ', e.Findings.Select(f => f.ToString())),
                e
            );
        }
        catch (StudyDesk.RefusedException e)
        {
            throw new McpException(e.Message, e);
        }
    }

    [McpServerTool(Name = "explain_figure", ReadOnly = true)]
    [Description(
        "Opens one figure of a run down to its sources: the chain of reasons, the inputs it rests on, and the catalogue row of each."
    )]
    public async Task<string> ExplainFigure(
        [Description("Id of the run.")] string run,
        [Description(
            "Place in result.json, such as options[0].breach.value, why[3].medianDraw or assumptions[0]."
        )]
            string path
    ) =>
        await Result(run) is { } result && Explanation.Of(result, path) is { } found
            ? found.ToJsonString()
            : throw new McpException("There is no such run or figure here.");

    [McpServerTool(Name = "compare_runs", ReadOnly = true)]
    [Description(
        "Sets two to four runs beside each other, each with the option that its answer names: inputs that differ, paired differences with 95 % intervals where draws are common, regret."
    )]
    public async Task<string> CompareRuns([Description("Ids of the runs.")] string[] ids)
    {
        if (ids.Length is < 2 or > 4)
        {
            throw new McpException("Name two to four runs.");
        }
        var views = new List<RunView>();
        foreach (var id in ids)
        {
            views.Add(
                await runs.Find(Asker.WorkspaceId, id) is { IsStudy: true } run
                    ? run
                    : throw new McpException("There is no such run with a result here.")
            );
        }
        return Comparison.Document(views, await comparison.Of(views)).ToJsonString();
    }

    [McpServerTool(Name = "catalogue", ReadOnly = true)]
    [Description(
        "The catalogue as of a day: kinds without arguments, names of a kind, or every fact of an entry with its source."
    )]
    public static string Catalogue(
        [Description("Kind, such as accelerators, sites, servers.")] string? kind = null,
        [Description("Name of an entry.")] string? name = null,
        [Description("Day (yyyy-MM-dd) or month (yyyy-MM); all that is known when silent.")]
            string? asOf = null
    )
    {
        if (CatalogApi.Day(asOf) is not { } day)
        {
            throw new McpException("asOf is a day as yyyy-MM-dd or a month as yyyy-MM.");
        }
        var view = FactCatalog.Shipped().AsOf(day);
        return kind is null ? JsonSerializer.Serialize(view.Kinds)
            : name is null ? JsonSerializer.Serialize(view.Names(kind))
            : view.Find(kind, name) is { } entry
                ? JsonSerializer.Serialize(CatalogApi.Of(entry), JsonSerializerOptions.Web)
            : throw new McpException("There is no such entry on that day.");
    }

    [McpServerTool(Name = "market_quotes", ReadOnly = true)]
    [Description("Quoted rents of a chip by date, basis and panel, with their sources.")]
    public static string MarketQuotes(
        [Description("Chip, such as H100 SXM 80GB; all when silent.")] string? chip = null,
        [Description("china or us; all when silent.")] string? market = null
    ) =>
        JsonSerializer.Serialize(
            FactCatalog
                .Shipped()
                .AsOf(new DateOnly(9999, 12, 31))
                .Entries("quotes")
                .Where(e =>
                    (chip is null || e.TextOrNull("chip") == chip)
                    && (market is null || e.TextOrNull("market") == market)
                )
                .SelectMany(e =>
                    e.Series("rent")
                        .Select(r => new
                        {
                            market = e.TextOrNull("market"),
                            chip = e.TextOrNull("chip"),
                            basis = e.TextOrNull("basis"),
                            panel = e.TextOrNull("panel"),
                            date = r.ValidFrom,
                            rent = r.Value,
                            unit = r.Unit,
                            source = r.Source,
                        })
                ),
            JsonSerializerOptions.Web
        );

    private async Task<JsonNode?> Result(string id) =>
        await runs.Find(Asker.WorkspaceId, id) is { } run
        && await runs.File(run, RunFiles.Result) is { } file
            ? JsonNode.Parse(file.Bytes)
            : null;

    private async Task<string> Plan(RunView run)
    {
        var file = (await runs.File(run, PortfolioRunFiles.Result))!;
        var result = JsonNode.Parse(file.Bytes)!;
        return new JsonObject
        {
            ["run"] = run.Row.Id,
            ["study"] = run.Row.StudyId,
            ["headline"] = run.Answer!.Headline,
            ["plan"] = result["plan"]?.DeepClone(),
            ["keep"] = result["keep"]!.DeepClone(),
            ["centres"] = new JsonArray([
                .. result["centres"]!
                    .AsArray()
                    .Select(c => new JsonObject
                    {
                        ["name"] = c!["name"]!.DeepClone(),
                        ["action"] = c["planned"]!["action"]!.DeepClone(),
                        ["choice"] = c["choice"]?.DeepClone(),
                    }),
            ]),
            ["draws"] = result["draws"]!.DeepClone(),
            ["market"] = result["market"]!.DeepClone(),
            ["limits"] = result["limits"]!.DeepClone(),
        }.ToJsonString();
    }

    private async Task<string> Verdict(RunView run)
    {
        var result = (await Result(run.Row.Id))!;
        return new JsonObject
        {
            ["run"] = run.Row.Id,
            ["study"] = run.Row.StudyId,
            ["verdict"] = result["verdict"]!.DeepClone(),
            ["planOfUse"] = result["planOfUse"]?["words"]?["en"]?.DeepClone(),
            ["draws"] = result["draws"]!.DeepClone(),
            ["market"] = result["market"]!.DeepClone(),
            ["limits"] = result["limits"]!.DeepClone(),
        }.ToJsonString();
    }
}
