using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plimsoll.Mutation;

/// <summary>A test program with the mutated library in it; kept until source, tests or the choice of folders change.</summary>
/// <param name="Content">Hash of all that it is made of.</param>
/// <param name="Mutants">Those that compile, ascending.</param>
/// <param name="Last">Highest number of a mutant.</param>
/// <param name="Refused">How many do not compile.</param>
/// <param name="NullChecks">Checks for null that are not mutated.</param>
internal sealed record BuiltLibrary(
    string Content,
    IReadOnlyList<Mutant> Mutants,
    int Last,
    int Refused,
    int NullChecks
)
{
    /// <summary>Builds it, or finds the one built before.</summary>
    /// <param name="repository">Root of the repository, with the tests built in Release.</param>
    /// <param name="folders">Folders or files of the library to mutate.</param>
    /// <param name="program">Folder of the copy.</param>
    /// <param name="report">Told what is done.</param>
    public static BuiltLibrary Of(
        string repository,
        IReadOnlyList<string> folders,
        string program,
        Action<string> report
    )
    {
        var tests = Tests(repository);
        var content = Hash(repository, folders, tests);
        var note = Path.Combine(program, "mutants.json");
        if (
            File.Exists(note)
            && JsonSerializer.Deserialize<BuiltLibrary>(File.ReadAllText(note)) is { } before
            && before.Content == content
        )
        {
            return before;
        }
        File.Delete(note);
        Copy(tests, program);
        var mutants = MutatedLibrary.Build(repository, folders, program, report);
        var built = new BuiltLibrary(
            content,
            [.. mutants.Compiling],
            mutants.Last,
            mutants.Refused,
            mutants.NullChecks
        );
        File.WriteAllText(note, JsonSerializer.Serialize(built));
        return built;
    }

    private static string Hash(string repository, IReadOnlyList<string> folders, string tests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', folders)));
        hash.AppendData(File.ReadAllBytes(typeof(BuiltLibrary).Assembly.Location));
        hash.AppendData(File.ReadAllBytes(Path.Combine(tests, "Plimsoll.Tests.dll")));
        foreach (
            var file in Directory
                .EnumerateFiles(
                    Path.Combine(repository, "src", "Plimsoll"),
                    "*.cs",
                    SearchOption.AllDirectories
                )
                .Order(StringComparer.Ordinal)
        )
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            hash.AppendData(File.ReadAllBytes(file));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>The folder of the latest build of the tests.</summary>
    private static string Tests(string repository)
    {
        var bin = Path.Combine(repository, "artifacts", "bin", "Plimsoll.Tests");
        return Directory
                .EnumerateFiles(bin, "Plimsoll.Tests.dll", SearchOption.AllDirectories)
                .Where(f =>
                    Path.GetRelativePath(bin, f).StartsWith("release", StringComparison.Ordinal)
                )
                .OrderByDescending(File.GetLastWriteTimeUtc)
                .Select(Path.GetDirectoryName)
                .FirstOrDefault()
            ?? throw new InvalidOperationException(
                $"Build tests/Plimsoll.Tests in Release first: {bin} holds none."
            );
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
