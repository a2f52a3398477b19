using System.CommandLine;

namespace Plimsoll.Cli.Sweep;

/// <summary>The group <c>plimsoll sweep</c>; with a file it runs the sweep.</summary>
internal static class SweepCommands
{
    public static Command Create()
    {
        var command = RunCommand.Create();
        command.Add(SubmitCommand.Create());
        command.Add(WorkCommand.Create());
        command.Add(StatusCommand.Create());
        command.Add(CancelCommand.Create());
        command.Add(CollectCommand.Create());
        command.Add(ExportCommand.Create());
        return command;
    }
}
