using Plimsoll.Quantities;

namespace Plimsoll.Studies.Searches;

/// <summary>A number that would flip the verdict.</summary>
/// <param name="Input">Which.</param>
/// <param name="Now">Its value now.</param>
/// <param name="AtFlip">The value at which the decisive test turns; NaN when none was found in the range searched.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Meaning">In words.</param>
public sealed record FlipPoint(string Input, double Now, double AtFlip, string Unit, string Meaning)
{
    /// <summary>True when it turns the answer only together with something else held, which its words name; false for a number by itself.</summary>
    public bool Joint { get; init; }

    /// <summary><see cref="Input"/> in the words of any language.</summary>
    public Phrase Title { get; init; } = Phrase.Of("name", Input);

    /// <summary><see cref="Meaning"/> in the words of any language.</summary>
    public Phrase Said { get; init; } = Phrase.Of("name", Meaning);
}
