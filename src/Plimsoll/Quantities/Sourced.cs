namespace Plimsoll.Quantities;

/// <summary>A value with its range, unit, dates, source, grade and evidence: the form in which every fact enters.</summary>
/// <typeparam name="T">The type of the value, for example <see cref="double"/> or <see cref="string"/>.</typeparam>
/// <param name="Value">Best estimate.</param>
/// <param name="Low">Lower end of the 80 % range; equal to the value when it is exact.</param>
/// <param name="High">Upper end of the 80 % range; equal to the value when it is exact.</param>
/// <param name="Unit">Unit of value, low and high, one of <see cref="Units.Known"/>.</param>
/// <param name="ValidFrom">First day on which the value holds.</param>
/// <param name="Published">Day on which it could first be known; an as-of view hides it before.</param>
/// <param name="Source">Where it was read: title and address, never empty.</param>
/// <param name="Grade">How well it is founded.</param>
/// <param name="Evidence">What stands behind it.</param>
/// <param name="Note">Anything a reader must know, else empty.</param>
public sealed record Sourced<T>(
    T Value,
    T Low,
    T High,
    string Unit,
    DateOnly ValidFrom,
    DateOnly Published,
    string Source,
    Grade Grade,
    Evidence Evidence,
    string Note = ""
)
{
    /// <summary>The same fact with its value, low and high put through a function.</summary>
    /// <param name="map">A rising function; a falling one would turn the range round.</param>
    /// <param name="unit">Unit of the result.</param>
    public Sourced<TOut> Map<TOut>(Func<T, TOut> map, string unit) =>
        new(
            map(Value),
            map(Low),
            map(High),
            unit,
            ValidFrom,
            Published,
            Source,
            Grade,
            Evidence,
            Note
        );
}
