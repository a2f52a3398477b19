using Plimsoll.Performance.Points;

namespace Plimsoll.Performance.Fitting;

/// <summary>A resolved point prepared for fitting: its physics reduced once, so that an evaluation is a few hundred nanoseconds.</summary>
public sealed class FitPoint
{
    private readonly StepTerms _terms;
    private readonly EngineLimits _limits;
    private readonly int _accelerators;
    private readonly long _kvCapacity;
    private readonly StepTerms _promptTerms;
    private readonly EngineLimits _promptLimits;
    private readonly int _prefillWorkers;
    private readonly int _decodeWorkers;
    private readonly double _transferSeconds;

    /// <summary>Prepares a point.</summary>
    /// <exception cref="ArgumentException">The point is not resolved.</exception>
    public FitPoint(MeasuredPoint point)
    {
        Point = point;
        Served =
            point.Served
            ?? throw new ArgumentException("The point is not resolved.", nameof(point));
        _terms = StepTerms.Of(Served);
        _limits = EngineLimits.Of(Served);
        _accelerators = Served.Accelerators;
        _kvCapacity = MemoryPlan.Of(Served).KvCapacityTokens;
        LogPerToken = Math.Log(point.Row.TimePerOutputToken);
        LogFirstToken = Math.Log(point.Row.TimeToFirstToken);
        if (point.Disaggregated is { } d)
        {
            _promptTerms = StepTerms.Of(d.Prefill);
            _promptLimits = EngineLimits.Of(d.Prefill);
            _prefillWorkers = d.PrefillWorkers;
            _decodeWorkers = d.DecodeWorkers;
            _transferSeconds = d.TransferSeconds(point.Load.InputTokens);
        }
    }

    /// <summary>The point.</summary>
    public MeasuredPoint Point { get; }

    /// <summary>The deployment that stands for it.</summary>
    public Deployment Served { get; }

    /// <summary>Natural logarithm of the measured time per output token in seconds.</summary>
    public double LogPerToken { get; }

    /// <summary>Natural logarithm of the measured time to first token in seconds.</summary>
    public double LogFirstToken { get; }

    /// <summary>True when prompts and answers are on separate workers.</summary>
    public bool IsDisaggregated => Point.Disaggregated is not null;

    /// <summary>Levels of how requests reach the deployment.</summary>
    public IReadOnlyList<string> LoopLevels =>
        CalibrationLevels.Loop(Served, Point.Load.FixedLengths, Point.Disaggregated is not null);

    /// <summary>The coefficients a calibration gives for this point.</summary>
    public LawCoefficients Coefficients(Calibration calibration) =>
        calibration.CoefficientsOf(
            Served,
            Point.Load.FixedLengths,
            Point.Disaggregated is not null
        );

    /// <summary>Predicts the point.</summary>
    /// <returns>Natural logarithms of time per output token and time to first token.</returns>
    public (double PerToken, double FirstToken) Predict(in LawCoefficients coefficients)
    {
        var law = new StepLaw(
            _terms,
            coefficients,
            _accelerators,
            _kvCapacity,
            PredictionError.Prior
        );
        if (_decodeWorkers == 0)
        {
            var s = ClosedLoop.Settle(law, _limits, Point.Load);
            return (Math.Log(s.PerToken), Math.Log(s.FirstToken));
        }
        var prompt = new StepLaw(
            _promptTerms,
            coefficients,
            _accelerators,
            _kvCapacity,
            PredictionError.Prior
        );
        var split = DisaggregatedLoop.Settle(
            prompt,
            _promptLimits,
            _prefillWorkers,
            law,
            _limits,
            _decodeWorkers,
            _transferSeconds,
            Point.Load
        );
        return (Math.Log(split.PerToken), Math.Log(split.FirstToken));
    }
}
