using System.Text.Json.Nodes;

namespace Plimsoll.Sweeps;

/// <summary>One run of a sweep.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Study">The study varied.</param>
/// <param name="Values">Value of each axis, in their order.</param>
public sealed record SweepPoint(long Number, SweepStudy Study, IReadOnlyList<JsonNode> Values);

/// <summary>A study that a sweep varies.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="Text">Text of its file.</param>
public sealed record SweepStudy(string Name, string Text);
