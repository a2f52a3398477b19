namespace Plimsoll.Finance;

/// <summary>A month before the outlook begins, as it really was.</summary>
/// <param name="Cash">Cash available for debt service, after income tax; may be negative.</param>
/// <param name="Due">Interest and principal due, 0 or more.</param>
/// <param name="Paid">Of that what was paid, and what was paid of earlier arrears, 0 or more.</param>
public readonly record struct ServiceMonth(double Cash, double Due, double Paid);
