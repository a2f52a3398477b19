namespace Plimsoll.Performance.Fitting;

/// <summary>Fits effects of levels on the coefficients by damped Gauss-Newton steps on logarithmic errors, with a ridge on every effect.</summary>
/// <remarks>
/// A point's coefficients are sums of effects on the scale on which they add, so the derivative by an effect is the derivative by the coefficient: thirty
/// evaluations a point give the whole Jacobian, and conjugate gradients solve the step without forming a matrix. Errors weigh as under a Student
/// distribution with four degrees of freedom, so that single odd runs do not pull. Deterministic: one thread, fixed order.
/// </remarks>
public sealed class EffectFit
{
    private const int _c = LawCoefficients.Count;
    private const int _iterations = 20;
    private const int _conjugateSteps = 80;
    private const double _student = 4;
    private const double _difference = 1e-4;

    // Scales shrink as the fit improves, so the first steps may gain little; later ones that gain so little of the cost gain nothing.
    private const int _least = 8;
    private const double _settled = 1e-4;

    // Scatter of repeats sets the finest errors that carry information.
    private const double _leastScale = 0.02;

    private readonly FitPoint[] _points;
    private readonly int[][] _levels;
    private readonly double[] _weights;
    private readonly double[] _spread;
    private readonly double[] _mean;
    private readonly string[] _names;
    private readonly IReadOnlyDictionary<string, double[]>? _prior;

    /// <summary>Prepares a fit.</summary>
    /// <param name="points">Points to fit.</param>
    /// <param name="levelsOf">Levels a point belongs to.</param>
    /// <param name="weightOf">Weight of a point, above 0.</param>
    /// <param name="prior">Effects to which the ridge holds, by level; null for the assumed law.</param>
    public EffectFit(
        IReadOnlyList<FitPoint> points,
        Func<FitPoint, IEnumerable<string>> levelsOf,
        Func<FitPoint, double> weightOf,
        IReadOnlyDictionary<string, double[]>? prior = null
    )
    {
        _points = [.. points];
        _weights = [.. points.Select(weightOf)];
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        _levels = new int[_points.Length][];
        for (var i = 0; i < _points.Length; i++)
        {
            _levels[i] =
            [
                .. levelsOf(_points[i])
                    .Select(level =>
                    {
                        if (!index.TryGetValue(level, out var id))
                        {
                            index[level] = id = index.Count;
                        }
                        return id;
                    }),
            ];
        }
        _names = [.. index.OrderBy(p => p.Value).Select(p => p.Key)];
        _spread = new double[_names.Length * _c];
        _mean = new double[_spread.Length];
        for (var level = 0; level < _names.Length; level++)
        {
            for (var k = 0; k < _c; k++)
            {
                _spread[(level * _c) + k] = EffectSpread.Of(_names[level], k);
            }
        }
        LawCoefficients.Prior.CopyTo(_mean.AsSpan(index[CalibrationLevels.All] * _c, _c));
        _prior = prior;
        foreach (var (level, effects) in prior ?? new Dictionary<string, double[]>())
        {
            if (index.TryGetValue(level, out var id))
            {
                effects.CopyTo(_mean.AsSpan(id * _c, _c));
            }
        }
        Effects = [.. _mean];
    }

    /// <summary>Names of the levels, in the order of <see cref="Effects"/>.</summary>
    public IReadOnlyList<string> Levels => _names;

    /// <summary>The effects: for each level, one per coefficient.</summary>
    public double[] Effects { get; private set; }

