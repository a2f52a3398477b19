namespace Plimsoll.Quantities;

/// <summary>Checks at the public boundary: not-a-number and infinity stop here.</summary>
internal static class Refuse
{
    /// <summary>Returns the value when it is finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite.</exception>
    public static double NotFinite(double value, string name) =>
        double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                value,
                "The value must be a finite number."
            );
}
