using Plimsoll.Market.ContractMarket;

namespace Plimsoll.Market.Store;

/// <summary>One national market and its run.</summary>
/// <param name="Market">What fixed its path.</param>
/// <param name="Record">Its path, and what an added centre needs to meet the same buyers again.</param>
internal sealed record PreparedWorld(MarketWorld Market, MarketRecord Record);
