using Plimsoll.Performance;
using Plimsoll.Workloads;

namespace Plimsoll.Serving.Stepwise;

/// <summary>The KV blocks of one replica, each an object in a queue of free blocks, with a dictionary of what is cached.</summary>
internal sealed class StepwiseKvCache
{
    private readonly LinkedList<KvBlock> _free = new();
    private readonly Dictionary<ulong, KvBlock> _cached = [];
    private readonly int _blockTokens;

    private readonly SequenceCache _sequence;

    public StepwiseKvCache(int blocks, int blockTokens, bool caches, SequenceCache sequence)
    {
        Blocks = blocks;
        _sequence = sequence;
        _blockTokens = blockTokens;
        Caches = caches;
        Clear();
    }

    public int Blocks { get; }
    public bool Caches { get; }
    public int Free => _free.Count;
    public int Held => Blocks - _free.Count;

    /// <summary>Forgets everything, as a restarted engine does.</summary>
    public void Clear()
    {
        _free.Clear();
        _cached.Clear();
        for (var i = 0; i < Blocks; i++)
        {
            var block = new KvBlock();
            block.Place = _free.AddLast(block);
        }
    }

    /// <summary>Whether a sequence of so many tokens fits an empty cache.</summary>
    public bool CanHold(long tokens)
    {
        var (each, reserved) = _sequence.Blocks(tokens, _blockTokens);
        return ((tokens + _blockTokens - 1) / _blockTokens * each) + reserved <= Blocks;
    }

    /// <summary>Blocks that a sequence lacks to hold a number of its tokens.</summary>
    public int Lacking(Sequence sequence, int tokens) =>
        Math.Max(0, BlocksFor(tokens) - sequence.Blocks.Count)
        + Math.Max(0, BesideFor(sequence, tokens) - sequence.Beside.Count);

    /// <summary>Gives a sequence the blocks that it lacks to hold a number of its tokens.</summary>
    public void Fill(Sequence sequence, int tokens)
    {
        while (sequence.Blocks.Count < BlocksFor(tokens))
        {
            sequence.Blocks.Add(Take());
        }
        while (sequence.Beside.Count < BesideFor(sequence, tokens))
        {
            sequence.Beside.Add(Take());
        }
    }

    private int BlocksFor(int tokens) => (tokens + _blockTokens - 1) / _blockTokens;

    private int BesideFor(Sequence sequence, int tokens)
    {
        var longest = sequence.Request.InputTokens + (sequence.Target - 1L);
        var (each, reserved) = _sequence.Blocks(longest, _blockTokens);
        return (BlocksFor(tokens) * (each - 1)) + (int)reserved;
    }

    /// <summary>The identity of every block of a prompt that can be shared.</summary>
    public ulong[] Identities(Sequence sequence)
    {
        if (!Caches)
        {
            return [];
        }
        var identities = new List<ulong>();
        var chain = PrefixChain.Empty;
        var end = 0;
        foreach (var piece in sequence.Pieces)
        {
            chain = PrefixChain.Extend(chain, piece);
            end = Math.Min(end + piece.Tokens, sequence.Request.InputTokens);
            while ((identities.Count + 1) * _blockTokens <= end)
            {
                identities.Add(PrefixChain.Extend(chain, new PrefixPiece(identities.Count, 0)));
            }
        }
        return [.. identities];
    }

    /// <summary>Leading blocks of a sequence that are cached, at most all but its last token.</summary>
    public int Hits(Sequence sequence)
    {
        var most = Math.Min(sequence.Identities.Length, (sequence.Length - 1) / _blockTokens);
        var hits = 0;
        while (hits < most && _cached.ContainsKey(sequence.Identities[hits]))
        {
            hits++;
        }
        return hits;
    }

    /// <summary>How many of the first cached blocks of a sequence stand in the free queue.</summary>
    public int FreeAmongHits(Sequence sequence, int hits) =>
        sequence.Identities.Take(hits).Count(identity => _cached[identity].Place is not null);

    /// <summary>Holds the cached blocks from..to-1 of a sequence.</summary>
    public void Share(Sequence sequence, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var block = _cached[sequence.Identities[i]];
            if (block.Place is { } place)
            {
                _free.Remove(place);
                block.Place = null;
            }
            block.Holders++;
            if (i < sequence.Blocks.Count)
            {
                sequence.Blocks[i] = block;
            }
            else
            {
                sequence.Blocks.Add(block);
            }
        }
        sequence.SharedBlocks = to;
    }

    /// <summary>Takes a block from the head of the free queue.</summary>
    private KvBlock Take()
    {
        var block = _free.First!.Value;
        _free.RemoveFirst();
        block.Place = null;
        if (block.Identity is { } identity)
        {
            _cached.Remove(identity);
            block.Identity = null;
        }
        block.Holders = 1;
        return block;
    }

    /// <summary>Enters a computed prompt: blocks cached meanwhile are shared instead of its own, the others become known.</summary>
    public void Enter(Sequence sequence)
    {
        var shared = sequence.SharedBlocks;
        var cached = shared;
        while (
            cached < sequence.Identities.Length && _cached.ContainsKey(sequence.Identities[cached])
        )
        {
            cached++;
        }
        var own = sequence.Blocks.GetRange(shared, cached - shared);
        Share(sequence, shared, cached);
        for (var i = own.Count - 1; i >= 0; i--)
        {
            Return(own[i]);
        }
        for (var i = cached; i < sequence.Identities.Length; i++)
        {
            sequence.Blocks[i].Identity = sequence.Identities[i];
            _cached.Add(sequence.Identities[i], sequence.Blocks[i]);
        }
        sequence.SharedBlocks = sequence.Identities.Length;
    }

    /// <summary>Takes all blocks of a sequence back, the last first.</summary>
    public void Release(Sequence sequence)
    {
        foreach (var block in sequence.Beside)
        {
            Return(block);
        }
        sequence.Beside.Clear();
        for (var i = sequence.Blocks.Count - 1; i >= 0; i--)
        {
            Return(sequence.Blocks[i]);
        }
        sequence.Blocks.Clear();
        sequence.SharedBlocks = 0;
    }

    private void Return(KvBlock block)
    {
        if (--block.Holders == 0)
        {
            block.Place = _free.AddLast(block);
        }
    }
}
