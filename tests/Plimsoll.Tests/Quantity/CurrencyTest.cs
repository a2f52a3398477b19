using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Quantity;

public sealed class CurrencyTest
{
    [Theory]
    [InlineData("yuan")]
    [InlineData("cny")]
    [InlineData("")]
    [InlineData("CNYX")]
    public void A_currency_is_three_capital_letters(string code) =>
        Assert.Throws<ArgumentException>(() => new Currency(code));

    [Fact]
    public void Currencies_of_one_code_are_one() => Assert.Equal(new Currency("CNY"), Currency.Cny);
}
