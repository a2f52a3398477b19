namespace Plimsoll.Contracts;

/// <summary>Money of one contract in one month; all amounts 0 or more, tax excluded.</summary>
public readonly record struct LeaseFlow
{
    /// <summary>True when the tenant holds the accelerators in the month.</summary>
    public bool Running { get; init; }

    /// <summary>Price of an accelerator-hour in the month; 0 when it does not run.</summary>
    public double Price { get; init; }

    /// <summary>Accelerator-hours for which rent is due.</summary>
    public double Hours { get; init; }

    /// <summary>Rent due for the month, credits taken off: revenue as earned.</summary>
    public double Due { get; init; }

    /// <summary>Part of <see cref="Due"/> that is owed though no hour be used: the share of take-or-pay, credits taken off.</summary>
    public double Owed { get; init; }

    /// <summary>Share of the available hours that the tenant takes up, and pays; the rest is the centre's to sell, 0 to 1.</summary>
    public double TakenShare { get; init; }

    /// <summary>Credits given for low availability, already taken off <see cref="Due"/>.</summary>
    public double Credits { get; init; }

    /// <summary>Rent received in advance at the start.</summary>
    public double Prepaid { get; init; }

    /// <summary>Part of <see cref="Due"/> that had been received in advance.</summary>
    public double FromPrepaid { get; init; }

    /// <summary>Rent received in advance and not yet earned when the month ends: money of the tenant, not of the lender.</summary>
    public double Unearned { get; init; }

    /// <summary>Rent received in advance and given back at the end.</summary>
    public double Refund { get; init; }

    /// <summary>Rent received in advance, not earned, and kept because the tenant broke the contract or failed.</summary>
    public double Forfeited { get; init; }

    /// <summary>Damages paid to the tenant for late delivery.</summary>
    public double DelayDamages { get; init; }

    /// <summary>Fee received for leaving early.</summary>
    public double ExitFee { get; init; }

    /// <summary>Claim on the tenant at breach or default.</summary>
    public double TerminationClaim { get; init; }

    /// <summary>Part of that claim which is collected.</summary>
    public double TerminationPaid { get; init; }

    /// <summary>Rent of before the outlook that is made good in the month.</summary>
    public double ArrearsPaid { get; init; }

    /// <summary>Share of the rent kept by an operator that stepped in.</summary>
    public double StepInFee { get; init; }

    /// <summary>True in the month in which the price was cut.</summary>
    public bool Repriced { get; init; }

    /// <summary>Cash received from the tenant in the month, what is paid to it taken off.</summary>
    public double Paid =>
        Due
        - FromPrepaid
        + Prepaid
        + ExitFee
        + TerminationPaid
        + ArrearsPaid
        - DelayDamages
        - Refund;
}
