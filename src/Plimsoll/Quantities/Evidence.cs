namespace Plimsoll.Quantities;

/// <summary>What stands behind a number.</summary>
public enum Evidence
{
    /// <summary>Read in the source.</summary>
    Seen = 0,

    /// <summary>Computed from numbers that were read.</summary>
    Derived = 1,

    /// <summary>From memory; not found again, to be checked before it is published as fact.</summary>
    Memory = 2,

    /// <summary>Assumed; no source states it.</summary>
    Assumed = 3,
}
