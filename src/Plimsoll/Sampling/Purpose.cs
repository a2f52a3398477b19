namespace Plimsoll.Sampling;

/// <summary>What a stream of random numbers is for; part of its key, so that adding one use never shifts another.</summary>
public enum Purpose
{
    /// <summary>Uncertain inputs of a study.</summary>
    Inputs = 1,

    /// <summary>Arrival times of requests or contracts.</summary>
    Arrivals = 2,

    /// <summary>Sizes and lengths.</summary>
    Sizes = 3,

    /// <summary>Choices among offers, routers, places.</summary>
    Choices = 4,

    /// <summary>Failures and repairs.</summary>
    Failures = 5,

    /// <summary>Breach, renewal and end of contracts.</summary>
    Contracts = 6,

    /// <summary>Shocks to prices and demand.</summary>
    Shocks = 7,

    /// <summary>Construction delays and cancellation.</summary>
    Construction = 8,

    /// <summary>Moves and acceptance of a fitting algorithm.</summary>
    Fitting = 9,

    /// <summary>Scrambling of low-discrepancy points and permutation of strata.</summary>
    Scrambling = 10,

    /// <summary>Error of a model drawn on its own stated distribution.</summary>
    ModelError = 11,
}

/// <summary>Whom a stream of random numbers belongs to: a centre, a customer, an input.</summary>
/// <param name="Value">Any number that is stable between runs.</param>
public readonly record struct EntityId(ulong Value)
{
    /// <summary>The one entity of its kind.</summary>
    public static EntityId Single => new(0);

    /// <summary>An entity known by name: the 64-bit FNV-1a hash of its UTF-8 bytes.</summary>
    public static EntityId Of(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in System.Text.Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }
        return new EntityId(hash);
    }
}
