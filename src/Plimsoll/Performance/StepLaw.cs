namespace Plimsoll.Performance;

/// <summary>The time of one engine step of one replica: physics times fitted efficiencies, one pass over prompts and decodes together.</summary>
/// <remarks>
/// T = host + layers x launch + collectives x latency + roof(matrix FLOP, weight and activation bytes) + max(score FLOP, cache bytes) + link.
/// Every efficiency lies between 0 and 1, so no step is faster than its bytes over the bandwidth or its FLOP over the peak.
/// The matrix roof is a 4-norm of its two sides, the attention roof a plain maximum, so the step stays piecewise affine in the cached tokens.
/// Roofline: Williams et al. 2009. Expert hits: a token misses an expert with chance 1 - k/E, B tokens count as B^exponent independent ones.
/// Evaluation allocates nothing.
/// </remarks>
public sealed class StepLaw : IStepLaw
{
    // While prompts are computed, 20 of 132 multiprocessors move the other half-batch's tokens between experts; in decoding none do (DeepSeek-V3 report, sections 3.2.2 and 3.4).
    private const double _exchanging = 132.0 / 112;

    private readonly StepTerms _terms;
    private readonly double _fixed;
    private readonly double _perSequence;
    private readonly double _computePerToken;
    private readonly double _expertComputePerToken;
    private readonly double _expertComputePerHit;
    private readonly double _imbalance;
    private readonly double _computePerSample;
    private readonly double _weights;
    private readonly double _experts;
    private readonly double _vectors;
    private readonly double _state;
    private readonly double _readFull;
    private readonly double _readWindow;
    private readonly double _scoreFull;
    private readonly double _scoreWindow;
    private readonly double _promptFull;
    private readonly double _promptWindow;
    private readonly double _linkPerToken;
    private readonly double _exponent;
    private readonly double _perAccepted;

    /// <summary>Builds the law of a deployment from coefficients.</summary>
    /// <param name="terms">The deployment's physics.</param>
    /// <param name="coefficients">Fitted or assumed.</param>
    /// <param name="accelerators">Accelerators of the replica.</param>
    /// <param name="kvCapacityTokens">Tokens its cache holds.</param>
    /// <param name="error">The law's stated error.</param>
    /// <param name="sequence">What a sequence holds in the cache beside its tokens.</param>
    public StepLaw(
        in StepTerms terms,
        in LawCoefficients coefficients,
        int accelerators,
        long kvCapacityTokens,
        PredictionError error,
        SequenceCache sequence = default
    )
    {
        _terms = terms;
        Coefficients = coefficients;
        Accelerators = accelerators;
        KvCapacityTokens = kvCapacityTokens;
        Sequence = sequence;
        Error = error;
        RequestOverheadSeconds = coefficients.RequestSeconds;
        // Micro-batches follow each other: each pays the host and reads its weights again.
        var host = coefficients.HostSeconds * terms.MicroBatches;
        var width = Math.Exp(coefficients.WidthExponent * terms.LogWidth);
        _fixed =
            host
            + (terms.Layers * coefficients.LayerSeconds * width)
            + (terms.MixtureLayers * coefficients.MixtureSeconds)
            + (terms.LatentLayers * coefficients.LatentSeconds)
            + (terms.LinearLayers * coefficients.LinearSeconds)
            + (terms.SparseLayers * coefficients.SparseSeconds)
            + (terms.Dealt > 1 ? terms.MixtureLayers * coefficients.DealtSeconds : 0)
            + (terms.Overlaps ? 0 : terms.Collectives * coefficients.CollectiveSeconds);
        _perSequence = coefficients.SequenceSeconds * width / terms.Ranks;
        var gain = new NarrowGain(
            coefficients.EightBitGain,
            coefficients.FourBitGain,
            coefficients.NarrowRead
        );
        var (computeEfficiency, weightEfficiency) = (
            coefficients.ComputeEfficiency,
            coefficients.WeightEfficiency
        );
        double Compute(in WorkPart part) =>
            part.ComputePerToken
            * gain.Compute(_terms.Format, part.Format.MultiplyBits)
            / computeEfficiency;
        double Reading(in WorkPart part) =>
            part.ReadSeconds * gain.Reading(part.Format.Bytes) / weightEfficiency;
        _computePerToken = Compute(terms.Attention) + Compute(terms.Dense);
        // Thin parts of experts fill a tile badly, and each expert that is visited computes rows that stay empty.
        _expertComputePerToken =
            Compute(terms.Routed)
            * (1 + (coefficients.ExpertWidthHalf / terms.ExpertWidth))
            / coefficients.ExpertEfficiency;
        _expertComputePerHit =
            terms.Experts > 0
                ? _expertComputePerToken
                    / terms.ActiveExperts
                    * coefficients.ExpertRows
                    * terms.Experts
                    * terms.MicroBatches
                : 0;
        _imbalance =
            terms.Dealt > 1
                ? coefficients.ExpertImbalance * Math.Sqrt(2 * Math.Log(terms.Dealt) * terms.Dealt)
                : 0;
        _computePerSample = terms.ComputePerSample / coefficients.ComputeEfficiency;
        _weights =
            Reading(terms.Attention)
            + Reading(terms.Dense)
            + (terms.OutputReadSeconds / coefficients.WeightEfficiency);
        _experts = Reading(terms.Routed);
        _vectors =
            terms.VectorPerToken * coefficients.ActivationVectors / coefficients.WeightEfficiency;
        _state = terms.StatePerSequence / coefficients.CacheEfficiency;
        var cache =
            NarrowGain.Saved(terms.CacheWidth, coefficients.NarrowCache)
            / coefficients.CacheEfficiency;
        _readFull =
            (terms.FullReadPerKv * cache) + (terms.IndexReadPerKv / coefficients.CacheEfficiency);
        _readWindow = terms.WindowReadPerKv * cache;
        _scoreFull = (terms.FullScorePerKv + terms.IndexScore) / coefficients.ScoreEfficiency;
        _scoreWindow = terms.WindowScorePerKv / coefficients.ScoreEfficiency;
        _promptFull = (terms.FullPromptScore + terms.IndexScore) / coefficients.ScoreEfficiency;
        _promptWindow = terms.WindowPromptScore / coefficients.ScoreEfficiency;
        _linkPerToken = terms.LinkPerToken / coefficients.LinkEfficiency;
        _exponent = coefficients.ExpertExponent;
        _perAccepted = (1 + terms.Drafting) / terms.Accepted;
    }

