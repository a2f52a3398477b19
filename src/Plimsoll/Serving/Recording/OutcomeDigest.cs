using System.Globalization;

namespace Plimsoll.Serving.Recording;

/// <summary>A fingerprint of how every request of a run ended, whatever the order in which the ends are reported.</summary>
/// <remarks>Each request is mixed to 128 bits on its own, and the mixes are added. Times count from the request's arrival, so moving the zero of the clock changes nothing.</remarks>
internal struct OutcomeDigest
{
    private ulong _first;
    private ulong _second;

    /// <summary>32 hexadecimal digits.</summary>
    public readonly string Text =>
        _first.ToString("x16", CultureInfo.InvariantCulture)
        + _second.ToString("x16", CultureInfo.InvariantCulture);

    public void Add(long number, in RequestOutcome outcome)
    {
        var first =
            outcome.FirstTokenPicoseconds == -1
                ? -1
                : outcome.FirstTokenPicoseconds - outcome.ArrivalPicoseconds;
        var whole = outcome.FinishPicoseconds - outcome.ArrivalPicoseconds;
        var rest =
            ((ulong)(uint)outcome.CachedTokens << 32)
            ^ ((ulong)(uint)outcome.Preemptions << 3)
            ^ (ulong)outcome.End
            ^ ((ulong)(uint)outcome.Replica << 17);
        var mixed = Mix((ulong)number + 0x9E3779B97F4A7C15UL);
        mixed = Mix(mixed ^ (ulong)first);
        mixed = Mix(mixed ^ (ulong)whole);
        mixed = Mix(mixed ^ rest);
        _first += mixed;
        _second += Mix(mixed ^ 0xD1B54A32D192ED03UL);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
