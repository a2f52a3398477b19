using System.Globalization;
using Plimsoll.Inputs;

namespace Plimsoll.Performance.Points;

/// <summary>The parallelism of one worker as a row of points records it; a missing figure is null.</summary>
/// <param name="Tensor">Attention TP.</param>
/// <param name="Pipeline">Pipeline stages.</param>
/// <param name="AttentionData">Attention data parallelism; null or 0 when it was lost.</param>
/// <param name="ExpertTensor">Accelerators that cut one expert.</param>
/// <param name="Expert">Expert parallelism.</param>
public readonly record struct RecordedLayout(
    int? Tensor,
    int? Pipeline,
    int? AttentionData,
    int? ExpertTensor,
    int? Expert
);

/// <summary>One row of a file of measured serving points, as it stands there.</summary>
public sealed record PointRow
{
    /// <summary>Name of the row.</summary>
    public required string Id { get; init; }

    /// <summary>Line in the file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>What of the row cannot be read; empty when all of it can. Figures of such a row stand for nothing.</summary>
    public string Fault { get; init; } = "";

    /// <summary>Where the figure comes from, in the collector's words.</summary>
    public required string Source { get; init; }

    /// <summary>Engine word.</summary>
    public required string Engine { get; init; }

    /// <summary>Engine version; empty when not recorded.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>Model as published, with its organisation.</summary>
    public required string ModelPath { get; init; }

    /// <summary>System word, for example <c>h100_sxm</c>.</summary>
    public required string System { get; init; }

    /// <summary>Precision word; <c>bf16</c> where the file is silent.</summary>
    public required string Precision { get; init; }

    /// <summary>How prompts and answers are served, as the file says: <c>agg</c>, <c>disagg</c> or empty.</summary>
    public required string Mode { get; init; }

    /// <summary>True when prompts and answers run on separate workers.</summary>
    public required bool Disaggregated { get; init; }

    /// <summary>Nominal prompt length, tokens.</summary>
    public required int InputTokens { get; init; }

    /// <summary>Nominal answer length, tokens.</summary>
    public required int OutputTokens { get; init; }

    /// <summary>How the lengths spread: <c>fixed</c>, <c>varied</c> around those written, or <c>nominal</c>, drawn evenly from 0.8 to 1.0 of them; empty where the row does not say.</summary>
    public string Lengths { get; init; } = "";

    /// <summary>Closed-loop clients as the source states them; null when it does not.</summary>
    public required int? Concurrency { get; init; }

    /// <summary>Recorded batch size of an aggregated row.</summary>
    public required int? BatchSize { get; init; }

    /// <summary>Day of the measurement, or of the file it came in; null when neither is known.</summary>
    public required DateOnly? Measured { get; init; }

    /// <summary>Layout of an aggregated worker.</summary>
    public required RecordedLayout Layout { get; init; }

    /// <summary>Layout of a prompt worker.</summary>
    public required RecordedLayout PromptLayout { get; init; }

    /// <summary>Prompt workers; null when not recorded.</summary>
    public required int? PromptWorkers { get; init; }

    /// <summary>Layout of an answer worker.</summary>
    public required RecordedLayout AnswerLayout { get; init; }

    /// <summary>Answer workers; null when not recorded.</summary>
    public required int? AnswerWorkers { get; init; }

    /// <summary>Measured time to first token, seconds.</summary>
    public required double TimeToFirstToken { get; init; }

    /// <summary>Measured time per output token, seconds.</summary>
    public required double TimePerOutputToken { get; init; }

