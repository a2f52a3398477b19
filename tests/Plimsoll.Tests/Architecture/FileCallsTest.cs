using Mono.Cecil;
using Plimsoll.Catalog;
using Plimsoll.Reports;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Architecture;

/// <summary>One layer opens, reads, writes and moves files; the others ask it.</summary>
public sealed class FileCallsTest
{
    private static readonly string[] _harmless = ["Exists", "EnumerateFiles", "get_Name"];

    [Fact]
    public void Only_the_layer_of_files_touches_files()
    {
        string[] assemblies =
        [
            typeof(FactCatalog).Assembly.Location,
            typeof(YamlInput).Assembly.Location,
            typeof(StudyReport).Assembly.Location,
            typeof(Plimsoll.Cli.Program).Assembly.Location,
            typeof(Plimsoll.Jobs.IRunLedger).Assembly.Location,
            typeof(Plimsoll.Sweeps.Sweep).Assembly.Location,
        ];
        Assert.Empty(assemblies.SelectMany(a => Calls(a, "Plimsoll.Files")));
    }

    [Fact]
    public void A_planted_call_is_found() =>
        Assert.Contains(
            typeof(FileCallsTest).FullName,
            Calls(typeof(FileCallsTest).Assembly.Location, "Plimsoll.Files")
        );

    internal static string Planted(string path) => File.ReadAllText(path);

    private static IEnumerable<string> Calls(string assembly, string allowed)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. module
                .Types.Where(t => t.Namespace != allowed)
                .Where(t => All(t).SelectMany(m => m.Methods).Any(Touches))
                .Select(t => t.FullName),
        ];
    }

    private static IEnumerable<TypeDefinition> All(TypeDefinition type) =>
        type.NestedTypes.SelectMany(All).Prepend(type);

    private static bool Touches(MethodDefinition method) =>
        method.HasBody
        && method
            .Body.Instructions.Select(i => i.Operand)
            .OfType<MethodReference>()
            .Any(m =>
                m.DeclaringType.FullName
                    is "System.IO.File"
                        or "System.IO.Directory"
                        or "System.IO.FileStream"
                    && !_harmless.Contains(m.Name)
                || m.DeclaringType.FullName is "System.IO.StreamReader" or "System.IO.StreamWriter"
                    && m.Name == ".ctor"
                    && m.Parameters[0].ParameterType.FullName == "System.String"
            );
}
