using System.Collections;
using System.Reflection;

namespace Plimsoll.Mutation;

/// <summary>One test with its arguments, run by calling it.</summary>
/// <param name="Name">Class, method and number of its row.</param>
/// <param name="Method">The method of the test.</param>
/// <param name="Arguments">One row of a theory, or nothing.</param>
internal sealed record TestCase(string Name, MethodInfo Method, object?[] Arguments)
{
    private const string Skipped = "$XunitDynamicSkip$";

    /// <summary>Tests of a program whose full name begins with one of the names.</summary>
    /// <param name="program">The test assembly.</param>
    /// <param name="names">Beginnings of full names: a namespace, a class or a method.</param>
    public static IReadOnlyList<TestCase> Of(Assembly program, IReadOnlyList<string> names) =>
        [
            .. program
                .GetTypes()
                .Where(t => t.IsClass && (IsStatic(t) || t.GetConstructor([]) is not null))
                .OrderBy(t => t.FullName, StringComparer.Ordinal)
                .SelectMany(t =>
                    t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
                )
                .Where(m =>
                    names.Any(n =>
                        $"{m.DeclaringType!.FullName}.{m.Name}.".StartsWith(
                            n + ".",
                            StringComparison.Ordinal
                        )
                    )
                )
                .SelectMany(Rows),
        ];

    /// <summary>Runs it.</summary>
    /// <returns>What failed; null where it holds.</returns>
    public Exception? Run()
    {
        try
        {
            var instance = Method.IsStatic ? null : Activator.CreateInstance(Method.DeclaringType!);
            try
            {
                var result = Method.Invoke(
                    instance,
                    BindingFlags.DoNotWrapExceptions,
                    null,
                    Arguments,
                    null
                );
                (result as Task)?.GetAwaiter().GetResult();
                if (result is ValueTask waited)
                {
                    waited.AsTask().GetAwaiter().GetResult();
                }
            }
            finally
            {
                (instance as IDisposable)?.Dispose();
            }
            return null;
        }
        catch (Exception e) when (e.Message.StartsWith(Skipped, StringComparison.Ordinal))
        {
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static bool IsStatic(Type type) => type is { IsAbstract: true, IsSealed: true };

    private static IEnumerable<TestCase> Rows(MethodInfo method)
    {
        var name = $"{method.DeclaringType!.FullName}.{method.Name}";
        var attributes = method.GetCustomAttributes().ToList();
        if (attributes.Any(a => a.GetType().Name == "FactAttribute"))
        {
            return [new TestCase(name, method, [])];
        }
        return attributes.Any(a => a.GetType().Name == "TheoryAttribute")
            ? attributes
                .Where(a => a.GetType().GetInterface("IDataAttribute") is not null)
                .SelectMany(a => Data(a, method))
                .Select((row, i) => new TestCase($"{name}#{i + 1}", method, row))
            : [];
    }

    private static IEnumerable<object?[]> Data(Attribute attribute, MethodInfo method)
    {
        var type = attribute.GetType();
        if (type.GetProperty("MemberType") is { } member && member.GetValue(attribute) is null)
        {
            member.SetValue(attribute, method.DeclaringType);
        }
        var get = type.GetMethod("GetData")!;
        var tracker = Activator.CreateInstance(get.GetParameters()[1].ParameterType);
        dynamic task = get.Invoke(attribute, [method, tracker])!;
        var rows = (IEnumerable)task.AsTask().GetAwaiter().GetResult();
        foreach (var row in rows)
        {
            yield return (object?[])
                row.GetType()
                    .GetInterface("ITheoryDataRow")!
                    .GetMethod("GetData")!
                    .Invoke(row, [])!;
        }
    }
}
