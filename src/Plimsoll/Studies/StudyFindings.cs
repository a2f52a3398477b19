using System.Globalization;
using Plimsoll.Inputs;

namespace Plimsoll.Studies;

/// <summary>Collects what is wrong with a study, each with its place in the file.</summary>
/// <param name="values">The file.</param>
/// <param name="file">Its name for the messages.</param>
internal sealed class StudyFindings(InputValues values, string file)
{
    private readonly List<LocatedFinding> _found = [];

    /// <summary>All findings, in file order.</summary>
    public IReadOnlyList<LocatedFinding> All =>
        [.. _found.OrderBy(f => f.Line).ThenBy(f => f.Column)];

    /// <summary>True when something found prevents a run.</summary>
    public bool Refused => _found.Exists(f => !f.Finding.IsWarning);

    /// <summary>Adds what prevents a run.</summary>
    public void Refuse(
        InputPath path,
        string rule,
        FormattableString found,
        FormattableString expected,
        string remedy
    ) => Add(new Finding(path, rule, Plain(found), Plain(expected), remedy));

    /// <summary>Adds what a run survives and its report must say.</summary>
    public void Warn(
        InputPath path,
        string rule,
        FormattableString found,
        FormattableString expected,
        string remedy
    ) => Add(new Finding(path, rule, Plain(found), Plain(expected), remedy) { IsWarning = true });

    /// <summary>Adds a finding of a layer below.</summary>
    public void Add(Finding finding)
    {
        // One fault at one place is told once, whoever finds it.
        if (_found.Exists(f => f.Finding.Path == finding.Path && f.Finding.Rule == finding.Rule))
        {
            return;
        }
        _found.Add(values.Located(finding, file));
    }

    /// <summary>Adds findings that know their place.</summary>
    public void Add(IEnumerable<LocatedFinding> findings) => _found.AddRange(findings);

    /// <summary>Name of the file for messages.</summary>
    public string File => file;

    private static string Plain(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
