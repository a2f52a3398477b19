using Plimsoll.Contracts;

namespace Plimsoll.Market.ContractMarket;

/// <summary>What becomes of counterparties in one draw: by name, so that one that stands in several contracts or centres fails once.</summary>
/// <param name="odds">How often each fails, made ready once for all draws.</param>
/// <param name="seed">Seed of the run.</param>
/// <param name="draw">Draw of the study.</param>
/// <param name="factor">Credit factor of the draw, from what moves its rents.</param>
/// <param name="months">Months of the outlook.</param>
internal sealed class DrawnCounterparties(
    Func<Counterparty, CounterpartyOdds> odds,
    ulong seed,
    int draw,
    CreditFactor factor,
    int months
)
{
    /// <summary>The path of a counterparty.</summary>
    public CounterpartyPath Of(Counterparty counterparty) =>
        odds(counterparty).Draw(seed, draw, factor, months);
}
