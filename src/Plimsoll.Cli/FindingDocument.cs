using System.Text.Json.Nodes;
using Plimsoll.Inputs;

namespace Plimsoll.Cli;

/// <summary>A finding as JSON.</summary>
internal static class FindingDocument
{
    /// <summary>Place, rule, what was found, what was expected, what to do.</summary>
    public static JsonObject Of(LocatedFinding f) =>
        new()
        {
            ["severity"] = f.Finding.IsWarning ? "warning" : "error",
            ["line"] = f.Line,
            ["column"] = f.Column,
            ["path"] = f.Finding.Path.Text,
            ["rule"] = f.Finding.Rule,
            ["found"] = f.Finding.Found,
            ["expected"] = f.Finding.Expected,
            ["remedy"] = f.Finding.Remedy,
        };
}
