namespace Plimsoll.Workloads.Mixtures;

/// <summary>How often a client asks during one window.</summary>
/// <param name="StartSeconds">Start of the window in its period.</param>
/// <param name="RequestsPerSecond">Mean rate, 0 or more.</param>
/// <param name="Family">Family of the gaps.</param>
/// <param name="Shape">Shape of the gaps; greater than 0.</param>
public readonly record struct ArrivalWindow(
    double StartSeconds,
    double RequestsPerSecond,
    GapFamily Family = GapFamily.Gamma,
    double Shape = 1
);

/// <summary>How long a client's requests are from some time on.</summary>
/// <param name="StartSeconds">Start in the period.</param>
/// <param name="Input">Prompt lengths.</param>
/// <param name="Output">Answer lengths.</param>
public sealed record LengthWindow(double StartSeconds, TokenLengths Input, TokenLengths Output);

/// <summary>What a client's prompts begin with: one of some system prompts, then the history of one of some conversations.</summary>
/// <param name="SystemPrompts">How many, 1 or more.</param>
/// <param name="SystemTokens">Mean length of a system prompt; 0 for none. Each has its own, half to one and a half times this.</param>
/// <param name="Conversations">How many histories, 1 or more, asked with equal chance.</param>
/// <param name="HistoryTokens">Mean length of a history; 0 for none. Each has its own, half to one and a half times this.</param>
/// <remarks>A prompt too short for a piece does not hold it.</remarks>
public sealed record SharedPrefix(
    int SystemPrompts = 1,
    int SystemTokens = 0,
    int Conversations = 1,
    int HistoryTokens = 0
);

/// <summary>One client of a mixture.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Windows">In order; the first starts at 0.</param>
/// <param name="Lengths">In order; the first starts at 0.</param>
/// <param name="Prefix">What its prompts share; null for nothing.</param>
/// <param name="Priority">Rank under priority admission.</param>
public sealed record MixtureClient(
    string Name,
    ArrivalWindow[] Windows,
    LengthWindow[] Lengths,
    SharedPrefix? Prefix = null,
    int Priority = 0
);
