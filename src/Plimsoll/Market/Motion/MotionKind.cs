namespace Plimsoll.Market.Motion;

/// <summary>By which law the rents of a draw move.</summary>
public enum MotionKind
{
    /// <summary>A driftless walk: no drift unless earned. Half of the draws.</summary>
    RandomWalk,

    /// <summary>Drawn to the cost of replacement, itself uncertain by a quarter. A quarter of the draws.</summary>
    Reverting,

    /// <summary>Moved by glut, shortage and generations, which the structural engine supplies; alone, a driftless walk. A quarter of the draws.</summary>
    Structural,
}
