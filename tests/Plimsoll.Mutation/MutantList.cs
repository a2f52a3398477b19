using System.Text.RegularExpressions;

namespace Plimsoll.Mutation;

/// <summary>The mutants of a library, numbered alike in every round of building it, and those of them that do not compile.</summary>
internal sealed class MutantList
{
    /// <summary>Name of the annotation that a mutant's node carries; its data is the number.</summary>
    public const string Annotation = "mutant";

    private readonly Dictionary<int, Mutant> _all = [];
    private readonly HashSet<int> _refused = [];
    private int _next;

    /// <summary>Checks of arguments for null, which are not mutated: the compiler refuses such a call.</summary>
    public int NullChecks { get; set; }

    /// <summary>Mutants that compile, by number.</summary>
    public IEnumerable<Mutant> Compiling =>
        _all.Values.Where(m => !_refused.Contains(m.Id)).OrderBy(m => m.Id);

    /// <summary>How many do not compile.</summary>
    public int Refused => _refused.Count;

    /// <summary>Numbers of the next file go on from here.</summary>
    public void StartAt(int number) => _next = number;

    /// <summary>The highest number given.</summary>
    public int Last => _all.Count == 0 ? 0 : _all.Keys.Max();

    /// <summary>Gives a change its number.</summary>
    /// <returns>The number, or 0 where the mutant does not compile.</returns>
    public int Add(string file, int line, MutantKind kind, string before, string after)
    {
        var id = ++_next;
        _all[id] = new Mutant(id, file, line, kind, Short(before), Short(after));
        return _refused.Contains(id) ? 0 : id;
    }

    /// <summary>Takes a mutant out, for good.</summary>
    /// <returns>Whether it was in.</returns>
    public bool Refuse(int id) => _refused.Add(id);

    /// <summary>What a mutant changes.</summary>
    public MutantKind Kind(int id) => _all[id].Kind;

    private static string Short(string text)
    {
        var line = Regex.Replace(text, @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(1));
        return line.Length <= 120 ? line : line[..117] + "...";
    }
}
