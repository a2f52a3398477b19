using Plimsoll.Workloads;

namespace Plimsoll.Serving.Stepwise;

/// <summary>The KV blocks of one replica, each an object in a queue of free blocks, with a dictionary of what is cached.</summary>
internal sealed class StepwiseKvCache
{
    private readonly LinkedList<KvBlock> _free = new();
    private readonly Dictionary<ulong, KvBlock> _cached = [];
    private readonly int _blockTokens;

    public StepwiseKvCache(int blocks, int blockTokens, bool caches)
    {
        Blocks = blocks;
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

    /// <summary>Blocks that hold a number of tokens.</summary>
    public int BlocksFor(int tokens) => (tokens + _blockTokens - 1) / _blockTokens;

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

    /// <summary>Gives a sequence one more block from the head of the free queue.</summary>
    public void Take(Sequence sequence)
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
        sequence.Blocks.Add(block);
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
