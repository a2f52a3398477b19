using System.Numerics;

namespace Plimsoll.Serving.Prefix;

/// <summary>One array from which short spans are rented and returned, in sizes of powers of two.</summary>
internal sealed class SpanArena<T>
    where T : struct
{
    private readonly Stack<int>[] _free = new Stack<int>[31];
    private int _used;

    public T[] Items = new T[1024];

    /// <summary>Rents room for so many items.</summary>
    /// <returns>Index of the first; 0 when the count is 0.</returns>
    public int Rent(int count)
    {
        if (count == 0)
        {
            return 0;
        }
        var size = SizeClass(count);
        if (_free[size] is { Count: > 0 } free)
        {
            return free.Pop();
        }
        var start = _used;
        _used += 1 << size;
        if (_used > Items.Length)
        {
            Array.Resize(ref Items, Math.Max(_used, Items.Length * 2));
        }
        return start;
    }

    public void Return(int start, int count)
    {
        if (count > 0)
        {
            (_free[SizeClass(count)] ??= new Stack<int>()).Push(start);
        }
    }

    private static int SizeClass(int count) =>
        count == 1 ? 0 : BitOperations.Log2((uint)count - 1) + 1;
}
