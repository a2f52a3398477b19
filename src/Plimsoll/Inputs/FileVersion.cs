using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Inputs;

/// <summary>Reads files of earlier versions: renamed keys are taken under their new name, and a file can be rewritten with its comments kept.</summary>
public static partial class FileVersion
{
    /// <summary>One place of the text to be written anew.</summary>
    private readonly record struct Edit(int Line, int Column, string Old, string New);

    /// <summary>The version a file states; 1 when it states none.</summary>
    /// <param name="root">The file.</param>
    public static int Of(InputMapping root) =>
        root.Find("version")?.Value is InputScalar scalar
        && InputText.TryNumber(scalar, out var number)
        && number is >= 1 and < int.MaxValue
            ? (int)number
            : 1;

    /// <summary>Why a file cannot be read or rewritten that was written for a later release; null for any other.</summary>
    /// <param name="root">The file.</param>
    /// <param name="table">Its kind.</param>
    /// <param name="file">Its name, for the message.</param>
    public static LocatedFinding? Newer(InputMapping root, InputTable table, string file) =>
        Of(root) > table.Version && root.Find("version") is { } stated
            ? new LocatedFinding(
                file,
                stated.Line,
                stated.Column,
                new Finding(
                    new InputPath("version"),
                    "newer-version",
                    $"{Of(root)}",
                    $"at most {table.Version}",
                    "The file was written for a later release of this program; use that one, or lower the version if every key is known here."
                )
            )
            : null;

    /// <summary>The file with every renamed key under its new name and in its new unit, and a warning for each.</summary>
    /// <param name="root">The file as it stands.</param>
    /// <param name="table">Its kind.</param>
    /// <param name="file">Its name, for the messages.</param>
    public static (InputMapping Root, IReadOnlyList<LocatedFinding> Warnings) Read(
        InputMapping root,
        InputTable table,
        string file
    )
    {
        if (table.Renames.Count == 0)
        {
            return (root, []);
        }
        var warnings = new List<LocatedFinding>();
        var renamed = Mapping(
            root,
            "",
            InputPath.Root,
            table,
            (entry, rename, path) =>
                warnings.Add(
                    new LocatedFinding(
                        file,
                        entry.Line,
                        entry.Column,
                        new Finding(
                            path,
                            "renamed-key",
                            $"'{rename.OldKey}'",
                            $"'{rename.New}', its name since version {rename.Since}",
                            rename.Factor == 1
                                ? "It is read as before; 'plimsoll migrate FILE' rewrites it."
                                : $"It is read times {NumberReading.Written(rename.Factor)}, as its unit changed; 'plimsoll migrate FILE' rewrites it."
                        )
                        {
                            IsWarning = true,
                        }
                    )
                )
        );
        return (renamed, warnings);
    }

    /// <summary>The text of a file with renamed keys rewritten and its version stated; everything else, comments too, as it stands.</summary>
    /// <param name="text">The text.</param>
    /// <param name="root">The same, read.</param>
    /// <param name="table">Its kind.</param>
    public static string Rewrite(string text, InputMapping root, InputTable table)
    {
        var edits = new List<Edit>();
        _ = Mapping(
            root,
            "",
            InputPath.Root,
            table,
            (entry, rename, _) =>
            {
                edits.Add(new Edit(entry.Line, entry.Column, rename.OldKey, rename.New));
                if (rename.Factor != 1)
                {
                    edits.AddRange(
                        Numbers(entry.Value)
                            .Select(n => new Edit(
                                n.Line,
                                n.Column,
                                n.Text,
                                Converted(n, rename.Factor).Text
                            ))
                    );
                }
            }
        );
        var version = table.Version.ToString(CultureInfo.InvariantCulture);
        if (root.Find("version")?.Value is InputScalar stated)
        {
            edits.Add(new Edit(stated.Line, stated.Column, stated.Text, version));
        }
        // Lines at even places, what ends them between: YAML knows five ends of a line, and those written stay.
        var lines = LineEnd().Split(text);
        foreach (var edit in edits.OrderByDescending(e => (e.Line, e.Column)))
        {
            ref var line = ref lines[2 * (edit.Line - 1)];
            line = Written(line, edit);
        }
        if (root.Find("version") is null && root.Find("kind") is { } kind)
        {
            var end = lines.Length > 1 ? lines[1] : "\n";
            lines[2 * (kind.Line - 1)] += $"{end}version: {version}";
        }
        return string.Concat(lines);
    }

    [GeneratedRegex("(?<end>\r\n|[\r\n\u0085\u2028\u2029])", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex LineEnd();

    private static string Written(string line, Edit edit)
    {
        var at = edit.Column - 1;
        // A quoted key or value begins with its quote.
        var start = line.IndexOf(edit.Old, Math.Min(at, line.Length), StringComparison.Ordinal);
        return start < 0 ? line : line[..start] + edit.New + line[(start + edit.Old.Length)..];
    }

    private static InputMapping Mapping(
        InputMapping mapping,
        string parent,
        InputPath path,
        InputTable table,
        Action<InputEntry, KeyRename, InputPath> renamed
    ) =>
        mapping with
        {
            Entries =
            [
                .. mapping.Entries.Select(entry =>
                {
                    var rename = table.Renames.FirstOrDefault(r =>
                        r.Parent == parent && r.OldKey == entry.Key
                    );
                    var key = rename?.New ?? entry.Key;
                    if (rename is not null)
                    {
                        renamed(entry, rename, path.Key(entry.Key));
                    }
                    var below = parent.Length == 0 ? key : $"{parent}.{key}";
                    return entry with
                    {
                        Key = key,
                        Value = rename is { Factor: not 1 }
                            ? Convert(entry.Value, rename.Factor)
                            : Node(entry.Value, below, path.Key(key), table, renamed),
                    };
                }),
            ],
        };

    private static InputNode Node(
        InputNode node,
        string path,
        InputPath at,
        InputTable table,
        Action<InputEntry, KeyRename, InputPath> renamed
    ) =>
        node switch
        {
            InputMapping mapping => Mapping(mapping, path, at, table, renamed),
            InputSequence list => list with
            {
                Items =
                [
                    .. list.Items.Select(
                        (item, i) => Node(item, path + "[]", at.Item(i), table, renamed)
                    ),
                ],
            },
            var other => other,
        };

    /// <summary>The numbers of a value: itself, those of a range, or those of a list.</summary>
    private static IEnumerable<InputScalar> Numbers(InputNode node) =>
        node switch
        {
            InputScalar scalar => InputText.TryNumber(scalar, out _) ? [scalar] : [],
            InputSequence list => list.Items.SelectMany(Numbers),
            InputMapping range => range
                .Entries.Where(e => e.Key is "value" or "low" or "high")
                .SelectMany(e => Numbers(e.Value)),
            var _ => [],
        };

    private static InputNode Convert(InputNode node, double factor) =>
        node switch
        {
            InputScalar scalar => Converted(scalar, factor),
            InputSequence list => list with
            {
                Items = [.. list.Items.Select(i => Convert(i, factor))],
            },
            InputMapping range => range with
            {
                Entries =
                [
                    .. range.Entries.Select(e =>
                        e.Key is "value" or "low" or "high"
                            ? e with
                            {
                                Value = Convert(e.Value, factor),
                            }
                            : e
                    ),
                ],
            },
            var other => other,
        };

    private static InputScalar Converted(InputScalar scalar, double factor) =>
        InputText.TryNumber(scalar, out var number)
            ? scalar with
            {
                Text = NumberReading.Written((double)((decimal)number * (decimal)factor)),
            }
            : scalar;
}
