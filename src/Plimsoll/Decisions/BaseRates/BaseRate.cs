namespace Plimsoll.Decisions.BaseRates;

/// <summary>How often claims of a class came true, and from how many cases.</summary>
/// <param name="Firmness">Firmness of the evidence.</param>
/// <param name="Asset">What is claimed.</param>
/// <param name="Country">Where.</param>
/// <param name="Mean">Share of such claims that comes true, 0 to 1.</param>
/// <param name="Low">10 % point of that share's uncertainty.</param>
/// <param name="High">90 % point.</param>
/// <param name="Matched">Counted cases of this firmness, asset and country.</param>
/// <param name="SameAsset">Counted cases of this firmness and asset, in any country.</param>
/// <param name="SameFirmness">Counted cases of this firmness.</param>
/// <param name="All">All counted cases: the rate borrows from them where the class itself has few.</param>
public sealed record BaseRate(
    Firmness Firmness,
    string Asset,
    string Country,
    double Mean,
    double Low,
    double High,
    int Matched,
    int SameAsset,
    int SameFirmness,
    int All
);
