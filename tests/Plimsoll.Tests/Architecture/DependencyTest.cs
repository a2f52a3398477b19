using Mono.Cecil;
using Plimsoll.Catalog;
using Xunit;

namespace Plimsoll.Tests.Architecture;

/// <summary>Dependencies run downwards only: a layer knows the layers before it in this list and none after.</summary>
public sealed class DependencyTest
{
    // Outlooks, records without logic, stand before the sites that add energy and cost to them.
    private static readonly string[] _order =
    [
        "Quantities",
        "Inputs",
        "Files",
        "Sampling",
        "Catalog",
        "Contracts",
        "Workloads",
        "Performance",
        "Serving",
        "Training",
        "Outlooks",
        "Sites",
        "Market",
        "Finance",
        "Risk",
        "Hindcast",
        "Decisions",
        "Studies",
        "Portfolios",
        "Books",
        "Audits",
    ];

    // Beyond the order: finance takes an outlook and knows neither market nor serving.
    private static readonly (string Layer, string Unknown)[] _strangers =
    [
        ("Finance", "Market"),
        ("Finance", "Serving"),
        ("Finance", "Performance"),
        ("Market", "Finance"),
        ("Risk", "Market"),
        ("Outlooks", "Serving"),
    ];

    [Fact]
    public void The_library_depends_downwards_only() =>
        Assert.Empty(Violations(typeof(FactCatalog).Assembly.Location, "Plimsoll."));

    // Inside the studies: a course and how it runs, options, searches, questions, plans; the front door knows all.
    private static readonly string[] _studies =
    [
        "Model",
        "Options",
        "Options.Sponsor",
        "Options.Owner",
        "Options.Construction",
        "Searches",
        "Questions",
        "Plans",
        "Memos",
        "",
    ];

    [Fact]
    public void Inside_the_studies_dependencies_run_one_way_too()
    {
        const string Prefix = "Plimsoll.Studies";
        static string? Part(string space) =>
            space == Prefix ? ""
            : space.StartsWith(Prefix + ".", StringComparison.Ordinal)
                ? space[(Prefix.Length + 1)..]
            : null;
        using var module = ModuleDefinition.ReadModule(typeof(FactCatalog).Assembly.Location);
        var found = new List<string>();
        foreach (var type in module.Types)
        {
            if (Part(type.Namespace) is not { } from)
            {
                continue;
            }
            Assert.Contains(from, _studies);
            found.AddRange(
                References(type)
                    .Where(r =>
                        Part(r.Namespace) is { } to
                        // The memo is a view of the result, which carries it: the one circle left.
                        && (from, to) != ("Memos", "")
                        && Array.IndexOf(_studies, to) > Array.IndexOf(_studies, from)
                    )
                    .Select(r => $"{type.FullName} -> {r.FullName}")
            );
        }
        Assert.Empty(found.Distinct());
    }

