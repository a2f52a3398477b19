using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Outlooks;
using Plimsoll.Studies;

namespace Plimsoll.Jobs;

/// <summary>Runs studies through the front door, <see cref="Study"/>; the whole document is to the byte the <c>result.json</c> of <c>study run</c>.</summary>
/// <param name="catalog">The catalogue.</param>
/// <param name="store">Prepared markets kept between runs; null to prepare each anew.</param>
public sealed class StudyRunner(FactCatalog catalog, ContentStore? store = null) : IStudyRunner
{
    private static readonly JsonSerializerOptions _indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions _plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc/>
    public EngineVersion Version { get; } = EngineVersion.Of(catalog);

    /// <inheritdoc/>
    public RunResult Run(RunOrder order, RunContext context)
    {
        var study = Study.FromText(StudyChange.Apply(order.Study, order.Changes), catalog);
        var answer = study.Run(
            context with
            {
                Store = context.Store ?? store,
            },
            new StudySettings { Draws = order.Draws, Seed = order.Seed }
        );
        var document = ResultDocument.Of(answer.Result);
        var whole = RunResult.Whole(
            Encoding.UTF8.GetBytes(document.ToJsonString(_indented).ReplaceLineEndings("\n") + "\n")
        );
        return order.Outputs.Count == 0
            ? whole
            : whole with
            {
                Document = Encoding.UTF8.GetBytes(
                    Chosen(document, order.Outputs).ToJsonString(_plain)
                ),
            };
    }

    /// <summary>The chosen outputs by their paths; one that the document does not have is null.</summary>
    private static JsonObject Chosen(JsonObject document, IReadOnlyList<string> outputs) =>
        new(
            outputs
                .Distinct(StringComparer.Ordinal)
                .Select(o => KeyValuePair.Create(o, DocumentPath.Find(document, o)?.DeepClone()))
        );
}
