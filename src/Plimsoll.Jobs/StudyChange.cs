using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Inputs;
using Plimsoll.Yaml;

namespace Plimsoll.Jobs;

/// <summary>A value to be set in a study before it is run.</summary>
/// <param name="Path">Where: keys joined by points, items of a list by number, <c>finance.gearing</c> or <c>fleet[0].servers</c>. Sections that are not there are made; the item after the last one is added.</param>
/// <param name="Value">A number, words, true or false, or a group of keys; it replaces all that stood there, a range too.</param>
public sealed record StudyChange(string Path, JsonNode Value)
{
    private static readonly JsonSerializerOptions _plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Changes as one text, the same for the same changes: a JSON object of paths and values in the order of their paths; empty for none.</summary>
    /// <exception cref="ArgumentException">Two changes of one path.</exception>
    public static string Write(IEnumerable<StudyChange> changes)
    {
        var written = new JsonObject();
        foreach (var change in changes.OrderBy(c => c.Path, StringComparer.Ordinal))
        {
            if (!written.TryAdd(change.Path, change.Value.DeepClone()))
            {
                throw new ArgumentException(
                    $"'{InputText.Cut(change.Path)}' is set twice.",
                    nameof(changes)
                );
            }
        }
        return written.Count == 0 ? "" : written.ToJsonString(_plain);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such text.</exception>
    public static IReadOnlyList<StudyChange> Read(string changes)
    {
        if (changes.Length == 0)
        {
            return [];
        }
        try
        {
            return
            [
                .. JsonNode
                    .Parse(changes)!
                    .AsObject()
                    .Select(c => new StudyChange(
                        c.Key,
                        c.Value ?? throw new InvalidDataException($"'{c.Key}' is set to nothing.")
                    )),
            ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("The changes of a study are no JSON object.", e);
        }
    }

    /// <summary>The text of a study with changes made.</summary>
    /// <param name="study">Text of the study file.</param>
    /// <param name="changes">As <see cref="Write"/> writes them.</param>
    /// <returns>The text itself without changes; otherwise the study written anew, without its comments.</returns>
    /// <exception cref="InputException">The study is no sound YAML.</exception>
    /// <exception cref="InvalidDataException">A path leads nowhere.</exception>
    public static string Apply(string study, string changes)
    {
        var made = Read(changes);
        if (made.Count == 0)
        {
            return study;
        }
        var root = YamlInput.Read(study, "study");
        foreach (var change in made)
        {
            root = Set(root, Steps(change.Path), change);
        }
        return YamlText.Of(root);
    }

    private static InputNode Set(InputNode? node, ReadOnlySpan<object> steps, StudyChange change)
    {
        if (steps.IsEmpty)
        {
            return Node(change.Value);
        }
        if (steps[0] is string key)
        {
            var entries = node switch
            {
                null => [],
                InputScalar { IsNull: true } => [],
                InputMapping mapping => mapping.Entries.ToList(),
                _ => throw Nowhere(change, $"no group of keys stands where '{key}' is looked for"),
            };
            var at = entries.FindIndex(e => e.Key == key);
            var value = Set(at < 0 ? null : entries[at].Value, steps[1..], change);
            if (at < 0)
            {
                entries.Add(new InputEntry(key, value, 1, 1));
            }
            else
            {
                entries[at] = entries[at] with { Value = value };
            }
            return new InputMapping(entries, 1, 1);
        }
        var number = (int)steps[0];
        var items = node switch
        {
            null => [],
            InputScalar { IsNull: true } => [],
            InputSequence sequence => sequence.Items.ToList(),
            _ => throw Nowhere(change, $"no list stands where item {number} is looked for"),
        };
        if (number > items.Count)
        {
            throw Nowhere(change, $"the list has {items.Count} items");
        }
        var item = Set(number < items.Count ? items[number] : null, steps[1..], change);
        if (number < items.Count)
        {
            items[number] = item;
        }
        else
        {
            items.Add(item);
        }
        return new InputSequence(items, 1, 1);
    }

    private static InvalidDataException Nowhere(StudyChange change, string why) =>
        new($"'{InputText.Cut(change.Path)}' cannot be set: {why}.");

    private static object[] Steps(string path)
    {
        var steps = new List<object>();
        foreach (var part in path.Split('.'))
        {
            var pieces = part.Split('[');
            if (pieces[0].Length == 0)
            {
                throw new InvalidDataException($"'{InputText.Cut(path)}' is no path.");
            }
            steps.Add(pieces[0]);
            foreach (var piece in pieces.Skip(1))
            {
                steps.Add(
                    piece.EndsWith(']')
                    && int.TryParse(
                        piece[..^1],
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                        ? number
                        : throw new InvalidDataException($"'{InputText.Cut(path)}' is no path.")
                );
            }
        }
        return [.. steps];
    }

    private static InputNode Node(JsonNode value) =>
        value switch
        {
            JsonObject group => new InputMapping(
                [.. group.Select(e => new InputEntry(e.Key, Node(e.Value!), 1, 1))],
                1,
                1
            ),
            JsonArray list => new InputSequence([.. list.Select(i => Node(i!))], 1, 1),
            _ => Scalar(value.AsValue()),
        };

    /// <summary>Words that read as a month or a name stand without quotes, as in a file.</summary>
    private static InputScalar Scalar(JsonValue value) =>
        value.TryGetValue<string>(out var text)
            ? new InputScalar(text, !YamlText.IsPlain(text), 1, 1)
            : new InputScalar(value.ToJsonString(), false, 1, 1);
}
