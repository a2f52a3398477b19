using System.Reflection;
using System.Text;

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

    /// <summary>A study file as given, else a shipped study of that name, written to a temporary place.</summary>
    /// <exception cref="FileNotFoundException">Neither.</exception>
    public static (string Path, byte[] Bytes) Open(string file)
    {
        if (File.Exists(file))
        {
            return (file, File.ReadAllBytes(file));
        }
        if (file.Contains('/', StringComparison.Ordinal) || Find(file) is not { } study)
        {
            throw new FileNotFoundException(
                $"No file '{file}', and no shipped study of that name; there are {string.Join(", ", Names)}."
            );
        }
        var folder = Path.Combine(Path.GetTempPath(), "plimsoll-studies");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, study.Name + ".yaml");
        File.WriteAllText(path, study.Text);
        return (path, Encoding.UTF8.GetBytes(study.Text));
    }
}
