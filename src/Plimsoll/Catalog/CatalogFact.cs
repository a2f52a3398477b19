using Plimsoll.Quantities;

namespace Plimsoll.Catalog;

/// <summary>One row of a catalogue file: one attribute of one entry, with its evidence.</summary>
/// <param name="Kind">Kind of entry, the name of its file: <c>accelerators</c>.</param>
/// <param name="Name">Name of the entry: <c>H800 SXM 80GB</c>.</param>
/// <param name="Attribute">What is stated: <c>memory_bandwidth</c>.</param>
/// <param name="Text">The value as written, with its evidence.</param>
/// <param name="Number">The value as a number with its range; null when the unit is <c>text</c> or <c>date</c>.</param>
/// <param name="File">The file, for messages.</param>
/// <param name="Line">The line in the file, from 1.</param>
public sealed record CatalogFact(
    string Kind,
    string Name,
    string Attribute,
    Sourced<string> Text,
    Sourced<double>? Number,
    string File,
    int Line
)
{
    /// <summary>Where the fact stands, <c>accelerators.csv:17</c>.</summary>
    public string Place => $"{File}:{Line}";
}
