using System.Globalization;
using System.Numerics;

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
        // Four products side by side, so that they cost little more than one.
        var mixed =
            ((ulong)(number + 1) * 0x9E3779B97F4A7C15UL)
            ^ BitOperations.RotateLeft((ulong)first * 0xC2B2AE3D27D4EB4FUL, 29)
            ^ BitOperations.RotateLeft((ulong)whole * 0x165667B19E3779F9UL, 47)
            ^ (rest * 0x85EBCA77C2B2AE63UL);
        _first += Mix(mixed);
        _second += Mix(mixed + ((ulong)whole ^ 0xD1B54A32D192ED03UL));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
