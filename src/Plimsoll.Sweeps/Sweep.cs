using System.Text.Json.Nodes;
using Plimsoll.Jobs;
using Plimsoll.Sampling;

namespace Plimsoll.Sweeps;

/// <summary>A sweep: its studies, what is varied in them, and every run in its order.</summary>
public sealed record Sweep
{
    /// <summary>Name, used in titles.</summary>
    public required string Name { get; init; }

    /// <summary>What it is to show; may be empty.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>The studies, at least one.</summary>
    public required IReadOnlyList<SweepStudy> Studies { get; init; }

    /// <summary>What is varied; empty to run each study once.</summary>
    public required IReadOnlyList<SweepAxis> Axes { get; init; }

    /// <summary>Points of a Latin hypercube; null for every combination.</summary>
    public int? SamplePoints { get; init; }

    /// <summary>Joint draws of the world in every run.</summary>
    public required int Draws { get; init; }

    /// <summary>Seed of every run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Columns kept beside the standard ones.</summary>
    public IReadOnlyList<SweepOutput> Further { get; init; } = [];

    /// <summary>Axis across the map of verdicts; null when there are fewer than two.</summary>
    public int? MapAcross { get; init; }

    /// <summary>Axis up the map of verdicts; null when there are fewer than two.</summary>
    public int? MapUp { get; init; }

    /// <summary>All columns, the standard ones first.</summary>
    public IReadOnlyList<SweepOutput> Outputs => [.. SweepOutput.Standard, .. Further];

    /// <summary>Runs of each study.</summary>
    public long PointsOfAStudy =>
        Axes.Count == 0
            ? 1
            : SamplePoints
                ?? Axes.Aggregate(1L, (n, a) => Math.Min(n * a.Steps, long.MaxValue / 1000));

    /// <summary>All runs.</summary>
    public long Runs => Studies.Count * PointsOfAStudy;

    /// <summary>Every run in its order: study by study; in a grid the last axis moves fastest.</summary>
    public IEnumerable<SweepPoint> Points()
    {
        var sample =
            SamplePoints is { } points && Axes.Count > 0
                ? LatinHypercube.Sample(Seed, points, Axes.Count)
                : null;
        var number = 0L;
        foreach (var study in Studies)
        {
            for (var i = 0L; i < PointsOfAStudy; i++)
            {
                yield return new SweepPoint(
                    number++,
                    study,
                    sample is null
                        ? Combination(i)
                        : [.. Axes.Select((a, d) => a.AtShare(sample[i, d]))]
                );
            }
        }
    }

    /// <summary>What a worker is handed for a run.</summary>
    public RunOrder Order(SweepPoint point) =>
        new()
        {
            Study = point.Study.Text,
            Changes = StudyChange.Write(
                Axes.Select((a, i) => new StudyChange(a.Path, point.Values[i]))
            ),
            Seed = Seed,
            Draws = Draws,
            Outputs = [.. Outputs.Concat(SweepOutput.OfOptions).Select(o => o.Path)],
        };

    /// <summary>The job of the sweep in a ledger; the same sweep has the same id, so it is taken up where it stood.</summary>
    /// <param name="engine">What it is run by.</param>
    public JobOrder Job(EngineVersion engine)
    {
        var first = Points().First();
        var content = string.Join(
            '\n',
            [
                "plimsoll.sweep/1",
                engine.Engine,
                engine.Catalogue,
                Draws.ToString(),
                Seed.ToString(),
                SamplePoints?.ToString() ?? "grid",
                .. Studies.Select(s => $"{s.Name} {RunOrder.Hash(s.Text)}"),
                .. Axes.Select(a =>
                    $"{a.Path} {string.Join(';', a.Choices.Select(c => c.ToJsonString()))} {a.Low:R} {a.High:R} {a.Count} {a.Log} {a.Whole}"
                ),
                .. Order(first).Outputs,
            ]
        );
        return new JobOrder($"sweep-{RunOrder.Hash(content)[..16]}", Name, engine);
    }

    private JsonNode[] Combination(long number)
    {
        var values = new JsonNode[Axes.Count];
        for (var a = Axes.Count - 1; a >= 0; a--)
        {
            values[a] = Axes[a].AtStep((int)(number % Axes[a].Steps));
            number /= Axes[a].Steps;
        }
        return values;
    }
}
