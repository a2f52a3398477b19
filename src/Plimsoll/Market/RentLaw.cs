namespace Plimsoll.Market;

/// <summary>How rent answers vacancy; data to the end of 2024 cannot choose, so all three are carried.</summary>
public enum RentLaw
{
    /// <summary>The change of rent follows vacancy below its natural level (Rosen and Smith 1983).</summary>
    Change,

    /// <summary>Rent moves to a level that falls in vacancy (Wheaton and Torto 1988).</summary>
    Level,

    /// <summary>The change of rent follows the log of demand over supply; its fixed point clears the market.</summary>
    ExcessDemand,
}