    /// <summary>The effects by level, those of the prior kept where the points say nothing.</summary>
    public IReadOnlyDictionary<string, double[]> ByLevel()
    {
        var result = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var (level, effects) in _prior ?? new Dictionary<string, double[]>())
        {
            result[level] = effects;
        }
        for (var i = 0; i < _names.Length; i++)
        {
            result[_names[i]] = Effects[(i * _c)..((i + 1) * _c)];
        }
        return result;
    }

    /// <summary>Spread of errors of the time per output token after the fit.</summary>
    public double PerTokenScale { get; private set; } = 0.2;

    /// <summary>Spread of errors of the time to first token after the fit.</summary>
    public double FirstTokenScale { get; private set; } = 0.5;

    /// <summary>Fits.</summary>
    public void Run()
    {
        var n = _points.Length;
        var residual = new double[2 * n];
        var jacobian = new double[2 * n * _c];
        var weight = new double[2 * n];
        var damping = 1e-2;
        Residuals(Effects, residual);
        for (var iteration = 0; iteration < _iterations; iteration++)
        {
            Rescale(residual);
            Reweigh(residual, weight);
            Differentiate(residual, jacobian);
            var now = Cost(Effects, residual);
            var before = now;
            var improved = false;
            for (var attempt = 0; attempt < 6 && !improved; attempt++)
            {
                var step = Solve(jacobian, residual, weight, damping);
                var trial = new double[Effects.Length];
                for (var j = 0; j < trial.Length; j++)
                {
                    trial[j] = Effects[j] + step[j];
                }
                var tried = new double[2 * n];
                Residuals(trial, tried);
                if (Cost(trial, tried) is var cost && cost < now)
                {
                    now = cost;
                    (Effects, residual) = (trial, tried);
                    damping = Math.Max(1e-4, damping / 4);
                    improved = true;
                }
                else
                {
                    damping *= 8;
                }
            }
            if (!improved || (iteration >= _least && before - now < _settled * before))
            {
                break;
            }
        }
    }

    private void Coefficients(double[] effects, int point, Span<double> logs)
    {
        logs.Clear();
        foreach (var level in _levels[point])
        {
            var at = level * _c;
            for (var k = 0; k < _c; k++)
            {
                logs[k] += effects[at + k];
            }
        }
    }

    private void Residuals(double[] effects, double[] residual)
    {
        Span<double> logs = stackalloc double[_c];
        for (var i = 0; i < _points.Length; i++)
        {
            Coefficients(effects, i, logs);
            var p = _points[i];
            var (perToken, firstToken) = p.Predict(LawCoefficients.FromScaled(logs));
            residual[2 * i] = p.LogPerToken - perToken;
            residual[(2 * i) + 1] = p.LogFirstToken - firstToken;
        }
    }

    private void Differentiate(double[] residual, double[] jacobian)
    {
        Span<double> logs = stackalloc double[_c];
        for (var i = 0; i < _points.Length; i++)
        {
            Coefficients(Effects, i, logs);
            var p = _points[i];
            for (var k = 0; k < _c; k++)
            {
                if (!p.Feels(k))
                {
                    jacobian[(2 * i * _c) + k] = 0;
                    jacobian[(((2 * i) + 1) * _c) + k] = 0;
                    continue;
                }
                var keep = logs[k];
                logs[k] = keep + _difference;
                var (perToken, firstToken) = p.Predict(LawCoefficients.FromScaled(logs));
                logs[k] = keep;
                jacobian[(2 * i * _c) + k] =
                    (residual[2 * i] - (p.LogPerToken - perToken)) / _difference;
                jacobian[(((2 * i) + 1) * _c) + k] =
                    (residual[(2 * i) + 1] - (p.LogFirstToken - firstToken)) / _difference;
            }
        }
    }

    // Scales from the median absolute error: robust, and shrinking as the fit improves.
    private void Rescale(double[] residual)
    {
        PerTokenScale = Spread(residual, 0);
        FirstTokenScale = Spread(residual, 1);
    }

    private double Spread(double[] residual, int which)
    {
        var errors = new double[_points.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            errors[i] = Math.Abs(residual[(2 * i) + which]);
        }
        Array.Sort(errors);
        return Math.Max(_leastScale, 1.4826 * errors[errors.Length / 2]);
    }

    private double Scale(int row) => (row & 1) == 0 ? PerTokenScale : FirstTokenScale;

    private void Reweigh(double[] residual, double[] weight)
    {
        for (var row = 0; row < weight.Length; row++)
        {
            var z = residual[row] / Scale(row);
            weight[row] =
                _weights[row / 2]
                * (_student + 1)
                / (_student + (z * z))
                / (Scale(row) * Scale(row));
        }
    }

    private double Cost(double[] effects, double[] residual)
    {
        double cost = 0;
        for (var row = 0; row < residual.Length; row++)
        {
            var z = residual[row] / Scale(row);
            cost += _weights[row / 2] * (_student + 1) * Math.Log(1 + (z * z / _student));
        }
        for (var j = 0; j < effects.Length; j++)
        {
            if (_spread[j] > 0)
            {
                var z = (effects[j] - _mean[j]) / _spread[j];
                cost += z * z;
            }
        }
        return cost;
    }

    // Solves (J'WJ + R + damping D) step = J'W residual - R (effects - mean) by preconditioned conjugate gradients.
    private double[] Solve(double[] jacobian, double[] residual, double[] weight, double damping)
    {
        var size = Effects.Length;
        var right = new double[size];
        var diagonal = new double[size];
        var rows = 2 * _points.Length;
        for (var row = 0; row < rows; row++)
        {
            foreach (var level in _levels[row / 2])
            {
                for (var k = 0; k < _c; k++)
                {
                    var j = jacobian[(row * _c) + k];
                    right[(level * _c) + k] += j * weight[row] * residual[row];
                    diagonal[(level * _c) + k] += j * j * weight[row];
                }
            }
        }
        var ridge = new double[size];
        for (var j = 0; j < size; j++)
        {
            if (_spread[j] > 0)
            {
                ridge[j] = 1 / (_spread[j] * _spread[j]);
                right[j] -= ridge[j] * (Effects[j] - _mean[j]);
                ridge[j] += damping * (diagonal[j] + ridge[j]);
                diagonal[j] += ridge[j];
            }
            else
            {
                right[j] = 0;
                diagonal[j] = double.PositiveInfinity;
            }
        }
        return ConjugateGradients(jacobian, weight, ridge, diagonal, right);
    }

    private double[] ConjugateGradients(
        double[] jacobian,
        double[] weight,
        double[] ridge,
        double[] diagonal,
        double[] right
    )
    {
        var size = right.Length;
        var x = new double[size];
        var r = (double[])right.Clone();
        var z = new double[size];
        var d = new double[size];
        var product = new double[size];
        double rz = 0;
        for (var j = 0; j < size; j++)
        {
            d[j] = z[j] = r[j] / diagonal[j];
            rz += r[j] * z[j];
        }
        var start = rz;
        for (var step = 0; step < _conjugateSteps && rz > 1e-10 * start; step++)
        {
            Multiply(jacobian, weight, ridge, d, product);
            double dp = 0;
            for (var j = 0; j < size; j++)
            {
                dp += d[j] * product[j];
            }
            if (dp <= 0)
            {
                break;
            }
            var alpha = rz / dp;
            double next = 0;
            for (var j = 0; j < size; j++)
            {
                x[j] += alpha * d[j];
                r[j] -= alpha * product[j];
                z[j] = r[j] / diagonal[j];
                next += r[j] * z[j];
            }
            var beta = next / rz;
            rz = next;
            for (var j = 0; j < size; j++)
            {
                d[j] = z[j] + (beta * d[j]);
            }
        }
        return x;
    }

    private void Multiply(
        double[] jacobian,
        double[] weight,
        double[] ridge,
        double[] d,
        double[] product
    )
    {
        Span<double> sum = stackalloc double[_c];
        for (var j = 0; j < product.Length; j++)
        {
            product[j] = _spread[j] > 0 ? ridge[j] * d[j] : 0;
        }
        for (var row = 0; row < weight.Length; row++)
        {
            var levels = _levels[row / 2];
            sum.Clear();
            foreach (var level in levels)
            {
                for (var k = 0; k < _c; k++)
                {
                    sum[k] += d[(level * _c) + k];
                }
            }
            double dot = 0;
            for (var k = 0; k < _c; k++)
            {
                dot += jacobian[(row * _c) + k] * sum[k];
            }
            dot *= weight[row];
            for (var k = 0; k < _c; k++)
            {
                sum[k] = jacobian[(row * _c) + k] * dot;
            }
            foreach (var level in levels)
            {
                for (var k = 0; k < _c; k++)
                {
                    product[(level * _c) + k] += sum[k];
                }
            }
        }
    }
}
