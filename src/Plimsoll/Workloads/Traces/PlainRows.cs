using System.Buffers.Text;

namespace Plimsoll.Workloads.Traces;

/// <summary>Plain CSV: arrival_s, input_tokens, output_tokens, and if wanted client, priority, stored_tokens and prefix (pieces as <c>id:tokens</c>, parted by blanks); or the columns of vidur, arrived_at, num_prefill_tokens, num_decode_tokens. Parted by comma, semicolon (with decimal commas) or tab.</summary>
internal sealed class PlainRows : TraceFormat
{
    private static readonly string[] _optional = ["client", "priority", "stored_tokens", "prefix"];
    private const int MostColumns = 64;
    private readonly int[] _place;
    private readonly int _columns;
    private readonly NameNumbers _clients = new();

    private PlainRows(TraceHeader header, int[] place, string name)
        : base(header)
    {
        _place = place;
        _columns = header.Names.Length;
        Name = name;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Clients => _clients.Names;

    public static PlainRows? TryOf(TraceHeader header)
    {
        var isVidur = header.Has("arrived_at", "num_prefill_tokens", "num_decode_tokens");
        int[] place =
        [
            header.Find(isVidur ? "arrived_at" : "arrival_s"),
            header.Find(isVidur ? "num_prefill_tokens" : "input_tokens"),
            header.Find(isVidur ? "num_decode_tokens" : "output_tokens"),
            .. _optional.Select(name => header.Find(name)),
        ];
        return place[..3].Min() < 0 || header.Names.Length > MostColumns
            ? null
            : new PlainRows(header, place, isVidur ? "vidur" : "csv");
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
            return Wrong("arrival_s", line[cells[_place[0]]], "seconds");
        }
        if (!TryTokens(line[cells[_place[1]]], out row.Input))
        {
            return Wrong("input_tokens", line[cells[_place[1]]], "a whole number");
        }
        if (!TryTokens(line[cells[_place[2]]], out row.Output))
        {
            return Wrong("output_tokens", line[cells[_place[2]]], "a whole number");
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
            row.Client = _clients.Of(line[cells[_place[3]]]);
        }
        if (_place[4] >= 0 && !TryTokens(line[cells[_place[4]]], out row.Priority))
        {
            return Wrong("priority", line[cells[_place[4]]], "a whole number");
        }
        if (
            _place[5] >= 0
            && (!TryTokens(line[cells[_place[5]]], out row.Stored) || row.Stored < 0)
        )
        {
            return Wrong("stored_tokens", line[cells[_place[5]]], "0 or more");
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
}
