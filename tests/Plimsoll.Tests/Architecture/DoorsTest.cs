using System.Reflection;
using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Studies.Plans;
using Xunit;

namespace Plimsoll.Tests.Architecture;

/// <summary>The doors and results that other programs call are as written down: a change of them is made on purpose, and the file with it.</summary>
/// <remarks>PLIMSOLL_DOORS=write writes the file anew.</remarks>
public sealed class DoorsTest
{
    private static readonly Type[] _doors =
    [
        typeof(Study),
        typeof(RunContext),
        typeof(StudySettings),
        typeof(StudyAnswer),
        typeof(StudyResult),
        typeof(Verdict),
        typeof(RuleTest),
        typeof(OptionResult),
        typeof(LoanOffer),
        typeof(PriceFloor),
        typeof(PlanOfUse),
        typeof(FleetQuarter),
        typeof(DebtQuarter),
        typeof(PhraseBook),
        typeof(Plimsoll.Catalog.FactCatalog),
    ];

    private static string File =>
        Path.Combine(TestData.Repository(), "docs", "reference", "doors.txt");

    [Fact]
    public void Doors_are_as_written_down()
    {
        var now = string.Join('\n', _doors.SelectMany(Lines)) + "\n";
        if (Environment.GetEnvironmentVariable("PLIMSOLL_DOORS") == "write")
        {
            System.IO.File.WriteAllText(File, now);
        }
        Assert.Equal(System.IO.File.ReadAllText(File).ReplaceLineEndings("\n"), now);
    }

    private static IEnumerable<string> Lines(Type type) =>
        type.GetMembers(
                BindingFlags.Public
                    | BindingFlags.Instance
                    | BindingFlags.Static
                    | BindingFlags.DeclaredOnly
            )
            .Where(m => !Made(m))
            .Select(m => $"  {m}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Prepend(type.FullName!);

    /// <summary>What the compiler makes for a record, and the accessors of properties.</summary>
    private static bool Made(MemberInfo member) =>
        member
            is MethodBase { IsSpecialName: true, IsConstructor: false }
                or MethodInfo
                {
                    Name: "Equals"
                        or "GetHashCode"
                        or "ToString"
                        or "<Clone>$"
                        or "Deconstruct"
                        or "PrintMembers"
                };
}
