using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Yaml;

namespace Plimsoll.Sweeps;

/// <summary>What a sweep will take: each of its studies as often as it is run.</summary>
public static class SweepWork
{
    /// <summary>The estimate; memory is that of one run, as each worker holds one.</summary>
    /// <param name="sweep">The sweep.</param>
    public static WorkEstimate Of(Sweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        var table = StudyInputs.Table();
        var settings = new StudySettings { Draws = sweep.Draws };
        var each = sweep
            .Studies.Select(s =>
                StudyWork.Of(
                    new InputValues(table, (InputMapping)YamlInput.Read(s.Text, s.Name)),
                    settings
                )
            )
            .ToList();
        return new WorkEstimate(
            each.Sum(e => e.CpuSeconds) * sweep.PointsOfAStudy,
            each.Max(e => e.Bytes)
        );
    }
}
