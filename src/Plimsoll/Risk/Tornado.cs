namespace Plimsoll.Risk;

/// <summary>One bar of a tornado: an answer with one input at its low and its high end, all else as it is.</summary>
/// <param name="Input">Name of the input.</param>
/// <param name="LowInput">Low end of its 80 % range, in its unit.</param>
/// <param name="HighInput">High end of its 80 % range, in its unit.</param>
/// <param name="AtLow">The answer at the low end.</param>
/// <param name="AtHigh">The answer at the high end.</param>
/// <param name="Unit">Unit of the input.</param>
/// <param name="Grade">Grade of the input.</param>
/// <param name="Source">Where the range comes from.</param>
public sealed record TornadoBar(
    string Input,
    double LowInput,
    double HighInput,
    double AtLow,
    double AtHigh,
    string Unit,
    Quantities.Grade Grade,
    string Source
)
{
    /// <summary>Key of the input in the study; empty where it stands for more than one number.</summary>
    public string Path { get; init; } = "";

    /// <summary>How far the answer swings; 0 or more, NaN when it has no meaning at an end.</summary>
    public double Swing => Math.Abs(AtHigh - AtLow);
}
