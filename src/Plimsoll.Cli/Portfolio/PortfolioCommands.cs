using System.CommandLine;

namespace Plimsoll.Cli.Portfolio;

/// <summary>The group <c>plimsoll portfolio</c>.</summary>
internal static class PortfolioCommands
{
    public static Command Create() =>
        new("portfolio", "Several centres that compete with each other, and what to do with each.")
        {
            RunCommand.Create(),
        };
}
