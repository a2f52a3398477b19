using Plimsoll.Performance.Points;

namespace Plimsoll.Performance.Fitting;

/// <summary>Predicts a point with a calibration.</summary>
/// <returns>Natural logarithms of the time per output token and the time to first token in seconds.</returns>
public delegate (double PerToken, double FirstToken) PointPrediction(
    FitPoint point,
    Calibration calibration
);

/// <summary>A resolved point prepared for fitting: its physics reduced once, so that an evaluation is a few hundred nanoseconds.</summary>
public sealed class FitPoint
{
    private readonly StepTerms _terms;
    private readonly EngineLimits _limits;
    private readonly int _accelerators;
    private readonly long _kvCapacity;
    private readonly SequenceCache _sequence;
    private readonly StepTerms _promptTerms;
    private readonly EngineLimits _promptLimits;
    private readonly int _prefillWorkers;
    private readonly int _decodeWorkers;
    private readonly double _transferSeconds;
    private readonly bool[] _feels;
    private static readonly double[] _probes = [-2, 2];

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
        var plan = MemoryPlan.Of(Served);
        _kvCapacity = plan.KvCapacityTokens;
        _sequence = plan.Sequence;
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
        _feels = Felt();
    }

    /// <summary>Predicts a point from its row.</summary>
    public static PointPrediction ByRow { get; } =
        (point, calibration) => point.Predict(point.Coefficients(calibration));

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

    /// <summary>True when a coefficient, by its place in <see cref="LawCoefficients.Names"/>, can bear on the point at all.</summary>
    public bool Feels(int coefficient) => _feels[coefficient];

    // A coefficient bears on a point when some value of it moves a step; told by the terms it multiplies, not by its name.
    private bool[] Felt()
    {
        Span<double> scaled = stackalloc double[LawCoefficients.Count];
        LawCoefficients.Prior.CopyTo(scaled);
        var basis = Predict(LawCoefficients.FromScaled(scaled));
        var felt = new bool[LawCoefficients.Count];
        for (var k = 0; k < felt.Length; k++)
        {
            var keep = scaled[k];
            foreach (var step in _probes)
            {
                scaled[k] = keep + step;
                felt[k] |= Predict(LawCoefficients.FromScaled(scaled)) != basis;
            }
            scaled[k] = keep;
        }
        return felt;
    }

    /// <summary>Predicts the point.</summary>
    /// <returns>Natural logarithms of time per output token and time to first token.</returns>
    public (double PerToken, double FirstToken) Predict(in LawCoefficients coefficients)
    {
        var law = new StepLaw(
            _terms,
            coefficients,
            _accelerators,
            _kvCapacity,
            PredictionError.Prior,
            _sequence
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
            PredictionError.Prior,
            _sequence
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
