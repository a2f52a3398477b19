using Plimsoll.Market.ContractMarket;

namespace Plimsoll.Market.Store;

/// <summary>One national market and its run.</summary>
/// <param name="Market">What fixed its path.</param>
/// <param name="Record">Its path, and what an added centre needs to meet the same buyers again.</param>
/// <param name="Gap">Log of an imported curve over the market's own rent of the H tier, by month; empty without a curve.</param>
internal sealed record PreparedWorld(MarketWorld Market, MarketRecord Record, double[] Gap);
