namespace Plimsoll.Performance.Training.Fitting;

/// <summary>Fits effects of levels on the training coefficients by damped Gauss-Newton steps on logarithmic errors, with a ridge on every effect.</summary>
/// <remarks>Each table weighs alike, whatever its rows; errors weigh as under a Student distribution with four degrees of freedom, so that single odd runs do not pull. Deterministic.</remarks>
public sealed class TrainingFit
{
    private const int _c = TrainingCoefficients.Count;
    private const int _iterations = 40;
    private const double _student = 4;
    private const double _difference = 1e-4;
    private const double _leastScale = 0.03;

    // How far an effect may lie from its wider level: standard deviations of a normal prior on the logarithm, kind of level times coefficient. Grade D, the same for all sizes and tables.
    private static readonly Dictionary<string, double> _kinds = new(StringComparer.Ordinal)
    {
        ["all"] = 0.5,
        ["family"] = 0.3,
        ["software"] = 1,
        ["software+family"] = 0.6,
    };

    // In the order of the coefficients: what is known within a tenth varies little, latencies of hosts vary twofold.
    private static readonly double[] _spreads =
    [
        0.15,
        0.3,
        0.5,
        0.5,
        0.4,
        0.5,
        0.7,
        1,
        1,
        0.2,
        0.25,
        0.3,
        0.15,
        0.15,
        0.3,
    ];

    private readonly TrainingPoint[] _points;
    private readonly int[][] _levels;
    private readonly double[] _weights;
    private readonly double[] _spread;
    private readonly double[] _mean;
    private readonly string[] _names;
    private double _scale = 0.2;

