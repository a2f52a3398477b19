using Plimsoll.Serving.Prefix;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Stepwise;

/// <summary>One request on its way through the plain simulator.</summary>
internal sealed class Sequence(long number, in Request request, long arrival, PrefixPiece[] pieces)
{
    public long Number { get; } = number;
    public Request Request { get; } = request;
    public PrefixPiece[] Pieces { get; } = pieces;
    public long Arrival { get; set; } = arrival;

    /// <summary>When it comes to its (next) router.</summary>
    public long Ready { get; set; }
    public long FirstToken { get; set; } = -1;
    public bool HasFirstToken { get; set; }
    public long LastToken { get; set; }

    /// <summary>Tokens after which it leaves this replica: 1 on prefill replicas.</summary>
    public int Target { get; set; }
    public int Generated { get; set; }

    /// <summary>Tokens held in KV cache.</summary>
    public int Computed { get; set; }

    /// <summary>Its KV came from a prefill replica and has not been lost since.</summary>
    public bool Transferred { get; set; }

    /// <summary>Leading prompt tokens loaded from a tier of KV; 0 again after a preemption.</summary>
    public int Loaded { get; set; }

    /// <summary>Its replica while it loads.</summary>
    public StepwiseReplica? LoadsFor { get; set; }

    /// <summary>Its prompt in blocks, for the tiers of KV.</summary>
    public PathPiece[] Path { get; set; } = [];

    /// <summary>Prompt tokens that were computed or found in the cache at some time.</summary>
    public int Reached { get; set; }
    public int CachedTokens { get; set; } = -1;
    public int Preemptions { get; set; }

    /// <summary>Tokens it takes in the step under way; 0 when left out.</summary>
    public int Taken { get; set; }
    public bool TakesAsDecode { get; set; }

    /// <summary>Tokens of its latest step beyond those it had to make.</summary>
    public int Beyond { get; set; }

    /// <summary>Between admission and the end of its prefill.</summary>
    public bool Prefills { get; set; }
    public List<KvBlock> Blocks { get; } = [];

    /// <summary>What it holds beside the blocks of its tokens: windows and recurrent states.</summary>
    public List<KvBlock> Beside { get; } = [];

    /// <summary>How many of its blocks, from the first, stand in the cache under its prefix.</summary>
    public int SharedBlocks { get; set; }

    /// <summary>Identity of each block that can be shared.</summary>
    public ulong[] Identities { get; set; } = [];

    public int Length => Request.InputTokens + Generated;
    public bool IsDecoding => Generated > 0 && Computed == Length - 1;
}

/// <summary>One block of the KV cache.</summary>
internal sealed class KvBlock
{
    /// <summary>Sequences that hold it.</summary>
    public int Holders { get; set; }

    /// <summary>What the cache knows it as; null for content nobody can share.</summary>
    public ulong? Identity { get; set; }

    /// <summary>Its place in the queue of free blocks; null while held.</summary>
    public LinkedListNode<KvBlock>? Place { get; set; }
}
