using System.Text.Json.Nodes;

namespace Plimsoll.Studies;

/// <summary>A stress in the published result, with the plan on the same draws beside it.</summary>
internal static class StressDocument
{
    /// <summary>A stress as a document.</summary>
    public static JsonObject Of(StressCase stress)
    {
        var document = new JsonObject
        {
            ["name"] = stress.Name,
            ["description"] = stress.Description,
            ["draws"] = stress.Draws,
        };
        Figures(stress, document);
        if (stress.Base is { } unstressed)
        {
            var plan = new JsonObject();
            Figures(unstressed, plan);
            document["base"] = plan;
        }
        return document;
    }

    private static void Figures(StressCase of, JsonObject document)
    {
        document["fill"] = Number(of.Fill);
        document["minimumCover"] = Number(of.MinimumCover);
        document["breach"] = Number(of.Breach);
        document["default"] = Number(of.Default);
        document["equityNpv"] = Number(of.EquityNpv);
    }

    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
