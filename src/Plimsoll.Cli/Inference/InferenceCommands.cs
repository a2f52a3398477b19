using System.CommandLine;

namespace Plimsoll.Cli.Inference;

/// <summary>The group <c>plimsoll inference</c>.</summary>
internal static class InferenceCommands
{
    public static Command Create() =>
        new("inference", "How fast a chip serves a model, with the error measured.")
        {
            ValidateCommand.Create(),
            CalibrateCommand.Create(),
            PointsCommand.Create(),
            KernelsCommand.Create(),
            WorkloadCommand.Create(),
            SimulateCommand.Create(),
            GoodputCommand.Create(),
            SizeCommand.Create(),
            ReplayCommand.Create(),
            ValidateDayCommand.Create(),
            ValidatePublishedCommand.Create(),
        };
}