    private TrainingFit(IReadOnlyList<TrainingPoint> points)
    {
        _points = [.. points];
        var tables = points
            .GroupBy(p => p.Table, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        _weights = [.. points.Select(p => points.Count / (double)tables.Count / tables[p.Table])];
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        _levels =
        [
            .. points.Select(p =>
                TrainingLevels
                    .Of(p.Run)
                    .Select(level =>
                    {
                        if (!index.TryGetValue(level, out var id))
                        {
                            index[level] = id = index.Count;
                        }
                        return id;
                    })
                    .ToArray()
            ),
        ];
        _names = [.. index.OrderBy(p => p.Value).Select(p => p.Key)];
        _spread = new double[_names.Length * _c];
        for (var level = 0; level < _names.Length; level++)
        {
            var colon = _names[level].IndexOf(':', StringComparison.Ordinal);
            var kind = _kinds[colon < 0 ? _names[level] : _names[level][..colon]];
            for (var k = 0; k < _c; k++)
            {
                _spread[(level * _c) + k] = kind * _spreads[k];
            }
        }
        _mean = new double[_spread.Length];
        TrainingCoefficients.Prior.CopyTo(_mean.AsSpan(index[TrainingLevels.All] * _c, _c));
    }

    /// <summary>Fits effects by level.</summary>
    /// <exception cref="ArgumentException">There are no points.</exception>
    public static IReadOnlyDictionary<string, double[]> Run(IReadOnlyList<TrainingPoint> points)
    {
        if (points.Count == 0)
        {
            throw new ArgumentException("There is no usable point to fit on.", nameof(points));
        }
        var fit = new TrainingFit(points);
        var effects = fit.Descend();
        var result = new Dictionary<string, double[]>(StringComparer.Ordinal);
        for (var i = 0; i < fit._names.Length; i++)
        {
            result[fit._names[i]] = effects[(i * _c)..((i + 1) * _c)];
        }
        return result;
    }

    private double[] Descend()
    {
        var effects = (double[])_mean.Clone();
        var residual = Residuals(effects);
        var damping = 1e-2;
        for (var iteration = 0; iteration < _iterations; iteration++)
        {
            _scale = Spread(residual);
            var now = Cost(effects, residual);
            var (matrix, right) = Normal(effects, residual);
            var improved = false;
            for (var attempt = 0; attempt < 8 && !improved; attempt++)
            {
                var step = Solve(matrix, right, damping);
                double[] trial = [.. effects.Zip(step, (e, s) => e + s)];
                var tried = Residuals(trial);
                if (Cost(trial, tried) < now - 1e-9)
                {
                    (effects, residual) = (trial, tried);
                    damping = Math.Max(1e-6, damping / 5);
                    improved = true;
                }
                else
                {
                    damping *= 8;
                }
            }
            if (!improved)
            {
                break;
            }
        }
        return effects;
    }

    private void Coefficients(double[] effects, int point, Span<double> logs)
    {
        logs.Clear();
        foreach (var level in _levels[point])
        {
            for (var k = 0; k < _c; k++)
            {
                logs[k] += effects[(level * _c) + k];
            }
        }
    }

    private double[] Residuals(double[] effects)
    {
        Span<double> logs = stackalloc double[_c];
        var residual = new double[_points.Length];
        for (var i = 0; i < residual.Length; i++)
        {
            Coefficients(effects, i, logs);
            residual[i] =
                _points[i].LogSeconds - _points[i].Predict(TrainingCoefficients.FromLogs(logs));
        }
        return residual;
    }

    private static double Spread(double[] residual)
    {
        double[] errors = [.. residual.Select(Math.Abs).Order()];
        return Math.Max(_leastScale, 1.4826 * errors[errors.Length / 2]);
    }

    private double Cost(double[] effects, double[] residual)
    {
        double cost = 0;
        for (var i = 0; i < residual.Length; i++)
        {
            var z = residual[i] / _scale;
            cost += _weights[i] * (_student + 1) * Math.Log(1 + (z * z / _student));
        }
        for (var j = 0; j < effects.Length; j++)
        {
            var z = (effects[j] - _mean[j]) / _spread[j];
            cost += z * z;
        }
        return cost;
    }

    private (double[,] Matrix, double[] Right) Normal(double[] effects, double[] residual)
    {
        var size = effects.Length;
        var matrix = new double[size, size];
        var right = new double[size];
        Span<double> logs = stackalloc double[_c];
        Span<double> slope = stackalloc double[_c];
        for (var i = 0; i < _points.Length; i++)
        {
            Coefficients(effects, i, logs);
            for (var k = 0; k < _c; k++)
            {
                var keep = logs[k];
                logs[k] = keep + _difference;
                var moved =
                    _points[i].LogSeconds - _points[i].Predict(TrainingCoefficients.FromLogs(logs));
                logs[k] = keep;
                slope[k] = (residual[i] - moved) / _difference;
            }
            var z = residual[i] / _scale;
            var weight = _weights[i] * (_student + 1) / (_student + (z * z)) / (_scale * _scale);
            foreach (var a in _levels[i])
            {
                for (var k = 0; k < _c; k++)
                {
                    var row = (a * _c) + k;
                    right[row] += weight * slope[k] * residual[i];
                    foreach (var b in _levels[i])
                    {
                        for (var l = 0; l < _c; l++)
                        {
                            matrix[row, (b * _c) + l] += weight * slope[k] * slope[l];
                        }
                    }
                }
            }
        }
        for (var j = 0; j < size; j++)
        {
            var ridge = 1 / (_spread[j] * _spread[j]);
            matrix[j, j] += ridge;
            right[j] -= ridge * (effects[j] - _mean[j]);
        }
        return (matrix, right);
    }

    // Cholesky of the damped normal matrix.
    private static double[] Solve(double[,] matrix, double[] right, double damping)
    {
        var n = right.Length;
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j] * (i == j ? 1 + damping : 1);
                for (var k = 0; k < j; k++)
                {
                    sum -= l[i, k] * l[j, k];
                }
                l[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / l[j, j];
            }
        }
        var x = new double[n];
        for (var i = 0; i < n; i++)
        {
            var sum = right[i];
            for (var k = 0; k < i; k++)
            {
                sum -= l[i, k] * x[k];
            }
            x[i] = sum / l[i, i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            var sum = x[i];
            for (var k = i + 1; k < n; k++)
            {
                sum -= l[k, i] * x[k];
            }
            x[i] = sum / l[i, i];
        }
        return x;
    }
}
