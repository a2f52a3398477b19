namespace Plimsoll.Performance;

/// <summary>What one engine step works on, on one replica.</summary>
/// <param name="DecodeSequences">Sequences that each get one new token; 0 or more.</param>
/// <param name="KvTokens">Tokens held in KV cache by those sequences together; 0 or more.</param>
/// <param name="PrefillTokens">Prompt tokens computed in this step; 0 or more.</param>
/// <param name="PrefillContextTokens">Sum over those prompt tokens of the tokens each attends to (token i of a prompt attends to i tokens, cached prefix included); 0 or more.</param>
public readonly record struct BatchShape(
    int DecodeSequences,
    long KvTokens,
    int PrefillTokens,
    double PrefillContextTokens
);

/// <summary>The time of a step as a straight line in the KV tokens of its decoding sequences, up to where the line ends.</summary>
/// <param name="BaseSeconds">Seconds at zero KV tokens (extrapolated); the time is BaseSeconds + SecondsPerKvToken * KvTokens.</param>
/// <param name="SecondsPerKvToken">Slope, 0 or more.</param>
/// <param name="ValidToKvTokens">Last KV token count (inclusive) for which this line holds; <see cref="long.MaxValue"/> when it never ends. The line holds from the shape's own KvTokens on.</param>
/// <remarks>Piecewise affine, so that a run of decode steps closes in form: n steps of a batch of b last n*a + g*b*n(n-1)/2.</remarks>
public readonly record struct StepSegment(
    double BaseSeconds,
    double SecondsPerKvToken,
    long ValidToKvTokens
)
{
    /// <summary>Seconds of a step at a number of KV tokens on this line.</summary>
    public double Seconds(long kvTokens) => BaseSeconds + (SecondsPerKvToken * kvTokens);
}

/// <summary>A law of step time: physics with fitted efficiencies, or coefficients measured by the user.</summary>
public interface IStepLaw
{
    /// <summary>The line on which a step of this shape lies.</summary>
    StepSegment Segment(in BatchShape batch);

    /// <summary>Tokens of KV cache that one replica holds.</summary>
    long KvCapacityTokens { get; }

    /// <summary>What a sequence holds beside its tokens; nothing for a plain model.</summary>
    SequenceCache Sequence => default;

    /// <summary>Accelerators of one replica.</summary>
    int Accelerators { get; }

    /// <summary>Seconds of work outside the engine step that each request spends before its first token (tokenising, scheduling, network in the server).</summary>
    double RequestOverheadSeconds { get; }

    /// <summary>Tokens that a decoding sequence gains in a step that also computes prompts; 1 without speculative decoding, else the mean over steps.</summary>
    /// <remarks>The time of a step that only decodes is given for one token of each sequence, whatever this is; that of a step with prompts is the whole step's.</remarks>
    double TokensPerMixedStep => 1;
}
