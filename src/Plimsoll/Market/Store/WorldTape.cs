using System.Runtime.InteropServices;

namespace Plimsoll.Market.Store;

/// <summary>Bytes written and read by one and the same walk over what is kept, so that the two cannot differ.</summary>
internal sealed class WorldTape
{
    private readonly byte[]? _room;
    private readonly ReadOnlyMemory<byte> _given;

    private WorldTape(byte[]? room, ReadOnlyMemory<byte> given) => (_room, _given) = (room, given);

    /// <summary>True when what is kept is filled from the bytes.</summary>
    public bool Reads => _room is null && !_given.IsEmpty;

    /// <summary>Bytes passed.</summary>
    public int At { get; private set; }

    /// <summary>The bytes of a walk.</summary>
    /// <param name="walk">Passes what is kept; called twice, first to count.</param>
    public static byte[] Write(Action<WorldTape> walk)
    {
        var count = new WorldTape(null, default);
        walk(count);
        var tape = new WorldTape(new byte[count.At], default);
        walk(tape);
        return tape._room!;
    }

    /// <summary>A tape to read.</summary>
    public static WorldTape Of(ReadOnlyMemory<byte> bytes) => new(null, bytes);

    /// <summary>Passes numbers: to the tape, or from it.</summary>
    /// <exception cref="InvalidDataException">The tape is too short.</exception>
    public void Pass<T>(Span<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        if (Reads)
        {
            if (At + bytes.Length > _given.Length)
            {
                throw new InvalidDataException("The stored market ends too early.");
            }
            _given.Span.Slice(At, bytes.Length).CopyTo(bytes);
        }
        else if (_room is not null)
        {
            bytes.CopyTo(_room.AsSpan(At));
        }
        At += bytes.Length;
    }

    /// <summary>Passes one number.</summary>
    public T Pass<T>(T value)
        where T : unmanaged
    {
        Pass(MemoryMarshal.CreateSpan(ref value, 1));
        return value;
    }

    /// <summary>Passes numbers whose count is passed before them.</summary>
    /// <param name="values">The numbers; ignored when reading.</param>
    public T[] PassAll<T>(T[] values)
        where T : unmanaged
    {
        const int Most = 1 << 26;
        var count = Pass(values.Length);
        if (count is < 0 or > Most)
        {
            throw new InvalidDataException($"found {count} numbers; expected 0 to {Most}.");
        }
        var all = Reads ? new T[count] : values;
        Pass(all.AsSpan());
        return all;
    }

    /// <summary>Passes numbers that never fall, seven bits of a step a byte.</summary>
    public void PassRising(Span<int> values)
    {
        var last = 0;
        foreach (ref var value in values)
        {
            var step = (uint)(value - last);
            if (Reads)
            {
                step = 0;
                byte part;
                var shift = 0;
                do
                {
                    part = Pass((byte)0);
                    step |= (uint)(part & 0x7F) << shift;
                    shift += 7;
                } while (part >= 0x80 && shift < 35);
                value = last + (int)step;
            }
            else
            {
                for (; step >= 0x80; step >>= 7)
                {
                    Pass((byte)(step | 0x80));
                }
                Pass((byte)step);
            }
            last = value;
        }
    }
}
