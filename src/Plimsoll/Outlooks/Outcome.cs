namespace Plimsoll.Outlooks;

/// <summary>The answer of one draw, or the reason for which there is none; a missing answer is counted, never guessed.</summary>
/// <param name="Value">The answer; null where there is none.</param>
/// <param name="Reason">Why not; null where there is one.</param>
public readonly record struct Outcome<T>(T? Value, string? Reason)
    where T : class
{
    /// <summary>True when the draw was answered.</summary>
    public bool Answered => Value is not null;

    /// <summary>An answer.</summary>
    public static Outcome<T> Of(T value) => new(value, null);

    /// <summary>None, with the reason.</summary>
    public static Outcome<T> None(string reason) => new(null, reason);
}
