using System.Buffers.Text;

namespace Plimsoll.Workloads.Traces;

/// <summary>Plain CSV: arrival_s, input_tokens, output_tokens, and if wanted client, priority, stored_tokens and prefix (pieces as <c>id:tokens</c>, parted by blanks).</summary>
internal sealed class PlainRows : TraceFormat
{
    private static readonly string[] _known =
    [
        "arrival_s",
        "input_tokens",
        "output_tokens",
        "client",
        "priority",
        "stored_tokens",
        "prefix",
    ];
    private readonly int[] _place;
    private readonly int _columns;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _clients = [];

    private PlainRows(int[] place, int columns)
    {
        _place = place;
        _columns = columns;
    }

    /// <inheritdoc/>
    public override string Name => "csv";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Clients => _clients;

    public static PlainRows? TryOf(string[] header)
    {
        var place = Array.ConvertAll(_known, name => Array.IndexOf(header, name));
        return place[0] < 0 || place[1] < 0 || place[2] < 0 || header.Length > 64
            ? null
            : new PlainRows(place, header.Length);
    }

    /// <inheritdoc/>
    public override string? Parse(
        ReadOnlySpan<byte> line,
        ref TraceRow row,
        List<PrefixPiece> pieces
    )
    {
        Span<Range> cells = stackalloc Range[_columns];
        var count = Split(line, cells);
        if (count != _columns)
        {
            return $"found {count} cells; expected {_columns}";
        }
        if (!TrySeconds(line[cells[_place[0]]], out row.Picoseconds))
        {
            return $"found arrival_s {Show(line[cells[_place[0]]])}; expected seconds";
        }
        if (!TryTokens(line[cells[_place[1]]], out row.Input))
        {
            return $"found input_tokens {Show(line[cells[_place[1]]])}; expected a whole number";
        }
        if (!TryTokens(line[cells[_place[2]]], out row.Output))
        {
            return $"found output_tokens {Show(line[cells[_place[2]]])}; expected a whole number";
        }
        return CheckLengths(row) ?? Optional(line, cells, ref row, pieces);
    }

    private string? Optional(
        ReadOnlySpan<byte> line,
        ReadOnlySpan<Range> cells,
        ref TraceRow row,
        List<PrefixPiece> pieces
    )
    {
        if (_place[3] >= 0)
        {
            row.Client = Number(line[cells[_place[3]]]);
        }
        if (_place[4] >= 0 && !TryTokens(line[cells[_place[4]]], out row.Priority))
        {
            return $"found priority {Show(line[cells[_place[4]]])}; expected a whole number";
        }
        if (
            _place[5] >= 0
            && (!TryTokens(line[cells[_place[5]]], out row.Stored) || row.Stored < 0)
        )
        {
            return $"found stored_tokens {Show(line[cells[_place[5]]])}; expected 0 or more";
        }
        return _place[6] < 0 ? null : Prefix(line[cells[_place[6]]].Trim(" \""u8), pieces);
    }

    private static string? Prefix(ReadOnlySpan<byte> cell, List<PrefixPiece> pieces)
    {
        while (cell.Length > 0)
        {
            if (
                !Utf8Parser.TryParse(cell, out long id, out var used)
                || used == cell.Length
                || cell[used] != (byte)':'
                || !Utf8Parser.TryParse(cell[(used + 1)..], out int tokens, out var more)
                || tokens < 1
            )
            {
                return $"found prefix {Show(cell)}; expected pieces as id:tokens parted by blanks";
            }
            pieces.Add(new PrefixPiece(id, tokens));
            cell = cell[(used + 1 + more)..].TrimStart((byte)' ');
        }
        return null;
    }

    private int Number(ReadOnlySpan<byte> name)
    {
        var text = System.Text.Encoding.UTF8.GetString(name.Trim(" \""u8));
        if (!_numbers.TryGetValue(text, out var number))
        {
            number = _clients.Count;
            _numbers[text] = number;
            _clients.Add(text);
        }
        return number;
    }
}
