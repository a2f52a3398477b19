namespace Plimsoll.Finance;

/// <summary>A letter of credit of the sponsor in place of a part of the debt service reserve account: what it pays is the sponsor's money, and no claim on the centre.</summary>
/// <param name="Share">Share of the reserve's target that it stands for, 0 to 1.</param>
/// <param name="Fee">Yearly fee on it, due each month with debt service while debt stands.</param>
public sealed record ReserveLetter(double Share, double Fee);
