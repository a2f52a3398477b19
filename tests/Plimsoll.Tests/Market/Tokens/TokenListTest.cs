using Plimsoll.Catalog;
using Plimsoll.Market.Tokens;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market.Tokens;

/// <summary>Every model of the catalogue has a price of tokens in both currencies, its own list or that of its like.</summary>
public sealed class TokenListTest
{
    private static readonly CatalogView _view = FactCatalog
        .Shipped()
        .AsOf(new DateOnly(2025, 11, 30));

    [Fact]
    public void No_model_is_served_for_nothing()
    {
        foreach (var entry in _view.Entries(LanguageModel.Kind))
        {
            foreach (var currency in new[] { Currency.Cny, Currency.Usd })
            {
                var list = TokenList.Of(_view, entry.Name, currency);
                Assert.NotNull(list);
                Assert.True(
                    list.Input > 0 && list.Cached > 0 && list.Output > list.Input,
                    entry.Name
                );
                Assert.True(list.Cached < list.Input, entry.Name);
            }
        }
    }

    /// <summary>Where no list is known, what takes nine times the work a token is dearer, and less than nine times as dear.</summary>
    [Fact]
    public void A_larger_model_without_a_list_is_dearer()
    {
        var small = TokenList.Of(_view, "Llama-3.1 8B", Currency.Usd)!;
        var large = TokenList.Of(_view, "Llama-3.1 70B", Currency.Usd)!;
        Assert.False(small.Own || large.Own);
        Assert.InRange(large.Output / small.Output, 3, 9);
    }
}
