using System.Globalization;
using System.Text;
using Plimsoll.Inputs;

namespace Plimsoll.Performance.Kernels;

/// <summary>How near kernels of one kind come to a chip's peaks, with the error of saying so.</summary>
/// <param name="Chip">Catalogue name of the chip.</param>
/// <param name="Work">Kind of kernel.</param>
/// <param name="Compute">Part of the peak rate reached by shapes that the rate bounds; not a number without such shapes.</param>
/// <param name="Memory">Part of the memory bandwidth reached by shapes that memory bounds; not a number without such shapes.</param>
/// <param name="LaunchSeconds">Seconds of the shortest kernels: what a launch costs at least.</param>
/// <param name="Count">Measured kernels.</param>
/// <param name="MedianError">Median of |predicted / measured - 1| over them, predicted from the three numbers before, each kernel left out of them in turn by shape parity.</param>
/// <param name="P90Error">90th percentile of the same.</param>
public sealed record KernelEfficiency(
    string Chip,
    KernelWork Work,
    double Compute,
    double Memory,
    double LaunchSeconds,
    int Count,
    double MedianError,
    double P90Error
)
{
    /// <summary>Name of the artefact shipped in the catalogue.</summary>
    public const string TableName = "inference-kernels";

    /// <summary>Columns of stored efficiencies.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "chip",
        "work",
        "compute",
        "memory",
        "launch_seconds",
        "count",
        "median_error",
        "p90_error",
        "data_to",
    ];

    // A side bounds a kernel when its ideal time is the longer one, clear of the corner of the roof.
    private const double _bound = 1.15;

    // Kernels shorter than this say more of the launch than of a peak.
    private const double _shortest = 3e-5;

    /// <summary>Measures the efficiencies of every kind of kernel on every chip.</summary>
    public static IReadOnlyList<KernelEfficiency> Fit(IEnumerable<KernelPoint> points) =>
        [
            .. points
                .GroupBy(p => (p.Chip, p.Work))
                .OrderBy(g => g.Key.Chip, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Work)
                .Select(g => Fit(g.Key.Chip, g.Key.Work, [.. g])),
        ];

    private static KernelEfficiency Fit(string chip, KernelWork work, KernelPoint[] points)
    {
        var all = Of(points);
        double[] errors =
        [
            .. points.Select(
                (p, i) =>
                {
                    // Half of the kernels, chosen by place in the table, predict the other half.
                    var other = Of([.. points.Where((_, j) => j % 2 != i % 2)]);
                    return Math.Abs((Predict(p, other) / p.Seconds) - 1);
                }
            ),
        ];
        return new KernelEfficiency(
            chip,
            work,
            all.Compute,
            all.Memory,
            all.Launch,
            points.Length,
            Performance.Fitting.TimeErrors.Quantile(errors, 0.5),
            Performance.Fitting.TimeErrors.Quantile(errors, 0.9)
        );
    }

    private static (double Compute, double Memory, double Launch) Of(KernelPoint[] points)
    {
        static double Median(IEnumerable<double> values)
        {
            var list = values.ToList();
            return list.Count == 0
                ? double.NaN
                : Performance.Fitting.TimeErrors.Quantile(list, 0.5);
        }
        var compute = Median(
            points
                .Where(p =>
                    p.ComputeSeconds > _bound * p.MemorySeconds && p.ComputeSeconds > _shortest
                )
                .Select(p => p.ComputeSeconds / p.Seconds)
        );
        // The ridge as the chip reaches it: near its peak's own, a rate half reached bounds what memory should.
        var reached = double.IsNaN(compute) ? 1 : Math.Min(1, compute);
        return (
            compute,
            Median(
                points
                    .Where(p =>
                        p.MemorySeconds > _bound * p.ComputeSeconds / reached
                        && p.MemorySeconds > _shortest
                    )
                    .Select(p => p.MemorySeconds / p.Seconds)
            ),
            Performance.Fitting.TimeErrors.Quantile(points.Select(p => p.Seconds), 0.02)
        );
    }

    private static double Predict(
        in KernelPoint p,
        in (double Compute, double Memory, double Launch) e
    )
    {
        var compute = double.IsNaN(e.Compute) ? 0 : p.ComputeSeconds / e.Compute;
        var memory = double.IsNaN(e.Memory) ? 0 : p.MemorySeconds / e.Memory;
        return Math.Pow(Math.Pow(compute, 4) + Math.Pow(memory, 4) + Math.Pow(e.Launch, 4), 0.25);
    }

    /// <summary>Writes the rows that <see cref="Read"/> reads.</summary>
    /// <param name="efficiencies">What to write.</param>
    /// <param name="dataTo">Day by which the kernels were published.</param>
    public static string ToCsv(IEnumerable<KernelEfficiency> efficiencies, DateOnly dataTo)
    {
        var text = new StringBuilder();
        text.Append(string.Join(',', Columns)).Append('\n');
        static string Number(double value) =>
            double.IsNaN(value) ? "" : value.ToString("G5", CultureInfo.InvariantCulture);
        foreach (var e in efficiencies)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{e.Chip},{e.Work},{Number(e.Compute)},{Number(e.Memory)},{Number(e.LaunchSeconds)},{e.Count},{Number(e.MedianError)},{Number(e.P90Error)},{dataTo:yyyy-MM-dd}\n"
            );
        }
        return text.ToString();
    }

    /// <summary>Reads stored rows.</summary>
    /// <exception cref="InvalidDataException">A row holds an unknown kind of kernel.</exception>
    public static IReadOnlyList<KernelEfficiency> Read(CsvTable table) =>
        [
            .. table.Rows.Select(row =>
            {
                double Number(string column) =>
                    double.TryParse(
                        table.Cell(row, column),
                        NumberStyles.Float,
                        CultureInfo.InvariantCulture,
                        out var value
                    )
                        ? value
                        : double.NaN;
                return Enum.TryParse<KernelWork>(table.Cell(row, "work"), out var work)
                    ? new KernelEfficiency(
                        table.Cell(row, "chip"),
                        work,
                        Number("compute"),
                        Number("memory"),
                        Number("launch_seconds"),
                        (int)Number("count"),
                        Number("median_error"),
                        Number("p90_error")
                    )
                    : throw new InvalidDataException(
                        $"{table.File}:{row.Line}: work: found '{table.Cell(row, "work")}'; expected one of {string.Join(", ", Enum.GetNames<KernelWork>())}."
                    );
            }),
        ];

    /// <summary>Effects on the law's coefficients for a chip whose kernels were measured but that served no measured point.</summary>
    /// <param name="efficiencies">Stored efficiencies.</param>
    /// <param name="chip">The chip.</param>
    /// <returns>Effects in the order of <see cref="LawCoefficients.Names"/>; null when the chip has no kernels.</returns>
    /// <remarks>
    /// The efficiencies that served points show are below those of single kernels: norms, quantising and gaps come in between. What a chip shares is the ratio between the two.
    /// So the chip's kernels are set against those of H800, whose multiprocessors are H100's, the chip that stands for the family among the served points.
    /// </remarks>
    public static double[]? Effects(IReadOnlyList<KernelEfficiency> efficiencies, string chip)
    {
        KernelEfficiency? Of(string name, KernelWork work) =>
            efficiencies.FirstOrDefault(e => e.Chip == name && e.Work == work);
        if (efficiencies.All(e => e.Chip != chip))
        {
            return null;
        }
        // On the scale of the odds, on which effects on parts between 0 and 1 add; shapes at the peak itself are counted just below it.
        double Ratio(KernelWork work, Func<KernelEfficiency, double> side) =>
            Of(chip, work) is { } here
            && Of(_reference, work) is { } there
            && Odds(side(here)) - Odds(side(there)) is var ratio
            && double.IsFinite(ratio)
                ? ratio
                : 0;
        var effects = new double[LawCoefficients.Count];
        void Set(string name, double value) =>
            effects[LawCoefficients.Names.ToList().IndexOf(name)] = value;
        var matrix = Ratio(KernelWork.Matrix, e => e.Compute);
        Set("compute_efficiency", matrix);
        Set("expert_efficiency", Ratio(KernelWork.Experts, e => e.Compute) - matrix);
        Set("score_efficiency", Ratio(KernelWork.PromptAttention, e => e.Compute));
        // Matrices of few rows cost a whole tile. On a chip of little rate that hides its memory: such a chip has no such row, and its weights take the family's share.
        Set("weight_efficiency", Ratio(KernelWork.Matrix, e => e.Memory));
        Set("cache_efficiency", Ratio(KernelWork.DecodeAttention, e => e.Memory));
        return effects;
    }

    private static double Odds(double part) => LawCoefficients.Odds(Math.Clamp(part, 0.01, 0.97));

    private const string _reference = "H800 SXM5";
}
