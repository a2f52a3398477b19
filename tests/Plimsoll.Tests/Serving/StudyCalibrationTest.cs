using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Tests.Files;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Serving;

/// <summary>A study names the calibration of its own measurements as an inference file does.</summary>
public sealed class StudyCalibrationTest : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Text(string calibration) =>
        $"""
            kind: study
            name: small
            question: owner
            decided: 2026-05
            horizon: 24
            market:
              name: us
            centre:
              sells_inference: true
            site:
              name: Texas
            fleet:
              - server: 8xH100
                servers: 2
                online: 2026-06
                capex_per_server: 250000
            serving:
              model: Llama-3.1 8B
            {calibration}
              tensor_parallel: 1
              input_tokens: 1000
              output_tokens: 200
              arrival_cv: 1
            finance:
              existing_debt: 0
              base_rate: 0.043
            """;

    private string Named(string name) =>
        _folder.File("s.yaml", Text(name.Length == 0 ? "" : $"  calibration: {name}"));

    /// <summary>The shipped calibration with a step that takes the host so many times as long.</summary>
    private void Profile(string name, double times)
    {
        var shipped = Calibration.Of(Performance.Served.View);
        var host = Math.Log(times);
        IReadOnlyDictionary<string, double[]> Slower(IReadOnlyDictionary<string, double[]> of) =>
            of.ToDictionary(
                e => e.Key,
                e =>
                    e.Key == CalibrationLevels.All
                        ? [e.Value[0] + host, e.Value[1] + host, .. e.Value[2..]]
                        : e.Value,
                StringComparer.Ordinal
            );
        _folder.File(
            name,
            CalibrationFile.ToCsv(
                new Calibration(3, shipped.Errors)
                {
                    Physics = Slower(shipped.Physics),
                    Offsets = Slower(shipped.Offsets),
                    Seen = shipped.Seen,
                    Versions = shipped.Versions,
                    Widths = shipped.Widths,
                },
                new DateOnly(2026, 4, 20)
            )
        );
    }

    private double Goodput(string name)
    {
        var file = Named(name);
        var root = ServingProfile.Read(
            (InputMapping)YamlInput.ReadFile(file),
            file,
            Plimsoll.Files.StudyFolder.Of(file)
        );
        var values = new InputValues(StudyInputs.Table(), root);
        var view = FactCatalog.Shipped().AsOf(new Month(2026, 5));
        return Assert.Single(StudyReader.Of(values, view).Plan().Fleets).Served!.Goodput.Value;
    }

    private IReadOnlyList<LocatedFinding> Found(string name)
    {
        try
        {
            return Study.Load(Named(name)).Check();
        }
        catch (InputException e)
        {
            return e.Findings;
        }
    }

    /// <summary>Asked in turn, so that an answer kept for one is not given for another.</summary>
    [Fact]
    public void A_study_serves_what_its_own_calibration_says()
    {
        Profile("same.csv", 1);
        Profile("slow.csv", 8);
        var shipped = Goodput("");
        Assert.Equal(shipped, Goodput("same.csv"), 0.02 * shipped);
        Assert.InRange(Goodput("slow.csv") / shipped, 0, 0.95);
        Assert.Equal(shipped, Goodput(""));
    }

    [Fact]
    public void A_sound_profile_is_accepted()
    {
        Profile("same.csv", 1);
        Assert.DoesNotContain(Found("same.csv"), f => !f.Finding.IsWarning);
    }

    [Theory]
    [InlineData("none.csv", "no-such-file")]
    [InlineData("other.csv", "calibration")]
    [InlineData("../other.csv", "outside-folder")]
    public void A_file_that_is_no_profile_is_refused_at_its_line(string name, string rule)
    {
        _folder.File("other.csv", "secret,words\n1,2\n");
        var finding = Assert.Single(Found(name), f => !f.Finding.IsWarning);
        Assert.Equal(rule, finding.Finding.Rule);
        Assert.Equal("serving.calibration", finding.Finding.Path.ToString());
        Assert.Equal(19, finding.Line);
        Assert.DoesNotContain("secret", finding.Finding.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_without_a_folder_names_no_profile() =>
        Assert.Equal(
            "no-folder",
            Assert
                .Single(
                    Study.FromText(Text("  calibration: own.csv")).Check(),
                    f => !f.Finding.IsWarning
                )
                .Finding.Rule
        );
}
