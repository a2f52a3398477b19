using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Studies;
using Plimsoll.Yaml;

namespace Plimsoll.Tests.Studies;

/// <summary>A small study to run in tests, with what a test changes in it.</summary>
internal static class SmallStudy
{
    public const string Text = """
        kind: study
        name: small
        question: sponsor
        decided: 2024-03
        horizon: 60
        market:
          name: china
        centre:
          operator_capability: 0.5
          voucher_scheme: Henan
        site:
          name: Zhengzhou
        fleet:
          - server: 8xH800
            servers: 64
            online: 2024-10
            capex_per_server: 2800000
        finance:
          gearing: 0.6
          tenor: 36
        forecast:
          fill: 0.8
          price_per_gpu_hour: 25
          evidence:
            - kind: letter of intent
              servers: 32
            - kind: report
              servers: 64

        """;

    /// <summary>The text with lines replaced; each must be there.</summary>
    public static string With(params (string Old, string New)[] changes) =>
        changes.Aggregate(
            Text,
            (text, change) =>
                text.Contains(change.Old, StringComparison.Ordinal)
                    ? text.Replace(change.Old, change.New, StringComparison.Ordinal)
                    : throw new ArgumentException($"'{change.Old}' is not in the small study.")
        );

    /// <summary>Checks a study and gives its values.</summary>
    public static InputValues Read(string text)
    {
        var root = YamlInput.Read(text.ReplaceLineEndings("\n"), "small.yaml");
        var table = StudyInputs.Table();
        var names = FactCatalog.Shipped().AsOf(new DateOnly(9999, 12, 31)).Names;
        var findings = new InputCheck(table, names, "small.yaml").Run(root);
        return findings.Count == 0
            ? new InputValues(table, (InputMapping)root)
            : throw new InputException(findings);
    }

    private static readonly Lazy<StudyAnswer> _sobol = new(() => Run(Text, sobol: true));

    /// <summary>The small study with Sobol indices, run once for all tests.</summary>
    public static StudyAnswer WithSobol => _sobol.Value;

    private static readonly Lazy<StudyAnswer> _plain = new(() => Run(Text));

    /// <summary>The small study as it is, run once for all tests.</summary>
    public static StudyAnswer Plain => _plain.Value;

    /// <summary>Runs a study on few draws.</summary>
    public static StudyAnswer Run(
        string text,
        int draws = 30,
        int threads = 2,
        FactCatalog? catalog = null,
        bool sobol = false
    ) =>
        StudyRun.Of(
            Read(text),
            catalog ?? FactCatalog.Shipped(),
            new StudySettings
            {
                Draws = draws,
                Threads = threads,
                Sobol = sobol,
                SobolPoints = 32,
            }
        );

    /// <summary>The published document of a run, as text.</summary>
    public static string Json(StudyAnswer answer) =>
        ResultDocument.Of(answer.Result).ToJsonString();
}
