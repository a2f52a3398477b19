using MathNet.Numerics.LinearAlgebra;
using Plimsoll.Catalog;

namespace Plimsoll.Market.Filling;

/// <summary>What can be observed of an operator and a site before anybody knows whether it fills.</summary>
public sealed record FillObservables
{
    /// <summary>Share captive or let before it is ready, 0 to 1.</summary>
    public double Committed { get; init; }

    /// <summary>True when grid power is missing or late.</summary>
    public bool Unpowered { get; init; }

    /// <summary>Months for which the operator has let accelerators to others; 0 for a newcomer.</summary>
    public double MonthsInOperation { get; init; }

    /// <summary>Accelerators that the operator runs for others, at least 0.</summary>
    public double AcceleratorsRun { get; init; }

    /// <summary>True when it holds certificates or a record of service levels.</summary>
    public bool ServiceRecord { get; init; }

    /// <summary>True when it has salespeople or a marketplace of its own.</summary>
    public bool SalesChannel { get; init; }

    /// <summary>Share of its chip's stock in the market that the centre is, 0 to 1.</summary>
    public double ShareOfStock { get; init; }
}

/// <summary>The odds that a centre fills, from what can be observed: a small logistic law with a prior on every slope.</summary>
/// <remarks>
/// log odds = constant + slope x observable. Three slopes are fitted to the centres whose fate is known; the others are own priors that no
/// published fate moves. Newton's steps to the posterior mode, its curvature as covariance (Laplace; MacKay 1992). Its interval is wide.
/// </remarks>
public sealed class FillLaw
{
    /// <summary>Names of the fitted terms.</summary>
    public static IReadOnlyList<string> Terms { get; } =
    ["constant", "committed", "unpowered", "newcomer"];

    /// <summary>Prior mean and deviation of the fitted terms, own prior: a commitment and power matter, by how much is for the data.</summary>
    public static IReadOnlyList<(double Mean, double Deviation)> Prior { get; } =
    [(0, 1), (1, 1), (-1, 1), (-0.5, 0.7)];

    // Slopes that nothing published moves, grade D: mean and deviation.
    private static readonly (double Mean, double Deviation) _years = (0.15, 0.10);
    private static readonly (double Mean, double Deviation) _run = (0.10, 0.08);
    private static readonly (double Mean, double Deviation) _record = (0.4, 0.3);
    private static readonly (double Mean, double Deviation) _sales = (0.4, 0.3);

    /// <summary>Slope of the log odds on the share of its chip's stock that a centre is, mean and deviation; own prior, grade D: no published fate moves it.</summary>
    public static (double Mean, double Deviation) Size { get; } = (-3, 1.5);

    private readonly Vector<double> _mean;
    private readonly Matrix<double> _covariance;

    private FillLaw(Vector<double> mean, Matrix<double> covariance, int centres) =>
        (_mean, _covariance, Centres) = (mean, covariance, centres);

    /// <summary>Centres that it is fitted on.</summary>
    public int Centres { get; }

    /// <summary>The fitted terms, mean and deviation, in the order of <see cref="Terms"/>.</summary>
    public IReadOnlyList<(double Mean, double Deviation)> Fitted =>
        [.. Terms.Select((_, i) => (_mean[i], Math.Sqrt(_covariance[i, i])))];

    /// <summary>The law as the fates known on the day of the view have it.</summary>
    public static FillLaw Of(CatalogView view) => Fit(FilledCentre.Of(view));

    /// <summary>The law fitted on some centres; the prior alone on none.</summary>
    public static FillLaw Fit(IReadOnlyList<FilledCentre> centres)
    {
        var size = Terms.Count;
        var mean = Vector<double>.Build.Dense(size, i => Prior[i].Mean);
        var precision = Matrix<double>.Build.Dense(size, size);
        for (var step = 0; step < 50; step++)
        {
            var slope = Vector<double>.Build.Dense(
                size,
                i => -(mean[i] - Prior[i].Mean) / Math.Pow(Prior[i].Deviation, 2)
            );
            precision = Matrix<double>.Build.DenseDiagonal(
                size,
                size,
                i => 1 / Math.Pow(Prior[i].Deviation, 2)
            );
            foreach (var centre in centres)
            {
                var row = Row(centre);
                var odds = Logistic(row * mean);
                slope += row * (centre.Fill - odds);
                precision += row.OuterProduct(row) * (odds * (1 - odds));
            }
            var move = precision.Solve(slope);
            mean += move;
            if (move.AbsoluteMaximum() < 1e-10)
            {
                break;
            }
        }
        return new FillLaw(mean, precision.Inverse(), centres.Count);
    }

    /// <summary>Expected fill of a known centre by this law: for scoring where it was left out.</summary>
    public double Fill(FilledCentre centre) => Logistic(Row(centre) * _mean);

    /// <summary>Log odds that a centre fills, mean and deviation.</summary>
    public (double Mean, double Deviation) LogOdds(FillObservables seen)
    {
        var newcomer = Math.Exp(-seen.MonthsInOperation / 12);
        var row = Vector<double>.Build.DenseOfArray([
            1,
            seen.Committed,
            seen.Unpowered ? 1 : 0,
            newcomer,
        ]);
        var years = Math.Min(5, seen.MonthsInOperation / 12);
        var run = Math.Log10(1 + seen.AcceleratorsRun);
        // What is committed needs neither sales nor a market that takes its size.
        var merchant = 1 - seen.Committed;
        (double X, (double Mean, double Deviation) Slope)[] others =
        [
            (years, _years),
            (run, _run),
            (seen.ServiceRecord ? 1 : 0, _record),
            (seen.SalesChannel ? merchant : 0, _sales),
            (seen.ShareOfStock * merchant, Size),
        ];
        var mean = (row * _mean) + others.Sum(o => o.X * o.Slope.Mean);
        var variance =
            (row * (_covariance * row)) + others.Sum(o => Math.Pow(o.X * o.Slope.Deviation, 2));
        return (mean, Math.Sqrt(variance));
    }

    /// <summary>Log odds of the middle merchant operator: nothing committed, power on time, a year in operation, a thousand accelerators, and as often with as without a record or a channel.</summary>
    /// <remarks>What an operator is judged against; its own uncertainty cancels in the comparison.</remarks>
    public double Middle => (LogOdds(Merchant(false)).Mean + LogOdds(Merchant(true)).Mean) / 2;

    private static FillObservables Merchant(bool known) =>
        new()
        {
            MonthsInOperation = 12,
            AcceleratorsRun = 1000,
            ServiceRecord = known,
            SalesChannel = known,
        };

    /// <summary>The chance of a log odds.</summary>
    public static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    private static Vector<double> Row(FilledCentre centre) =>
        Vector<double>.Build.DenseOfArray([1, centre.Committed, centre.Unpowered, centre.Newcomer]);
}
