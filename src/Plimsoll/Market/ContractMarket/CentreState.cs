namespace Plimsoll.Market.ContractMarket;

/// <summary>Where a project stands.</summary>
internal enum CentreStage : byte
{
    Planned,
    Building,
    Live,
    Cancelled,
    Closed,
}

/// <summary>One centre in the hot loop.</summary>
internal struct CentreState
{
    public CentreStage Stage;
    public int Tier;
    public int Stock;

    /// <summary>Accelerators when complete.</summary>
    public int Planned;

    /// <summary>Accelerators installed now.</summary>
    public int Installed;

    /// <summary>Of those, neither under repair nor unfit to be let.</summary>
    public int Eligible;

    /// <summary>Of those, under contract.</summary>
    public int Let;

    /// <summary>Lit and free in this sub-step.</summary>
    public int Offered;

    public int MinimumLot;
    public int Scheme;

    /// <summary>Projects that this one stands for; 1 but in a boom.</summary>
    public int Stands;

    /// <summary>Month of coming into service.</summary>
    public int Online;

    /// <summary>First month in which it can no longer be cancelled.</summary>
    public int Firm;

    /// <summary>Months in a row nearly empty.</summary>
    public int EmptyMonths;

    public double Capability;

    /// <summary>Log odds of being chosen beside price.</summary>
    public double Trust;
    public double Markup;
    public double LogAvoidable;
    public double Fabric;

    /// <summary>Share of its sound accelerators that can be let.</summary>
    public double EligibleShare;

    /// <summary>Share of the free accelerators that is lit.</summary>
    public double Lit;

    /// <summary>Log of its ask over the market's rent in this month.</summary>
    public double LogAsk;

    /// <summary>Exponential of its utility in this month, without need and size.</summary>
    public double Pull;

    /// <summary>Sold by the hour in this month.</summary>
    public double Spot;

    public ulong Key;

    /// <summary>Could be let and is not under contract.</summary>
    public readonly int Free => Math.Max(0, Eligible - Let);
}

/// <summary>One running contract.</summary>
internal struct ContractRow
{
    public int Centre;
    public int Accelerators;
    public int EndMonth;
    public int Entry;
    public byte Cell;
    public double LogPrice;
    public ulong Key;
}
