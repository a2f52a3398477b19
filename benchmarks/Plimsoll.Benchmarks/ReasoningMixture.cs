using Plimsoll.Workloads.Mixtures;

namespace Plimsoll.Benchmarks;

/// <summary>The client mixture of a production DeepSeek-R1 service, with shared prompts laid over it, as the public mixture has none.</summary>
public static class ReasoningMixture
{
    /// <summary>Reads the mixture.</summary>
    /// <param name="path">Archive or folder in the layout of ServeGen; the three clients of the examples when it is not there.</param>
    public static ClientMixture Read(string path) =>
        ServeGenFiles.Read(
            path,
            Directory.Exists(path) || File.Exists(path)
                ? "deepseek-r1"
                : throw new FileNotFoundException(
                    $"No mixture at '{path}': give the path of the ServeGen archive with --mixture."
                )
        );

    /// <summary>The same clients whose prompts begin with one of five system prompts and the history of one of so many conversations.</summary>
    public static ClientMixture WithPrefixes(ClientMixture mixture, int conversations) =>
        new([
            .. mixture.Clients.Select(c =>
                c with
                {
                    Prefix = new SharedPrefix(
                        SystemPrompts: 5,
                        SystemTokens: 128,
                        Conversations: conversations,
                        HistoryTokens: 256
                    ),
                }
            ),
        ]);
}
