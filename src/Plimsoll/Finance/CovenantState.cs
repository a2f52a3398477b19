namespace Plimsoll.Finance;

/// <summary>Where the covenants of a loan stand when the outlook begins.</summary>
/// <param name="Locked">True when the last test was below the lock-up.</param>
/// <param name="Passed">True when the last test was passed.</param>
/// <param name="FailedTests">Tests in a row below the lock-up, 0 or more.</param>
/// <param name="MissedMonths">Months in a row that ended with service unpaid, 0 or more.</param>
public readonly record struct CovenantState(
    bool Locked,
    bool Passed,
    int FailedTests,
    int MissedMonths
);
