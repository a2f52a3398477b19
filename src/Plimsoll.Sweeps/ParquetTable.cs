using System.Text.Json.Nodes;
using Parquet;
using Parquet.Schema;

namespace Plimsoll.Sweeps;

/// <summary>Rows gathered by column and written as one Parquet file: a part of a table.</summary>
internal sealed class ParquetTable
{
    private readonly IReadOnlyList<(string Name, bool IsWords)> _columns;
    private readonly List<double?>[] _numbers;
    private readonly List<string?>[] _words;

    /// <summary>An empty part.</summary>
    /// <param name="columns">Names, and whether they hold words or numbers.</param>
    public ParquetTable(IReadOnlyList<(string Name, bool IsWords)> columns)
    {
        _columns = columns;
        _numbers = [.. columns.Select(_ => new List<double?>())];
        _words = [.. columns.Select(_ => new List<string?>())];
    }

    /// <summary>Rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds a row; a value of another kind than its column is left out.</summary>
    public void Add(IEnumerable<JsonNode?> row)
    {
        var c = 0;
        foreach (var value in row)
        {
            if (_columns[c].IsWords)
            {
                _words[c].Add(JsonCell.Words(value));
            }
            else
            {
                _numbers[c].Add(JsonCell.Number(value));
            }
            c++;
        }
        Rows++;
    }

    /// <summary>Takes all rows away.</summary>
    public void Clear()
    {
        for (var c = 0; c < _columns.Count; c++)
        {
            _numbers[c].Clear();
            _words[c].Clear();
        }
        Rows = 0;
    }

    /// <summary>Writes the part.</summary>
    /// <param name="stream">Where to; left open.</param>
    public async Task Write(Stream stream)
    {
        var fields = _columns
            .Select(c => new DataField(
                c.Name,
                c.IsWords ? typeof(string) : typeof(double),
                isNullable: true
            ))
            .ToArray();
        await using var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(fields.Cast<Field>().ToList()),
            stream,
            new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }
        );
        using var group = writer.CreateRowGroup();
        for (var c = 0; c < fields.Length; c++)
        {
            if (_columns[c].IsWords)
            {
                await group.WriteAsync(fields[c], (IReadOnlyCollection<string>)_words[c]!);
            }
            else
            {
                await group.WriteAsync<double>(fields[c], _numbers[c].ToArray());
            }
        }
        group.CompleteValidate();
    }
}
