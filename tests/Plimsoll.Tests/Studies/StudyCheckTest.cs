using Plimsoll.Catalog;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>A study whose parts contradict each other is refused with the line.</summary>
public sealed class StudyCheckTest
{
    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    public void No_more_servers_are_signed_than_there_are(int servers, bool refused)
    {
        var lease = $"signed:\n  - tenant: a\n    servers: {servers}\n    price_per_gpu_hour: 20\n";
        var values = SmallStudy.Read(
            SmallStudy.With(("finance:\n", lease + "    tenor: 36\nfinance:\n"))
        );
        var findings = StudyCheck.Of(values, FactCatalog.Shipped(), "small.yaml");
        Assert.Equal(refused, findings.Count == 1);
        if (refused)
        {
            Assert.Equal("more-than-the-fleet", findings[0].Finding.Rule);
            Assert.Equal("signed[0].servers", findings[0].Finding.Path.Text);
            Assert.True(findings[0].Line > 1);
        }
    }
}
