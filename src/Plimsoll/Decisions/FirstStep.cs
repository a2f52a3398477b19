namespace Plimsoll.Decisions;

/// <summary>What is done first, whichever of several courses is taken: courses that begin alike need not be told apart yet.</summary>
public enum FirstStep
{
    /// <summary>A step of its own, shared with no other course.</summary>
    Own,

    /// <summary>Let nothing new, and begin to sell.</summary>
    SellOut,

    /// <summary>Pay nothing more to suppliers, and order nothing.</summary>
    StopBuilding,
}
