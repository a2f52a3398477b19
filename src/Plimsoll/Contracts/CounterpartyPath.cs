namespace Plimsoll.Contracts;

/// <summary>What becomes of a counterparty in one draw.</summary>
/// <param name="Name">Who.</param>
/// <param name="FailedMonth">Month in which it fails itself, from 0; <see cref="int.MaxValue"/> when it does not.</param>
/// <param name="DefaultMonth">Month from which nobody pays for it, its guarantor included; <see cref="int.MaxValue"/> for never.</param>
public readonly record struct CounterpartyPath(string Name, int FailedMonth, int DefaultMonth)
{
    /// <summary>A counterparty that never fails.</summary>
    public static CounterpartyPath Sound(string name) => new(name, int.MaxValue, int.MaxValue);

    /// <summary>True when it pays, or is paid for, in a month.</summary>
    public bool Pays(int month) => month < DefaultMonth;
}
