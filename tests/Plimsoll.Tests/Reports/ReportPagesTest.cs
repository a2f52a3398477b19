using Plimsoll.Decisions;
using Plimsoll.Reports;
using Xunit;

namespace Plimsoll.Tests.Reports;

/// <summary>Writes the sample pages for looking at, when PLIMSOLL_PAGES names a folder.</summary>
public class ReportPagesTest
{
    [Fact]
    public void Write_the_sample_pages()
    {
        var folder = Environment.GetEnvironmentVariable("PLIMSOLL_PAGES");
        Assert.SkipWhen(folder is null, "PLIMSOLL_PAGES is not set");
        Directory.CreateDirectory(folder!);
        foreach (
            var (question, kind) in (ReadOnlySpan<(string, VerdictKind)>)
                [
                    ("sponsor", VerdictKind.DoNotBuild),
                    ("lender", VerdictKind.LendLess),
                    ("owner", VerdictKind.ConvertToInference),
                    ("sponsor", VerdictKind.Unresolved),
                ]
        )
        {
            using var file = File.Create(Path.Combine(folder!, $"{question}-{kind}.html"));
            StudyReport.Write(SampleResult.Of(question, kind), file);
        }
    }
}
