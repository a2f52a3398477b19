namespace Plimsoll.Finance;

/// <summary>Interest that joins the balance in place of being paid, for some months from the first payment on.</summary>
/// <param name="Share">Share of the interest that does, 0 to 1.</param>
/// <param name="Months">Months from the first payment, 1 or more.</param>
public sealed record PayInKind(double Share, int Months);