    [Fact]
    public void A_planted_upward_reference_is_found()
    {
        var found = Violations(typeof(DependencyTest).Assembly.Location, "Plimsoll.Planted.");
        Assert.Contains(
            found,
            v => v.Contains("Market.Upward -> Plimsoll.Finance", StringComparison.Ordinal)
        );
        Assert.Contains(
            found,
            v => v.Contains("Finance.InLambda -> Plimsoll.Market", StringComparison.Ordinal)
        );
        Assert.Contains(
            found,
            v => v.Contains("Quantities.InSignature -> Plimsoll.Inputs", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(found, v => v.Contains("Downward", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_folder_of_the_library_stands_in_the_order()
    {
        using var module = ModuleDefinition.ReadModule(typeof(FactCatalog).Assembly.Location);
        var layers = module
            .Types.Select(t => Layer(t.Namespace, "Plimsoll."))
            .OfType<string>()
            .Distinct();
        Assert.Empty(layers.Except(_order));
    }

    [Fact]
    public void Layers_receive_the_view_of_a_day_and_never_the_whole_catalogue()
    {
        using var module = ModuleDefinition.ReadModule(typeof(FactCatalog).Assembly.Location);
        var offending = module
            .Types.Where(t =>
                Layer(t.Namespace, "Plimsoll.")
                    is not (null or "Catalog" or "Studies" or "Portfolios")
            )
            .Where(t => References(t).Any(r => r.FullName == typeof(FactCatalog).FullName))
            .Select(t => t.FullName);
        Assert.Empty(offending);
    }

    [Fact]
    public void The_library_uses_no_package_but_the_numerics()
    {
        using var module = ModuleDefinition.ReadModule(typeof(FactCatalog).Assembly.Location);
        Assert.All(
            module.AssemblyReferences.Select(a => a.Name),
            name =>
                Assert.True(
                    name.StartsWith("System.", StringComparison.Ordinal)
                        || name is "MathNet.Numerics",
                    name
                )
        );
    }

    [Fact]
    public void The_tool_references_neither_web_nor_cluster_nor_optimiser()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var left = new Queue<string>([typeof(Plimsoll.Cli.Program).Assembly.Location]);
        while (left.TryDequeue(out var assembly))
        {
            using var module = ModuleDefinition.ReadModule(assembly);
            foreach (var name in module.AssemblyReferences.Select(a => a.Name).Where(seen.Add))
            {
                var file = Path.Combine(AppContext.BaseDirectory, name + ".dll");
                if (File.Exists(file))
                {
                    left.Enqueue(file);
                }
            }
        }
        Assert.Contains("Plimsoll.Jobs", seen);
        string[] foreign =
        [
            "Plimsoll.Web",
            "Plimsoll.Cluster",
            "Orleans",
            "Microsoft.AspNetCore",
            "Google.OrTools",
        ];
        Assert.DoesNotContain(
            seen,
            s => foreign.Any(f => s.StartsWith(f, StringComparison.Ordinal))
        );
    }

    private static List<string> Violations(string assembly, string prefix)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        var found = new List<string>();
        foreach (var type in module.Types)
        {
            if (Layer(type.Namespace, prefix) is not { } layer)
            {
                continue;
            }
            foreach (var reference in References(type))
            {
                if (
                    Layer(reference.Namespace, "Plimsoll.") is { } target
                    && (
                        Array.IndexOf(_order, target) > Array.IndexOf(_order, layer)
                        || _strangers.Contains((layer, target))
                    )
                )
                {
                    found.Add($"{type.FullName} -> {reference.FullName}");
                }
            }
        }
        return [.. found.Distinct()];
    }

    private static string? Layer(string space, string prefix)
    {
        if (!space.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }
        var layer = space[prefix.Length..].Split('.')[0];
        return _order.Contains(layer) || prefix == "Plimsoll." ? layer : null;
    }

    /// <summary>Every type a type mentions: bases, fields, signatures, locals, and each instruction of each method, closures included.</summary>
    private static IEnumerable<TypeReference> References(TypeDefinition type)
    {
        var mentioned = new List<TypeReference?> { type.BaseType };
        mentioned.AddRange(type.Interfaces.Select(i => i.InterfaceType));
        mentioned.AddRange(type.Fields.Select(f => f.FieldType));
        mentioned.AddRange(type.CustomAttributes.Select(a => a.AttributeType));
        foreach (var method in type.Methods)
        {
            mentioned.Add(method.ReturnType);
            mentioned.AddRange(method.Parameters.Select(p => p.ParameterType));
            if (!method.HasBody)
            {
                continue;
            }
            mentioned.AddRange(method.Body.Variables.Select(v => v.VariableType));
            foreach (var instruction in method.Body.Instructions)
            {
                switch (instruction.Operand)
                {
                    case TypeReference t:
                        mentioned.Add(t);
                        break;
                    case MemberReference m:
                        mentioned.Add(m.DeclaringType);
                        if (m is MethodReference called)
                        {
                            mentioned.Add(called.ReturnType);
                            mentioned.AddRange(called.Parameters.Select(p => p.ParameterType));
                        }
                        break;
                    default:
                        break;
                }
            }
        }
        foreach (var nested in type.NestedTypes)
        {
            mentioned.AddRange(References(nested));
        }
        return mentioned.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference> Parts(TypeReference type)
    {
        if (type is GenericInstanceType generic)
        {
            foreach (var part in generic.GenericArguments.SelectMany(Parts))
            {
                yield return part;
            }
        }
        var element = type.GetElementType();
        while (element.DeclaringType is not null)
        {
            element = element.DeclaringType;
        }
        yield return element;
    }
}
