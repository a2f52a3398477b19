namespace Plimsoll.Outlooks;

/// <summary>A sound study has no answer, with the reason in words: exit 1. Whatever else escapes a run is a fault of the program.</summary>
/// <param name="message">The reason, a sentence for whoever asked.</param>
public sealed class UnanswerableException(string message) : InvalidOperationException(message);
