using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;

namespace Plimsoll.Serving.Validation;

/// <summary>Step time of DeepSeek-V3 on one H800 of an expert-parallel unit, put together from measured kernel times: nothing in it is fitted.</summary>
/// <remarks>
/// Kernels: alibaba/InferSim, Apache-2.0 (catalog/derived/kernels-h800.csv): matrices in FP8, latent attention in BF16, grouped expert matrices. Communication: DeepEP's published
/// bandwidths, 39.5 GB/s a GPU in decode on 128 GPUs (each token to its eight experts) and 44 GB/s in prefill on 32 (each token to at most four nodes), FP8 out and BF16 back.
/// Two half-batches take turns, so a layer lasts as long as the longer of computing and communication. Norms, rotary and routing kernels are not in the tables and not in the law.
/// Absorbing keys and values takes two products of 128 heads of 512 by 128; the table has each as one plain matrix, 16,384 by 512 and 65,536 by 128. The second is one
/// column of tiles, which no batched kernel is, so both are given the time of the first; with the second as it stands, decode at 21 tokens a second comes out 27 % lower.
/// A batch is that of one GPU; the unit's GPUs are evenly loaded.
/// </remarks>
public sealed class KernelTableLaw : IStepLaw
{
    private const int Layers = 61;
    private const int DenseLayers = 3;
    private const int Hidden = 7168;
    private const double DecodeLink = 39.5e9;
    private const double PrefillLink = 44e9;
    private const double BytesOutAndBack = 3;
    private const int ActiveExperts = 8;
    private const int RemoteNodes = 3;
    private static readonly (int K, int N)[] _attention =
    [
        (Hidden, 1536),
        (1536, 24_576),
        (Hidden, 576),
        (16_384, 512),
        (16_384, 512),
        (16_384, Hidden),
    ];
    private static readonly (int K, int N)[] _shared = [(Hidden, 4096), (2048, Hidden)];
    private static readonly (int K, int N)[] _dense = [(Hidden, 36_864), (18_432, Hidden)];
    private readonly Dictionary<(int, int), MeasuredCurve> _gemms = [];
    private readonly MeasuredCurve _experts;
    private readonly MeasuredCurve _promptAttention;
    private readonly double[] _kv;
    private readonly MeasuredCurve[] _attentionAtKv;
    private readonly bool _decodes;
    private readonly double _host;

    /// <summary>Builds the law of one GPU.</summary>
    /// <param name="view">The catalogue.</param>
    /// <param name="decodes">True for a decode unit with two routed experts a GPU, false for a prefill unit with eight.</param>
    /// <param name="kvTokens">Tokens its KV cache holds.</param>
    /// <param name="hostSeconds">Host work of a step.</param>
    /// <exception cref="InvalidDataException">The kernel table is not known on the day of the view.</exception>
    public KernelTableLaw(CatalogView view, bool decodes, long kvTokens, double hostSeconds)
    {
        _decodes = decodes;
        _host = hostSeconds;
        KvCapacityTokens = kvTokens;
        var table =
            view.Derived("kernels-h800")
            ?? throw new InvalidDataException(
                $"The kernel times of the H800 are not known as of {view.AsOf:yyyy-MM-dd}."
            );
        double Number(CsvRow row, string column) =>
            double.Parse(
                table.Cell(row, column),
                System.Globalization.CultureInfo.InvariantCulture
            );
        MeasuredCurve Curve(string kernel, Func<CsvRow, bool> which) =>
            new(
                table
                    .Rows.Where(r => table.Cell(r, "kernel") == kernel && which(r))
                    .Select(r => (Number(r, "tokens"), Number(r, "microseconds") * 1e-6))
            );
        foreach (var (k, n) in _attention.Concat(_shared).Concat(_dense).Distinct())
        {
            _gemms[(k, n)] = Curve("gemm", r => Number(r, "k") == k && Number(r, "n") == n);
        }
        _experts = Curve("experts", r => Number(r, "k") == (decodes ? 2 : 8));
        _promptAttention = Curve("mla_prefill", _ => true);
        _kv =
        [
            .. table
                .Rows.Where(r => table.Cell(r, "kernel") == "mla_decode")
                .Select(r => Number(r, "kv"))
                .Distinct()
                .Order(),
        ];
        _attentionAtKv = Array.ConvertAll(
            _kv,
            kv => Curve("mla_decode", r => Number(r, "kv") == kv)
        );
    }

