using Plimsoll.Serving.Simulation;

namespace Plimsoll.Serving.Prefix;

/// <summary>The prefix cache of one engine together with its queue of free blocks.</summary>
/// <remarks>The engine counts its free blocks; the cache knows which they are.</remarks>
internal abstract class PrefixCache
{
    /// <summary>Finds the leading blocks of a slot's path that are cached.</summary>
    /// <param name="slot">The slot, holding nothing.</param>
    /// <param name="most">Bound on the answer.</param>
    /// <param name="free">How many of them stand in the free queue.</param>
    public abstract int LookUp(in Slot slot, int most, out int free);

    /// <summary>Holds what the latest look-up found.</summary>
    public abstract void Share(ref Slot slot);

    /// <summary>Takes blocks from the head of the free queue, forgetting what they held.</summary>
    public abstract void Take(int blocks);

    /// <summary>Enters a whole prompt, taking what others have entered meanwhile in place of the slot's own copies.</summary>
    /// <returns>By how much the free blocks grow; can be less than 0.</returns>
    public abstract int Enter(ref Slot slot);

    /// <summary>Returns all blocks of a slot, its own first, then the shared ones from the deepest.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="own">Blocks it holds that are not shared.</param>
    /// <returns>Blocks that became free.</returns>
    public abstract int Release(ref Slot slot, int own);

    /// <summary>Lets a slot drop what it remembers of the cache, before everything is forgotten.</summary>
    public abstract void Forget(ref Slot slot);

    /// <summary>Forgets everything: all blocks are free and empty.</summary>
    public abstract void Clear();
}