    /// <summary>The law of a deployment with the calibration visible in a view, a silent engine version being the newest known on the day.</summary>
    /// <param name="view">The catalogue as known on the day of the study.</param>
    /// <param name="deployment">What is to be served.</param>
    /// <param name="disaggregated">True for a worker that only computes prompts or only answers.</param>
    /// <exception cref="ArgumentException">The deployment is refused; the message says why.</exception>
    public static StepLaw Of(
        Catalog.CatalogView view,
        Deployment deployment,
        bool disaggregated = false
    )
    {
        var served = ServedLaw.Of(view, deployment, Inputs.InputPath.Root, disaggregated);
        return served.Law
            ?? throw new ArgumentException(
                string.Join(
                    " ",
                    served.Refusals.Select(f =>
                        $"{f.Path}: found {f.Found}; expected {f.Expected}. {f.Remedy}"
                    )
                ),
                nameof(deployment)
            );
    }

    /// <summary>The law of a deployment with a calibration, its engine version taken as it stands; <see cref="ServedLaw"/> is the way for what a user states.</summary>
    /// <param name="calibration">Coefficients and errors.</param>
    /// <param name="deployment">Checked with <see cref="DeploymentCheck"/>.</param>
    /// <param name="disaggregated">True for a worker that only computes prompts or only answers.</param>
    /// <exception cref="ArgumentException">The weights do not fit; the message says by how much.</exception>
    public static StepLaw Of(
        Calibration calibration,
        Deployment deployment,
        bool disaggregated = false
    )
    {
        var plan = MemoryPlan.Of(deployment);
        if (!plan.Fits)
        {
            throw new ArgumentException(
                $"{deployment.Model.Name} on {deployment.Accelerators} {deployment.Accelerator.Name}: {plan.Shortfall.Gigabytes:F1} GB are missing on each.",
                nameof(deployment)
            );
        }
        return new StepLaw(
            StepTerms.Of(deployment),
            calibration.CoefficientsOf(deployment, disaggregated: disaggregated),
            deployment.Accelerators,
            plan.KvCapacityTokens,
            calibration.ErrorOf(deployment, disaggregated),
            plan.Sequence
        );
    }

    /// <summary>The same law with another stated error.</summary>
    public StepLaw With(PredictionError error) =>
        new(_terms, Coefficients, Accelerators, KvCapacityTokens, error, Sequence);

    /// <summary>The coefficients in force.</summary>
    public LawCoefficients Coefficients { get; }

    /// <summary>The stated error of times from this law, by what is new about the deployment.</summary>
    public PredictionError Error { get; }

    /// <summary>Standard deviation of the logarithm of a step time, for the Monte Carlo.</summary>
    public double LogError => Error.TimePerOutputToken.LogSigma;

    /// <inheritdoc/>
    public long KvCapacityTokens { get; }

    /// <inheritdoc/>
    public SequenceCache Sequence { get; }

    /// <inheritdoc/>
    public int Accelerators { get; }

