using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests;

public sealed class SmokeTest
{
    [Fact]
    public void Month_adds() => Assert.Equal(new Month(2025, 1), new Month(2024, 11) + 2);
}
