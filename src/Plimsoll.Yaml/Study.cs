using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Yaml;

namespace Plimsoll;

/// <summary>The front door: a study from its text or file to its verdict, in three calls.</summary>
/// <remarks>
/// <code>
/// var study = Study.Load("mine.yaml");
/// foreach (var finding in study.Check()) Console.WriteLine(finding.Finding.Remedy);
/// Console.WriteLine(study.Run().Result.Verdict.Headline);
/// </code>
/// </remarks>
public sealed class Study
{
    private readonly CatalogNames _names;
    private readonly InputNode _root;
    private readonly string _file;
    private readonly FactCatalog _catalog;

    private Study(InputNode root, string file, FactCatalog catalog)
    {
        (_file, _catalog) = (file, catalog);
        _names = new CatalogNames(catalog.AsOf(new DateOnly(9999, 12, 31)));
        _root = root is InputMapping written ? _names.In(written, StudyInputs.Table()) : root;
    }

    /// <summary>Loads a study.</summary>
    /// <param name="textOrFile">The text of a study file (it has more than one line), or the path of one.</param>
    /// <param name="catalog">Everything known; null for the catalogue that is shipped.</param>
    /// <exception cref="InputException">The text is no sound YAML: with line and remedy.</exception>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    public static Study Load(string textOrFile, FactCatalog? catalog = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(textOrFile);
        var known = catalog ?? FactCatalog.Shipped();
        return textOrFile.Contains('\n', StringComparison.Ordinal)
            ? FromText(textOrFile, known)
            : new Study(
                YamlInput.ReadFile(textOrFile) is InputMapping written
                    ? ServingProfile.Read(
                        ActualsTable.Read(written, textOrFile, StudyFolder.Of(textOrFile)),
                        textOrFile,
                        StudyFolder.Of(textOrFile)
                    )
                    : YamlInput.ReadFile(textOrFile),
                textOrFile,
                known
            );
    }

    /// <summary>Loads a study from its text alone, one line or many: nothing that a client sends is taken for the path of a file.</summary>
    /// <param name="text">The text of a study file.</param>
    /// <param name="catalog">Everything known; null for the catalogue that is shipped.</param>
    /// <exception cref="InputException">The text is no sound YAML: with line and remedy.</exception>
    public static Study FromText(string text, FactCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Study(YamlInput.Read(text, "study"), "study", catalog ?? FactCatalog.Shipped());
    }

    /// <summary>Everything wrong with it at once, each finding with line, column, what was expected and what to do; sound when none is more than a warning.</summary>
    public IReadOnlyList<LocatedFinding> Check()
    {
        var table = StudyInputs.Table();
        var names = _catalog.AsOf(new DateOnly(9999, 12, 31)).Names;
        var findings = new InputCheck(table, names, _file) { Meant = _names.Meant }.Run(_root);
        return findings.Count > 0
            ? findings
            : StudyCheck.Of(new InputValues(table, (InputMapping)_root), _catalog, _file);
    }

    /// <summary>Runs it.</summary>
    /// <param name="context">Threads, cancellation and progress; null for the standard.</param>
    /// <param name="settings">Draws, seed and what is computed beside the verdict; null for the standard.</param>
    /// <exception cref="InputException">It is not sound: all findings at once.</exception>
    /// <exception cref="UnanswerableException">It cannot be answered, with the reason.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public StudyAnswer Run(RunContext? context = null, StudySettings? settings = null)
    {
        var findings = Check();
        if (findings.Any(f => !f.Finding.IsWarning))
        {
            throw new InputException(findings);
        }
        var run = context ?? new RunContext();
        return StudyRun.Of(
            new InputValues(StudyInputs.Table(), (InputMapping)_root),
            _catalog,
            (settings ?? new StudySettings()) with
            {
                Threads = run.Threads,
                Cancellation = run.Cancellation,
                GiveWay = run.GiveWay,
                Progress = run.Progress,
                Store = run.Store ?? settings?.Store,
            }
        );
    }
}
