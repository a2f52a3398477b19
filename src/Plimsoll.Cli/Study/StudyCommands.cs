using System.CommandLine;

namespace Plimsoll.Cli.Study;

/// <summary>The group <c>plimsoll study</c>.</summary>
internal static class StudyCommands
{
    public static Command Create() =>
        new("study", "A study of one centre: the main job.")
        {
            RunCommand.Create(),
            NewCommand.Create(),
            CheckCommand.Create(),
            SchemaCommand.Create(),
        };
}
