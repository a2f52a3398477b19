using System.CommandLine;

namespace Plimsoll.Cli.Finance;

/// <summary>The group <c>plimsoll finance</c>.</summary>
internal static class FinanceCommands
{
    public static Command Create() =>
        new("finance", "Project finance of one centre on an outlook that you give.")
        {
            RunCommand.Create(),
        };
}
