namespace Plimsoll.Market;

/// <summary>A member of the ensemble: a rent law, the link, and a vector of parameters that the targets do not rule out.</summary>
/// <param name="Law">Rent law.</param>
/// <param name="WorldLink">Whether the top tier is drawn to the world's rent.</param>
/// <param name="Values">By <see cref="Parameter"/>.</param>
/// <param name="Weight">Weight within its law and link, 0 or more; 1 before re-weighting.</param>
public sealed record Member(RentLaw Law, bool WorldLink, double[] Values, double Weight = 1);

/// <summary>One draw of the market: a member with a future of its own.</summary>
/// <param name="Member">Law, link and parameters, those of the future drawn.</param>
/// <param name="Backdrop">Its series.</param>
/// <param name="Rejected">Draws thrown away before it because their tokens needed more than the usable national compute.</param>
public sealed record MarketDraw(Member Member, MarketBackdrop Backdrop, int Rejected);
