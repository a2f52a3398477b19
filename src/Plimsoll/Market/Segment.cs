namespace Plimsoll.Market;

/// <summary>Class of accelerator that tenants tell apart.</summary>
public enum Tier
{
    /// <summary>H100, H200, H800 and their like.</summary>
    H,

    /// <summary>A100, A800, 4090 and their like.</summary>
    A,

    /// <summary>Home-made accelerators.</summary>
    D,
}

/// <summary>Where capacity stands, as latency-bound demand sees it.</summary>
public enum Reach
{
    /// <summary>Within the latency budget of the demand hubs.</summary>
    Near,

    /// <summary>Outside it; good for training and for work that can wait.</summary>
    Remote,
}

/// <summary>What demand wants the capacity for.</summary>
public enum Need
{
    /// <summary>Training of models: large leases with a fabric.</summary>
    Training,

    /// <summary>Fine-tuning, development, research: small leases.</summary>
    Small,

    /// <summary>Serving of tokens.</summary>
    Inference,
}

/// <summary>Indices of the market's segments: a stock is a tier in a reach; a segment is a need met from a stock.</summary>
public static class Segment
{
    /// <summary>Number of tiers.</summary>
    public const int Tiers = 3;

    /// <summary>Number of reaches.</summary>
    public const int Reaches = 2;

    /// <summary>Number of needs.</summary>
    public const int Needs = 3;

    /// <summary>Number of stocks.</summary>
    public const int Stocks = Tiers * Reaches;

    /// <summary>Number of segments.</summary>
    public const int Count = Stocks * Needs;

    /// <summary>Index of a stock.</summary>
    public static int Stock(int tier, int reach) => (tier * Reaches) + reach;

    /// <summary>Index of a segment.</summary>
    public static int Of(int stock, int need) => (stock * Needs) + need;
}
