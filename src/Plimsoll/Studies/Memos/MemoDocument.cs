using System.Text.Json.Nodes;

namespace Plimsoll.Studies.Memos;

/// <summary>The memo as it stands in the result.</summary>
internal static class MemoDocument
{
    /// <summary>As JSON; null for no memo.</summary>
    public static JsonObject? Of(Memo? memo) =>
        memo is null
            ? null
            : new JsonObject
            {
                ["title"] = memo.Title,
                ["subtitle"] = memo.Subtitle,
                ["blocks"] = new JsonArray([.. memo.Blocks.Select(Block)]),
            };

    private static JsonObject Block(MemoBlock block) =>
        new()
        {
            ["heading"] = block.Heading,
            ["sentences"] = Words(block.Sentences),
            ["columns"] = Words(block.Columns),
            ["rows"] = new JsonArray([
                .. block.Rows.Select(row => new JsonObject
                {
                    ["cells"] = new JsonArray([.. row.Select(Cell)]),
                }),
            ]),
            ["note"] = block.Note,
        };

    private static JsonObject Cell(MemoCell cell) =>
        new()
        {
            ["text"] = cell.Text,
            ["value"] = double.IsFinite(cell.Value) ? JsonValue.Create(cell.Value) : null,
        };

    private static JsonArray Words(IEnumerable<string> words) =>
        new([.. words.Select(w => JsonValue.Create(w))]);
}
