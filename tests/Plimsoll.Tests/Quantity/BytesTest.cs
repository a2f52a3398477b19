using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Quantity;

public sealed class BytesTest
{
    [Fact]
    public void Units_convert_and_what_is_no_number_is_refused()
    {
        Assert.Equal(80e9, Bytes.FromGigabytes(80).Count);
        Assert.Equal(1, Bytes.FromGibibytes(1).Count / (1L << 30), 12);
        foreach (var bad in (double[])[double.NaN, double.PositiveInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new Bytes(bad));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => new Bytes(1) / 0);
    }

    [Fact]
    public void Sums_and_multiples_are_those_of_the_counts()
    {
        var (a, b) = (new Bytes(300), new Bytes(200));
        Assert.Equal(new Bytes(500), a + b);
        Assert.Equal(new Bytes(100), a - b);
        Assert.Equal(new Bytes(600), 2 * a);
        Assert.Equal(a * 2, 2 * a);
        Assert.Equal(1.5, a / b);
        Assert.True(b < a && a > b && a >= b && b <= a);
    }
}
