using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Plimsoll.Market.Quotes;

namespace Plimsoll.Market.Motion;

/// <summary>What the quotes of a market say of every log rent: a Kalman step with perturbed quotes, all at once.</summary>
/// <remarks>
/// A draw after the quotes is its draw before them plus gain x (quotes - draw's own quotes - perturbation): exact for Gaussian levels
/// (Matheron's rule; Burgers, van Leeuwen and Evensen 1998), and every draw keeps an equal weight.
/// </remarks>
internal sealed class QuoteUpdate
{
    private readonly RentPrior _prior;
    private readonly IReadOnlyList<PanelQuote> _quotes;
    private readonly RentPoint[] _points;
    private readonly double[] _logs;
    private readonly Cholesky<double>? _factor;
    private readonly Vector<double>? _solved;

    public QuoteUpdate(RentPrior prior, IReadOnlyList<PanelQuote> quotes, double[] logs)
    {
        _prior = prior;
        _quotes = quotes;
        _logs = logs;
        _points =
        [
            .. quotes.Select(q =>
                prior.Point(
                    q.Quote.Accelerator,
                    q.Quote.Basis,
                    RentPrior.Window - (prior.Start - q.Quote.Date)
                )
            ),
        ];
        if (quotes.Count == 0)
        {
            return;
        }
        var spread = Matrix<double>.Build.Dense(
            quotes.Count,
            quotes.Count,
            (i, j) => RentPrior.Covariance(_points[i], _points[j]) + Noise(i, j)
        );
        _factor = spread.Cholesky();
        _solved = _factor.Solve(
            Vector<double>.Build.Dense(quotes.Count, i => logs[i] - _points[i].Mean)
        );
    }

    /// <summary>What a draw misses of the quotes, weighted: to be multiplied by the covariance of any rent with them.</summary>
    public Vector<double>? Residual(ulong seed, int draw, RentWalks walks)
    {
        if (_factor is null)
        {
            return null;
        }
        var miss = Vector<double>.Build.Dense(_quotes.Count);
        for (var i = 0; i < _quotes.Count; i++)
        {
            var quote = _quotes[i];
            var noise =
                quote.Quote.LogError * KeyedNormals.One(seed, draw, "quote " + quote.Key)
                + (PanelDeviation(quote) * walks.Part(seed, draw, PanelName(quote)));
            miss[i] = _logs[i] - RentPrior.Draw(_points[i], seed, draw, walks) - noise;
        }
        return _factor.Solve(miss);
    }

    /// <summary>Covariance of a rent with each quote.</summary>
    public Vector<double>? Covariance(RentPoint point) =>
        _factor is null
            ? null
            : Vector<double>.Build.Dense(
                _quotes.Count,
                i => RentPrior.Covariance(point, _points[i])
            );

    /// <summary>Mean and deviation of a log rent after the quotes, in closed form.</summary>
    public (double Mean, double Deviation) Posterior(RentPoint point)
    {
        var variance = RentPrior.Covariance(point, point);
        if (_factor is null)
        {
            return (point.Mean, Math.Sqrt(variance));
        }
        var cross = Covariance(point)!;
        return (
            point.Mean + (cross * _solved!),
            Math.Sqrt(Math.Max(0, variance - (cross * _factor.Solve(cross))))
        );
    }

    private double Noise(int i, int j)
    {
        var (a, b) = (_quotes[i], _quotes[j]);
        var shared =
            PanelName(a) == PanelName(b) && a.Panel != PanelQuote.OwnPanel
                ? PanelDeviation(a) * PanelDeviation(b)
                : 0;
        return shared + (i == j ? a.Quote.LogError * a.Quote.LogError : 0);
    }

    private string PanelName(PanelQuote quote) =>
        $"panel {_prior.Root} {quote.Panel} {quote.Quote.Accelerator} {quote.Quote.Basis}";

    private static double PanelDeviation(PanelQuote quote) =>
        quote.Panel == PanelQuote.OwnPanel ? 0 : MotionPriors.PanelDeviation;
}
