using System.Reflection;
using System.Text;
using Plimsoll.Files;

namespace Plimsoll.Cli.Study;

/// <summary>The studies inside the program, so that they can be run and copied by name.</summary>
internal static class ShippedStudies
{
    private const string Prefix = "studies/";

    private const string StudyKind = "study";

    private const string ExamplePrefix = "examples/";

    /// <summary>Names of the example studies, of centres made up: to copy, not to run by name.</summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        .. Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(n => n.StartsWith(ExamplePrefix, StringComparison.Ordinal))
            .Select(n => n[ExamplePrefix.Length..^".yaml".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Text of what may be copied: a shipped study, else an example; null when there is none of the name.</summary>
    /// <param name="name">Its name, or an unambiguous beginning of it.</param>
    public static (string Name, string Text)? ToCopy(string name) =>
        Find(name)
        ?? (
            name.Length > 0
            && Examples.FirstOrDefault(n => n.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                is { } example
                ? (example, TextAt($"{ExamplePrefix}{example}.yaml"))
                : null
        );

    /// <summary>Names of the shipped studies of one centre.</summary>
    public static IReadOnlyList<string> Names { get; } = NamesOf(StudyKind);

    /// <summary>Names of what is shipped of a kind.</summary>
    /// <param name="kind">The word after <c>kind:</c>.</param>
    public static IReadOnlyList<string> NamesOf(string kind) =>
        [
            .. Assembly
                .GetExecutingAssembly()
                .GetManifestResourceNames()
                .Where(n =>
                    n.StartsWith(Prefix, StringComparison.Ordinal)
                    && n.EndsWith(".yaml", StringComparison.Ordinal)
                )
                .Select(n => n[Prefix.Length..^".yaml".Length])
                .Where(n => TextOf(n).Split('\n').Any(line => line.TrimEnd() == $"kind: {kind}"))
                .Order(StringComparer.Ordinal),
        ];

    private static string TextOf(string name) => TextAt($"{Prefix}{name}.yaml");

    private static string TextAt(string place)
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream(place)!,
            Encoding.UTF8
        );
        return reader.ReadToEnd();
    }

    /// <summary>Text of a shipped study, by its name or an unambiguous beginning of it; null when there is none.</summary>
    public static (string Name, string Text)? Find(string name) => Find(name, StudyKind);

    /// <summary>Text of what is shipped of a kind, by its name or an unambiguous beginning of it; null when there is none.</summary>
    public static (string Name, string Text)? Find(string name, string kind)
    {
        var names = kind == StudyKind ? Names : NamesOf(kind);
        var word = name.EndsWith(".yaml", StringComparison.Ordinal) ? name[..^5] : name;
        var found =
            names.FirstOrDefault(n => n == word)
            ?? names.FirstOrDefault(n => n.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        if (found is null || word.Length == 0)
        {
            return null;
        }
        return (found, TextOf(found));
    }

    /// <summary>A file as given, else what is shipped under that name, from memory.</summary>
    /// <param name="file">Path or name.</param>
    /// <param name="kind">Kind of what is shipped.</param>
    /// <exception cref="FileRefusedException">Neither, or a file that cannot be read.</exception>
    public static InputFile Open(string file, string kind = StudyKind)
    {
        if (
            FileFacts.Of(file).Kind is FileKind.Absent or FileKind.Folder
            && !file.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
        )
        {
            return Find(file, kind) is { } study
                ? new InputFile(study.Name + ".yaml", Encoding.UTF8.GetBytes(study.Text))
                : throw new FileRefusedException(
                    file,
                    "no-such-file",
                    $"a {kind} file, or a shipped {kind}: {string.Join(", ", NamesOf(kind))}",
                    "Check the path or the name."
                );
        }
        return InputFile.Read(file, FileBounds.Yaml);
    }
}