    /// <inheritdoc/>
    public double RequestOverheadSeconds { get; }

    /// <summary>Attention ranks of the replica; each computes its own prompts.</summary>
    public double Ranks => _terms.Ranks;

    /// <inheritdoc/>
    public double TokensPerMixedStep => _terms.Accepted;

    /// <inheritdoc/>
    /// <remarks>
    /// Drafts speed decoding only. A step that decodes and nothing else is divided by the tokens accepted, and stands for one token of each sequence. One that computes
    /// prompts too takes its whole time, with the drafts of its decoding sequences, and gives each of them <see cref="TokensPerMixedStep"/>.
    /// </remarks>
    public StepSegment Segment(in BatchShape batch)
    {
        double sequences = batch.DecodeSequences;
        var work = Straight(sequences, batch.PrefillTokens);
        if (batch.PrefillTokens == 0)
        {
            return Attention(batch, sequences, work, _perAccepted);
        }
        var step = Attention(batch, sequences, work, 1);
        if (_terms.Drafting == 0 || batch.DecodeSequences == 0)
        {
            return step;
        }
        var decodes = batch with { PrefillTokens = 0, PrefillContextTokens = 0 };
        var drafts = Attention(decodes, sequences, Straight(sequences, 0), _terms.Drafting);
        return new StepSegment(
            step.BaseSeconds + drafts.BaseSeconds,
            step.SecondsPerKvToken + drafts.SecondsPerKvToken,
            Math.Min(step.ValidToKvTokens, drafts.ValidToKvTokens)
        );
    }

    /// <summary>Seconds of a step of this shape.</summary>
    public double Seconds(in BatchShape batch) => Segment(batch).Seconds(batch.KvTokens);

    /// <summary>Seconds that a step of decoding cannot go below: its FLOP over the peak or its bytes over the bandwidth, whichever is more.</summary>
    /// <param name="sequences">Decoding sequences.</param>
    /// <param name="kv">Tokens in their cache.</param>
    public double LeastSeconds(double sequences, double kv)
    {
        var free = WithoutLosses();
        var tokens = sequences * _terms.Verified;
        var windowed = Math.Min(kv, sequences * _terms.Window);
        var read = (free._readFull * kv) + (free._readWindow * windowed);
        var compute = (free._computePerToken + free._expertComputePerToken) * tokens;
        var memory = free._weights + (free._state * sequences);
        if (_terms.LogMiss != 0)
        {
            memory += free._experts * free.HitShare(tokens);
        }
        return Math.Max(compute, memory + read) / _terms.Accepted;
    }

    /// <summary>Seconds of a step of a mean batch, which need not be whole: for steady states. Equal to <see cref="Seconds"/> on whole batches.</summary>
    /// <param name="sequences">Decoding sequences.</param>
    /// <param name="kv">Tokens in their cache.</param>
    /// <param name="prefill">Prompt tokens.</param>
    /// <param name="context">Sum over prompt tokens of the tokens each attends to.</param>
    public double MeanSeconds(double sequences, double kv, double prefill, double context) =>
        prefill == 0 ? Whole(sequences, kv, 0, 0) * _perAccepted
        : _terms.Drafting == 0 || sequences == 0 ? Whole(sequences, kv, prefill, context)
        : Whole(sequences, kv, prefill, context) + (Whole(sequences, kv, 0, 0) * _terms.Drafting);

    /// <summary>Seconds for one token of each sequence where prompts come evenly: with speculative decoding a step makes several, and computes the prompts of as many.</summary>
    /// <param name="sequences">Decoding sequences.</param>
    /// <param name="kv">Tokens in their cache.</param>
    /// <param name="prefill">Prompt tokens that come in that time.</param>
    /// <param name="context">Sum over prompt tokens of the tokens each attends to.</param>
    public double SteadySeconds(double sequences, double kv, double prefill, double context) =>
        prefill == 0
            ? MeanSeconds(sequences, kv, 0, 0)
            : MeanSeconds(sequences, kv, prefill * _terms.Accepted, context * _terms.Accepted)
                / _terms.Accepted;

    /// <summary>The law of the same deployment on a machine that loses nothing: no software makes it faster.</summary>
    internal StepLaw WithoutLosses() =>
        new(_terms, LawCoefficients.Lossless, Accelerators, KvCapacityTokens, Error, Sequence);

    /// <summary>The law without speculative decoding: what a request meets that is alone.</summary>
    internal StepLaw WithoutDrafts() =>
        _terms.Verified == 1 && _terms.Accepted == 1
            ? this
            : new(
                _terms with
                {
                    Accepted = 1,
                    Verified = 1,
                    Drafting = 0,
                },
                Coefficients,
                Accelerators,
                KvCapacityTokens,
                Error,
                Sequence
            );

