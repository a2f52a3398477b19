using System.Reflection;
using Plimsoll.Catalog;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Architecture;

public sealed class PublicSurfaceTest
{
    [Fact]
    public void No_type_of_a_third_party_stands_in_a_public_signature()
    {
        Assembly[] own = [typeof(FactCatalog).Assembly, typeof(YamlInput).Assembly];
        var offending =
            from assembly in own
            from type in assembly.GetExportedTypes()
            from member in type.GetMembers(
                BindingFlags.Public
                    | BindingFlags.Instance
                    | BindingFlags.Static
                    | BindingFlags.DeclaredOnly
            )
            from mentioned in Mentioned(member).SelectMany(Parts)
            where
                !own.Contains(mentioned.Assembly)
                && mentioned.Namespace?.StartsWith("System", StringComparison.Ordinal) != true
            select $"{type.FullName}.{member.Name}: {mentioned.FullName}";
        Assert.Empty(offending.Distinct());
    }

    [Fact]
    public void Bases_and_interfaces_are_own_or_of_the_platform()
    {
        var offending =
            from type in typeof(FactCatalog).Assembly.GetExportedTypes()
            from parent in type.GetInterfaces().Append(type.BaseType ?? typeof(object))
            where
                parent.Assembly != type.Assembly
                && parent.Namespace?.StartsWith("System", StringComparison.Ordinal) != true
            select $"{type.FullName}: {parent.FullName}";
        Assert.Empty(offending);
    }

    private static IEnumerable<Type> Mentioned(MemberInfo member) =>
        member switch
        {
            MethodInfo m => [m.ReturnType, .. m.GetParameters().Select(p => p.ParameterType)],
            ConstructorInfo c => c.GetParameters().Select(p => p.ParameterType),
            FieldInfo f => [f.FieldType],
            PropertyInfo p => [p.PropertyType],
            EventInfo e => [e.EventHandlerType!],
            _ => [],
        };

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type)
        : [type];
}
