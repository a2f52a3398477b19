using System.Reflection;
using System.Text;
using Plimsoll.Files;

namespace Plimsoll.Cli.Study;

/// <summary>The studies inside the program, so that they can be run and copied by name.</summary>
internal static class ShippedStudies
{
    private const string Prefix = "studies/";

    /// <summary>Names of the shipped studies.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^".yaml".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Text of a shipped study, by its name or an unambiguous beginning of it; null when there is none.</summary>
    public static (string Name, string Text)? Find(string name)
    {
        var word = name.EndsWith(".yaml", StringComparison.Ordinal) ? name[..^5] : name;
        var found =
            Names.FirstOrDefault(n => n == word)
            ?? Names.FirstOrDefault(n => n.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        if (found is null || word.Length == 0)
        {
            return null;
        }
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{found}.yaml")!,
            Encoding.UTF8
        );
        return (found, reader.ReadToEnd());
    }

    /// <summary>A study file as given, else a shipped study of that name, from memory.</summary>
    /// <exception cref="FileRefusedException">Neither, or a file that cannot be read.</exception>
    public static InputFile Open(string file)
    {
        if (
            FileFacts.Of(file).Kind is FileKind.Absent or FileKind.Folder
            && !file.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
        )
        {
            return Find(file) is { } study
                ? new InputFile(study.Name + ".yaml", Encoding.UTF8.GetBytes(study.Text))
                : throw new FileRefusedException(
                    file,
                    "no-such-file",
                    $"a study file, or a shipped study: {string.Join(", ", Names)}",
                    "Check the path or the name."
                );
        }
        return InputFile.Read(file, FileBounds.Yaml);
    }
}
