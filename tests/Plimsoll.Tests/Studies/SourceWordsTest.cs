using Plimsoll.Decisions;
using Plimsoll.Studies;
using Xunit;

namespace Plimsoll.Tests.Studies;

/// <summary>What the program says of a source is said in the language of the reader, also around a citation, which stays as it was published.</summary>
public static class SourceWordsTest
{
    [Theory]
    [InlineData(
        "own prior (of Qingyang, 207 km away, the nearest known) (sites.csv:287)",
        "自设先验（取自已知的最近地点Qingyang，相距207公里） (sites.csv:287)"
    )]
    [InlineData(
        "https://example.org/a (of Qingyang, the nearest known)",
        "https://example.org/a（取自已知的最近地点Qingyang）"
    )]
    [InlineData(
        "running cost of 12 months told (actuals), shared out as: own prior",
        "按所报12个月的实际运营成本，分摊依据：自设先验"
    )]
    [InlineData(
        "China loan prime rate 1 year of 2025-05-20 (interest-rates.csv:43)",
        "中国贷款市场报价利率（LPR），1年期，2025-05-20 (interest-rates.csv:43)"
    )]
    [InlineData("own prior; stated in yuan, converted at 7.1", "自设先验；原以元计，按7.1换算")]
    [InlineData("A. Author, Some Paper, 2021", "A. Author, Some Paper, 2021")]
    public static void Sources_are_said_in_Chinese(string source, string said)
    {
        Assert.Equal(said, SourceWords.Of(source, PhraseBook.Chinese));
        Assert.Equal(source, SourceWords.Of(source, PhraseBook.English));
    }
}
