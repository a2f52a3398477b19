using MathNet.Numerics.LinearAlgebra;
using Plimsoll.Catalog;
using Plimsoll.Market.Motion;

namespace Plimsoll.Market.Hedonics;

/// <summary>The law by which a chip's rent follows from what it offers: a linear regression of log rents on <see cref="ChipNeeds"/> with a prior on each slope, and what is the chip's own.</summary>
/// <remarks>
/// log quality = sum of slope x need + own, own ~ N(0, <see cref="OwnDeviation"/>^2). Rosen 1974 (hedonic prices); Bayesian linear
/// regression in closed form (Lindley and Smith 1972). Slopes are grade D priors; the few chips quoted move them, and so, loosely, do the
/// prices of new chips: who lets a dearer one must ask more.
/// </remarks>
public sealed class HedonicLaw
{
    /// <summary>Prior mean and deviation of each slope, in the order of <see cref="ChipNeeds.Names"/>.</summary>
    /// <remarks>Rent is between a need met by arithmetic and one met by bandwidth, less than proportional to either; memory and precision add little.</remarks>
    public static IReadOnlyList<(double Mean, double Deviation)> Prior { get; } =
    [
        (0.35, 0.20),
        (0.05, 0.10),
        (0.35, 0.20),
        (0.10, 0.10),
        (0.10, 0.10),
        (0.35, 0.25),
        (-0.05, 0.06),
    ];

    /// <summary>Deviation of the log of rents over the log of prices of new chips, own prior.</summary>
    public const double PriceError = 0.5;

    /// <summary>What a chip earns beyond its needs, deviation of the logarithm, own prior.</summary>
    public const double OwnDeviation = 0.30;

    private readonly CatalogView _view;
    private readonly List<string> _chips;
    private readonly Vector<double> _mean;
    private readonly Matrix<double> _covariance;

    private HedonicLaw(
        CatalogView view,
        List<string> chips,
        Vector<double> mean,
        Matrix<double> covariance,
        IReadOnlyList<ChipRatio> ratios
    ) => (_view, _chips, _mean, _covariance, Ratios) = (view, chips, mean, covariance, ratios);

    /// <summary>The observed ratios that it rests on.</summary>
    public IReadOnlyList<ChipRatio> Ratios { get; }

    /// <summary>Slopes after the data, mean and deviation, in the order of <see cref="ChipNeeds.Names"/>.</summary>
    public IReadOnlyList<(double Mean, double Deviation)> Slopes =>
        [
            .. Enumerable
                .Range(0, ChipNeeds.Names.Count)
                .Select(i => (_mean[i], Math.Sqrt(_covariance[i, i]))),
        ];

    /// <summary>The law as the quotes visible on the day of the view have it.</summary>
    /// <param name="view">The catalogue of the day.</param>
    /// <param name="without">A chip whose ratios are left out, to score the law; null for none.</param>
    public static HedonicLaw Fit(CatalogView view, string? without = null)
    {
        var ratios = ChipRatio
            .Of(view)
            .Where(r => r.Chip != without && r.Other != without)
            .Where(r => Known(view, r.Chip) && Known(view, r.Other))
            .ToList();
        var chips = ratios
            .SelectMany(r => new[] { r.Chip, r.Other })
            .Where(c => c != ChipNeeds.Reference)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var slopes = ChipNeeds.Names.Count;
        var size = slopes + chips.Count;
        var mean = Vector<double>.Build.Dense(size);
        var covariance = Matrix<double>.Build.Dense(size, size);
        for (var i = 0; i < size; i++)
        {
            mean[i] = i < slopes ? Prior[i].Mean : 0;
            covariance[i, i] = Math.Pow(i < slopes ? Prior[i].Deviation : OwnDeviation, 2);
        }
        foreach (var ratio in ratios)
        {
            Learn(
                Row(view, chips, ratio.Chip, size) - Row(view, chips, ratio.Other, size),
                ratio.LogRatio,
                ratio.LogError
            );
        }
        foreach (var (chip, logRatio) in Prices(view, chips))
        {
            Learn(Row(view, chips, chip, size), logRatio, PriceError);
        }
        return new HedonicLaw(view, chips, mean, covariance, ratios);

        // One datum at a time: the Kalman gain of a scalar.
        void Learn(Vector<double> row, double logRatio, double error)
        {
            var spread = covariance * row;
            var variance = (row * spread) + (error * error);
            mean += spread * ((logRatio - (row * mean)) / variance);
            covariance -= spread.OuterProduct(spread) / variance;
        }
    }

    /// <summary>Logs of what new chips cost over an H100, where both are known on the day: who lets a dearer chip must ask more for it.</summary>
    private static IEnumerable<(string Chip, double LogRatio)> Prices(
        CatalogView view,
        IEnumerable<string> chips
    )
    {
        if (NewPrice.Dollars(view, "us", ChipNeeds.Reference) is not { } reference)
        {
            yield break;
        }
        foreach (var entry in view.Entries(Accelerator.Kind))
        {
            if (
                entry.Name != ChipNeeds.Reference
                // Announced, not yet described.
                && entry.TextOrNull("vendor") is not null
                && NewPrice.Dollars(view, "us", entry.Name) is { } price
            )
            {
                yield return (entry.Name, Math.Log(price / reference));
            }
        }
    }

    /// <summary>Log quality of a chip over an H100, with its deviation.</summary>
    /// <exception cref="KeyNotFoundException">The chip is not known on the day.</exception>
    public (double Mean, double Deviation) Quality(string chip)
    {
        if (chip == ChipNeeds.Reference)
        {
            return (0, 0);
        }
        var row = Row(_view, _chips, chip, _mean.Count);
        var variance = row * (_covariance * row);
        if (!Quoted(chip))
        {
            variance += OwnDeviation * OwnDeviation;
        }
        return (row * _mean, Math.Sqrt(variance));
    }

    /// <summary>True when the chip has rents of its own beside those of another chip.</summary>
    public bool Quoted(string chip) => chip == ChipNeeds.Reference || _chips.Contains(chip);

    private static bool Known(CatalogView view, string chip) =>
        view.Find(Accelerator.Kind, chip) is not null;

    private static Vector<double> Row(CatalogView view, List<string> chips, string chip, int size)
    {
        var row = Vector<double>.Build.Dense(size);
        if (chip == ChipNeeds.Reference)
        {
            return row;
        }
        var values = ChipNeeds.Of(view, chip).Values;
        for (var i = 0; i < values.Length; i++)
        {
            row[i] = values[i];
        }
        if (chips.IndexOf(chip) is >= 0 and var own)
        {
            row[values.Length + own] = 1;
        }
        return row;
    }
}
