namespace Plimsoll.Finance;

/// <summary>A loan due in one sum that was lent anew, or paid from the sale of its fleet, at maturity.</summary>
/// <param name="Month">Month of maturity, from 0: what is owed at its end is paid to the first lender then.</param>
/// <param name="TermMonths">Months over which it is repaid after it, evenly and at the same margin; at least 1.</param>
public sealed record TakenOut(int Month, int TermMonths);