    /// <inheritdoc/>
    public long KvCapacityTokens { get; }

    /// <inheritdoc/>
    public int Accelerators => 1;

    /// <inheritdoc/>
    public double RequestOverheadSeconds => 0;

    /// <summary>Seconds of a step.</summary>
    public double Seconds(in BatchShape batch) => Segment(batch).Seconds(batch.KvTokens);

    /// <inheritdoc/>
    public StepSegment Segment(in BatchShape batch)
    {
        var half = (batch.DecodeSequences + batch.PrefillTokens) / 2.0;
        var straight =
            Sum(_attention, half)
            + (Layers - DenseLayers) / (double)Layers * (Sum(_shared, half) + _experts.At(half))
            + (DenseLayers / (double)Layers * Sum(_dense, half))
            + Prompts(batch);
        var link =
            half
            * Hidden
            * BytesOutAndBack
            * (_decodes ? ActiveExperts / DecodeLink : RemoteNodes / PrefillLink);
        var (low, slope, valid) = Attention(batch);
        // Both halves of a layer last as long as the longer of the two sides.
        var (a, g) = (straight + low, slope);
        var now = a + (g * batch.KvTokens);
        if (now < link)
        {
            var crossing = g > 0 ? (long)((link - a) / g) : long.MaxValue;
            return new StepSegment(
                _host + (2 * Layers * link),
                0,
                Math.Max(batch.KvTokens, Math.Min(valid, crossing))
            );
        }
        return new StepSegment(_host + (2 * Layers * a), 2 * Layers * g, valid);
    }

    /// <summary>Decode attention of a half-batch as a line in the KV tokens of the whole batch.</summary>
    private (double Base, double Slope, long Valid) Attention(in BatchShape batch)
    {
        if (batch.DecodeSequences == 0)
        {
            return (0, 0, long.MaxValue);
        }
        var half = batch.DecodeSequences / 2.0;
        var mean = (double)batch.KvTokens / batch.DecodeSequences;
        var place = 1;
        while (place < _kv.Length - 1 && mean > _kv[place])
        {
            place++;
        }
        var (from, to) = (_kv[place - 1], _kv[place]);
        var (low, high) = (_attentionAtKv[place - 1].At(half), _attentionAtKv[place].At(half));
        var slope = Math.Max(0, (high - low) / (to - from));
        var valid =
            place == _kv.Length - 1
                ? long.MaxValue
                : Math.Max(batch.KvTokens, (long)(to * batch.DecodeSequences));
        return (low - (slope * from), slope / batch.DecodeSequences, valid);
    }

    /// <summary>Prompt attention of a half-batch: the time of the measured square of 4,096 tokens, by its pairs of tokens.</summary>
    private double Prompts(in BatchShape batch) =>
        batch.PrefillTokens == 0
            ? 0
            : _promptAttention.At(4096) * (batch.PrefillContextTokens / 2) / (4096.0 * 4097 / 2);

    private double Sum((int K, int N)[] matrices, double tokens) =>
        matrices.Sum(m => _gemms[m].At(tokens));
}

/// <summary>Times measured at some numbers of tokens, straight lines between them, in proportion beyond the last, constant before the first.</summary>
internal sealed class MeasuredCurve
{
    private readonly double[] _tokens;
    private readonly double[] _seconds;

    public MeasuredCurve(IEnumerable<(double Tokens, double Seconds)> points)
    {
        var sorted = points.OrderBy(p => p.Tokens).ToArray();
        if (sorted.Length == 0)
        {
            throw new InvalidDataException("A kernel of the law stands in no row of the table.");
        }
        _tokens = Array.ConvertAll(sorted, p => p.Tokens);
        _seconds = Array.ConvertAll(sorted, p => p.Seconds);
    }

    public double At(double tokens)
    {
        if (tokens <= _tokens[0])
        {
            return _seconds[0];
        }
        for (var i = 1; i < _tokens.Length; i++)
        {
            if (tokens <= _tokens[i])
            {
                var share = (tokens - _tokens[i - 1]) / (_tokens[i] - _tokens[i - 1]);
                return _seconds[i - 1] + (share * (_seconds[i] - _seconds[i - 1]));
            }
        }
        return _seconds[^1] * tokens / _tokens[^1];
    }
}
