using Plimsoll.Performance.Training;
using Plimsoll.Performance.Training.Fitting;

namespace Plimsoll.Tests.Performance.Training;

/// <summary>Measured runs that travel with the tests.</summary>
internal static class Measured
{
    public static Inputs.CsvTable MultiTable { get; } =
        TrainingTables.Parse(
            TestData.Text("Performance/training_a100_multi_node.csv"),
            "training_a100_multi_node.csv"
        );

    public static IReadOnlyList<TrainingPoint> Multi(Recomputation assumption) =>
        TrainingTables.Read(Served.View, MultiTable, assumption).Points;
}
