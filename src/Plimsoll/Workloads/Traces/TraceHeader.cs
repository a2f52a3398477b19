namespace Plimsoll.Workloads.Traces;

/// <summary>The first line of a table: what parts its cells, and their names.</summary>
/// <param name="Delimiter">Comma, semicolon or tab.</param>
/// <param name="Names">Without quotes, in lower case.</param>
internal sealed record TraceHeader(char Delimiter, string[] Names)
{
    private const int MostColumns = 256;

    /// <summary>Whether numbers may be written with a decimal comma: where no comma parts the cells, as spreadsheets of many countries save it.</summary>
    public bool DecimalComma => Delimiter != ',';

    private static readonly char[] _delimiters = [',', ';', '\t'];

    /// <summary>Reads a first line.</summary>
    public static TraceHeader Of(string line)
    {
        var delimiter = _delimiters.MaxBy(d => line.Count(c => c == d));
        string[] names =
        [
            .. line.Split(delimiter, MostColumns)
                .Select(n => n.Trim().Trim('"').Trim().ToLowerInvariant()),
        ];
        return new TraceHeader(delimiter, names);
    }

    /// <summary>Place of the first of some names for one thing; -1 when none is there.</summary>
    public int Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var place = Array.IndexOf(Names, name);
            if (place >= 0)
            {
                return place;
            }
        }
        return -1;
    }

    /// <summary>Whether all of these columns are there.</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) < 0)
            {
                return false;
            }
        }
        return true;
    }
}
