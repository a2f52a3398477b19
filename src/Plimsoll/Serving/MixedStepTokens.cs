using Plimsoll.Performance;

namespace Plimsoll.Serving;

/// <summary>Tokens that each decoding sequence gains in a step that computes prompts too: whole numbers whose mean is the law's.</summary>
internal static class MixedStepTokens
{
    /// <summary>Tokens of one such step.</summary>
    /// <param name="law">The law of the replica.</param>
    /// <param name="step">Such steps that it ran before.</param>
    public static int Of(IStepLaw law, long step)
    {
        var each = law.TokensPerMixedStep;
        return each == 1 ? 1 : (int)(Math.Floor((step + 1) * each) - Math.Floor(step * each));
    }
}
