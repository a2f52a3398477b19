using System.Text;

namespace Plimsoll.Workloads.Traces;

/// <summary>Numbers names in the order in which they are first met.</summary>
internal sealed class NameNumbers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>The names by their number.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The number of a name as it stands in a cell.</summary>
    public int Of(ReadOnlySpan<byte> cell)
    {
        var text = Encoding.UTF8.GetString(cell.Trim(" \""u8));
        if (!_numbers.TryGetValue(text, out var number))
        {
            number = _names.Count;
            _numbers[text] = number;
            _names.Add(text);
        }
        return number;
    }
}
