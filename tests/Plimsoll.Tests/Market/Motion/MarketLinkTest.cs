using Plimsoll.Inputs;
using Plimsoll.Market.Motion;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market.Motion;

/// <summary>Markets come in by files.</summary>
public sealed class MarketLinkTest
{
    [Fact]
    public void Three_markets_are_declared_each_in_its_folder()
    {
        Assert.Equal(["china", "europe", "us"], MarketLink.All.Select(m => m.Name));
        Assert.Equal(Currency.Eur, MarketLink.Of("europe").Currency);
        Assert.Equal("us", MarketLink.Of("europe").Reference);
        Assert.All(
            MarketLink.All.Where(m => m.Reference is not null),
            m => Assert.Contains(MarketLink.All, o => o.Name == m.Reference && o.Reference is null)
        );
    }

    [Fact]
    public void An_unknown_market_is_named_with_those_there_are()
    {
        var e = Assert.Throws<KeyNotFoundException>(() => MarketLink.Of("japan"));
        Assert.Contains("china, europe, us", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("currency,CNY\n", "key 'services_tax' is missing")]
    [InlineData(
        "currency,CNY\ncurrency,USD\nservices_tax,0\n",
        "japan.csv:3: found key 'currency'"
    )]
    [InlineData("currency,CNY\nservices_tax,six\n", "found 'six'; expected a number from 0 to 1")]
    [InlineData("currency,CNY\nservices_tax,0\ntax,1\n", "found key 'tax'")]
    [InlineData(
        "currency,CNY\nservices_tax,0\nreference,us\n",
        "key 'reference_deviation' is missing"
    )]
    public void A_broken_declaration_is_refused_with_its_line(string rows, string reason)
    {
        var text =
            "key,value,unit,grade,source\n"
            + rows.Replace("\n", ",text,A,s\n", StringComparison.Ordinal);
        var e = Assert.Throws<InvalidDataException>(() =>
            MarketLink.Read("japan", CsvTable.Parse(text, "japan.csv"))
        );
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }
}
