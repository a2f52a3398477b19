namespace Plimsoll.Finance;

/// <summary>Tranches that are one loan in parts: neighbours whose terms differ in name and size alone. They have one rank, so that what repays early is shared among them by what each owes.</summary>
public sealed class LoanParts
{
    private readonly int[] _first;
    private readonly int[] _end;

    /// <summary>Finds the parts.</summary>
    /// <param name="tranches">Most senior first.</param>
    public LoanParts(IReadOnlyList<DebtTranche> tranches)
    {
        ArgumentNullException.ThrowIfNull(tranches);
        _first = new int[tranches.Count];
        _end = new int[tranches.Count];
        for (var i = 1; i < tranches.Count; i++)
        {
            _first[i] = Alike(tranches[i - 1], tranches[i]) ? _first[i - 1] : i;
        }
        for (var i = tranches.Count - 1; i >= 0; i--)
        {
            _end[i] = i + 1 < tranches.Count && _first[i + 1] == _first[i] ? _end[i + 1] : i + 1;
        }
    }

    /// <summary>First tranche of the loan of which a tranche is a part.</summary>
    /// <param name="tranche">Index of the tranche, from 0.</param>
    public int First(int tranche) => _first[tranche];

    /// <summary>Tranche after the last part of the same loan.</summary>
    /// <param name="tranche">Index of the tranche, from 0.</param>
    public int End(int tranche) => _end[tranche];

    /// <summary>True when a tranche is a loan by itself.</summary>
    /// <param name="tranche">Index of the tranche, from 0.</param>
    public bool Alone(int tranche) => _end[tranche] - _first[tranche] == 1;

    private static bool Alike(DebtTranche one, DebtTranche other) =>
        Bare(one) == Bare(other)
        && one.Funds.SequenceEqual(other.Funds)
        && one.BaseRates.SequenceEqual(other.BaseRates)
        && one.Instalments.SequenceEqual(other.Instalments)
        && one.Schedule.SequenceEqual(other.Schedule);

    private static DebtTranche Bare(DebtTranche tranche) =>
        tranche with
        {
            Name = "",
            Amount = 0,
            Gearing = 0,
            Commitment = 0,
            Arrears = 0,
            Funds = [],
            BaseRates = [],
            Instalments = [],
            Schedule = [],
        };
}
