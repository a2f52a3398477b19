namespace Plimsoll.Tests.Serving;

/// <summary>Checks that take longer than a daily run may: they run in full when PLIMSOLL_SLOW is set.</summary>
internal static class Slow
{
    public static bool Asked { get; } =
        Environment.GetEnvironmentVariable("PLIMSOLL_SLOW") is { Length: > 0 };

    public static T Or<T>(T slow, T daily) => Asked ? slow : daily;
}
