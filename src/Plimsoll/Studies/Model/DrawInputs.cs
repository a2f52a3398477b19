using Plimsoll.Inputs;
using Plimsoll.Sampling;

namespace Plimsoll.Studies.Model;

/// <summary>The uncertain numbers of a study in every draw.</summary>
/// <remarks>
/// Each number has its own Latin hypercube column, keyed by its path: the same number has the same value in the same draw of every
/// option, and one number more or less shifts no other. A number is drawn from the distribution of its range (10 %, 50 %, 90 %).
/// </remarks>
public sealed class DrawInputs
{
    private readonly Dictionary<string, double[]> _columns = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, double>?[] _at;

    /// <summary>Draws numbers.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draws">Draws, at least 1.</param>
    /// <param name="numbers">Numbers of all options; one of the same path counts once.</param>
    public DrawInputs(ulong seed, int draws, IEnumerable<InputNumber> numbers)
    {
        Draws = draws;
        _at = new IReadOnlyDictionary<string, double>?[draws];
        Numbers = [.. numbers.Where(n => n.Low < n.High).DistinctBy(n => n.Path)];
        foreach (var number in Numbers)
        {
            _columns[number.Path] = Column(seed, draws, number);
        }
    }

    private DrawInputs(DrawInputs other, Dictionary<string, double[]> columns)
    {
        (Draws, Numbers, _columns) = (other.Draws, other.Numbers, columns);
        _at = new IReadOnlyDictionary<string, double>?[Draws];
    }

    /// <summary>The same draws with one number held at a value.</summary>
    public DrawInputs With(string path, double value) =>
        new(
            this,
            new Dictionary<string, double[]>(_columns, StringComparer.Ordinal)
            {
                [path] = [.. Enumerable.Repeat(value, Draws)],
            }
        );

    /// <summary>The same draws with every number at its best estimate.</summary>
    public DrawInputs AtBest() => new(this, new(StringComparer.Ordinal));

    /// <summary>Number of draws.</summary>
    public int Draws { get; }

    /// <summary>The uncertain numbers, each once.</summary>
    public IReadOnlyList<InputNumber> Numbers { get; }

    /// <summary>Values of a number, one a draw.</summary>
    public IReadOnlyList<double> Values(string path) => _columns[path];

    /// <summary>All values of a draw by path.</summary>
    public IReadOnlyDictionary<string, double> At(int draw)
    {
        if (_at[draw] is { } known)
        {
            return known;
        }
        var values = new Dictionary<string, double>(_columns.Count, StringComparer.Ordinal);
        foreach (var (path, column) in _columns)
        {
            values[path] = column[draw];
        }
        return _at[draw] = values;
    }

    /// <summary>The distribution of a number.</summary>
    public static Distribution Spread(InputNumber number) =>
        Distribution.OfRange(number.Value, number.Low, number.High, number.Low > 0);

    private static double[] Column(ulong seed, int draws, InputNumber number)
    {
        var stream = RandomStream.Keyed(seed, 0, EntityId.Of(number.Path), Purpose.Inputs);
        var order = new int[draws];
        for (var i = 0; i < draws; i++)
        {
            var j = stream.NextInteger(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        var spread = Spread(number);
        var column = new double[draws];
        for (var i = 0; i < draws; i++)
        {
            column[i] = spread.Quantile((order[i] + stream.NextOpenUniform()) / draws);
        }
        return column;
    }
}
