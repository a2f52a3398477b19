using System.CommandLine;

namespace Plimsoll.Cli.Training;

/// <summary>The group <c>plimsoll training</c>.</summary>
internal static class TrainingCommands
{
    public static Command Create() =>
        new("training", "How fast a fleet trains a model, with the error measured.")
        {
            EstimateCommand.Create(),
            ValidateCommand.Create(),
            CalibrateCommand.Create(),
        };
}