    /// <summary>What tells this measurement from any other, by which a calibration remembers that it was fitted on it.</summary>
    public string Key
    {
        get
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{Engine}|{EngineVersion}|{ModelPath}|{System}|{Disaggregated}|{InputTokens}|{OutputTokens}|{Concurrency}|{TimeToFirstToken:G8}|{TimePerOutputToken:G8}"
            );
            // FNV-1a (Fowler, Noll, Vo) in 64 bits.
            var hash = 14695981039346656037UL;
            foreach (var letter in text.ToLowerInvariant())
            {
                hash = (hash ^ letter) * 1099511628211;
            }
            return hash.ToString("x16", CultureInfo.InvariantCulture);
        }
    }

    // What a prediction cannot do without.
    private static readonly string[] _needed =
    [
        "backend",
        "model_path",
        "system",
        "isl",
        "osl",
        "silicon_ttft_ms",
        "silicon_tpot_ms",
    ];

    /// <summary>Reads all rows of a file; one that cannot be read says so in <see cref="Fault"/>.</summary>
    /// <exception cref="InvalidDataException">A column is missing.</exception>
    public static IReadOnlyList<PointRow> Read(CsvTable table)
    {
        foreach (var column in _needed)
        {
            if (!table.HasColumn(column))
            {
                throw new InvalidDataException(
                    $"{table.File}: column '{column}' is missing; this is no table of measured points."
                );
            }
        }
        return [.. table.Rows.Select(row => ReadOrFault(table, row))];
    }

    private static PointRow ReadOrFault(CsvTable table, CsvRow row)
    {
        try
        {
            return row.Cells.Length == table.Header.Count
                ? ReadRow(table, row)
                : throw new InvalidDataException(
                    $"wrong number of cells: {row.Cells.Length} where the header has {table.Header.Count}"
                );
        }
        catch (InvalidDataException e)
        {
            var whole = row.Cells.Length == table.Header.Count;
            string Word(string column) =>
                whole && table.HasColumn(column) ? table.Cell(row, column).Trim() : "";
            return new PointRow
            {
                Id = Word("id") is { Length: > 0 } id ? id : $"line {row.Line}",
                Line = row.Line,
                Fault = e.Message,
                Source = Word("silicon_data_source"),
                Engine = Word("backend"),
                EngineVersion = Word("backend_version"),
                ModelPath = Word("model_path"),
                System = Word("system"),
                Precision = Word("precision"),
                Mode = Word("mode"),
                Disaggregated = false,
                InputTokens = 0,
                OutputTokens = 0,
                Concurrency = null,
                BatchSize = null,
                Measured = null,
                Layout = default,
                PromptLayout = default,
                PromptWorkers = null,
                AnswerLayout = default,
                AnswerWorkers = null,
                TimeToFirstToken = double.NaN,
                TimePerOutputToken = double.NaN,
            };
        }
    }

    private static PointRow ReadRow(CsvTable table, CsvRow row)
    {
        // Only what a prediction cannot do without must be there.
        string Cell(string column) => table.Cell(row, column).Trim();
        string Word(string column) => table.HasColumn(column) ? Cell(column) : "";
        int? Whole(string column) =>
            !table.HasColumn(column) || Cell(column).Length == 0 ? null : Count(table, row, column);
        // A time that is missing has a reason of its own; one that is no number is a fault of the row.
        double Time(string column) =>
            Cell(column).Length == 0 ? double.NaN : Number(table, row, column) / 1000;
        RecordedLayout Layout(string prefix) =>
            new(
                Whole(prefix + "tp_size"),
                Whole(prefix + "pp_size"),
                Whole(prefix + "attention_dp_size"),
                Whole(prefix + "moe_tp_size"),
                Whole(prefix + "moe_ep_size")
            );
        var source = Word("silicon_data_source");
        return new PointRow
        {
            Id = Word("id") is { Length: > 0 } id ? id : $"line {row.Line}",
            Line = row.Line,
            Source = source,
            Engine = Cell("backend"),
            EngineVersion = Word("backend_version"),
            ModelPath = Cell("model_path"),
            System = Cell("system"),
            Precision = PublishedNames.Precision(Word("precision")),
            Mode = Word("mode"),
            Disaggregated = Word("mode").StartsWith("disagg", StringComparison.OrdinalIgnoreCase),
            InputTokens = Count(table, row, "isl"),
            OutputTokens = Count(table, row, "osl"),
            Lengths = Word("lengths") is "" or "fixed" or "varied" or "nominal"
                ? Word("lengths")
                : throw new InvalidDataException(
                    $"lengths: found '{Word("lengths")}'; expected fixed, varied or nominal"
                ),
            Concurrency = int.TryParse(
                Field(source, "silicon_concurrency="),
                NumberStyles.Integer,
                CultureInfo.InvariantCulture,
                out var clients
            )
                ? clients
                : Whole("concurrency"),
            BatchSize = Whole("batch_size"),
            Measured =
                Stated(Word("measured"))
                ?? Day(Field(source, "measured="))
                ?? Day(Field(source, "source_file="))
                ?? Day(Field(source, "db-dump/")),
            Layout = Layout(""),
            PromptLayout = Layout("prefill_"),
            PromptWorkers = Whole("prefill_num_workers"),
            AnswerLayout = Layout("decode_"),
            AnswerWorkers = Whole("decode_num_workers"),
            TimeToFirstToken = Time("silicon_ttft_ms"),
            TimePerOutputToken = Time("silicon_tpot_ms"),
        };
    }

    private static string? Field(string source, string key)
    {
        var at = source.IndexOf(key, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }
        var end = source.IndexOf(';', at);
        return source[(at + key.Length)..(end < 0 ? source.Length : end)].Trim();
    }

    private static DateOnly? Day(string? text) =>
        text is { Length: >= 10 }
        && DateOnly.TryParseExact(
            text.AsSpan(0, 10),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;

    /// <summary>The day of a column of its own; null when it is silent.</summary>
    private static DateOnly? Stated(string text) =>
        text.Length == 0
            ? null
            : Day(text)
                ?? throw new InvalidDataException(
                    $"measured: found '{text}'; expected a day as yyyy-MM-dd"
                );

    private static int Count(CsvTable table, CsvRow row, string column)
    {
        var value = Number(table, row, column);
        return Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw new InvalidDataException(
                $"{column}: found '{table.Cell(row, column)}'; expected a number below 2^31"
            );
    }

    private static double Number(CsvTable table, CsvRow row, string column)
    {
        var text = table.Cell(row, column);
        return
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? value
            : throw new InvalidDataException($"{column}: found '{text}'; expected a finite number");
    }
}
