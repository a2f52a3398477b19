namespace Plimsoll.Workloads;

/// <summary>One request of an inference workload, as a value without references.</summary>
/// <param name="ArrivalPicoseconds">When it arrives, in picoseconds after the epoch of the batch it was read in (<see cref="IRequestSource.EpochSeconds"/>); never earlier than the request before it.</param>
/// <param name="InputTokens">Tokens of the prompt; 1 or more.</param>
/// <param name="OutputTokens">Tokens it will generate; 1 or more.</param>
/// <param name="Client">Number of the client that sends it, 0 or more, dense: results are kept per client in an array.</param>
/// <param name="Priority">Rank under priority admission: a lower number is served first. Ignored under first come, first served.</param>
/// <param name="PrefixStart">Index in <see cref="IRequestSource.Prefixes"/> of its first shareable piece.</param>
/// <param name="PrefixCount">Shareable pieces that its prompt begins with; 0 when nothing of it is shared. Their tokens together are at most the prompt.</param>
/// <param name="StoredTokens">Leading prompt tokens whose KV an outside store hands over at admission: held like any other, but not computed. 0 or more; at most the prompt less one counts.</param>
public readonly record struct Request(
    long ArrivalPicoseconds,
    int InputTokens,
    int OutputTokens,
    int Client = 0,
    int Priority = 0,
    int PrefixStart = 0,
    int PrefixCount = 0,
    int StoredTokens = 0
);

/// <summary>A run of prompt tokens that other requests may share: a system prompt, an earlier turn, one block of a hashed trace.</summary>
/// <param name="Id">Identity of the content. Two prompts share their leading pieces up to the first that differs in identity or length.</param>
/// <param name="Tokens">Its length; 1 or more; always the same for one identity.</param>
public readonly record struct PrefixPiece(long Id, int Tokens);
