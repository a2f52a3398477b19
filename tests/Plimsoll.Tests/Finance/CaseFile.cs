using Plimsoll.Cli.Finance;
using Plimsoll.Finance;

namespace Plimsoll.Tests.Finance;

/// <summary>Finance cases under Data/cases, read by the door that a user goes through.</summary>
internal static class CaseFile
{
    /// <summary>Reads a case.</summary>
    /// <param name="name">Kind and file, for example <c>sculpting/dip</c>.</param>
    /// <param name="change">What to change in its text; null for nothing.</param>
    public static FinanceCase Read(string name, Func<string, string>? change = null)
    {
        if (change is null)
        {
            return RunCommand.Read(TestData.Path($"cases/{name}.yaml"));
        }
        var folder = Directory.CreateTempSubdirectory("plimsoll").FullName;
        var file = System.IO.Path.Combine(folder, "case.yaml");
        File.WriteAllText(file, change(TestData.Text($"cases/{name}.yaml")));
        try
        {
            return RunCommand.Read(file);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>Reads and runs a case.</summary>
    public static (ProjectModel Model, CashFlow Flow) Run(
        string name,
        Func<string, string>? change = null
    ) => Read(name, change).Run();
}
