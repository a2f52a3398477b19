using Plimsoll.Finance;
using Plimsoll.Reports;
using Plimsoll.Tests.Finance;
using Xunit;

namespace Plimsoll.Tests.Reports;

/// <summary>Writes a workbook for looking at, when PLIMSOLL_PAGES names a folder.</summary>
public class SampleWorkbook
{
    [Fact]
    public void Write_the_sample_workbook()
    {
        var folder = Environment.GetEnvironmentVariable("PLIMSOLL_PAGES");
        Assert.SkipWhen(folder is null, "PLIMSOLL_PAGES is not set");
        Directory.CreateDirectory(folder!);
        var random = new RandomFinance(21);
        var terms = random.Terms(true);
        var outlook = random.Outlook(1.3);
        var model = ProjectModel.Contract(terms, outlook.Months, outlook);
        using var file = File.Create(Path.Combine(folder!, "workbook.xlsx"));
        Workbook.Write(
            file,
            "Zhengzhou 郑州, sample",
            model,
            outlook,
            model.Run(outlook),
            SampleResult.Of("lender", Plimsoll.Decisions.VerdictKind.LendLess).Assumptions,
            ["A made-up sample."]
        );
    }
}
