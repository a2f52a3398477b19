using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace Plimsoll.Mutation;

/// <summary>The library with all mutants of some folders in one assembly.</summary>
internal static class MutatedLibrary
{
    private const string Name = "Plimsoll";
    private const int Rounds = 25;

    private static readonly CSharpParseOptions _parse = new(
        LanguageVersion.CSharp14,
        DocumentationMode.None,
        preprocessorSymbols: ["NET", "NET10_0", "NET10_0_OR_GREATER", "RELEASE", "TRACE"]
    );

    /// <summary>Builds the library with its mutants over the one of a folder.</summary>
    /// <param name="repository">Root of the repository; the library was built there in Release.</param>
    /// <param name="folders">Folders of the library to mutate, such as <c>Finance/Default</c>, or files.</param>
    /// <param name="program">Folder of the test program whose copy of the library is replaced.</param>
    /// <param name="report">Told what is done.</param>
    /// <returns>The mutants that are in it.</returns>
    /// <exception cref="InvalidOperationException">It does not compile without mutants either.</exception>
    public static MutantList Build(
        string repository,
        IReadOnlyList<string> folders,
        string program,
        Action<string> report
    )
    {
        var compilation = Compilation(repository, program);
        var sources = compilation
            .SyntaxTrees.Where(t =>
                folders.Any(f =>
                    t.FilePath.StartsWith(f + "/", StringComparison.Ordinal) || t.FilePath == f
                )
            )
            .OrderBy(t => t.FilePath, StringComparer.Ordinal)
            .ToList();
        var mutants = new MutantList();
        var starts = new Dictionary<SyntaxTree, int>();
        var current = new Dictionary<string, SyntaxTree>(StringComparer.Ordinal);
        var mutated = compilation;
        foreach (var source in sources)
        {
            starts[source] = mutants.Last;
            current[source.FilePath] = Rewritten(compilation, source, mutants);
            mutated = mutated.ReplaceSyntaxTree(source, current[source.FilePath]);
        }
        var checks = mutants.NullChecks;
        var path = Path.Combine(program, Name + ".dll");
        var resources = Resources(path);
        for (var round = 1; round <= Rounds; round++)
        {
            using var library = new MemoryStream();
            var built = mutated.Emit(
                library,
                manifestResources: resources,
                options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded)
            );
            report(
                $"round {round}: {mutants.Compiling.Count()} mutants, {mutants.Refused} taken out"
            );
            if (built.Success)
            {
                mutants.NullChecks = checks;
                File.WriteAllBytes(path, library.ToArray());
                return mutants;
            }
            var changed = Refused(built, mutants);
            foreach (var source in sources.Where(s => changed.Contains(s.FilePath)))
            {
                mutants.StartAt(starts[source]);
                var tree = Rewritten(compilation, source, mutants);
                mutated = mutated.ReplaceSyntaxTree(current[source.FilePath], tree);
                current[source.FilePath] = tree;
            }
        }
        throw new InvalidOperationException($"No library after {Rounds} rounds.");
    }

    private static SyntaxTree Rewritten(
        CSharpCompilation compilation,
        SyntaxTree source,
        MutantList mutants
    )
    {
        var model = compilation.GetSemanticModel(source);
        var root = new MutatingRewriter(model, source.FilePath, mutants).Visit(source.GetRoot());
        return CSharpSyntaxTree.Create(
            (CSharpSyntaxNode)root!,
            _parse,
            source.FilePath,
            Encoding.UTF8
        );
    }

    /// <summary>Takes out the mutants that errors stand in; where none does, those of the member.</summary>
    /// <returns>Files to write anew.</returns>
    private static HashSet<string> Refused(EmitResult built, MutantList mutants)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var error in built.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))
        {
            var tree = error.Location.SourceTree;
            var place = tree
                ?.GetRoot()
                .FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
            var within = place
                ?.AncestorsAndSelf()
                .TakeWhile(n => n is not MemberDeclarationSyntax)
                .Select(Ids)
                .FirstOrDefault(i => i.Count > 0);
            var member = place
                ?.AncestorsAndSelf()
                .OfType<MemberDeclarationSyntax>()
                .FirstOrDefault();
            var all = member?.DescendantNodes().SelectMany(Ids).ToList() ?? [];
            var statements = all.Where(i => mutants.Kind(i) == MutantKind.Statement).ToList();
            var refused =
                error.Id is "CS0165" or "CS0161" or "CS0177" or "CS0170" && statements.Count > 0
                    ? statements
                    : within ?? all;
            if (refused.Count == 0)
            {
                throw new InvalidOperationException($"Without a mutant: {error}");
            }
            refused.ForEach(i => mutants.Refuse(i));
            changed.Add(tree!.FilePath);
        }
        return changed;
    }

    private static List<int> Ids(SyntaxNode node) =>
        [
            .. node.GetAnnotations(MutantList.Annotation)
                .Select(a => int.Parse(a.Data!, CultureInfo.InvariantCulture)),
        ];

    private static CSharpCompilation Compilation(string repository, string program)
    {
        var library = Path.Combine(repository, "src", Name);
        var written = Directory
            .EnumerateFiles(library, "*.cs", SearchOption.AllDirectories)
            .Select(f => Tree(f, Path.GetRelativePath(library, f).Replace('\\', '/')));
        var made = Directory
            .EnumerateFiles(Path.Combine(repository, "artifacts", "obj", Name, "release"), "*.cs")
            .Select(f => Tree(f, "made/" + Path.GetFileName(f)));
        var tell = CSharpSyntaxTree.ParseText(
            Text("MutantSwitch.txt"),
            _parse,
            "made/MutantSwitch.cs",
            Encoding.UTF8
        );
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p =>
                Path.GetDirectoryName(p) == Path.GetDirectoryName(typeof(object).Assembly.Location)
            );
        var compilation = CSharpCompilation.Create(
            Name,
            [.. written, .. made, tell],
            [
                .. platform
                    .Append(Path.Combine(program, "MathNet.Numerics.dll"))
                    .Select(p => MetadataReference.CreateFromFile(p)),
            ],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable,
                generalDiagnosticOption: ReportDiagnostic.Suppress,
                deterministic: true
            )
        );
        CSharpGeneratorDriver
            .Create(Generators(), parseOptions: _parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out var complete, out _);
        return (CSharpCompilation)complete;
    }

    private static SyntaxTree Tree(string file, string name) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(file), _parse, name, Encoding.UTF8);

    /// <summary>The platform's own generators that the library uses: regular expressions.</summary>
    private static IEnumerable<ISourceGenerator> Generators()
    {
        var root = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../..")
        );
        var file = Directory
            .EnumerateFiles(
                Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref"),
                "System.Text.RegularExpressions.Generator.dll",
                SearchOption.AllDirectories
            )
            .Order(StringComparer.Ordinal)
            .Last();
        // The same file holds an analyser that wants an editor's packages; only the generator is asked for.
        var generator = Assembly
            .LoadFrom(file)
            .GetType(
                "System.Text.RegularExpressions.Generator.RegexGenerator",
                throwOnError: true
            )!;
        return [((IIncrementalGenerator)Activator.CreateInstance(generator)!).AsSourceGenerator()];
    }

    private static List<ResourceDescription> Resources(string library)
    {
        var context = new AssemblyLoadContext("resources", isCollectible: true);
        using var file = new MemoryStream(File.ReadAllBytes(library));
        var assembly = context.LoadFromStream(file);
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Select(n =>
                {
                    using var stream = assembly.GetManifestResourceStream(n)!;
                    using var bytes = new MemoryStream();
                    stream.CopyTo(bytes);
                    var content = bytes.ToArray();
                    return new ResourceDescription(n, () => new MemoryStream(content), true);
                }),
        ];
    }

    private static string Text(string resource)
    {
        using var stream = typeof(MutatedLibrary).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
