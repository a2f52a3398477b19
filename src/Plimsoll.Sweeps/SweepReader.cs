using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Jobs;
using Plimsoll.Studies;

namespace Plimsoll.Sweeps;

/// <summary>Reads a sweep file, and finds before the first run what would make runs fail.</summary>
/// <param name="values">A checked file of kind sweep.</param>
/// <param name="file">Its name, for messages.</param>
/// <param name="open">Opens a study by the name that the file gives.</param>
public sealed partial class SweepReader(
    InputValues values,
    string file,
    Func<string, InputFile> open
)
{
    private const int StudiesChecked = 2000;
    private const int StudiesVaried = 20;
    private readonly List<LocatedFinding> _findings = [];

    /// <summary>The sweep.</summary>
    /// <exception cref="InputException">Anything wrong, all at once.</exception>
    public Sweep Read()
    {
        var studies = Studies();
        var axes = values.Items("axes").Select(Axis).OfType<SweepAxis>().ToList();
        foreach (var path in axes.GroupBy(a => a.Path).Where(g => g.Count() > 1))
        {
            Add("axes", "repeated", $"'{path.Key}' twice", "each path once", "Take one away.");
        }
        var sweep = new Sweep
        {
            Name = values.Text("name"),
            Explanation = values.TextOrNull("explanation") ?? "",
            Studies = studies,
            Axes = axes,
            SamplePoints = values.Text("design") == "sample" ? values.Integer("points") : null,
            Draws = values.Integer("draws"),
            Seed = (ulong)values.Integer("seed"),
            Further = Further(),
            MapAcross = MapAxis("map_across", axes, 0),
            MapUp = MapAxis("map_up", axes, 1),
        };
        if (sweep.Runs > SweepInputs.MostRuns)
        {
            Add(
                "axes",
                "too-many-runs",
                $"{sweep.Runs:#,0} runs",
                $"at most {SweepInputs.MostRuns:#,0}",
                "Take fewer values, or 'design: sample' with the points you can wait for."
            );
        }
        ThrowIfAny();
        return sweep;
    }

    /// <summary>Runs the check of the studies themselves at every value of every axis, one at a time, and at the two ends of all.</summary>
    /// <remarks>Of very many studies the first 2,000 are checked, and the first 20 at every value; what is wrong with the others is found by their runs.</remarks>
    /// <param name="sweep">The sweep.</param>
    /// <param name="catalog">The catalogue.</param>
    /// <exception cref="InputException">A value that a study does not take.</exception>
    public void Check(Sweep sweep, FactCatalog catalog)
    {
        foreach (var (number, study) in sweep.Studies.Take(StudiesChecked).Index())
        {
            var sound = Faults(study, "", catalog, "study", "as it stands");
            if (!sound || number >= StudiesVaried)
            {
                continue;
            }
            for (var a = 0; a < sweep.Axes.Count; a++)
            {
                foreach (var value in Tried(sweep, sweep.Axes[a]))
                {
                    var path = sweep.Axes[a].Path;
                    Faults(
                        study,
                        StudyChange.Write([new StudyChange(path, value)]),
                        catalog,
                        $"axes[{a}]",
                        $"{path} = {value.ToJsonString()}"
                    );
                }
            }
            foreach (
                var end in _findings.Count == 0 && sweep.Axes.Count > 1
                    ? [0.0, 1.0]
                    : Array.Empty<double>()
            )
            {
                Faults(
                    study,
                    StudyChange.Write(
                        sweep.Axes.Select(x => new StudyChange(x.Path, x.AtShare(end)))
                    ),
                    catalog,
                    "axes",
                    end == 0 ? "all at their lowest" : "all at their highest"
                );
            }
        }
        ThrowIfAny();
    }

    private static IEnumerable<JsonNode> Tried(Sweep sweep, SweepAxis axis) =>
        sweep.SamplePoints is null || axis.Choices.Count > 0
            ? Enumerable.Range(0, axis.Steps).Select(axis.AtStep)
            : [axis.AtShare(0), axis.AtShare(1)];

    private bool Faults(
        SweepStudy study,
        string changes,
        FactCatalog catalog,
        string place,
        string what
    )
    {
        IReadOnlyList<LocatedFinding> findings;
        try
        {
            findings = Study.FromText(StudyChange.Apply(study.Text, changes), catalog).Check();
        }
        catch (InputException e)
        {
            findings = e.Findings;
        }
        catch (InvalidDataException e)
        {
            Add(
                place,
                "no-such-place",
                e.Message,
                "a path of the study",
                "See docs/reference/study.md."
            );
            return false;
        }
        var faults = findings.Where(f => !f.Finding.IsWarning).ToList();
        foreach (var fault in faults.Take(3))
        {
            Add(
                place,
                fault.Finding.Rule,
                $"{study.Name}, {what}: {fault.Finding.Path}: {fault.Finding.Found}",
                fault.Finding.Expected,
                fault.Finding.Remedy
            );
        }
        return faults.Count == 0;
    }

    private List<SweepStudy> Studies()
    {
        var list = values.Items("studies");
        var one = values.TextOrNull("study");
        if ((one is null) == (list.Count == 0))
        {
            Add(
                one is null ? "" : "study",
                "study",
                one is null ? "neither 'study' nor 'studies'" : "both 'study' and 'studies'",
                "one of them",
                "Give the study that is varied, or a list of studies."
            );
            return [];
        }
        var studies = new List<SweepStudy>();
        foreach (
            var (name, shown, place) in one is not null
                ? [(one, null, "study")]
                : list.Select(s => (s.Text("file"), s.TextOrNull("name"), s.Path.Text))
        )
        {
            try
            {
                var text = open(name).Text();
                studies.Add(new SweepStudy(shown ?? Path.GetFileNameWithoutExtension(name), text));
            }
            catch (FileRefusedException e)
            {
                var (line, column) = values.Place(new InputPath(place));
                _findings.Add(new LocatedFinding(file, line, column, e.At(new InputPath(place))));
            }
        }
        return studies;
    }

    private SweepAxis? Axis(InputValues axis)
    {
        var path = axis.Text("path");
        var given = axis.Numbers("values");
        var words = axis.TextOrNull("words")
            ?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (low, high) = (axis.NumberOrNull("low"), axis.NumberOrNull("high"));
        var ways =
            (given.Length > 0 ? 1 : 0)
            + (words is not null ? 1 : 0)
            + (low is null && high is null ? 0 : 1);
        var at = axis.Path.Text;
        if (ways != 1 || (low is null) != (high is null) || words is { Length: 0 })
        {
            Add(
                at,
                "axis",
                ways == 0 ? "no values"
                    : ways > 1 ? "values given in two ways"
                    : words is null ? "one end of a range"
                    : "no words",
                "values, or words, or low and high",
                "For example 'values: [0.5, 0.6, 0.7]'."
            );
            return null;
        }
        if (!Known(path))
        {
            var near = NearestName.Of(
                Index().Replace(path, "[]"),
                StudyInputs.Table().Rows.Select(r => r.Path)
            );
            Add(
                $"{at}.path",
                "unknown-key",
                $"'{InputText.Cut(path)}'",
                "the path of a key of the study",
                near is null
                    ? "See docs/reference/study.md."
                    : $"Did you mean '{near.Replace("[]", "[0]", StringComparison.Ordinal)}'?"
            );
            // It still is the axis that a map may name.
        }
        var log = axis.Text("scale") == "log";
        if (low >= high || (log && low <= 0))
        {
            Add(
                at,
                "range",
                $"{low} to {high}",
                log ? "0 < low < high" : "low below high",
                "Swap or correct them."
            );
            return null;
        }
        return new SweepAxis(
            path,
            axis.TextOrNull("name") ?? path,
            words is not null
                ? [.. words.Select(w => (JsonNode)JsonValue.Create(w))]
                : [.. given.Distinct().Select(v => (JsonNode)JsonValue.Create(v))],
            low ?? 0,
            high ?? 0,
            axis.Integer("count"),
            log,
            axis.Flag("whole")
        );
    }

    /// <summary>Whether a study has such a key: items of lists by their number, and the parts of a number with its range.</summary>
    private static bool Known(string path)
    {
        var row = Index().Replace(path, "[]");
        return StudyInputs
            .Table()
            .Rows.Any(r => row == r.Path || row == $"{r.Path}[]" || Part(row) == r.Path);
    }

    private static string Part(string row) =>
        row.LastIndexOf('.') is > 0 and var point
        && row[(point + 1)..] is "value" or "low" or "high"
            ? row[..row.LastIndexOf('.')]
            : row;

    [GeneratedRegex(@"\[[0-9]+\]", RegexOptions.None, 1000)]
    private static partial Regex Index();

    private List<SweepOutput> Further()
    {
        var names = SweepOutput
            .Standard.Select(o => o.Name)
            .Concat(["run", "study", "state", "reason", "sha256"])
            .ToHashSet(StringComparer.Ordinal);
        var further = new List<SweepOutput>();
        foreach (var output in values.Items("outputs"))
        {
            var name = output.Text("name");
            if (!names.Add(name))
            {
                Add(
                    output.Path.Text,
                    "repeated",
                    $"a second column '{name}'",
                    "a name of its own",
                    "Rename it."
                );
            }
            var column = new SweepOutput(name, output.Text("path"), output.Text("type") == "words");
            if (ResultPath.Fault(column.Path, column.IsWords) is var (found, remedy))
            {
                Add(
                    output.Path.Key("path").Text,
                    "result-path",
                    found,
                    column.IsWords ? "words of result.json" : "a number of result.json",
                    remedy
                );
            }
            further.Add(column);
        }
        return further;
    }

    private int? MapAxis(string key, List<SweepAxis> axes, int standard)
    {
        if (values.TextOrNull(key) is not { } path)
        {
            return axes.Count > 1 ? standard : null;
        }
        var at = axes.FindIndex(a => a.Path == path || a.Name == path);
        if (at < 0)
        {
            Add(
                key,
                "axis",
                $"'{InputText.Cut(path)}'",
                "the path of an axis",
                axes.Count == 0
                    ? "Give the sweep axes."
                    : $"One of {string.Join(", ", axes.Select(a => a.Path))}."
            );
            return null;
        }
        return at;
    }

    private void Add(string place, string rule, string found, string expected, string remedy)
    {
        var path = new InputPath(place);
        var (line, column) = values.Place(path);
        var finding = new LocatedFinding(
            file,
            line,
            column,
            new Finding(path, rule, found, expected, remedy)
        );
        // What is wrong at every value of an axis is told once.
        if (!_findings.Contains(finding))
        {
            _findings.Add(finding);
        }
    }

    private void ThrowIfAny()
    {
        if (_findings.Count > 0)
        {
            throw new InputException([.. _findings]);
        }
    }
}