    // A step's whole time without its drafts, whatever it gains.
    private double Whole(double sequences, double kv, double prefill, double context)
    {
        var windowed = Math.Min(kv, sequences * _terms.Window);
        var read = (_readFull * kv) + (_readWindow * windowed);
        var score =
            (((_scoreFull * kv) + (_scoreWindow * windowed)) * _terms.Verified)
            + (_promptFull * context)
            + (_promptWindow * Math.Min(context, prefill > 0 ? prefill * _terms.Window : 0));
        var work = Straight(sequences, prefill);
        var hidden = work.Hideable + Math.Max(read, score);
        return work.Always + Math.Max(hidden, work.Link);
    }

    // What a step always takes, what communication may hide behind, and the communication that hides.
    private (double Always, double Hideable, double Link) Straight(double sequences, double prefill)
    {
        var decodes = sequences * _terms.Verified;
        var tokens = decodes + prefill;
        var compute =
            (_computePerToken * tokens) + (_computePerSample * (decodes + (prefill > 0 ? 1 : 0)));
        var memory = _weights;
        if (_terms.LogMiss != 0 && tokens > 0)
        {
            // The busiest of the accelerators among which experts are dealt out: largest of so many even counts (Gumbel's mean growth).
            var hit = HitShare(tokens);
            var each = tokens / _terms.MicroBatches * _terms.ActiveExperts;
            compute +=
                _expertComputePerToken
                * tokens
                * (1 + Math.Min(_terms.Dealt - 1, _imbalance / Math.Sqrt(each)));
            compute += _expertComputePerHit * hit;
            memory +=
                _experts * Math.Min(1, hit * (1 + (_imbalance / Math.Sqrt(hit * _terms.Experts))));
        }
        if (_terms.Overlaps && prefill > 0)
        {
            compute *= _exchanging;
        }
        var link = (_linkPerToken + _terms.FabricPerToken) * tokens;
        var matrix = Roof(compute, memory) + (_vectors * tokens);
        var always = _fixed + ((_perSequence + _state) * sequences);
        return _terms.Overlaps ? (always, matrix, link) : (always + link, matrix, 0);
    }

    private StepSegment Attention(
        in BatchShape batch,
        double sequences,
        in (double Always, double Hideable, double Link) work,
        double inverse
    )
    {
        // Below the window every layer reads all; above it, the window layers stand still. Ties belong to the lower piece.
        var windowEnd = sequences * _terms.Window;
        var inWindow = batch.KvTokens <= windowEnd;
        var readSlope = inWindow ? _readFull + _readWindow : _readFull;
        var scoreSlope = (inWindow ? _scoreFull + _scoreWindow : _scoreFull) * _terms.Verified;
        var readBase = inWindow ? 0 : _readWindow * windowEnd;
        var scoreBase = inWindow ? 0 : _scoreWindow * windowEnd * _terms.Verified;
        if (batch.PrefillTokens > 0)
        {
            var context = batch.PrefillContextTokens;
            var windowContext = Math.Min(context, batch.PrefillTokens * _terms.Window);
            scoreBase += (_promptFull * context) + (_promptWindow * windowContext);
        }
        var end = inWindow && _terms.Window < StepTerms.NoWindow ? (long)windowEnd : long.MaxValue;
        var kv = (double)batch.KvTokens;
        var bound = scoreBase + (scoreSlope * kv) >= readBase + (readSlope * kv);
        var (a, slope) = bound ? (scoreBase, scoreSlope) : (readBase, readSlope);
        var (otherBase, otherSlope) = bound ? (readBase, readSlope) : (scoreBase, scoreSlope);
        // Where the other side overtakes, this line ends.
        if (otherSlope > slope)
        {
            var crossing = (a - otherBase) / (otherSlope - slope);
            if (crossing < end)
            {
                end = Math.Max(batch.KvTokens, (long)crossing);
            }
        }
        a += work.Hideable;
        // Until attention is long enough to hide what is sent, the step stands still.
        if (work.Link > a + (slope * kv))
        {
            if (slope > 0)
            {
                end = Math.Min(end, Math.Max(batch.KvTokens, (long)((work.Link - a) / slope)));
            }
            (a, slope) = (work.Link, 0);
        }
        return new StepSegment((work.Always + a) * inverse, slope * inverse, end);
    }

    // Part of the routed experts that some token of the step visits.
    private double HitShare(double tokens)
    {
        var independent = Math.Pow(tokens / _terms.MicroBatches, _exponent);
        return 1 - Math.Exp(_terms.LogMiss * Math.Max(1, independent));
    }

    private static double Roof(double a, double b)
    {
        a *= a;
        b *= b;
        return Math.Sqrt(Math.Sqrt((a * a) + (b * b)));
    }
}
