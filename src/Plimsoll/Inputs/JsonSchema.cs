using System.Text.Json.Nodes;

namespace Plimsoll.Inputs;

/// <summary>Writes the JSON Schema (draft-07) of a kind of file from its input rows.</summary>
public static class JsonSchema
{
    /// <summary>The schema as a JSON document.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="catalogNames">Names of the entries of a catalogue kind, offered for completion; null leaves any words.</param>
    public static JsonObject Of(
        InputTable table,
        Func<string, IReadOnlyCollection<string>>? catalogNames = null
    )
    {
        var root = Group(table, "", catalogNames);
        root.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        root.Insert(1, "title", $"Plimsoll {table.Kind}");
        root.Insert(2, "description", table.Title);
        return root;
    }

    private static JsonObject Group(
        InputTable table,
        string parent,
        Func<string, IReadOnlyCollection<string>>? names
    )
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var row in table.Children(parent))
        {
            var value = Value(table, row, names);
            value["description"] = row.Unit is "" or "1" or "text"
                ? row.Description
                : $"{row.Description} Unit: {row.Unit}.";
            properties[row.Key] = value;
            if (row.Required)
            {
                required.Add(row.Key);
            }
        }
        var group = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        if (required.Count > 0)
        {
            group["required"] = required;
        }
        return group;
    }

    private static JsonObject Value(
        InputTable table,
        InputRow row,
        Func<string, IReadOnlyCollection<string>>? names
    )
    {
        switch (row.Type)
        {
            case InputType.Section:
                return Group(table, row.Path, names);
            case InputType.List:
                return Counted(
                    row,
                    new JsonObject
                    {
                        ["type"] = "array",
                        ["items"] = Group(table, row.Path + "[]", names),
                    }
                );
            case InputType.NumberList:
                return Counted(
                    row,
                    new JsonObject
                    {
                        ["type"] = "array",
                        ["items"] = new JsonObject { ["type"] = "number" },
                    }
                );
            case InputType.Number when row.OneValue:
                return Bounded(row, "number");
            case InputType.Number:
                return row.MayBeUnknown
                    ? new JsonObject
                    {
                        ["anyOf"] = new JsonArray(Bounded(row, "number"), Ranged(row), Unknown()),
                    }
                    : new JsonObject
                    {
                        ["anyOf"] = new JsonArray(Bounded(row, "number"), Ranged(row)),
                    };
            case InputType.Integer:
                return row.MayBeUnknown
                    ? new JsonObject
                    {
                        ["anyOf"] = new JsonArray(Bounded(row, "integer"), Unknown()),
                    }
                    : Bounded(row, "integer");
            case InputType.Choice:
                return new JsonObject
                {
                    ["type"] = "string",
                    ["enum"] = new JsonArray([.. row.Choices.Select(c => (JsonNode)c)]),
                };
            case InputType.CatalogName when names is not null && row.CatalogKind.Length > 0:
                var listed = new JsonObject
                {
                    ["type"] = "string",
                    ["enum"] = new JsonArray([.. names(row.CatalogKind).Select(n => (JsonNode)n)]),
                };
                // Where the file may name entries of its own, the catalogue's are proposed and others taken.
                return table.Rows.Any(r => r.Declares == row.CatalogKind)
                    ? new JsonObject
                    {
                        ["anyOf"] = new JsonArray(listed, new JsonObject { ["type"] = "string" }),
                    }
                    : listed;
            case InputType.Month:
                return new JsonObject
                {
                    ["type"] = "string",
                    ["pattern"] = "^20([0-6][0-9]|7[0-5])-(0[1-9]|1[0-2])$",
                };
            case InputType.Boolean:
                return new JsonObject { ["type"] = "boolean" };
            default:
                // Words that look like a number need no quotes.
                return new JsonObject
                {
                    ["type"] = new JsonArray("string", "number"),
                    ["maxLength"] = row.MaxLength,
                };
        }
    }

    /// <summary>The word that stands for a number whose prior holds.</summary>
    private static JsonObject Unknown() =>
        new() { ["type"] = "string", ["enum"] = new JsonArray("unknown") };

    private static JsonObject Ranged(InputRow row) =>
        new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray("value"),
            ["properties"] = new JsonObject
            {
                ["value"] = Bounded(row, "number"),
                ["low"] = Bounded(row, "number"),
                ["high"] = Bounded(row, "number"),
                ["source"] = new JsonObject { ["type"] = "string" },
                ["grade"] = new JsonObject
                {
                    ["type"] = "string",
                    ["enum"] = new JsonArray("A", "B", "C", "D"),
                },
            },
        };

    private static JsonObject Bounded(InputRow row, string type)
    {
        var value = new JsonObject { ["type"] = type };
        if (double.IsFinite(row.Min))
        {
            value["minimum"] = row.Min;
        }
        if (double.IsFinite(row.Max))
        {
            value["maximum"] = row.Max;
        }
        return value;
    }

    private static JsonObject Counted(InputRow row, JsonObject list)
    {
        if (double.IsFinite(row.Min))
        {
            list["minItems"] = (int)row.Min;
        }
        if (double.IsFinite(row.Max))
        {
            list["maxItems"] = (int)row.Max;
        }
        return list;
    }
}
